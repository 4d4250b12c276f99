//! Signing, and what ends a signature.

use bedside_platform::database::DatabaseError;
use bedside_practice::{SignedIn, members};
use serde_json::json;
use sqlx::{Any, Transaction};

use super::{
    rules::{Coverage, is_own_signature, may_sign, obstacles},
    store::{self, Signature},
};
use crate::{
    delivery,
    desk::Desk,
    posts::{self, Post, PostState},
};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signed {
    /// The post is signed and its deliveries are planned.
    Yes,
    /// It was signed before, for the same words: a form sent twice.
    Already,
    /// It is not; a sentence says why.
    No(String),
}

/// Signs a post, if it still reads as the member saw it (`seen`) and nothing stands in the way. Signature, deliveries and the
/// record of it come in one commit.
///
/// # Errors
/// When the database refuses.
pub async fn sign(desk: &Desk, signed_in: &SignedIn, post_id: &str, seen: &Coverage) -> Result<Signed, DatabaseError> {
    let (database, practice, now) = (&desk.ground.database, &signed_in.practice, desk.ground.now());
    let Some(whole) = posts::store::whole(database, &practice.id, post_id).await? else {
        return Ok(Signed::No("The post is not here any more.".to_owned()));
    };
    if whole.post.state == PostState::Signed {
        return Ok(Signed::Already);
    }
    if whole.post.state != PostState::Waiting {
        return Ok(Signed::No(format!("“{}” does not ask for a signature now.", whole.post.name())));
    }
    let people = members::all(database, &practice.id).await?;
    let clinicians = people.iter().filter(|member| member.rights.signs).count();
    if let Err(reason) = may_sign(&whole, &signed_in.member, clinicians) {
        return Ok(Signed::No(reason));
    }
    let copies = desk.copies(practice, &whole, None, None).await?;
    let coverage = Coverage::of(&copies);
    if coverage != *seen {
        return Ok(Signed::No(format!("“{}” was changed while you read it. Read it once more.", whole.post.name())));
    }
    let guard = desk.guards.of(database, practice).await?;
    if let Some(obstacle) = obstacles(&whole, &copies, &guard, now).into_iter().next() {
        return Ok(Signed::No(format!("“{}”: {}", whole.post.name(), obstacle.person)));
    }
    let own = is_own_signature(&whole, &signed_in.member);
    let note = if own { "Author and signer are one: the practice has one clinician." } else { "" };
    let signature = Signature {
        practice_id: practice.id.clone(),
        id: desk.ground.new_id(),
        post_id: post_id.to_owned(),
        member_id: signed_in.member.id.clone(),
        covers: coverage.stored(),
        signed_at: now,
        note: note.to_owned(),
        revoked_at: None,
        revoked_why: None,
    };
    let mut tx = database.begin_write().await?;
    let post = Post { state: PostState::Signed, ..whole.post.clone() };
    if !posts::store::change(&mut tx, &post, now).await? {
        return Ok(Signed::No(format!("“{}” was changed while you read it. Read it once more.", whole.post.name())));
    }
    store::add(&mut tx, &signature).await?;
    delivery::plan(desk, &mut tx, &post, &copies).await?;
    let detail = json!({ "signature": signature.id, "covers": signature.covers, "author_is_signer": own });
    signed_in.record(&desk.ground, &mut tx, "post.signed", post_id, detail).await?;
    tx.commit().await?;
    Ok(Signed::Yes)
}

/// A change of a post ends its signature: it is a draft again until somebody signs the new words. `post` is the changed post,
/// before it is written; its state is set here.
///
/// What waits for its time is not sent meanwhile: the engine finds no signature over the new words and asks a person.
///
/// # Errors
/// When the database refuses.
pub async fn revoke_for_change(
    desk: &Desk,
    tx: &mut Transaction<'static, Any>,
    signed_in: &SignedIn,
    post: &mut Post,
) -> Result<bool, DatabaseError> {
    let now = desk.ground.now();
    if matches!(post.state, PostState::Signed | PostState::Waiting) {
        post.state = PostState::Draft;
        post.asked_at = None;
    }
    let ended = store::revoke(tx, &post.practice_id, &post.id, "the post was changed", now).await?;
    if ended > 0 {
        signed_in.record(&desk.ground, tx, "signature.revoked", &post.id, json!({ "why": "changed" })).await?;
    }
    Ok(ended > 0)
}
