//! Discarding a draft, and bringing it back: it is kept for the record either way.

use axum::extract::{Path, State};
use bedside_practice::SignedIn;
use bedside_web::{Answer, Failure, Flash, Posted, SeeOther};
use serde::Deserialize;
use serde_json::json;

use super::show;
use crate::{
    desk::Desk,
    posts::{Post, PostState, store},
};

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// Takes a draft out of all lists.
pub(super) async fn discard(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let whole = show::find(&desk, &signed_in, &id).await?.ok_or_else(Failure::not_found)?;
    let here = format!("/compose/{id}");
    match whole.post.state {
        PostState::Withdrawn => return Ok(SeeOther::to(here)),
        PostState::Signed => {
            return Ok(SeeOther::to(here).saying(Flash::look(
                "This post is signed. Take it back on its own page, where you see where it has gone.",
            )));
        }
        PostState::Draft | PostState::Waiting => {}
    }
    let mut tx = desk.ground.database.begin_write().await?;
    store::withdraw(&mut tx, &signed_in.practice.id, &id, desk.ground.now()).await?;
    signed_in.record(&desk.ground, &mut tx, "post.discarded", &id, json!({})).await?;
    tx.commit().await?;
    Ok(SeeOther::to(here).saying(Flash::done("The draft is discarded. If that was a mistake, bring it back below.")))
}

/// Makes it a draft again.
pub(super) async fn restore(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let whole = show::find(&desk, &signed_in, &id).await?.ok_or_else(Failure::not_found)?;
    let here = format!("/compose/{id}");
    if whole.post.state != PostState::Withdrawn {
        return Ok(SeeOther::to(here));
    }
    let mut tx = desk.ground.database.begin_write().await?;
    let post = Post { state: PostState::Draft, asked_at: None, ..whole.post };
    if !store::change(&mut tx, &post, desk.ground.now()).await? {
        return Ok(SeeOther::to(here));
    }
    signed_in.record(&desk.ground, &mut tx, "post.restored", &id, json!({})).await?;
    tx.commit().await?;
    Ok(SeeOther::to(here).saying(Flash::done("The draft is back.")))
}
