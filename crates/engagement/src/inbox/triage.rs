//! Triage at the door of the inbox: every message that comes in is sorted by [`bedside_guard::triage`], and a danger is
//! answered at once where an owner wants that.

use std::ops::Range;

use async_trait::async_trait;
use bedside_publishing::{
    Desk,
    inbound::{Kind, Message, Sorted, Sorter},
};

use bedside_guard::triage::Signal;
pub use bedside_guard::triage::{Class, is_spanish, speaks_of_harm};

use super::sentence;

/// Most phrases that are quoted as what made a message urgent.
const QUOTED: usize = 3;

/// The sorter that the reader is given.
#[derive(Debug, Clone, Copy, Default)]
pub struct Triage;

/// The words that decided, each place once: what overlaps is one quotation.
fn quoted(text: &str, signals: &[Signal]) -> String {
    let mut found: Vec<Range<usize>> = signals.iter().map(|signal| signal.start..signal.end).collect();
    found.sort_by_key(|place| place.start);
    let mut places: Vec<Range<usize>> = Vec::new();
    for place in found {
        match places.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => places.push(place),
        }
    }
    let mut words: Vec<&str> = Vec::new();
    for place in places {
        let said = text.get(place).unwrap_or_default();
        if !words.contains(&said) {
            words.push(said);
        }
    }
    words.truncate(QUOTED);
    words.join(" · ")
}

#[async_trait]
impl Sorter for Triage {
    fn sort(&self, text: &str, _lang: &str, kind: Kind) -> Sorted {
        if !kind.has_words() {
            return Sorted::default();
        }
        let verdict = bedside_guard::triage::triage(text, None);
        Sorted {
            sort: verdict.class.as_str().to_owned(),
            urgent: verdict.class.is_urgent().then(|| quoted(text, &verdict.signals)),
        }
    }

    async fn urgent_arrived(&self, desk: &Desk, message: &Message) {
        if let Err(failure) = sentence::answer(desk, message).await {
            tracing::error!(message = message.id, "the 911 sentence could not be said: {failure:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overlaps_is_quoted_once() {
        let sorted =
            Triage.sort("Help. My left arm is numb and my chest feels tight since this morning.", "en", Kind::Reply);
        let quoted = sorted.urgent.unwrap_or_default();
        assert_eq!(sorted.sort, "emergency");
        assert_eq!(quoted.matches("left arm").count(), 1, "{quoted}");
        assert!(quoted.contains("numb"), "{quoted}");
    }
}
