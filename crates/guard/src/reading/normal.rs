//! The normal form of a text: what a reader sees, written in one way.
//!
//! NFC; straight quotes; plain spaces and hyphens; no zero-width characters; letters that only
//! look different (full width, mathematical) as the letters they are.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::copy::Copy;

/// The text in its normal form, upper and lower case kept.
pub(crate) fn normal(text: &str) -> Copy {
    let mut copy = Copy::default();
    for (start, cluster) in text.grapheme_indices(true) {
        let origin = start..start + cluster.len();
        if cluster.len() == 1 {
            copy.push(cluster, &origin);
            continue;
        }
        let plain: String = cluster.chars().flat_map(look_alike).nfc().collect();
        copy.push(&plain, &origin);
    }
    copy
}

/// The character, or characters, that a reader takes this one for.
fn look_alike(c: char) -> impl Iterator<Item = char> {
    let compatible = matches!(c, '\u{FF01}'..='\u{FF5E}' | '\u{1D400}'..='\u{1D7FF}');
    let single = match c {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' | '\u{02BC}' | '\u{00B4}' => Some('\''),
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '\u{00AB}' | '\u{00BB}' => Some('"'),
        '\u{00A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Some(' '),
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{FE63}' => Some('-'),
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' => None,
        other => Some(other),
    };
    let kept = if compatible { None } else { single };
    let folded = compatible.then(|| std::iter::once(c).nfkc());
    kept.into_iter().chain(folded.into_iter().flatten())
}

/// Lower case without accents: `Señora Núñez` becomes `senora nunez`.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// A folded copy of a copy, with the place of every byte of `plain` in it (one more at the end).
pub(crate) fn folded(plain: &Copy) -> (Copy, Vec<usize>) {
    let mut copy = Copy::default();
    let mut place = Vec::with_capacity(plain.text().len() + 1);
    for (start, c) in plain.text().char_indices() {
        let range = start..start + c.len_utf8();
        place.resize(range.end, copy.text().len());
        let mut buffer = [0; 4];
        copy.push(&fold(c.encode_utf8(&mut buffer)), &plain.origin(range));
    }
    place.push(copy.text().len());
    (copy, place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_person_sees() {
        for (written, seen) in [
            ("Cafe\u{301} \u{201C}it\u{2019}s\u{201D}", "Caf\u{e9} \"it's\""),
            ("J\u{200B}ane\u{A0}Doe", "Jane Doe"),
            ("\u{FF15}\u{FF14}\u{FF11} 555\u{2011}0199", "541 555-0199"),
            ("\u{1D409}\u{1D41A}\u{1D427}\u{1D41E}", "Jane"),
        ] {
            assert_eq!(normal(written).text(), seen);
        }
    }

    #[test]
    fn positions_point_into_the_original() {
        let written = "Hi J\u{200B}os\u{65}\u{301}!";
        let copy = normal(written);
        let at = copy.text().find("Jos\u{e9}").unwrap_or_default();
        let origin = copy.origin(at..at + "Jos\u{e9}".len());
        assert_eq!(&written[origin], "J\u{200B}ose\u{301}");
    }

    #[test]
    fn folds() {
        assert_eq!(fold("Se\u{f1}ora N\u{fa}\u{f1}ez"), "senora nunez");
    }
}
