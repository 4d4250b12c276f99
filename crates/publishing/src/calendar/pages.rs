//! The month, and moving a post to another day.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use axum::{
    Router,
    extract::{FromRef, Query, State},
    routing::{get, post},
};
use bedside_practice::{
    Practice, SignedIn,
    audit::{self, Decision},
};
use bedside_web::{Answer, Failure, Flash, Html, Lang, Posted, SeeOther, StaffShell, dates, ui::Tone};
use jiff::{civil::Date, tz::TimeZone};
use serde::Deserialize;
use serde_json::json;

use super::{
    marks::{Mark, Marks},
    month,
    store::{self, OnAccount},
};
use crate::{
    accounts::Account,
    delivery::{self, state::State as Delivered},
    desk::Desk,
    posts::{self, Post, PostState, Whole},
};

/// The routes of this feature. `marks` is what others write on the calendar.
pub fn routes(desk: Desk, marks: Vec<Arc<dyn Marks>>) -> Router {
    Router::new()
        .route("/calendar", get(show))
        .route("/calendar/moves", post(move_post))
        .with_state(Calendar { desk, marks: marks.into() })
}

#[derive(Clone, FromRef)]
struct Calendar {
    desk: Desk,
    marks: Arc<[Arc<dyn Marks>]>,
}

#[derive(Template)]
#[template(path = "calendar/views/calendar.html")]
struct Page {
    shell: StaffShell,
    name: String,
    before: String,
    after: String,
    weeks: Vec<Week>,
    month_long: Vec<Mark>,
    look: Vec<Event>,
    counts: Counts,
    paused: bool,
}

#[derive(Default)]
struct Counts {
    posts: usize,
    out: usize,
    to_sign: usize,
    drafts: usize,
}

struct Week {
    bands: Vec<String>,
    days: Vec<Day>,
}

struct Day {
    date: Date,
    iso: String,
    inside: bool,
    today: bool,
    marks: Vec<Mark>,
    events: Vec<Event>,
}

/// A post on the calendar.
#[derive(Clone)]
struct Event {
    id: String,
    name: String,
    hour: String,
    day: String,
    movable: bool,
    tone: Tone,
    words: String,
    ask: String,
    nets: Vec<(String, &'static str)>,
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    month: String,
}

async fn show(
    State(calendar): State<Calendar>,
    signed_in: SignedIn,
    shell: StaffShell,
    Query(wanted): Query<Wanted>,
) -> Answer<Html<Page>> {
    let (desk, practice) = (&calendar.desk, &signed_in.practice);
    let today = practice.local(desk.ground.now()).date();
    let shown = month::from_text(&wanted.month).unwrap_or_else(|| today.first_of_month());
    let weeks = month::weeks(shown);
    let (first, last) = (weeks[0][0], weeks[weeks.len() - 1][6]);
    let events = events(desk, practice, first, last).await?;
    let mut marks = Vec::new();
    for source in calendar.marks.iter() {
        marks.append(&mut source.marks(practice, first, last).await?);
    }
    let (month_long, dated): (Vec<_>, Vec<_>) =
        marks.into_iter().partition(|mark| !mark.band && (mark.to - mark.from).get_days() > 14);
    let counts = counts(events.iter().map(|(_, event)| event));
    let look = events.iter().filter(|(_, event)| !event.ask.is_empty()).map(|(_, event)| event.clone()).collect();
    let grid = Grid { shown, today, events: &events, marks: &dated };
    let (before, after) = month::neighbours(shown);
    Ok(Html(Page {
        name: format!("{} {}", dates::month(Lang::En, shown), shown.year()),
        before: month::to_text(before),
        after: month::to_text(after),
        weeks: weeks.iter().map(|days| grid.week(days)).collect(),
        month_long: month_long
            .into_iter()
            .filter(|mark| mark.from <= shown.last_of_month() && mark.to >= shown)
            .collect(),
        look,
        counts,
        paused: shell.paused.is_some(),
        shell,
    }))
}

fn counts<'a>(events: impl Iterator<Item = &'a Event>) -> Counts {
    let mut counts = Counts::default();
    for event in events {
        counts.posts += 1;
        match event.words.as_str() {
            "Out" => counts.out += 1,
            "Waits for a signature" => counts.to_sign += 1,
            "Draft" => counts.drafts += 1,
            _ => {}
        }
    }
    counts
}

struct Grid<'a> {
    shown: Date,
    today: Date,
    events: &'a [(Date, Event)],
    marks: &'a [Mark],
}

impl Grid<'_> {
    fn week(&self, days: &[Date; 7]) -> Week {
        let bands = self.marks.iter().filter(|mark| mark.band && mark.from <= days[6] && mark.to >= days[0]);
        Week {
            bands: bands.map(|mark| mark.words.clone()).collect(),
            days: days.iter().map(|date| self.day(*date)).collect(),
        }
    }

    fn day(&self, date: Date) -> Day {
        // A mark of several days is written on its first.
        let marks = self.marks.iter().filter(|mark| !mark.band && mark.from == date);
        Day {
            date,
            iso: date.to_string(),
            inside: date.month() == self.shown.month(),
            today: date == self.today,
            marks: marks.cloned().collect(),
            events: self.events.iter().filter(|(on, _)| *on == date).map(|(_, event)| event.clone()).collect(),
        }
    }
}

async fn events(desk: &Desk, practice: &Practice, first: Date, last: Date) -> Answer<Vec<(Date, Event)>> {
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

#[derive(Deserialize)]
struct Move {
    #[serde(default)]
    post: String,
    #[serde(default)]
    date: String,
}

async fn move_post(State(calendar): State<Calendar>, signed_in: SignedIn, posted: Posted<Move>) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let (desk, practice) = (&calendar.desk, &signed_in.practice);
    let database = &desk.ground.database;
    let whole = posts::store::whole(database, &practice.id, &posted.form.post).await?.ok_or_else(Failure::not_found)?;
    let Ok(date) = posted.form.date.parse::<Date>() else {
        return Ok(SeeOther::to("/calendar").saying(Flash::look("Choose the day as a date, for example 2027-02-18.")));
    };
    let back = SeeOther::to(format!("/calendar?month={}", month::to_text(date)));
    let Some(due) = whole.post.due_at else {
        return Ok(back.saying(Flash::look("This post has no time yet. Open it and choose one.")));
    };
    let standing = store::standing(database, &practice.id, &[&whole.post.id]).await?;
    if standing.values().flatten().any(|one| !matches!(one.state, Delivered::Waiting | Delivered::ByHand)) {
        return Ok(back.saying(Flash::look("It is out already, or on its way, so it stays on its day.")));
    }
    let moved =
        practice.local(due).with().date(date).build().map_err(|_| Failure::bad_request("a day beyond the calendar"))?;
    let moved = moved.timestamp().as_microsecond();
    if moved < desk.ground.now() {
        return Ok(back.saying(Flash::look("That hour has passed. Choose a day that is still to come.")));
    }
    let changed = Post { due_at: Some(moved), ..whole.post.clone() };
    let copies = desk.copies(practice, &whole, None, None).await?;
    let mut tx = database.begin_write().await?;
    if !posts::store::change(&mut tx, &changed, desk.ground.now()).await? {
        return Ok(back.saying(Flash::look("Somebody changed this post a moment ago. Look again.")));
    }
    if changed.state == PostState::Signed {
        delivery::plan(desk, &mut tx, &changed, &copies).await?;
    }
    let detail = json!({ "from": due, "to": moved });
    let decision = Decision { actor: &signed_in.member.id, action: "post.moved", subject: &changed.id, detail };
    audit::record(database, &mut tx, &practice.id, &decision, desk.ground.now()).await?;
    tx.commit().await?;
    desk.bell.notify_one();
    let words = format!(
        "“{}” goes out on {}.",
        changed.name(),
        dates::day_and_hour(Lang::En, practice.local(moved).datetime())
    );
    Ok(back.saying(Flash::done(words)))
}
