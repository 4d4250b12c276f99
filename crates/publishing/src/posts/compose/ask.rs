//! Asking for a signature: what stands in the way is said at once, not by the clinician later.

use axum::response::{IntoResponse, Response};
use bedside_practice::SignedIn;
use bedside_web::{Answer, Failure, Flash, SeeOther, StaffShell, answer::mistaken};
use serde_json::json;

use super::{page::Page, show};
use crate::{
    desk::Desk,
    posts::{Post, PostState, store},
};

/// Asks for a signature on a post that was just saved.
pub(super) async fn ask(desk: &Desk, signed_in: &SignedIn, shell: StaffShell, id: &str) -> Answer<Response> {
    let now = desk.ground.now();
    let whole = show::find(desk, signed_in, id).await?.ok_or_else(Failure::not_found)?;
    let here = format!("/compose/{id}");
    if matches!(whole.post.state, PostState::Waiting | PostState::Signed) {
        return Ok(SeeOther::to(here)
            .saying(Flash::done("It is asked for already, and nothing was changed."))
            .into_response());
    }
    let page = show::of_stored(desk, signed_in, shell, &whole).await?;
    if !page.look.reasons.is_empty() {
        return Ok(mistaken(Page { asked_in_vain: true, ..page }));
    }
    let asked = Post { state: PostState::Waiting, asked_at: Some(now), ..whole.post };
    let mut tx = desk.ground.database.begin_write().await?;
    if !store::change(&mut tx, &asked, now).await? {
        return Ok(SeeOther::to(here)
            .saying(Flash::look("Somebody changed this draft at this moment. Read it once more, then ask."))
            .into_response());
    }
    signed_in.record(&desk.ground, &mut tx, "post.asked", id, json!({ "version": asked.version + 1 })).await?;
    tx.commit().await?;
    Ok(SeeOther::to(here)
        .saying(Flash::done("It waits for a signature now. You can still change it; then you ask again."))
        .into_response())
}
