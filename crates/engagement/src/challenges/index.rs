//! The practice's challenges: what runs, what is planned, what is over.

use axum::extract::State;
use bedside_practice::{Practice, SignedIn};
use bedside_publishing::Desk;
use bedside_web::{Answer, Html, Lang, StaffShell, dates};
use jiff::civil::Date;

use super::{
    challenge::State as Stage,
    marks::marks,
    store::{self, Stored},
    template::DAYS,
};

#[derive(askama::Template)]
#[template(path = "challenges/views/index.html")]
pub(super) struct Page {
    shell: StaffShell,
    groups: Vec<(&'static str, Vec<Entry>)>,
    may_plan: bool,
}

struct Entry {
    href: String,
    title: String,
    picture: String,
    span: String,
    note: String,
}

/// The list.
pub(super) async fn index(State(desk): State<Desk>, signed_in: SignedIn, shell: StaffShell) -> Answer<Html<Page>> {
    let practice = &signed_in.practice;
    let all = store::all(&desk.ground.database, &practice.id).await?;
    let today = practice.local(desk.ground.now()).date();
    let group = |wanted: fn(&Stage) -> bool| {
        all.iter()
            .filter(|stored| wanted(&stored.challenge.state))
            .map(|stored| entry(practice, stored, today))
            .collect()
    };
    let groups: Vec<(&str, Vec<Entry>)> = vec![
        ("Running", group(|state| matches!(state, Stage::Running { .. }))),
        ("Planned", group(|state| matches!(state, Stage::Planned { .. } | Stage::Launched { .. }))),
        ("Past", group(|state| matches!(state, Stage::Finished { .. } | Stage::Withdrawn { .. }))),
    ];
    Ok(Html(Page {
        shell,
        groups: groups.into_iter().filter(|(_, entries)| !entries.is_empty()).collect(),
        may_plan: signed_in.member.rights.writes,
    }))
}

fn entry(practice: &Practice, stored: &Stored, today: Date) -> Entry {
    let challenge = &stored.challenge;
    let note = match &challenge.state {
        Stage::Running { .. } => day_words(challenge.start, today),
        Stage::Planned { .. } | Stage::Launched { .. } => {
            "It opens with its first post, once that is signed.".to_owned()
        }
        Stage::Finished { .. } => "Finished".to_owned(),
        Stage::Withdrawn { at, .. } => {
            format!("Withdrawn {}", dates::short_date(Lang::En, practice.local(at.as_microsecond()).date()))
        }
    };
    Entry {
        href: format!("/challenges/{}", challenge.id),
        title: stored.template.title.en.clone(),
        picture: marks(&challenge.template_id),
        span: format!("{} to {}", dates::day(Lang::En, challenge.start), dates::day(Lang::En, challenge.end)),
        note,
    }
}

/// "Day 9 of 28".
pub(super) fn day_words(start: Date, today: Date) -> String {
    format!("Day {} of {DAYS}", day_number(start, today).clamp(1, DAYS))
}

/// Which day of a challenge a date is, where 1 is its start.
pub(super) fn day_number(start: Date, today: Date) -> i64 {
    start.until(today).map_or(0, |span| i64::from(span.get_days())) + 1
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_counted_from_the_start() {
        assert_eq!(day_number(date(2027, 2, 22), date(2027, 3, 1)), 8);
        assert_eq!(day_words(date(2027, 2, 1), date(2027, 2, 28)), "Day 28 of 28");
        assert_eq!(day_words(date(2027, 2, 1), date(2027, 3, 9)), "Day 28 of 28");
    }
}
