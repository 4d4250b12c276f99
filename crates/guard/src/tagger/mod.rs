//! A small statistical tagger: is this word part of a person's name?
//!
//! Word lists say what a word can be; only its neighbours say what it is here ("Grace came" and "say grace").
//! The tagger weighs both: the word's shape, its frequency as a given name and as a surname, its beginning and end,
//! the two words on each side and what stands between them. Each of these is hashed to a place in one table of
//! signed bytes, and the sum is the score. It is a linear model, so each score can be taken apart again, and it
//! needs no floating point: the same sentence has the same score on every machine and in the browser.
//!
//! It has learned from open corpora by `cargo run --release -p bedside-guard --example train_tagger`, which writes
//! `weights.bin` byte for byte the same each time; with `-- --check` it only compares. Names it was shown were
//! exchanged for others, so it knows how people are spoken of rather than who.
//!
//! Reading order: [`Token`] and [`score`] here, [`features`] (what is looked at), [`weights`] (the table).

pub(crate) mod features;
pub(crate) mod weights;

use features::Sentence;

/// The score of a word that was not looked at, as ordinary text writes it in lower case or it belongs to a handle.
pub(crate) const NEVER: i32 = -4_096;

/// Score units of one step in log-odds: +16 says that a name is about 2.7 times as likely as not, +32 seven times.
pub(crate) const UNIT: i32 = 16;

/// What a word written small needs more than another: most people who are named are named with a capital letter, and
/// what is only perhaps a name should not stop those who type without.
const SMALL_LETTERS: i32 = 2 * UNIT;

/// A word of a sentence with what the word lists say about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'t> {
    /// As written, without accents and without a possessive `'s`.
    pub(crate) cased: &'t str,
    /// The same in lower case.
    pub(crate) folded: &'t str,
    /// What stands between this word and the next, to the end of the sentence after the last.
    pub(crate) gap: &'t str,
    /// How frequent it is as a given name, from 0 (not listed) to 7.
    pub(crate) given: u8,
    /// How frequent it is as a surname, from 0 (not listed) to 7.
    pub(crate) surname: u8,
    /// Ordinary text writes it in lower case.
    pub(crate) common: bool,
    /// A condition, drug, part of the body or test.
    pub(crate) health: bool,
    /// A region, an institution, or another capitalised word that is no person.
    pub(crate) place: bool,
}

/// Writes one score a word to `scores`, which is emptied first. Above 0 the word is more likely part of a person's name than
/// not; [`UNIT`] is the scale. At a threshold of `-UNIT` three of four names in posts are found and one in sixteen posts
/// without a person is stopped, at `-2 * UNIT` six of seven and one in eight. `before` is the text between the sentence
/// before and the first word: a quotation mark, an `@`, mostly nothing.
pub(crate) fn score(before: &str, words: &[Token<'_>], scores: &mut Vec<i32>) {
    scores.clear();
    scores.resize(words.len(), NEVER);
    let Some(sentence) = Sentence::read(before, words) else { return };
    for (at, score) in scores.iter_mut().enumerate() {
        if sentence.is_candidate(at) {
            let mut sum = 0;
            sentence.each_feature(at, |feature| sum += weights::weight(feature));
            *score = sum;
        }
    }
}

/// The score as it is held against a threshold: what is written small needs more.
pub(crate) fn weighed(word: &Token<'_>, score: i32) -> i32 {
    let capital = word.cased.starts_with(char::is_uppercase);
    if capital { score } else { score - SMALL_LETTERS }
}

#[cfg(test)]
mod tests;
