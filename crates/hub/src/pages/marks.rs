//! The drawing of a challenge's days. It comes as text from another part of the program; what goes into a page
//! is written anew from a short list of shapes and attributes, so that nothing but a drawing can come through.

use std::fmt::Write;

use resvg::usvg::roxmltree::{Document, Node};

const SHAPES: &[&str] = &["svg", "g", "rect", "path", "circle", "ellipse", "line", "polygon", "polyline"];
const ATTRIBUTES: &[&str] = &[
    "class",
    "viewBox",
    "transform",
    "d",
    "points",
    "x",
    "y",
    "width",
    "height",
    "rx",
    "ry",
    "cx",
    "cy",
    "r",
    "x1",
    "y1",
    "x2",
    "y2",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
];

/// The inside of the drawing and its `viewBox`; `None` when it is not a drawing.
pub(crate) struct Marks {
    /// `min-x min-y width height`.
    pub(crate) view_box: String,
    /// Shapes.
    pub(crate) shapes: String,
}

impl Marks {
    /// Reads an SVG.
    pub(crate) fn read(svg: &str) -> Option<Self> {
        let svg = if svg.contains("xmlns=") {
            svg.to_owned()
        } else {
            svg.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1)
        };
        let document = Document::parse(&svg).ok()?;
        let root = document.root_element();
        let view_box = root.attribute("viewBox")?;
        let is_plain = view_box.bytes().all(|byte| byte.is_ascii_digit() || b" .-".contains(&byte));
        let mut shapes = String::new();
        root.children().for_each(|child| copy(child, &mut shapes));
        (is_plain && !shapes.is_empty()).then(|| Self { view_box: view_box.to_owned(), shapes })
    }
}

fn copy(node: Node<'_, '_>, into: &mut String) {
    let name = node.tag_name().name();
    if !node.is_element() || !SHAPES.contains(&name) {
        return;
    }
    let _ = write!(into, "<{name}");
    for attribute in node.attributes().filter(|attribute| ATTRIBUTES.contains(&attribute.name())) {
        let is_plain =
            attribute.value().chars().all(|letter| letter.is_ascii_alphanumeric() || " .,-+#()%_".contains(letter));
        if is_plain && !attribute.value().contains("url(") {
            let _ = write!(into, " {}=\"{}\"", attribute.name(), attribute.value());
        }
    }
    into.push('>');
    node.children().for_each(|child| copy(child, into));
    let _ = write!(into, "</{name}>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_shapes_come_through() {
        let marks = Marks::read(
            r#"<svg class="marks" viewBox="0 0 168 96" onload="x()"><script>x()</script><g transform="rotate(-38)"><path class="a" d="M0 -7Z" style="x"/><a href="x"><rect/></a></g><rect fill="url(https://x)" x="&quot;&gt;"/></svg>"#,
        );
        let marks = marks.map(|marks| (marks.view_box, marks.shapes));
        let shapes = r#"<g transform="rotate(-38)"><path class="a" d="M0 -7Z"></path></g><rect></rect>"#;
        assert_eq!(marks, Some(("0 0 168 96".to_owned(), shapes.to_owned())));
        assert!(Marks::read("<p>no drawing</p>").is_none() && Marks::read("").is_none());
    }
}
