//! The inbox: what people wrote to the practice in public, sorted by the playbook, with answers that are safe to send.
//!
//! Reading order: [`triage`] (what a message is about), [`playbook`] (what may be answered,
//! by whom, and what never), [`answer`] (an answer on its way, exactly once), `sentence` (the one answer that Bedside
//! gives by itself, if an owner wants that), [`pages`] with `page`, `item` and `view`, and
//! [`Waiting`], which brings messages to the rounds. Messages themselves are kept by
//! [`bedside_publishing::inbound`], which is given [`Triage`] as its sorter.

pub mod answer;
mod item;
mod page;
pub mod pages;
pub mod playbook;
mod sentence;
pub mod triage;
mod view;

use async_trait::async_trait;
use bedside_platform::database::DatabaseError;
use bedside_practice::{
    Member, Practice,
    rounds::{Source, Step},
};
use bedside_publishing::{
    Desk,
    inbound::{Message, store},
};
use bedside_web::{Lang, dates};

pub use pages::routes;
pub use triage::Triage;

use triage::Class;

/// Honest guess of how long one message takes, in minutes.
const MINUTES: u32 = 2;
/// Messages shown in the rounds and in a list.
const MOST: i64 = 200;

/// Brings what waits in the inbox to the rounds: a danger first.
pub struct Waiting(pub Desk);

#[async_trait]
impl Source for Waiting {
    async fn steps(&self, practice: &Practice, member: &Member, _now: i64) -> Result<Vec<Step>, DatabaseError> {
        let waiting = store::waiting(&self.0.ground.database, &practice.id, MOST).await?;
        let (alarming, plain): (Vec<_>, Vec<_>) = waiting.into_iter().partition(Message::is_alarming);
        let mut steps: Vec<Step> = alarming.iter().map(alarm).collect();
        let mine: Vec<&Message> = plain
            .iter()
            .filter(|message| playbook::page(Class::from_word(&message.sort)).sender.is_met_by(member.rights))
            .collect();
        if let Some(first) = mine.first() {
            steps.push(comments(first, &mine));
        }
        Ok(steps)
    }
}

fn alarm(message: &Message) -> Step {
    Step {
        title: "A message sounds like an emergency".to_owned(),
        detail: format!(
            "What made it urgent: “{}”. It stays here until somebody says that it is taken care of.",
            message.urgent
        ),
        lines: vec![(view::snippet(&message.text), Class::from_word(&message.sort).name().to_owned())],
        minutes: MINUTES,
        urgent: true,
        action: ("Open the message".to_owned(), format!("/inbox/{}", message.id)),
        since: message.received_at,
    }
}

fn comments(first: &Message, all: &[&Message]) -> Step {
    let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let noun = if count == 1 { "comment" } else { "comments" };
    let number = if count == 1 { "one".to_owned() } else { dates::number(Lang::En, count) };
    Step {
        title: format!("Answer {number} {noun}"),
        detail: "Each has a safe draft. Nothing about care belongs into an answer.".to_owned(),
        lines: all
            .iter()
            .take(5)
            .map(|message| (view::snippet(&message.text), Class::from_word(&message.sort).name().to_owned()))
            .collect(),
        minutes: MINUTES.saturating_mul(count),
        urgent: false,
        action: ("Open the first".to_owned(), format!("/inbox/{}", first.id)),
        since: first.received_at,
    }
}
