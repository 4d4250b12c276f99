//! From a card to a PNG.

use std::sync::{Arc, LazyLock};

use askama::Template;
use bedside_web::{Answer, Failure};
use resvg::{
    render,
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use super::{
    Card,
    lines::{Line, fit},
};

/// Both fonts are under the SIL Open Font License 1.1; see `fonts/README.md`.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(include_bytes!("fonts/literata-500-latin.ttf").to_vec());
    fonts.load_font_data(include_bytes!("fonts/hanken-grotesk-500-latin.ttf").to_vec());
    Arc::new(fonts)
});

/// Width and height that Open Graph readers ask for.
const SIZE: (u32, u32) = (1200, 630);

#[derive(Template)]
#[template(path = "cards/views/card.svg")]
struct CardSvg<'a> {
    above: &'a str,
    lines: Vec<Line>,
    size: u32,
    below: Vec<Line>,
    practice: &'a str,
    marks: Option<&'a super::Marks>,
}

/// Draws the card.
pub(super) fn png(card: &Card) -> Answer<Vec<u8>> {
    let width = if card.marks.is_some() { 500 } else { 1080 };
    let (size, lines) = fit(&card.title, width, 92, 4, 150);
    let bottom = lines.last().map_or(200, |line| line.y);
    let below = card.below.iter().flat_map(|text| fit(text, width, 30, 2, 0).1).enumerate();
    let below = below.map(|(at, line)| Line { y: bottom + 62 + 38 * u32::try_from(at).unwrap_or(0), ..line }).collect();
    let svg = CardSvg { above: &card.above, lines, size, below, practice: &card.practice, marks: card.marks.as_ref() };
    let failed = |what: String| Failure::internal(format!("a card: {what}"));
    let svg = svg.render().map_err(|error| failed(error.to_string()))?;
    let options = Options { font_family: "Hanken Grotesk".to_owned(), fontdb: FONTS.clone(), ..Options::default() };
    let tree = Tree::from_str(&svg, &options).map_err(|error| failed(error.to_string()))?;
    let mut picture = Pixmap::new(SIZE.0, SIZE.1).ok_or_else(|| failed("no room".to_owned()))?;
    render(&tree, Transform::identity(), &mut picture.as_mut());
    picture.encode_png().map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn blank(title: &str) -> Card {
        Card {
            above: String::new(),
            title: title.to_owned(),
            below: Vec::new(),
            practice: "Cedar Hollow".to_owned(),
            marks: None,
        }
    }

    #[test]
    fn a_card_is_a_png_of_the_right_size_with_its_title_on_it() {
        let png = png(&blank("¿Cuánta sal es demasiada?")).unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        let read = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!((read(16), read(20)), SIZE);
        assert_ne!(png, super::png(&blank("")).unwrap(), "no letters were drawn");
        assert!(png.len() < 200_000);
    }
}
