//! Triage at the door of the inbox: every message that comes in is sorted by [`bedside_guard::triage`], and a danger is
//! answered at once where an owner wants that.

use async_trait::async_trait;
use bedside_publishing::{
    Desk,
    inbound::{Kind, Message, Sorted, Sorter},
};

pub use bedside_guard::triage::{Class, is_spanish, speaks_of_harm};

use super::sentence;

/// Most phrases that are quoted as what made a message urgent.
const QUOTED: usize = 3;

/// The sorter that the reader is given.
#[derive(Debug, Clone, Copy, Default)]
pub struct Triage;

#[async_trait]
impl Sorter for Triage {
    fn sort(&self, text: &str, _lang: &str, kind: Kind) -> Sorted {
        if !kind.has_words() {
            return Sorted::default();
        }
        let verdict = bedside_guard::triage::triage(text, None);
        let mut because: Vec<&str> = Vec::new();
        for signal in &verdict.signals {
            if because.len() < QUOTED && !because.contains(&signal.span.as_str()) {
                because.push(&signal.span);
            }
        }
        Sorted {
            sort: verdict.class.as_str().to_owned(),
            urgent: verdict.class.is_urgent().then(|| because.join(" · ")),
        }
    }

    async fn urgent_arrived(&self, desk: &Desk, message: &Message) {
        if let Err(failure) = sentence::answer(desk, message).await {
            tracing::error!(message = message.id, "the 911 sentence could not be said: {failure:?}");
        }
    }
}
