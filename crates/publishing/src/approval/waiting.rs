//! What waits for a signature, as a step of the rounds.

use async_trait::async_trait;
use bedside_platform::database::DatabaseError;
use bedside_practice::{
    Member, Practice,
    rounds::{Source, Step},
};
use bedside_web::{Lang, dates};

use crate::{
    desk::Desk,
    posts::{Post, PostState, store},
};

/// How far ahead the rounds look, in microseconds (7 days): what goes out later can wait for later rounds.
const AHEAD_MICROS: i64 = 7 * 24 * 3_600_000_000;
/// Lines shown of a longer list.
const LINES: usize = 4;

/// Hands in the posts that a clinician is to sign.
pub struct ToSign(pub Desk);

#[async_trait]
impl Source for ToSign {
    async fn steps(&self, practice: &Practice, member: &Member, now: i64) -> Result<Vec<Step>, DatabaseError> {
        if !member.rights.signs {
            return Ok(Vec::new());
        }
        let waiting = store::in_state(&self.0.ground.database, &practice.id, PostState::Waiting).await?;
        let (soon, later): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|post| post.due_at.is_none_or(|due| due < now + AHEAD_MICROS));
        Ok([step(practice, &soon, "for the next seven days"), step(practice, &later, "for later")]
            .into_iter()
            .flatten()
            .collect())
    }
}

fn step(practice: &Practice, posts: &[Post], when: &str) -> Option<Step> {
    let first = posts.first()?;
    let title =
        if posts.len() == 1 { format!("Sign one post {when}") } else { format!("Sign {} posts {when}", posts.len()) };
    let line = |post: &Post| {
        let due = post.due_at.map_or_else(
            || "no time yet".to_owned(),
            |due| dates::day_and_hour(Lang::En, practice.local(due).datetime()),
        );
        (post.name(), due)
    };
    Some(Step {
        title,
        detail: "Each stands on one page in full, with its sources.".to_owned(),
        lines: posts.iter().take(LINES).map(line).collect(),
        minutes: u32::try_from(posts.len().div_ceil(2)).unwrap_or(1).clamp(1, 10),
        urgent: false,
        action: ("Read and sign".to_owned(), "/approval".to_owned()),
        since: first.asked_at.unwrap_or(first.edited_at),
    })
}
