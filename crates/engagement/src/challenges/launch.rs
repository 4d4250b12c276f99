//! Launching: the challenge, all its posts, their variants and sources come in one commit, or not at all. From then on
//! the month waits for its signature.

use bedside_hub::pages::slug;
use bedside_platform::database::DatabaseError;
use bedside_practice::SignedIn;
use bedside_publishing::{Desk, posts, posts::PostState, sources};
use serde_json::json;

use super::{
    challenge::{Challenge, State},
    choices::Choices,
    drafted::Drafted,
    store::{self, Stored},
};

/// What came of it.
pub(super) enum Launched {
    /// Posts that ask for a signature, and posts that need a change first.
    Now {
        /// Asking.
        waiting: usize,
        /// Held by the guard or by a length.
        held: usize,
    },
    /// The same form was sent before.
    Already,
}

/// Writes the month down under the form's one-time id.
///
/// # Errors
/// When the database refuses; then nothing is there.
pub(super) async fn launch(
    desk: &Desk,
    signed_in: &SignedIn,
    id: &str,
    choices: &Choices,
    month: &[Drafted],
) -> Result<Launched, DatabaseError> {
    let (database, practice, member) = (&desk.ground.database, &signed_in.practice, &signed_in.member);
    let now = desk.ground.clock.now();
    let stored = Stored {
        practice_id: practice.id.clone(),
        challenge: Challenge {
            id: id.to_owned(),
            template_id: choices.template.id.clone(),
            template_version: choices.template.version,
            start: choices.plan.start,
            end: choices.plan.end,
            state: State::Launched { by: member.id.clone(), at: now },
        },
        slug: slug::of_challenge(
            choices.template.title.in_language(choices.rhythm.languages.main()),
            choices.plan.start,
        ),
        template: choices.template.clone(),
        time_of_day: choices.rhythm.time_of_day,
        languages: choices.rhythm.languages,
        rest_days: choices.rhythm.rest_days.clone(),
        page_at: None,
    };
    let now = now.as_microsecond();
    let mut tx = database.begin_write().await?;
    if !store::add(&mut tx, &stored, &member.id, now).await? {
        return Ok(Launched::Already);
    }
    for Drafted { whole, source, .. } in month {
        posts::store::add(&mut tx, &whole.post).await?;
        posts::store::set_variants(&mut tx, &practice.id, &whole.post.id, &whole.variants).await?;
        if let Some(source) = source {
            let source_id = sources::store::add(&mut tx, source, now).await?;
            posts::store::set_sources(&mut tx, &practice.id, &whole.post.id, &[source_id]).await?;
        }
    }
    let waiting = month.iter().filter(|drafted| drafted.whole.post.state == PostState::Waiting).count();
    let detail = json!({ "template": choices.template.id, "version": choices.template.version, "start": choices.plan.start, "posts": month.len(), "waiting": waiting });
    signed_in.record(&desk.ground, &mut tx, "challenge.launched", id, detail).await?;
    tx.commit().await?;
    Ok(Launched::Now { waiting, held: month.len() - waiting })
}
