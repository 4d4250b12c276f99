//! Triage: which case of the playbook an inbound message is. Pure: a text goes in, a class comes out, with the words that
//! made it so and their places.
//!
//! The classes stand in the order of their priority: the first whose signals are found wins. For dangers a false alarm
//! costs a minute and a miss may cost a life, so their signals are many; a plain denial undoes them, and for the body
//! also a sentence that is about the past or about what one may learn.
//!
//! Reading order: [`class`], this file, `signals` (how what is found is told), `phrase` (how it is found), `words` (how
//! strangers spell), `language`, [`mod@pipe`] (the command line). What a class sounds like stands in `signals/*.txt`.
//!
//! ```
//! use bedside_guard::triage::{Class, triage};
//!
//! let verdict = triage("my dad's mouth is drooping and he makes no sense", None);
//! assert_eq!(verdict.class, Class::Emergency);
//! assert_eq!(triage("this wait is killing me", Some(1)).class, Class::NegativeService);
//! ```

pub mod class;
mod language;
mod phrase;
pub mod pipe;
mod signals;
mod words;

use std::sync::LazyLock;

use serde::Serialize;

pub use class::Class;
pub use language::is_spanish;
pub use pipe::pipe;

use phrase::Place;
use signals::{Signals, sentence_around};
use words::Word;

/// How far before a physical danger a denial may stand, in words.
const DENIAL_REACH: usize = 6;
/// Most signals that are named as what decided.
const MOST_SIGNALS: usize = 8;
/// Reviews with at most so many stars are complaints, with at least so many praise, where the words say nothing else.
const COMPLAINT: u8 = 2;
const PRAISE: u8 = 4;

static SIGNALS: LazyLock<Signals> = LazyLock::new(Signals::read);

/// What made a message so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signal {
    /// The phrase that was found, as it is written in the list of signals.
    pub signal: &'static str,
    /// The author's own words.
    pub span: String,
    /// Where they begin in the text, in bytes.
    pub start: usize,
    /// Where they end.
    pub end: usize,
}

/// What triage says of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The class.
    pub class: Class,
    /// What decided, in the order of the text. Empty when nothing did, or the stars of a review alone.
    pub signals: Vec<Signal>,
}

/// Sorts a message into the playbook. `stars` (1 to 5) is for reviews.
pub fn triage(text: &str, stars: Option<u8>) -> Verdict {
    let words = SIGNALS.words_of(text);
    let verdict = |class: Class, places: Vec<Place>| Verdict { class, signals: told(text, &words, places) };
    for &class in Class::ALL {
        if class == Class::PositiveGeneral {
            let shown = SIGNALS.child_shown(&words);
            if !shown.is_empty() {
                return verdict(Class::Minor, shown);
            }
        }
        let places = found(class, &words);
        if !places.is_empty() && fits_stars(class, stars) {
            return verdict(class, places);
        }
    }
    let class = match stars {
        Some(..=COMPLAINT) => Class::NegativeService,
        Some(PRAISE..) => Class::PositiveGeneral,
        _ => Class::Other,
    };
    verdict(class, Vec::new())
}

/// Praise with one star is none.
fn fits_stars(class: Class, stars: Option<u8>) -> bool {
    let is_praise = matches!(class, Class::PositiveDetail | Class::PositiveGeneral);
    !(is_praise && stars.is_some_and(|stars| stars <= COMPLAINT))
}

fn found(class: Class, words: &[Word]) -> Vec<Place> {
    if class == Class::PositiveDetail && !SIGNALS.is_praise(words) {
        return Vec::new();
    }
    let counts = |place: &Place| match class {
        Class::Emergency => {
            !SIGNALS.is_denied(words, place.from, DENIAL_REACH)
                && !SIGNALS.is_told_calmly(sentence_around(words, place.from))
        }
        // "Not suicidal" is a denial; anything longer is heard by a person.
        Class::SelfHarm | Class::Abuse => !SIGNALS.is_denied(words, place.from, 1),
        _ => true,
    };
    SIGNALS.places(class, words).into_iter().filter(counts).take(MOST_SIGNALS).collect()
}

fn told(text: &str, words: &[Word], places: Vec<Place>) -> Vec<Signal> {
    let signals = places.into_iter().filter_map(|Place { from, to, phrase }| {
        let (start, end) = (words.get(from)?.origin.start, words.get(to.checked_sub(1)?)?.origin.end);
        Some(Signal { signal: phrase, span: text.get(start..end)?.to_owned(), start, end })
    });
    signals.collect()
}

/// Whether a text speaks of self-harm or abuse in any way, whatever else it is about and even where it is denied.
pub fn speaks_of_harm(text: &str) -> bool {
    let words = SIGNALS.words_of(text);
    [Class::SelfHarm, Class::Abuse].iter().any(|&class| !SIGNALS.places(class, &words).is_empty())
}

/// Whether a text speaks of a lawyer, of suing or of a death: then nothing is drafted, and a person decides with counsel.
pub fn needs_counsel(text: &str) -> bool {
    SIGNALS.needs_counsel(&SIGNALS.words_of(text))
}
