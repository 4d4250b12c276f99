//! Words and sentences, split as the guard splits them, so that the tagger learns from what it will be asked.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Abbreviations whose point ends no sentence.
const ABBREVIATIONS: &[&str] =
    &["mr", "mrs", "ms", "mx", "dr", "dra", "sr", "sra", "jr", "st", "vs", "mt", "prof", "pt"];

/// Ranges of the sentences, in order, without gaps.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut places) = (0, text.char_indices().peekable());
    while let Some((place, character)) = places.next() {
        if !matches!(character, '.' | '!' | '?' | '…' | '\n') {
            continue;
        }
        while places.next_if(|(_, next)| matches!(next, '.' | '!' | '?' | '…' | '"' | '\'' | ')')).is_some() {}
        let next = places.peek().map_or(text.len(), |(next, _)| *next);
        if character == '\n' || ends_sentence(&text[start..place], character, &text[next..]) {
            let end = next + usize::from(text[next..].starts_with(' '));
            found.push(start..end);
            start = end;
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

fn ends_sentence(before: &str, mark: char, rest: &str) -> bool {
    if !(rest.is_empty() || rest.starts_with([' ', '\n'])) {
        return false;
    }
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let abbreviated = ABBREVIATIONS.contains(&word.as_str()) || word.chars().count() == 1;
    mark != '.' || !abbreviated && !rest.trim_start().starts_with(char::is_lowercase)
}

/// Ranges of the words: letters, figures after the first letter, apostrophes inside; without a possessive `'s`.
pub(crate) fn words(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut places = text.char_indices().peekable();
    while let Some((start, first)) = places.next() {
        if !first.is_alphabetic() {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some((place, next)) = places.next_if(|(place, next)| {
            let letter_follows = text[place + next.len_utf8()..].starts_with(char::is_alphabetic);
            next.is_alphanumeric() || is_combining_mark(*next) || *next == '\'' && letter_follows
        }) {
            end = place + next.len_utf8();
        }
        let word = &text[start..end];
        let possessive = word.len() > 2 && (word.ends_with("'s") || word.ends_with("'S"));
        found.push(start..if possessive { end - 2 } else { end });
    }
    found
}

/// Without accents, case kept.
pub(crate) fn plain(word: &str) -> String {
    word.nfd().filter(|character| !is_combining_mark(*character)).collect()
}
