//! The words of a message, as strangers write them: in the guard's normal form, lower case, without apostrophes.
//!
//! Long words that no list knows are read as the danger word that they are one slip away from ("siezure", "brething"), so
//! that a shaking hand is heard as well.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::lexicon;
use crate::reading::normal::normal;

/// Shortest word that is read through a slip; a shorter one is too near to others.
const SHORTEST_SLIP: usize = 6;
/// Shortest word in which a letter that was left out is put back ("chst").
const SHORTEST_GAP: usize = 4;

/// A word of a text, with its place in the author's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) plain: String,
    pub(super) origin: Range<usize>,
    pub(super) begins_clause: bool,
    pub(super) begins_sentence: bool,
}

/// Cuts a text into words.
pub(super) fn words(text: &str) -> Vec<Word> {
    let copy = normal(text);
    let mut words: Vec<Word> = Vec::new();
    let (mut is_inside, mut begins_clause, mut begins_sentence) = (false, true, true);
    for (at, letter) in copy.text().bytes().enumerate() {
        // "can't" is one word; a quotation mark before a word is none of its letters.
        if matches!(letter, b'\'' | b'`') {
            continue;
        }
        if !letter.is_ascii_alphanumeric() {
            begins_clause |= matches!(letter, b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\n' | b'(' | b')' | b'~');
            begins_sentence |= matches!(letter, b'.' | b'!' | b'?' | b'\n');
            is_inside = false;
            continue;
        }
        let origin = copy.origin(at..at + 1);
        if !is_inside {
            words.push(Word { plain: String::new(), origin: origin.clone(), begins_clause, begins_sentence });
            (is_inside, begins_clause, begins_sentence) = (true, false, false);
        }
        if let Some(word) = words.last_mut() {
            word.plain.push(char::from(letter.to_ascii_lowercase()));
            word.origin.end = origin.end;
        }
    }
    words
}

/// The long words of the dangers, by which slips are read.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    known: HashSet<String>,
    by_letter: HashMap<u8, Vec<String>>,
}

impl Spelling {
    /// Learns the words that dangers are made of, and other words that stay as they are.
    pub(super) fn of<'w>(dangers: impl Iterator<Item = &'w str>, others: impl Iterator<Item = &'w str>) -> Self {
        let mut spelling = Self { known: others.map(str::to_owned).collect(), ..Self::default() };
        for word in dangers {
            if spelling.known.insert(word.to_owned()) && word.len() > SHORTEST_GAP {
                spelling.by_letter.entry(word.as_bytes()[0]).or_default().push(word.to_owned());
            }
        }
        spelling
    }

    /// Reads a word through one slip. A word that is in a list stays as it is.
    pub(super) fn mend(&self, word: &mut Word) {
        let plain = &word.plain;
        if plain.len() < SHORTEST_GAP || plain.len() > 24 || self.known.contains(plain) || is_listed(plain) {
            return;
        }
        let near = self.by_letter.get(&plain.as_bytes()[0]).into_iter().flatten();
        let is_meant = |meant: &&String| {
            let may_slip = plain.len().min(meant.len()) >= SHORTEST_SLIP || meant.len() > plain.len();
            may_slip && is_one_slip(plain.as_bytes(), meant.as_bytes())
        };
        if let Some(meant) = near.into_iter().find(is_meant) {
            word.plain.clone_from(meant);
        }
    }
}

fn is_listed(word: &str) -> bool {
    let kinds = lexicon::kinds(word);
    kinds.is_common() || kinds.is_given_name() || kinds.is_surname()
}

/// Whether one letter is missing, extra, another or changed places with its neighbour.
fn is_one_slip(written: &[u8], meant: &[u8]) -> bool {
    let same = written.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (rest, other) = (&written[same..], &meant[same..]);
    match (rest, other) {
        ([], []) => false,
        ([_, rest @ ..], _) if rest == other => true,
        (_, [_, other @ ..]) if rest == other => true,
        // Another letter makes another word more easily than a missing one.
        ([_, rest @ ..], [_, other @ ..]) if rest == other => meant.len() > SHORTEST_SLIP,
        ([a, b, rest @ ..], [c, d, other @ ..]) => a == d && b == c && rest == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_place_in_what_was_written() {
        let written = "¡NO PUEDO respi\u{200B}rar, can\u{2019}t!";
        let words = words(written);
        let plain: Vec<&str> = words.iter().map(|word| word.plain.as_str()).collect();
        assert_eq!(plain, ["no", "puedo", "respirar", "cant"]);
        assert_eq!(&written[words[2].origin.clone()], "respi\u{200B}rar");
        assert!(words[3].begins_clause && !words[3].begins_sentence);
    }

    #[test]
    fn a_slip_is_read_as_the_word_that_was_meant() {
        let spelling =
            Spelling::of(["seizure", "breathing", "unconscious", "ahogado"].into_iter(), ["abogado"].into_iter());
        for (written, read) in [
            ("siezure", "seizure"),
            ("breathin", "breathing"),
            ("unconcious", "unconscious"),
            ("breeding", "breeding"),
            ("abogado", "abogado"),
            ("leisure", "leisure"),
        ] {
            let mut word = words(written).remove(0);
            spelling.mend(&mut word);
            assert_eq!(word.plain, read);
        }
    }
}
