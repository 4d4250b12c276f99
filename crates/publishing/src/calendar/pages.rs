//! The month as a page.

use std::sync::Arc;

use askama::Template;
use axum::{
    Router,
    extract::{FromRef, Query, State},
    routing::{get, post},
};
use bedside_practice::SignedIn;
use bedside_web::{Answer, Html, Lang, StaffShell, dates};
use jiff::civil::Date;
use serde::Deserialize;

use super::{
    events::{Event, events},
    marks::{Mark, Marks},
    month, moves,
};
use crate::desk::Desk;

/// The routes of this feature. `marks` is what others write on the calendar.
pub fn routes(desk: Desk, marks: Vec<Arc<dyn Marks>>) -> Router {
    Router::new()
        .route("/calendar", get(show))
        .route("/calendar/moves", post(moves::create))
        .with_state(Calendar { desk, marks: marks.into() })
}

#[derive(Clone, FromRef)]
pub(super) struct Calendar {
    pub(super) desk: Desk,
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
