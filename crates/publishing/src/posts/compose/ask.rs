//! Asking for a signature: what stands in the way is said at once, not by the clinician later.

use axum::response::{IntoResponse, Response};
use bedside_practice::{
    SignedIn,
    audit::{self, Decision},
};
use bedside_web::{Answer, Failure, Flash, SeeOther, StaffShell, answer::mistaken};
use serde_json::json;

use super::{page::Page, show};
use crate::{
    approval,
    desk::Desk,
    posts::{Post, PostState, store},
};

/// Asks for a signature on a post that was just saved.
pub(super) async fn ask(desk: &Desk, signed_in: &SignedIn, shell: StaffShell, id: &str) -> Answer<Response> {
    let (database, practice, now) = (&desk.ground.database, &signed_in.practice, desk.ground.now());
    let whole = show::find(desk, signed_in, id).await?.ok_or_else(Failure::not_found)?;
    let here = format!("/compose/{id}");
    if matches!(whole.post.state, PostState::Waiting | PostState::Signed) {
        return Ok(SeeOther::to(here)
            .saying(Flash::done("It is asked for already, and nothing was changed."))
            .into_response());
    }
    let copies = desk.copies(practice, &whole, None, None).await?;
    let guard = desk.guards.of(database, practice).await?;
    let obstacles: Vec<String> =
        approval::obstacles(&whole, &copies, &guard, now).into_iter().map(|obstacle| obstacle.person).collect();
    if !obstacles.is_empty() {
        let page = show::of_stored(desk, signed_in, shell, &whole).await?;
        return Ok(mistaken(Page { obstacles, ..page }));
    }
    let asked = Post { state: PostState::Waiting, asked_at: Some(now), ..whole.post };
    let mut tx = database.begin_write().await?;
    if !store::change(&mut tx, &asked, now).await? {
        return Ok(SeeOther::to(here)
            .saying(Flash::look("Somebody changed this draft at this moment. Read it once more, then ask."))
            .into_response());
    }
    let decision = Decision {
        actor: &signed_in.member.id,
        action: "post.asked",
        subject: id,
        detail: json!({ "version": asked.version + 1 }),
    };
    audit::record(database, &mut tx, &practice.id, &decision, now).await?;
    tx.commit().await?;
    Ok(SeeOther::to(here)
        .saying(Flash::done("It waits for a signature now. You can still change it; then you ask again."))
        .into_response())
}
