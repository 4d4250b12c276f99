//! What a person chooses on the planning page, prefilled so that the first look is already a month that works.

use bedside_practice::Practice;
use bedside_publishing::accounts::Account;
use bedside_web::Mistakes;
use jiff::{
    ToSpan, ZonedDateTime,
    civil::{Date, Time, Weekday},
};
use serde::Deserialize;

use super::{
    plan::{Plan, PlanProblem, plan},
    rest_days::RestDays,
    rhythm::{Kind, Languages, OpeningDay, Rhythm},
    store::{Offered, Stored},
    template::Template,
};

/// Days that a clinician should have for reading before the first post goes out.
const TO_SIGN_DAYS: i64 = 4;
/// When people look at their phones at noon, and an hour at which somebody is there to answer.
const NOON: &str = "12:10";
/// The value of the box for days without posts.
const OFFICE: &str = "office";
/// How far ahead a challenge may start, in days.
const MOST_DAYS_AHEAD: i64 = 366;

/// The planning form as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PlanForm {
    /// One-time id: it becomes the challenge's, so that the same form sent twice makes one challenge.
    pub(super) form_id: String,
    /// Template id.
    pub(super) template: String,
    /// Day 1, `2027-02-08`.
    pub(super) start: String,
    /// Time of day, `12:10`.
    pub(super) time: String,
    /// A word of [`Languages`].
    pub(super) languages: String,
    /// Account ids.
    pub(super) account: Vec<String>,
    /// `office` when weekends and federal holidays stay free.
    pub(super) rest: String,
}

impl PlanForm {
    /// The form that is right for most practices: the best template for the next free month, all accounts, noon,
    /// office days, the practice's own languages.
    pub(super) fn prefilled(
        form_id: String,
        practice: &Practice,
        offers: &[Offered],
        accounts: &[Account],
        known: &[Stored],
        today: Date,
    ) -> Self {
        let start = sensible_start(today, known);
        Self {
            form_id,
            template: best_for(start, offers, known),
            start: start.to_string(),
            time: NOON.to_owned(),
            languages: languages_word(languages_of(practice)),
            account: accounts.iter().map(|account| account.id.clone()).collect(),
            rest: OFFICE.to_owned(),
        }
    }

    /// Whether weekends and holidays stay free.
    pub(super) fn rests(&self) -> bool {
        self.rest == OFFICE
    }

    /// Whether the account is chosen.
    pub(super) fn goes_to(&self, account: &Account) -> bool {
        self.account.contains(&account.id)
    }
}

/// Choices that can be planned.
#[derive(Debug, Clone)]
pub(super) struct Choices {
    pub(super) template: Template,
    pub(super) rhythm: Rhythm,
    /// The chosen accounts.
    pub(super) accounts: Vec<Account>,
    /// The month that follows from them.
    pub(super) plan: Plan,
}

/// Reads the form. Every mistake stands at its field; `None` when there is one.
pub(super) fn settle(
    form: &PlanForm,
    practice: &Practice,
    offers: &[Offered],
    accounts: &[Account],
    now: &ZonedDateTime,
    mistakes: &mut Mistakes,
) -> Option<Choices> {
    let template = offers.iter().find(|offer| offer.template.id == form.template).map(|offer| offer.template.clone());
    if template.is_none() {
        mistakes.add("template", "Choose one of the templates.");
    }
    let start = form
        .start
        .trim()
        .parse::<Date>()
        .ok()
        .filter(|start| *start >= now.date() && *start <= now.date().saturating_add(MOST_DAYS_AHEAD.days()));
    if start.is_none() {
        mistakes.add("start", "Choose a day from today on, within a year.");
    }
    let time_of_day = form.time.trim().parse::<Time>().ok();
    if time_of_day.is_none() {
        mistakes.add("time", "Choose a time of day, for example 12:10.");
    }
    let languages = languages_from(&form.languages);
    if languages.is_none() {
        mistakes.add("languages", "Choose the languages of the posts.");
    }
    let accounts: Vec<Account> = accounts.iter().filter(|account| form.goes_to(account)).cloned().collect();
    if accounts.is_empty() {
        mistakes.add("account", "Choose at least one account.");
    }
    let (template, start, time_of_day, languages) = (template?, start?, time_of_day?, languages?);
    let rest_days = if form.rests() { RestDays::office() } else { RestDays::default() };
    let mut rhythm = Rhythm {
        start,
        time_of_day,
        time_zone: practice.time_zone.clone(),
        languages,
        rest_days,
        kinds: Kind::ALL.into(),
        opening: OpeningDay::DayBefore,
    };
    let planned = in_time(&template, &mut rhythm, now);
    match planned {
        Ok(plan) if !accounts.is_empty() => Some(Choices { template, rhythm, accounts, plan }),
        Ok(_) => None,
        Err(words) => {
            mistakes.add("start", words);
            None
        }
    }
}

/// The month, with the opening on day 1 when the day before is over. The first post must still lie ahead.
fn in_time(template: &Template, rhythm: &mut Rhythm, now: &ZonedDateTime) -> Result<Plan, String> {
    let words = |problem: PlanProblem| format!("This month cannot be planned: {problem}.");
    let lies_ahead = |plan: &Plan| plan.drafts().all(|draft| draft.due.timestamp() > now.timestamp());
    let month = plan(template, rhythm).map_err(words)?;
    if lies_ahead(&month) {
        return Ok(month);
    }
    rhythm.opening = OpeningDay::FirstDay;
    let month = plan(template, rhythm).map_err(words)?;
    if lies_ahead(&month) {
        Ok(month)
    } else {
        Err("The first post would go out in the past. Choose a later day or a later time.".to_owned())
    }
}

/// The next Monday that leaves time for a signature and on which no other challenge runs.
pub(super) fn sensible_start(today: Date, known: &[Stored]) -> Date {
    let busy_until =
        known.iter().filter(|stored| stored.challenge.takes_members()).map(|stored| stored.challenge.end).max();
    let earliest = today.saturating_add(TO_SIGN_DAYS.days());
    let earliest = busy_until.map_or(earliest, |end| earliest.max(end.saturating_add(1.days())));
    if earliest.weekday() == Weekday::Monday {
        earliest
    } else {
        earliest.nth_weekday(1, Weekday::Monday).unwrap_or(earliest)
    }
}

/// The first template that fits the month, one that the practice has not had yet before one that it had.
fn best_for(start: Date, offers: &[Offered], known: &[Stored]) -> String {
    let had = |id: &str| known.iter().any(|stored| stored.challenge.template_id == id);
    let rank = |offer: &&Offered| (!fits(&offer.template, start), had(&offer.template.id));
    offers.iter().min_by_key(rank).map(|offer| offer.template.id.clone()).unwrap_or_default()
}

/// Whether a template fits the month in which most of its days would lie.
pub(super) fn fits(template: &Template, start: Date) -> bool {
    template.best_months.contains(&main_month(start))
}

/// The month of the challenge's middle: one that starts on January 25 is about February.
pub(super) fn main_month(start: Date) -> i8 {
    start.saturating_add(13.days()).month()
}

fn languages_of(practice: &Practice) -> Languages {
    let first_is_spanish = practice.languages.first().is_some_and(|lang| lang == "es");
    match (first_is_spanish, practice.languages.iter().any(|lang| lang == "en"), practice.speaks_spanish()) {
        (true, true, _) => Languages::SpanishAndEnglish,
        (true, false, _) => Languages::Spanish,
        (false, _, true) => Languages::EnglishAndSpanish,
        (false, _, false) => Languages::English,
    }
}

/// The word of a form and of the store.
fn languages_word(languages: Languages) -> String {
    serde_json::to_value(languages).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn languages_from(word: &str) -> Option<Languages> {
    serde_json::from_value(word.into()).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_start_is_a_monday_with_time_to_sign() {
        assert_eq!(sensible_start(date(2027, 1, 28), &[]), date(2027, 2, 1));
        assert_eq!(sensible_start(date(2027, 1, 29), &[]), date(2027, 2, 8));
        assert_eq!(sensible_start(date(2027, 2, 1), &[]), date(2027, 2, 8));
    }

    #[test]
    fn a_challenge_belongs_to_the_month_of_its_middle() {
        assert_eq!(main_month(date(2027, 1, 25)), 2);
        assert_eq!(main_month(date(2027, 2, 1)), 2);
        assert_eq!(main_month(date(2027, 2, 22)), 3);
    }

    #[test]
    fn languages_survive_the_form() {
        for languages in
            [Languages::English, Languages::Spanish, Languages::EnglishAndSpanish, Languages::SpanishAndEnglish]
        {
            assert_eq!(languages_from(&languages_word(languages)), Some(languages));
        }
        assert_eq!(languages_from("klingon"), None);
    }
}
