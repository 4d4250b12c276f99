//! Posts on the calendar: each with the one thing to know about it.

use std::collections::HashMap;

use bedside_practice::Practice;
use bedside_web::{Answer, Failure, Lang, dates, ui::Tone};
use jiff::{civil::Date, tz::TimeZone};

use super::store::{self, OnAccount};
use crate::{
    accounts::Account,
    delivery::state::State as Delivered,
    desk::Desk,
    posts::{self, Post, PostState, Whole},
};

/// A post on the calendar.
#[derive(Clone)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) hour: String,
    pub(super) day: String,
    pub(super) movable: bool,
    pub(super) tone: Tone,
    pub(super) words: String,
    pub(super) ask: String,
    pub(super) nets: Vec<(String, &'static str)>,
}

/// The posts due from `first` to `last`, each with its day.
pub(super) async fn events(desk: &Desk, practice: &Practice, first: Date, last: Date) -> Answer<Vec<(Date, Event)>> {
    let database = &desk.ground.database;
    let from = micros(first, &practice.time_zone)?;
    let until = micros(last.saturating_add(jiff::ToSpan::days(1)), &practice.time_zone)?;
    let due = posts::store::due_between(database, &practice.id, from, until).await?;
    let wholes = posts::store::wholes(database, &practice.id, due).await?;
    let ids: Vec<&str> = wholes.iter().map(|whole| whole.post.id.as_str()).collect();
    let standing = store::standing(database, &practice.id, &ids).await?;
    let accounts = desk.accounts(practice).await?;
    Ok(wholes.iter().filter_map(|whole| event(desk, practice, whole, &standing, &accounts)).collect())
}

fn micros(date: Date, zone: &TimeZone) -> Result<i64, Failure> {
    let midnight =
        date.to_zoned_datetime(zone.clone()).map_err(|_| Failure::bad_request("a month beyond the calendar"))?;
    Ok(midnight.timestamp().as_microsecond())
}

fn event(
    desk: &Desk,
    practice: &Practice,
    whole: &Whole,
    standing: &HashMap<String, Vec<OnAccount>>,
    accounts: &[Account],
) -> Option<(Date, Event)> {
    let due = practice.local(whole.post.due_at?);
    let on = standing.get(&whole.post.id).map_or(&[][..], Vec::as_slice);
    let is_due = whole.post.due_at.is_some_and(|due| due <= desk.ground.now());
    let (tone, words) = in_words(&whole.post, on, is_due);
    let ask = on.iter().find(|one| !one.person_text.is_empty()).map(|one| one.person_text.clone());
    let nets = whole.variants.iter().filter_map(|variant| {
        let account = accounts.iter().find(|account| account.id == variant.account_id)?;
        Some((account.logo().to_owned(), desk.capabilities(account)?.name))
    });
    let event = Event {
        id: whole.post.id.clone(),
        name: whole.post.name(),
        hour: dates::hour(due.time()),
        day: dates::short_date(Lang::En, due.date()),
        movable: on.iter().all(|one| matches!(one.state, Delivered::Waiting | Delivered::ByHand)),
        tone,
        words: words.to_owned(),
        ask: ask.unwrap_or_default(),
        nets: nets.collect(),
    };
    Some((due.date(), event))
}

/// The one thing to know about a post: the worst of its accounts, or how far it has come.
fn in_words(post: &Post, on: &[OnAccount], is_due: bool) -> (Tone, &'static str) {
    let any = |state: Delivered| on.iter().any(|one| one.state == state);
    match post.state {
        PostState::Draft if on.is_empty() => (Tone::Mute, "Draft"),
        PostState::Draft => (Tone::Coral, "Changed, needs a new signature"),
        PostState::Waiting => (Tone::Coral, "Waits for a signature"),
        PostState::Withdrawn => (Tone::Mute, "Withdrawn"),
        PostState::Signed if any(Delivered::Unknown) => (Tone::Warn, "Not confirmed"),
        PostState::Signed if any(Delivered::Refused) => (Tone::Block, "Failed on one account"),
        PostState::Signed if any(Delivered::Missed) => (Tone::Warn, "Missed"),
        PostState::Signed if is_due && any(Delivered::ByHand) => (Tone::Coral, "Post it by hand"),
        PostState::Signed if any(Delivered::Waiting) || any(Delivered::Armed) || any(Delivered::ByHand) => {
            (Tone::Note, "Planned")
        }
        PostState::Signed if any(Delivered::Published) => (Tone::Ok, "Out"),
        PostState::Signed => (Tone::Mute, "Goes nowhere"),
    }
}
