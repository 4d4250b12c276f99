//! What challenges hand to the rounds: the coming week when something in it is not ready, the next month when none is
//! planned, and where the running one stands.

use async_trait::async_trait;
use bedside_platform::database::DatabaseError;
use bedside_practice::{
    Member, Practice,
    rounds::{Note, Source, Step},
};
use bedside_publishing::{
    Desk,
    posts::{self, PostState, Whole},
};
use bedside_web::{Lang, dates};
use jiff::{ToSpan, civil::Date};

use super::{
    challenge::State,
    index::{day_number, day_words},
    store::{self, Stored},
    template::DAYS,
};

/// How far ahead the rounds look, in microseconds (7 days).
const AHEAD_MICROS: i64 = 7 * 24 * 3_600_000_000;
/// The next month is asked for when the last challenge ends within this many days: time to choose, and no nagging.
const ASK_DAYS: i64 = 14;
/// Minutes for choosing a template and looking at its month.
const CHOOSE_MINUTES: u32 = 5;
/// Lines shown of a longer list.
const LINES: usize = 4;

/// Hands in the steps of the challenges.
pub struct NextWeek(pub Desk);

#[async_trait]
impl Source for NextWeek {
    async fn steps(&self, practice: &Practice, member: &Member, now: i64) -> Result<Vec<Step>, DatabaseError> {
        if !member.rights.writes {
            return Ok(Vec::new());
        }
        let database = &self.0.ground.database;
        let due = posts::store::due_between(database, &practice.id, now, now + AHEAD_MICROS).await?;
        let of_challenges = due.into_iter().filter(|post| post.challenge_id.is_some()).collect();
        let wholes = posts::store::wholes(database, &practice.id, of_challenges).await?;
        let live = store::live(database, &practice.id).await?;
        let today = practice.local(now).date();
        Ok([week(practice, &wholes), next_month(&live, today, now)].into_iter().flatten().collect())
    }

    async fn margin(&self, practice: &Practice, _: &Member, now: i64) -> Result<Vec<Note>, DatabaseError> {
        let live = store::live(&self.0.ground.database, &practice.id).await?;
        let today = practice.local(now).date();
        Ok(live
            .iter()
            .filter(|stored| matches!(stored.challenge.state, State::Running { .. }))
            .map(|stored| running(stored, today))
            .collect())
    }
}

/// Drafts that need a change and facts that nobody checked, in the coming seven days.
fn week(practice: &Practice, wholes: &[Whole]) -> Option<Step> {
    let reason = |whole: &Whole| match whole.post.state {
        PostState::Draft => Some("needs a change"),
        PostState::Waiting if whole.unchecked_sources().next().is_some() => Some("its source is not checked"),
        _ => None,
    };
    let unready: Vec<(&Whole, &str)> = wholes.iter().filter_map(|whole| Some((whole, reason(whole)?))).collect();
    let (first, _) = unready.first()?;
    let line = |(whole, reason): &(&Whole, &str)| {
        let due = whole
            .post
            .due_at
            .map_or_else(String::new, |due| dates::day_and_hour(Lang::En, practice.local(due).datetime()));
        (whole.post.name(), format!("{due}, {reason}"))
    };
    Some(Step {
        title: "Look over next week".to_owned(),
        detail: "These posts of the challenge cannot be signed as they are.".to_owned(),
        lines: unready.iter().take(LINES).map(line).collect(),
        minutes: u32::try_from(unready.len() * 2).unwrap_or(10).clamp(2, 15),
        urgent: false,
        action: (
            "Look over the week".to_owned(),
            format!("/challenges/{}", first.post.challenge_id.as_deref().unwrap_or_default()),
        ),
        since: first.post.edited_at,
    })
}

fn next_month(live: &[Stored], today: Date, now: i64) -> Option<Step> {
    let last = live.iter().map(|stored| stored.challenge.end).max();
    if last.is_some_and(|end| end > today.saturating_add(ASK_DAYS.days())) {
        return None;
    }
    let start = super::choices::sensible_start(today, live);
    let middle = Date::new(start.year(), super::choices::main_month(start), 1).unwrap_or(start);
    Some(Step {
        title: format!("Choose a challenge for {}", dates::month(Lang::En, middle)),
        detail: "No challenge is planned after the present one. A month is filled in and ready to look at.".to_owned(),
        lines: Vec::new(),
        minutes: CHOOSE_MINUTES,
        urgent: false,
        action: ("Look at the month".to_owned(), "/challenges/new".to_owned()),
        since: now,
    })
}

fn running(stored: &Stored, today: Date) -> Note {
    let day = day_number(stored.challenge.start, today).clamp(1, DAYS);
    let week =
        stored.template.weeks.iter().find(|week| week.daily.iter().any(|action| i64::try_from(action.day) == Ok(day)));
    let theme = week.map_or_else(String::new, |week| format!(" Week {}: {}.", week.week, week.theme.en));
    Note {
        title: stored.template.title.en.clone(),
        words: format!("{}.{theme}", day_words(stored.challenge.start, today)),
        link: Some(("See the challenge".to_owned(), format!("/challenges/{}", stored.challenge.id))),
    }
}
