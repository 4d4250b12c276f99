//! The 28 marks: the picture of a challenge. Seven columns, four rows, one mark a day, drawn by code.
//!
//! The same grid is template cover, personal tracker, poster and card. On pages the marks carry the classes of
//! the stylesheet (`a`, `b`, `c` filled, `as`, `bs` drawn as lines, `vein`) and so follow light and dark; in
//! pictures for other sites, which have no stylesheet, the same marks carry plain colours.

mod shapes;

/// Columns of the grid.
const COLUMNS: usize = 7;
/// Marks in all.
const MARKS: usize = 28;
/// Width and height of one mark's cell, in units of the view box.
const CELL: usize = 24;

/// The marks of a template as an SVG that uses the stylesheet's classes. It is decoration: hidden from screen
/// readers. A template of the practice's own that has no picture gets plain dots.
#[must_use]
pub fn marks(template_id: &str) -> String {
    format!(r#"<svg class="marks" viewBox="0 0 168 96" aria-hidden="true">{}</svg>"#, grid(template_id))
}

/// The same marks in plain colours, as a picture of its own with a margin for marks that reach over their cell
/// (the page lets them show), for Open Graph cards. `ground` is the colour that
/// shows through the veins of a leaf, for example `#dfece3`.
#[must_use]
pub fn marks_in_plain_colours(template_id: &str, ground: &str) -> String {
    let line = |colour: &str| format!(r#"stroke="{colour}" fill="none" stroke-width="1.6" stroke-linecap="round""#);
    let vein = format!(r#"stroke="{ground}" fill="none" stroke-width="1.1" stroke-linecap="round""#);
    // A line with a width and an end of its own keeps them: no attribute may stand twice.
    let wide = format!(r#"stroke="{LEAF}" fill="none""#);
    let grid = grid(template_id)
        .replace(r#"class="as" stroke-width="4""#, &format!(r#"{wide} stroke-width="4""#))
        .replace(r#"class="a""#, &format!(r#"fill="{LEAF}""#))
        .replace(r#"class="b""#, &format!(r#"fill="{CARROT}""#))
        .replace(r#"class="c""#, &format!(r#"fill="{LEMON}""#))
        .replace(r#"class="as""#, &line(LEAF))
        .replace(r#"class="bs""#, &line(CARROT))
        .replace(r#"class="vein""#, &vein);
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -4 172 104">{grid}</svg>"#)
}

/// Light colours of the stylesheet: cards are always light.
const LEAF: &str = "#2f7a63";
const CARROT: &str = "#dd7048";
const LEMON: &str = "#f2c94f";

fn grid(template_id: &str) -> String {
    let draw = shapes::shape(template_id);
    (0..MARKS)
        .map(|day| {
            let (x, y) = (CELL / 2 + CELL * (day % COLUMNS), CELL / 2 + CELL * (day / COLUMNS));
            format!(r#"<g transform="translate({x} {y})">{}</g>"#, draw(day))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use crate::challenges::library::Library;

    #[test]
    fn every_template_has_28_marks_of_its_own() {
        let mut pictures = std::collections::BTreeSet::new();
        for template in Library::embedded().unwrap().templates() {
            let picture = marks(&template.id);
            assert_eq!(picture.matches("<g transform=\"translate(").count(), MARKS, "{}", template.id);
            assert_ne!(picture, marks("something else"), "{}", template.id);
            assert!(picture.contains("aria-hidden=\"true\"") && !picture.contains("style="));
            pictures.insert(picture);
        }
        assert_eq!(pictures.len(), 12);
    }

    /// Marks copied from the design.
    #[test]
    fn marks_look_as_designed() {
        for (template, mark) in [
            (
                "less-salt",
                r#"<rect class="b" x="-5.39" y="-5.39" width="10.78" height="10.78" rx="1.2" transform="rotate(23)"/>"#,
            ),
            ("less-salt", r#"<path class="vein" d="M0 -3.18V7.07"/>"#),
            ("better-sleep", r#"<path class="c" d="M0 -8.5A8.5 8.5 0 0 1 0 8.5A7.66 8.5 0 0 1 0 -8.5Z"/>"#),
            ("calm-minutes", r#"<circle class="a" r="7.95"/>"#),
            ("quit-smoking", r#"d="M-10 0H-7.78""#),
            ("screens-down", r#"<circle class="c" r="6.31"/>"#),
            ("walk-more", r#"<rect class="b" x="-5" y="-9.8" width="10" height="19.3" rx="1"/>"#),
            ("rethink-your-drink", "rotate(-24)"),
            ("sun-smart", r#"<path class="bs" d="M-1.56 6.82L-2.14 9.36"/>"#),
        ] {
            assert!(marks(template).contains(mark), "{template}: {mark}");
        }
    }

    #[test]
    fn plain_colours_need_no_stylesheet() {
        for template in Library::embedded().unwrap().templates() {
            let picture = marks_in_plain_colours(&template.id, "#dfece3");
            assert!(!picture.contains("class="), "{}", template.id);
            assert!(picture.contains("xmlns=") && picture.contains('#'));
        }
    }
}
