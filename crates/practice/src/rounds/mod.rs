//! Rounds: the home screen. A guided pass through what needs a person now; when it is done, it says so.
//!
//! Features hand in steps through [`Source`]; this page only orders and shows them. A step that stands for a
//! danger comes first, whatever its age.

use std::sync::Arc;

use askama::Template;
use async_trait::async_trait;
use axum::{Router, extract::State, routing::get};
use bedside_platform::{Ground, database::DatabaseError};
use bedside_web::{Answer, Html, StaffShell, dates};

use crate::{frame::SignedIn, members::Member, practice::Practice};

/// Something that needs a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is asked, as a heading: "Approve three posts for this week".
    pub title: String,
    /// One or two sentences.
    pub detail: String,
    /// What it is about, line by line: (text, note).
    pub lines: Vec<(String, String)>,
    /// An honest guess of how long it takes.
    pub minutes: u32,
    /// Comes first.
    pub urgent: bool,
    /// The main action: (words, address).
    pub action: (String, String),
    /// When it began to wait, microseconds: the oldest first within the same rank.
    pub since: i64,
}

/// A feature that hands in steps.
#[async_trait]
pub trait Source: Send + Sync {
    /// What needs this member now.
    ///
    /// # Errors
    /// When the database refuses.
    async fn steps(&self, practice: &Practice, member: &Member, now: i64) -> Result<Vec<Step>, DatabaseError>;

    /// What stands in the margin: (heading, sentence, link).
    ///
    /// # Errors
    /// When the database refuses.
    async fn margin(&self, _: &Practice, _: &Member, _now: i64) -> Result<Vec<Note>, DatabaseError> {
        Ok(Vec::new())
    }
}

/// A note in the margin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Heading.
    pub title: String,
    /// A sentence or two.
    pub words: String,
    /// (words, address)
    pub link: Option<(String, String)>,
}

/// What the page needs.
#[derive(Clone)]
pub struct Rounds {
    /// The world.
    pub ground: Ground,
    /// The features, in the order in which their steps stand when nothing else decides.
    pub sources: Arc<[Arc<dyn Source>]>,
}

impl Rounds {
    /// All steps for a member: urgent ones first, then in the order of the sources.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn steps(&self, practice: &Practice, member: &Member) -> Result<Vec<Step>, DatabaseError> {
        let mut steps = Vec::new();
        for source in self.sources.iter() {
            let mut found = source.steps(practice, member, self.ground.now()).await?;
            found.sort_by_key(|step| step.since);
            steps.append(&mut found);
        }
        // A stable sort keeps the order of the sources.
        steps.sort_by_key(|step| !step.urgent);
        Ok(steps)
    }

    async fn margin(&self, practice: &Practice, member: &Member) -> Result<Vec<Note>, DatabaseError> {
        let mut notes = Vec::new();
        for source in self.sources.iter() {
            notes.append(&mut source.margin(practice, member, self.ground.now()).await?);
        }
        Ok(notes)
    }
}

/// The route of this page.
pub fn routes(rounds: Rounds) -> Router {
    Router::new().route("/rounds", get(show)).with_state(rounds)
}

#[derive(Template)]
#[template(path = "rounds/views/rounds.html")]
struct Page {
    shell: StaffShell,
    today: String,
    greeting: String,
    steps: Vec<Step>,
    minutes: u32,
    notes: Vec<Note>,
}

async fn show(State(rounds): State<Rounds>, signed_in: SignedIn, shell: StaffShell) -> Answer<Html<Page>> {
    let steps = rounds.steps(&signed_in.practice, &signed_in.member).await?;
    let notes = rounds.margin(&signed_in.practice, &signed_in.member).await?;
    let here = signed_in.practice.local(rounds.ground.now());
    let minutes = steps.iter().map(|step| step.minutes).sum();
    Ok(Html(Page {
        shell,
        today: dates::day(bedside_web::Lang::En, here.date()),
        greeting: greeting(here.hour(), &signed_in.member.addressed(), steps.len(), minutes),
        steps,
        minutes,
        notes,
    }))
}

/// "Good morning, Dr. Alvarez. Five things need you, about 18 minutes."
fn greeting(hour: i8, name: &str, steps: usize, minutes: u32) -> String {
    let time = match hour {
        5..12 => "Good morning",
        12..18 => "Good afternoon",
        _ => "Good evening",
    };
    let minutes = if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") };
    match steps {
        0 => format!("{time}, {name}. Nothing needs you now."),
        1 => format!("{time}, {name}. One thing needs you, about {minutes}."),
        many => format!("{time}, {name}. {} things need you, about {minutes}.", number_word(many)),
    }
}

/// Numbers up to twelve are written out, as in a letter.
fn number_word(n: usize) -> String {
    const WORDS: [&str; 13] =
        ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greeting_counts_like_a_person() {
        assert_eq!(
            greeting(9, "Dr. Alvarez", 5, 18),
            "Good morning, Dr. Alvarez. Five things need you, about 18 minutes."
        );
        assert_eq!(greeting(20, "Priya", 0, 0), "Good evening, Priya. Nothing needs you now.");
        assert_eq!(greeting(13, "Priya", 1, 1), "Good afternoon, Priya. One thing needs you, about a minute.");
    }
}
