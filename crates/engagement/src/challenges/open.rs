//! What a challenge does by itself: its public page opens when its opening post is out, it runs from its first day on
//! and is finished after its last. Asked every minute and after signing; asking twice changes nothing.

use bedside_guard::{Context, Guard};
use bedside_hub::pages::{
    self, ChallengeDay, ChallengePage, ChallengeText, ChallengeWeek, PublicPage, SafetyNote, Translation,
};
use bedside_platform::database::DatabaseError;
use bedside_practice::{
    Practice,
    audit::{self, Decision, PROGRAM},
    practice,
};
use bedside_publishing::{
    Desk,
    delivery::{people, state::State as Sending},
    posts,
};
use bedside_web::Lang;
use serde_json::json;

use super::{
    challenge::{Challenge, State},
    marks::marks,
    rhythm::{Kind, Languages},
    store::{self, Stored},
    template::{Language, Template},
};

/// Why a round of the challenges failed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database refused.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The hub did not take the page.
    #[error(transparent)]
    Page(#[from] pages::Error),
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Opens the public pages that are due, and moves challenges on by date, in all practices.
///
/// # Errors
/// When the database refuses. What was done until then stays; the next round goes on.
pub async fn open_pages(desk: &Desk) -> Result<(), OpenError> {
    for practice in practice::all(&desk.ground.database).await? {
        for stored in store::live(&desk.ground.database, &practice.id).await? {
            if stored.page_at.is_none() && opening_is_out(desk, &practice, &stored).await? {
                open(desk, &practice, &stored).await?;
            }
            go_on(desk, &practice, stored.challenge).await?;
        }
    }
    Ok(())
}

async fn opening_is_out(desk: &Desk, practice: &Practice, stored: &Stored) -> Result<bool, DatabaseError> {
    let database = &desk.ground.database;
    let month = posts::store::of_challenge(database, &practice.id, &stored.challenge.id).await?;
    let openings: Vec<String> =
        month.into_iter().filter(|post| post.part.0 == Kind::Opening.word()).map(|post| post.id).collect();
    let rows = people::of_posts(database, &practice.id, &openings).await?;
    Ok(rows.iter().any(|row| row.delivery.state == Sending::Published))
}

async fn open(desk: &Desk, practice: &Practice, stored: &Stored) -> Result<(), OpenError> {
    let (database, now) = (&desk.ground.database, desk.ground.now());
    let guard = desk.guards.of(database, practice).await?;
    let Some(page) = cleared(&guard, stored) else {
        // An edited template can hold what must not be public; its own page then stays closed until a person mends it.
        tracing::warn!(challenge = %stored.challenge.id, "the guard holds the challenge's page");
        return Ok(());
    };
    let standing = pages::publish(&desk.ground, &practice.id, page).await?;
    let mut tx = database.begin_write().await?;
    store::page_opened(&mut tx, &practice.id, &stored.challenge.id, &standing.slug, now).await?;
    let decision =
        Decision { actor: PROGRAM, action: "challenge.page_opened", subject: &stored.challenge.id, detail: json!({}) };
    audit::record(database, &mut tx, &practice.id, &decision, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Launched challenges run from their first day on, running ones end after their last.
async fn go_on(desk: &Desk, practice: &Practice, mut challenge: Challenge) -> Result<(), OpenError> {
    let now = desk.ground.clock.now();
    let today = practice.local(now.as_microsecond()).date();
    let from = challenge.state.word();
    let moved = match challenge.state {
        State::Launched { .. } if today >= challenge.start => challenge.run(now),
        State::Running { .. } if today > challenge.end => challenge.finish(now),
        _ => return Ok(()),
    };
    if moved.is_ok() {
        let mut tx = desk.ground.database.begin_write().await?;
        store::moved(&mut tx, &practice.id, &challenge, from).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn cleared(guard: &Guard, stored: &Stored) -> Option<bedside_guard::Cleared<PublicPage>> {
    guard.clear(page(stored), Context::Post, &[]).ok()
}

/// The challenge's page.
fn page(stored: &Stored) -> PublicPage {
    let template = &stored.template;
    let main = stored.languages.main();
    let both = stored.languages == Languages::EnglishAndSpanish;
    PublicPage {
        id: stored.challenge.id.clone(),
        slug: stored.slug.clone(),
        lang: if main == Language::Spanish { Lang::Es } else { Lang::En },
        title: template.title.in_language(main).to_owned(),
        text: String::new(),
        spanish: both.then(|| Translation { title: template.title.es.clone(), text: String::new() }),
        pictures: Vec::new(),
        sources: Vec::new(),
        signed_by: None,
        challenge_id: None,
        challenge: Some(ChallengePage {
            start: stored.challenge.start,
            marks: marks(&template.id),
            text: words(template, main),
            spanish: both.then(|| words(template, Language::Spanish)),
        }),
    }
}

fn words(template: &Template, language: Language) -> ChallengeText {
    let say = |text: &super::template::Text| text.in_language(language).to_owned();
    let general = SafetyNote { who: String::new(), text: say(&template.safety.general) };
    let notes = template.patient_notes().map(|note| SafetyNote { who: say(&note.who), text: say(&note.text) });
    ChallengeText {
        tagline: say(&template.tagline),
        goal: say(&template.goal),
        weeks: template
            .weeks
            .iter()
            .map(|week| ChallengeWeek {
                theme: say(&week.theme),
                lead: say(&week.lead),
                days: week
                    .daily
                    .iter()
                    .map(|action| ChallengeDay {
                        n: u16::try_from(action.day).unwrap_or(0),
                        action: say(&action.text()),
                    })
                    .collect(),
            })
            .collect(),
        safety: std::iter::once(general).chain(notes).collect(),
        get_help: say(&template.safety.get_help),
    }
}

#[cfg(test)]
mod tests {
    use bedside_guard::{PracticeFacts, Profile};
    use jiff::{Timestamp, civil::date};

    use super::*;
    use crate::challenges::{library, rest_days::RestDays};

    #[test]
    fn every_ready_template_may_have_its_page() {
        let facts = PracticeFacts { name: "Cedar Hollow Family Medicine".into(), ..PracticeFacts::default() };
        let guard = Guard::new(&Profile { practice: facts, ..Profile::default() });
        for template in library::ready() {
            let stored = Stored {
                practice_id: "p".into(),
                challenge: Challenge {
                    id: "c".into(),
                    template_id: template.id.clone(),
                    template_version: template.version,
                    start: date(2027, 2, 1),
                    end: date(2027, 2, 28),
                    state: State::Launched { by: "m".into(), at: Timestamp::UNIX_EPOCH },
                },
                template: template.clone(),
                slug: "x".into(),
                time_of_day: jiff::civil::time(12, 10, 0, 0),
                languages: Languages::EnglishAndSpanish,
                rest_days: RestDays::office(),
                page_at: None,
            };
            if let Err(held) = guard.clear(page(&stored), Context::Post, &[]) {
                panic!("{}: {:#?}", template.id, held.findings);
            }
        }
    }
}
