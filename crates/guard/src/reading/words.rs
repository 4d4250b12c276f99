//! Words and sentences of a text in its normal form.

use std::ops::Range;

use compact_str::CompactString;

use crate::lexicon::{self, Kinds};

/// A run of letters, and of figures after the first letter ("A1c"). The possessive `'s` is not part of it.
#[derive(Debug)]
pub(crate) struct Word {
    /// Place in the normal form.
    pub(crate) range: Range<usize>,
    /// Lower case.
    pub(crate) folded: CompactString,
    /// The lists it is in.
    pub(crate) kinds: Kinds,
    /// Starts with a capital letter.
    pub(crate) capital: bool,
    /// Two or more letters, all capitals.
    pub(crate) shouted: bool,
    /// Followed by a possessive `'s`.
    pub(crate) possessive: bool,
}

/// Abbreviations whose point does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "dra", "drs", "sr", "sra", "srta", "jr", "st", "vs", "e.g", "i.e", "no", "approx",
    "a.m", "p.m", "prof", "rev", "sgt", "capt", "pt", "hx", "dx", "tx", "ud",
];

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

pub(crate) fn words(cased: &str, folded: &str) -> Vec<Word> {
    let bytes = cased.as_bytes();
    let mut words = Vec::with_capacity(cased.len() / 5);
    let mut at = 0;
    while at < bytes.len() {
        if !is_letter(bytes[at]) || (bytes[at] == b'_' && !underscored(bytes, at)) {
            at += 1;
            continue;
        }
        let end = word_end(bytes, at);
        words.push(word(cased, folded, at..end));
        at = end;
    }
    words
}

/// A single `_` is a sign; only beside a letter does it stand for one.
fn underscored(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1).is_some_and(|next| is_letter(*next))
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    let inside = |at: usize| bytes.get(at).is_some_and(|byte| is_letter(*byte) || byte.is_ascii_digit());
    let mut end = start;
    loop {
        while inside(end) {
            end += 1;
        }
        // "it's", "O'Neil".
        if bytes.get(end) != Some(&b'\'') || !bytes.get(end + 1).is_some_and(|next| is_letter(*next)) {
            return end;
        }
        end += 1;
    }
}

fn word(cased: &str, folded: &str, range: Range<usize>) -> Word {
    let possessive = range.len() > 2 && folded[range.clone()].ends_with("'s");
    let range = range.start..range.end - if possessive { 2 } else { 0 };
    let written = cased[range.clone()].as_bytes();
    let folded = CompactString::from(&folded[range.clone()]);
    Word {
        kinds: lexicon::kinds(&folded),
        folded,
        capital: written[0].is_ascii_uppercase(),
        shouted: written.len() > 1 && !written.iter().any(u8::is_ascii_lowercase),
        possessive,
        range,
    }
}

/// No sentence is read as one beyond this many bytes, so that what is asked around each finding stays short, whatever is
/// written: cut at the next space, or without one at [`LONGEST`].
const LONG: usize = 1_000;
const LONGEST: usize = 2_000;

/// Ranges of the sentences, in order, without gaps.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut sentences = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        if at - start >= LONG && bytes[at].is_ascii_whitespace() {
            add(&mut sentences, start..at);
            start = at;
        }
        let Some(next) = boundary(bytes, at) else {
            // What does not part sentences at the first of several points does not at the next either.
            at += bytes[at..].iter().take_while(|byte| b".!?".contains(byte)).count().max(1);
            continue;
        };
        if ends_sentence(text, start, at, next) {
            add(&mut sentences, start..next);
            start = next;
        }
        at = next;
    }
    add(&mut sentences, start..text.len());
    sentences
}

fn add(sentences: &mut Vec<Range<usize>>, mut sentence: Range<usize>) {
    while sentence.len() > LONGEST {
        sentences.push(sentence.start..sentence.start + LONGEST);
        sentence.start += LONGEST;
    }
    if !sentence.is_empty() {
        sentences.push(sentence);
    }
}

/// The end of what may part two sentences: `?! "` and the space behind, or the ends of lines.
fn boundary(bytes: &[u8], at: usize) -> Option<usize> {
    let skip = |from: usize, of: &[u8]| bytes[from..].iter().take_while(|byte| of.contains(byte)).count() + from;
    match bytes[at] {
        b'\n' => Some(skip(at, b"\n")),
        b'.' | b'!' | b'?' => {
            let closed = skip(skip(at, b".!?"), b"\"')]");
            let spaced = bytes[closed..].iter().take_while(|byte| byte.is_ascii_whitespace()).count() + closed;
            (spaced > closed).then_some(spaced)
        }
        _ => None,
    }
}

fn ends_sentence(text: &str, start: usize, point: usize, next: usize) -> bool {
    if !text[point..].starts_with('.') {
        return true;
    }
    let before = text[start..point].rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let before = before.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    if ABBREVIATIONS.iter().any(|abbreviation| abbreviation.eq_ignore_ascii_case(before)) {
        return false;
    }
    // "Marcus T. who", "J. D. Smith": the point after a single letter ends nothing by itself.
    if before.len() == 1 && before.bytes().all(is_letter) {
        return false;
    }
    !text.as_bytes().get(next).is_some_and(u8::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normal::{fold, normal};

    #[test]
    fn splits_where_a_reader_would() {
        for (text, expected) in [
            ("Mr. Lee came. He left.", vec!["Mr. Lee came. ", "He left."]),
            ("Meet Sofia R. from the walk! Wow", vec!["Meet Sofia R. from the walk! ", "Wow"]),
            ("At 9 a.m. we start\nBring water", vec!["At 9 a.m. we start\n", "Bring water"]),
            ("\"Sure?!\" (Yes.) V1.5 works...", vec!["\"Sure?!\" ", "(Yes.) ", "V1.5 works..."]),
        ] {
            let got: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(got, expected);
        }
    }

    #[test]
    fn no_sentence_is_endless() {
        for text in ["no end ".repeat(1_000), "x".repeat(10_000), ".".repeat(10_000)] {
            let sentences = sentences(&text);
            assert!(sentences.iter().all(|sentence| sentence.len() <= LONGEST), "{sentences:?}");
            assert_eq!(sentences.iter().map(ExactSizeIterator::len).sum::<usize>(), text.len());
        }
    }

    #[test]
    fn words_know_their_shape() {
        let text = "Linda's BP, Jos\u{e9} O'Neil A1c _ \u{41c}\u{438}";
        let words = words(normal(text).text(), &fold(text));
        assert_eq!(words[0].folded, "linda");
        assert!(words[0].possessive && words[0].capital && words[1].shouted);
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        assert_eq!(folded, ["linda", "bp", "jose", "o'neil", "a1c", "__"]);
    }
}
