//! What the practice chooses when it plans a challenge: start, time of day, languages, rest days, kinds of draft.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::rest_days::RestDays;
use super::template::Language;

/// What the practice chose for this challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// Day 1.
    pub start: Date,
    /// When posts go out, on the practice's clock.
    pub time_of_day: Time,
    /// The practice's time zone, with its IANA name.
    pub time_zone: TimeZone,
    /// Which languages are posted.
    pub languages: Languages,
    /// Days without posts.
    pub rest_days: RestDays,
    /// Which kinds of draft are made.
    pub kinds: BTreeSet<Kind>,
    /// When the opening goes out.
    pub opening: OpeningDay,
}

/// The languages of a challenge. The own page carries all of them; short networks get the main one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Languages {
    /// English only.
    English,
    /// Spanish only.
    Spanish,
    /// Both, English first and alone on short networks.
    EnglishAndSpanish,
    /// Both, Spanish first and alone on short networks.
    SpanishAndEnglish,
}

impl Languages {
    /// The language of short networks.
    #[must_use]
    pub fn main(self) -> Language {
        self.all()[0]
    }

    /// All languages, the main one first.
    #[must_use]
    pub fn all(self) -> &'static [Language] {
        match self {
            Self::English => &[Language::English],
            Self::Spanish => &[Language::Spanish],
            Self::EnglishAndSpanish => &[Language::English, Language::Spanish],
            Self::SpanishAndEnglish => &[Language::Spanish, Language::English],
        }
    }
}

/// When the opening goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpeningDay {
    /// The last day before the start that is no rest day.
    DayBefore,
    /// Day 1, for a challenge that starts today; the first post moves to the next free day.
    FirstDay,
}

/// What a draft is. The order is the order on a shared day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Invites people to join.
    Opening,
    /// Opens a week.
    Post,
    /// A health fact with its source.
    Fact,
    /// A question to everybody.
    Question,
    /// A recipe or how-to.
    Recipe,
    /// Invites a story.
    Story,
    /// Thanks and totals.
    Results,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::Opening, Self::Post, Self::Fact, Self::Question, Self::Recipe, Self::Story, Self::Results];

    /// Whether a draft of this kind says something about health, so that a clinician must sign it.
    #[must_use]
    pub fn is_health_content(self) -> bool {
        matches!(self, Self::Opening | Self::Post | Self::Fact | Self::Recipe)
    }

    /// The word in a draft's key.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Post => "post",
            Self::Fact => "fact",
            Self::Question => "question",
            Self::Recipe => "recipe",
            Self::Story => "story",
            Self::Results => "results",
        }
    }

    /// Days after the first day of its week.
    pub(super) fn offset(self) -> i64 {
        match self {
            Self::Opening | Self::Post | Self::Results => 0,
            Self::Fact => 1,
            Self::Question => 3,
            Self::Recipe => 4,
            Self::Story => 5,
        }
    }
}
