//! Turns a template into a month: a pure function of the template, the start date and the practice's rhythm.
//!
//! The four-week frame is the same for every challenge. Before day 1 an opening invites people to join; each
//! week has one post, one fact, one question, one recipe or how-to and one story prompt; day 29 brings the
//! results. Counted from the first day of its week, a post stands on day 1, a fact on day 2, a question on day
//! 4, a recipe on day 5 and a story prompt on day 6: for a Monday start that is Monday, Tuesday, Thursday,
//! Friday and Saturday. A draft that would fall on a rest day moves to the nearest free day of its week.
//!
//! Reading order: [`plan`], [`Plan`], [`Draft`], then `slots`, where days and moments are chosen.

use std::fmt;

use jiff::civil::{Date, Time};
use jiff::{ToSpan, ZonedDateTime};
use serde::{Deserialize, Serialize};

pub use super::rhythm::{Kind, Languages, OpeningDay, Rhythm};
use super::slots;
use super::template::{DAYS, Language, SpanishReview, Template, Text};

/// Days of a week.
const WEEK: usize = 7;
/// Minutes of staff time for one draft that is already written: five a week make the quarter of an hour that
/// the frame promises.
const MINUTES_PER_DRAFT: usize = 3;

/// Plans the month.
///
/// # Errors
/// [`PlanProblem`]: no kind of draft is chosen, the time zone has no name, or the dates leave the calendar.
pub fn plan(template: &Template, rhythm: &Rhythm) -> Result<Plan, PlanProblem> {
    if rhythm.kinds.is_empty() {
        return Err(PlanProblem::NothingToPost);
    }
    if rhythm.time_zone.iana_name().is_none() {
        return Err(PlanProblem::ZoneWithoutName);
    }
    let date_of = |day: i64| rhythm.start.checked_add((day - 1).days()).map_err(|_| PlanProblem::DateOutOfRange);
    let drafts = slots::drafts(template, rhythm, &date_of)?;

    let actions = template.weeks.iter().flat_map(|week| &week.daily);
    let mut days = Vec::new();
    for action in actions {
        let n = i64::try_from(action.day).map_err(|_| PlanProblem::DateOutOfRange)?;
        let drafts = drafts.iter().filter(|draft| draft.day == n).cloned().collect();
        days.push(Day { n, date: date_of(n)?, action: action.text(), drafts });
    }
    Ok(Plan {
        template_id: template.id.clone(),
        template_version: template.version,
        spanish_review: template.spanish_review,
        start: rhythm.start,
        end: date_of(DAYS)?,
        languages: rhythm.languages,
        before: drafts.iter().filter(|draft| draft.day < 1).cloned().collect(),
        days,
        after: drafts.into_iter().filter(|draft| draft.day > DAYS).collect(),
    })
}

/// Why a month cannot be planned, in words for the person who plans it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanProblem {
    /// No kind of draft is chosen.
    #[error("choose at least one kind of post")]
    NothingToPost,
    /// A fixed offset or an unknown zone: without a name, clock changes cannot be known.
    #[error("choose the practice's time zone by its name, for example America/New_York")]
    ZoneWithoutName,
    /// The dates are before the year -9999 or after 9999.
    #[error("choose a start date that the calendar knows")]
    DateOutOfRange,
}

/// The month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The template's id.
    pub template_id: String,
    /// The template's version.
    pub template_version: u32,
    /// Whether a person has read the Spanish.
    pub spanish_review: SpanishReview,
    /// Day 1.
    pub start: Date,
    /// Day 28.
    pub end: Date,
    /// The languages that are posted.
    pub languages: Languages,
    /// Drafts before day 1.
    pub before: Vec<Draft>,
    /// The 28 days.
    pub days: Vec<Day>,
    /// Drafts after day 28.
    pub after: Vec<Draft>,
}

impl Plan {
    /// All drafts in the order in which they go out.
    pub fn drafts(&self) -> impl Iterator<Item = &Draft> {
        self.before.iter().chain(self.days.iter().flat_map(|day| &day.drafts)).chain(&self.after)
    }

    /// How many drafts of one kind there are.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.drafts().filter(|draft| draft.kind == kind).count()
    }

    /// Minutes of staff time in the fullest week, after the month has been planned.
    #[must_use]
    pub fn minutes_per_week(&self) -> usize {
        let fullest = self.days.chunks(WEEK).map(|week| week.iter().map(|day| day.drafts.len()).sum::<usize>()).max();
        fullest.unwrap_or(0) * MINUTES_PER_DRAFT
    }
}

/// One of the 28 days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// 1 to 28.
    pub n: i64,
    /// Its date.
    pub date: Date,
    /// The small action for members.
    pub action: Text,
    /// What goes out on it.
    pub drafts: Vec<Draft>,
}

/// Something that will be posted once it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its name within the challenge, the same for every plan: `opening`, `week-2-fact`, `results`.
    pub key: String,
    /// What it is.
    pub kind: Kind,
    /// Day of the challenge: 1 to 28, less before it, more after it.
    pub day: i64,
    /// When it goes out.
    pub due: ZonedDateTime,
    /// Title for lists and the own page.
    pub title: Text,
    /// The full text in both languages.
    pub text: Text,
    /// The text for short networks; `None` where the full one is short enough.
    pub short: Option<Text>,
    /// Where a fact comes from. Every fact has one.
    pub source: Option<FactSource>,
    /// A clinician must sign it because it says something about health.
    pub health: bool,
    /// What staff must do or know before it is signed.
    pub staff_note: Option<String>,
    /// What the plan had to change.
    pub notes: Vec<Note>,
}

impl Draft {
    /// The text for a network with a short limit.
    #[must_use]
    pub fn shortest(&self, language: Language) -> &str {
        self.short.as_ref().unwrap_or(&self.text).in_language(language)
    }
}

/// The page behind a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactSource {
    /// Who says it.
    pub publisher: String,
    /// The page's title.
    pub title: String,
    /// The page.
    pub url: String,
    /// A person must open the page and tick it before the fact is signed.
    pub check_before_publishing: bool,
}

/// What the plan had to change, for the person who looks at the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// It moved because this date is a rest day.
    MovedFrom(Date),
    /// Every day it could go out on is a rest day.
    OnRestDay,
    /// Another draft goes out on the same day.
    SharesDay,
    /// The clocks change that day; this time does not exist.
    NoSuchTime(Time),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MovedFrom(date) => {
                write!(f, "Moved from {}, a day without posts.", date.strftime("%A, %B %-d"))
            }
            Self::OnRestDay => f.write_str("Every day it could go out on is a day without posts."),
            Self::SharesDay => f.write_str("Two or more posts go out on this day."),
            Self::NoSuchTime(time) => write!(
                f,
                "The clocks change that day and {} does not exist. It goes out at the first time after it.",
                time.strftime("%-I:%M %p")
            ),
        }
    }
}
