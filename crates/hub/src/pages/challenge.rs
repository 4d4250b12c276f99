//! A challenge as its page shows it: data only, so that the hub need not know what a challenge is to its maker.

use bedside_guard::{Lang, Piece, PieceKind};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// What a challenge's page shows besides its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengePage {
    /// The first day.
    pub start: Date,
    /// The marks of the days, as an SVG without scripts, styles or links; anything else in it is not shown.
    pub marks: String,
    /// In the page's own language.
    pub text: ChallengeText,
    /// In Spanish, when the page's own language is another.
    pub spanish: Option<ChallengeText>,
}

/// The words of a challenge in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeText {
    /// One sentence under the title.
    pub tagline: String,
    /// What members try to do.
    pub goal: String,
    /// The weeks in order.
    pub weeks: Vec<ChallengeWeek>,
    /// Who should ask first.
    pub safety: Vec<SafetyNote>,
    /// Where to get help at once: 911, 988.
    pub get_help: String,
}

/// One week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeWeek {
    /// One word or two.
    pub theme: String,
    /// What the week is for.
    pub lead: String,
    /// Its days in order.
    pub days: Vec<ChallengeDay>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeDay {
    /// Counted from 1 through the whole challenge.
    pub n: u16,
    /// The small action.
    pub action: String,
}

/// A note of caution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyNote {
    /// Whom it concerns; empty for everybody.
    pub who: String,
    /// What to do.
    pub text: String,
}

impl ChallengePage {
    /// How many days it has.
    pub fn days(&self) -> u16 {
        self.text.weeks.iter().flat_map(|week| &week.days).map(|day| day.n).max().unwrap_or(1)
    }

    /// The date of day `n`.
    pub fn date_of(&self, n: u16) -> Date {
        self.start.saturating_add(i64::from(n.saturating_sub(1)).days())
    }

    /// The last day.
    pub fn end(&self) -> Date {
        self.date_of(self.days())
    }

    /// Which day of the challenge a date is; `None` before and after.
    pub fn day_on(&self, date: Date) -> Option<u16> {
        (1..=self.days()).find(|n| self.date_of(*n) == date)
    }

    /// Every text in it, for the guard.
    pub(crate) fn pieces(&self, lang: Lang) -> Vec<Piece<'_>> {
        let spanish = self.spanish.iter().flat_map(|text| text.pieces(Lang::Es));
        self.text.pieces(lang).into_iter().chain(spanish).collect()
    }
}

impl ChallengeText {
    fn pieces(&self, lang: Lang) -> Vec<Piece<'_>> {
        let mut texts = vec![&self.tagline, &self.goal, &self.get_help];
        for week in &self.weeks {
            texts.extend([&week.theme, &week.lead]);
            texts.extend(week.days.iter().map(|day| &day.action));
        }
        texts.extend(self.safety.iter().flat_map(|note| [&note.who, &note.text]));
        texts
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(|text| Piece { what: PieceKind::Body, text, lang, in_reply_to: None })
            .collect()
    }

    /// The action of day `n`.
    pub fn action(&self, n: u16) -> Option<&str> {
        self.weeks.iter().flat_map(|week| &week.days).find(|day| day.n == n).map(|day| day.action.as_str())
    }
}
