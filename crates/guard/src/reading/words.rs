//! Words and sentences of a text in its normal form.

use std::ops::Range;

use super::normal::fold;
use super::pattern::patterns;

/// A run of letters, and of figures after the first letter ("A1c"). The possessive `'s` is not part of it.
#[derive(Debug)]
pub(crate) struct Word {
    /// Place in the normal form.
    pub(crate) range: Range<usize>,
    /// Lower case, no accents.
    pub(crate) folded: String,
    /// Starts with a capital letter.
    pub(crate) capital: bool,
    /// Two or more letters, all capitals.
    pub(crate) shouted: bool,
    /// Followed by a possessive `'s`.
    pub(crate) possessive: bool,
}

patterns! {
    WORD = r"\p{L}[\p{L}\p{M}\p{N}]*(?:'\p{L}+)*";
    BOUNDARY = r#"[.!?\u{2026}]+["')\]]* |\n+"#;
}

/// Abbreviations whose point does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "dra", "drs", "sr", "sra", "srta", "jr", "st", "vs", "e.g", "i.e", "no", "approx",
    "a.m", "p.m", "prof", "rev", "sgt", "capt", "pt", "hx", "dx", "tx", "ud",
];

pub(crate) fn words(text: &str) -> Vec<Word> {
    WORD.find_iter(text)
        .map(|found| {
            let lower = found.as_str().to_lowercase();
            let possessive = lower.ends_with("'s") && lower.len() > 2;
            let end = if possessive { found.end() - 2 } else { found.end() };
            let word = &text[found.start()..end];
            Word {
                range: found.start()..end,
                folded: fold(word),
                capital: word.chars().next().is_some_and(char::is_uppercase),
                shouted: word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase()),
                possessive,
            }
        })
        .collect()
}

/// Ranges of the sentences, in order, without gaps.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for boundary in BOUNDARY.find_iter(text) {
        if ends_sentence(text, start, boundary.start(), boundary.end()) {
            sentences.push(start..boundary.end());
            start = boundary.end();
        }
    }
    if start < text.len() {
        sentences.push(start..text.len());
    }
    sentences
}

fn ends_sentence(text: &str, start: usize, point: usize, next: usize) -> bool {
    if !text[point..].starts_with('.') {
        return true;
    }
    let before = text[start..point].rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let before = before.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if ABBREVIATIONS.contains(&before.as_str()) {
        return false;
    }
    // "Marcus T. who", "J. D. Smith": the point after a single letter ends nothing by itself.
    if before.chars().count() == 1 && before.chars().all(char::is_alphabetic) {
        return false;
    }
    text[next..].chars().next().is_none_or(|c| !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_where_a_reader_would() {
        for (text, expected) in [
            ("Mr. Lee came. He left.", vec!["Mr. Lee came. ", "He left."]),
            ("Meet Sofia R. from the walk! Wow", vec!["Meet Sofia R. from the walk! ", "Wow"]),
            ("At 9 a.m. we start\nBring water", vec!["At 9 a.m. we start\n", "Bring water"]),
        ] {
            let got: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(got, expected);
        }
    }

    #[test]
    fn words_know_their_shape() {
        let words = words("Linda's BP, José");
        assert_eq!(words[0].folded, "linda");
        assert!(words[0].possessive && words[0].capital && words[1].shouted);
        assert_eq!(words[2].folded, "jose");
    }
}
