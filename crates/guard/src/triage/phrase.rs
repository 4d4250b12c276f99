//! Phrases: rows of slots that words must fill, composed of parts that may stand in any order.
//!
//! How a phrase is written is told at the top of `signals/dangers.txt`. A phrase is looked for only where one of its first
//! words stands, and never further than [`WINDOW`] words, so the time is linear in the text.

use std::collections::{HashMap, HashSet};

use super::words::Word;

/// Words that may stand in a gap, and in a wide one.
const GAP: usize = 3;
const WIDE_GAP: usize = 8;
/// Words within which the parts of a composed phrase stand.
const WINDOW: usize = 12;
/// What a number before such a word counts is not somebody's age.
const NOT_AN_AGE: &str = "week weeks day days month months pound pounds lb lbs kilos kg hour hours minute minutes mile \
    miles percent mg feet foot inches steps of over out semanas dias meses horas minutos millas libras de points times \
    veces in into to";
/// Ages of children in words, in English and Spanish.
const SMALL_NUMBERS: &str = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
    sixteen seventeen un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis \
    diecisiete";

fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == word)
}

/// One place in a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Slot {
    /// One of these words, or one of these beginnings with any ending.
    Words { whole: HashSet<String>, open: Vec<String> },
    /// Any number.
    Number,
    /// A number between these two, in figures.
    Between(u32, u32),
    /// A number that can be a child's age.
    Child,
    /// Up to so many words.
    Gap(usize),
}

impl Slot {
    fn read(written: &str) -> Self {
        match written {
            "_" => Self::Gap(GAP),
            "__" => Self::Gap(WIDE_GAP),
            "<n>" => Self::Number,
            "<child>" => Self::Child,
            other => between(other).unwrap_or_else(|| {
                let (open, whole): (Vec<&str>, Vec<&str>) = other.split('|').partition(|word| word.ends_with('*'));
                let open = open.into_iter().map(|word| word.trim_end_matches('*').to_owned()).collect();
                Self::Words { whole: whole.into_iter().map(str::to_owned).collect(), open }
            }),
        }
    }

    fn is_filled_by(&self, word: &str) -> bool {
        match self {
            Self::Words { whole, open } => {
                whole.contains(word) || open.iter().any(|beginning| word.starts_with(beginning))
            }
            Self::Number => word.bytes().all(|byte| byte.is_ascii_digit()),
            Self::Between(low, high) => word.parse::<u32>().is_ok_and(|number| (*low..=*high).contains(&number)),
            Self::Child => word.parse::<u8>().is_ok_and(|age| (1..=17).contains(&age)) || is_in(SMALL_NUMBERS, word),
            Self::Gap(_) => true,
        }
    }
}

/// Reads "<20-54>".
fn between(written: &str) -> Option<Slot> {
    let (low, high) = written.strip_prefix('<')?.strip_suffix('>')?.split_once('-')?;
    Some(Slot::Between(low.parse().ok()?, high.parse().ok()?))
}

/// A row of slots.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row(Vec<Slot>);

impl Row {
    /// Where it ends when it begins at `at`.
    fn end_at(&self, words: &[Word], at: usize) -> Option<usize> {
        let end = fits(&self.0, words, at)?;
        let counts_something = self.0.last() == Some(&Slot::Child)
            && words.get(end).is_some_and(|next| !next.begins_clause && is_in(NOT_AN_AGE, &next.plain));
        (!counts_something).then_some(end)
    }
}

fn fits(slots: &[Slot], words: &[Word], at: usize) -> Option<usize> {
    let Some((slot, rest)) = slots.split_first() else { return Some(at) };
    if let Slot::Gap(most) = slot {
        return (0..=*most).find_map(|skip| fits(rest, words, at + skip));
    }
    if slot.is_filled_by(&words.get(at)?.plain) { fits(rest, words, at + 1) } else { None }
}

/// Words that mean nearly the same, by the name of the group.
pub(super) type Groups<'t> = HashMap<&'t str, &'t str>;

/// Rows that stand near each other in any order; mostly it is one.
#[derive(Debug)]
pub(super) struct Phrase {
    /// As it stands in the file.
    pub(super) written: &'static str,
    parts: Vec<Row>,
}

impl Phrase {
    fn read(written: &'static str, groups: &Groups<'_>) -> Self {
        let with_words = |slot: &str| {
            let words = slot
                .split('|')
                .map(|word| word.strip_prefix('@').and_then(|name| groups.get(name)).copied().unwrap_or(word));
            words.collect::<Vec<_>>().join("|")
        };
        let row = |part: &str| Row(part.split_whitespace().map(|slot| Slot::read(&with_words(slot))).collect());
        Self { written, parts: written.split(" + ").map(row).collect() }
    }

    /// Where it ends when its earliest part begins at `at`.
    fn end_at(&self, words: &[Word], at: usize) -> Option<usize> {
        let first = self.parts.iter().filter_map(|part| part.end_at(words, at)).max()?;
        if self.parts.len() == 1 {
            return Some(first);
        }
        let reach = (at + WINDOW).min(words.len());
        let ends = self.parts.iter().map(|part| (at..reach).find_map(|here| part.end_at(words, here)));
        ends.collect::<Option<Vec<_>>>()?.into_iter().max()
    }
}

/// Where a phrase stands: from a word to before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) from: usize,
    pub(super) to: usize,
    /// As the phrase is written in its file.
    pub(super) phrase: &'static str,
}

/// Phrases, and the words at which to look for each.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    all: Vec<Phrase>,
    at_word: HashMap<String, Vec<usize>>,
    /// By the first two letters.
    at_beginning: HashMap<String, Vec<(String, usize)>>,
    at_number: Vec<usize>,
}

impl Phrases {
    pub(super) fn read(lines: &[&'static str], groups: &Groups<'_>) -> Self {
        let mut phrases = Self::default();
        for (number, line) in lines.iter().enumerate() {
            let phrase = Phrase::read(line, groups);
            for slot in phrase.parts.iter().filter_map(|part| part.0.first()) {
                let Slot::Words { whole, open } = slot else {
                    phrases.at_number.push(number);
                    continue;
                };
                for word in whole {
                    phrases.at_word.entry(word.clone()).or_default().push(number);
                }
                for beginning in open {
                    let letters = beginning.get(..2).unwrap_or(beginning).to_owned();
                    phrases.at_beginning.entry(letters).or_default().push((beginning.clone(), number));
                }
            }
            phrases.all.push(phrase);
        }
        phrases
    }

    /// The longest phrase that begins at a word, and where it ends.
    pub(super) fn longest_at(&self, words: &[Word], at: usize) -> Option<(usize, &Phrase)> {
        let word = words.get(at)?.plain.as_str();
        let open = word.get(..2).and_then(|letters| self.at_beginning.get(letters)).into_iter().flatten();
        let open = open.filter(|(beginning, _)| word.starts_with(beginning)).map(|(_, number)| number);
        let numbers = self.at_number.iter().filter(|_| word.as_bytes().first().is_some_and(u8::is_ascii_digit));
        let candidates = self.at_word.get(word).into_iter().flatten().chain(open).chain(numbers);
        let ends = candidates.filter_map(|&number| {
            let phrase = &self.all[number];
            Some((phrase.end_at(words, at)?, phrase))
        });
        // The first in the file among equals, so that the answer is always the same.
        ends.reduce(|best, other| if other.0 > best.0 { other } else { best })
    }

    /// Every place where a phrase stands. One inside another says nothing new.
    pub(super) fn places(&self, words: &[Word]) -> Vec<Place> {
        let found = (0..words.len()).filter_map(|from| {
            let (to, phrase) = self.longest_at(words, from)?;
            Some(Place { from, to, phrase: phrase.written })
        });
        let mut places: Vec<Place> = found.collect();
        places.dedup_by(|later, earlier| later.to <= earlier.to);
        places
    }

    /// Whether any phrase stands in these words.
    pub(super) fn stand_in(&self, words: &[Word]) -> bool {
        (0..words.len()).any(|at| self.longest_at(words, at).is_some())
    }

    /// Every word that a phrase is made of, beginnings left out.
    pub(super) fn vocabulary(&self) -> impl Iterator<Item = &str> {
        let slots = self.all.iter().flat_map(|phrase| &phrase.parts).flat_map(|row| &row.0);
        slots
            .filter_map(|slot| if let Slot::Words { whole, .. } = slot { Some(whole) } else { None })
            .flatten()
            .map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn finds(phrase: &'static str, text: &str) -> bool {
        let groups = HashMap::from([("face", "face|mouth")]);
        Phrases::read(&[phrase], &groups).stand_in(&words(text))
    }

    #[test]
    fn phrases_find_whole_words_whatever_their_dress() {
        assert!(finds("no puedo respirar", "¡NO PUEDO  respirar!"));
        assert!(finds("cant breathe", "I can’t breathe"));
        assert!(finds("se desmayo", "se desmayo\u{301} ayer"), "accent as a mark of its own");
        assert!(!finds("bill", "Billy is nice"));
        assert!(finds("suicid*", "suicidal thoughts"));
        assert!(finds("chest _ tight", "my chest feels really tight"));
        assert!(!finds("chest _ tight", "chest is now I say it tight"));
        assert!(finds("i am <child>", "I am 12.") && finds("i am <child>", "i am eleven"));
        assert!(!finds("i am <child>", "I am 12 weeks pregnant") && !finds("i am <child>", "I am 34"));
        assert!(finds("<n> over <n>", "165 over 95"));
        assert!(finds("sugar is <20-54>", "my sugar is 34") && !finds("sugar is <20-54>", "my sugar is 134"));
    }

    #[test]
    fn parts_stand_near_each_other_in_any_order() {
        let finds = |text: &str| finds("@face|smile + droop*", text);
        assert!(finds("her mouth is drooping") && finds("Drooping on one side of his face"));
        assert!(finds("a smile that droops") && !finds("her face is red"));
        assert!(!finds("my face, and then after all those many long quiet weeks in the far garden flowers droop"));
    }
}
