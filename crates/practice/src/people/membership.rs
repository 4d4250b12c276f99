//! Who works here: adding somebody, saying what they may do, and saying good-bye.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use bedside_web::{Answer, Flash, Mistakes, Posted, SeeOther, StaffShell, answer::mistaken};
use serde_json::json;

use super::{Desk, Page, Typed};
use crate::{
    frame::SignedIn,
    members::{self, NewMember},
};

pub(super) async fn add(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    posted: Posted<Typed>,
) -> Answer<Response> {
    signed_in.must_own()?;
    let typed = posted.form;
    let mut mistakes = Mistakes::default();
    if typed.name.trim().is_empty() {
        mistakes.add("name", "Write the name as it may stand in a post.");
    }
    if !mistakes.is_empty() {
        let page = desk.page(&signed_in, shell).await?;
        return Ok(mistaken(Page { typed, mistakes, ..page }));
    }
    let ground = &desk.ground;
    let new = NewMember {
        id: ground.new_id(),
        name: typed.name.trim().to_owned(),
        credentials: typed.credentials.trim().to_owned(),
        rights: typed.rights(),
        ..NewMember::default()
    };
    let mut tx = ground.database.begin_write().await?;
    members::add(&mut tx, &signed_in.practice.id, &new, ground.now()).await?;
    let detail = json!({ "rights": new.rights.stored() });
    signed_in.record(ground, &mut tx, "member.added", &new.id, detail).await?;
    tx.commit().await?;
    Ok(SeeOther::to("/people")
        .saying(Flash::done(format!("{} may be named in posts now. Invite them if they are to sign in.", new.name)))
        .into_response())
}

pub(super) async fn change(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    posted: Posted<Typed>,
) -> Answer<SeeOther> {
    signed_in.must_own()?;
    let typed = posted.form;
    let member = desk.member(&signed_in, &id).await?;
    let rights = typed.rights();
    if member.id == signed_in.member.id && !rights.owner {
        return Ok(SeeOther::to("/people")
            .saying(Flash::look("You cannot take the owner’s right from yourself. Another owner can.")));
    }
    let ground = &desk.ground;
    let changed = NewMember {
        id: member.id,
        name: member.name,
        credentials: typed.credentials.trim().to_owned(),
        rights,
        ..NewMember::default()
    };
    let mut tx = ground.database.begin_write().await?;
    members::change(&mut tx, &signed_in.practice.id, &changed).await?;
    let detail = json!({ "from": member.rights.stored(), "to": rights.stored() });
    signed_in.record(ground, &mut tx, "member.rights_changed", &changed.id, detail).await?;
    tx.commit().await?;
    Ok(SeeOther::to("/people").saying(Flash::done(format!("Saved. {}: {rights}.", changed.name))))
}

pub(super) async fn leave(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Typed>,
) -> Answer<SeeOther> {
    signed_in.must_own()?;
    let member = desk.member(&signed_in, &id).await?;
    if member.id == signed_in.member.id {
        return Ok(SeeOther::to("/people").saying(Flash::look("You cannot remove yourself. Another owner can.")));
    }
    let (ground, practice_id) = (&desk.ground, &signed_in.practice.id);
    let mut tx = ground.database.begin_write().await?;
    members::leave(&mut tx, practice_id, &id, ground.now()).await?;
    desk.sessions.revoke_all(&mut tx, practice_id, &id).await?;
    signed_in.record(ground, &mut tx, "member.left", &id, json!({})).await?;
    tx.commit().await?;
    let words = format!(
        "{} cannot sign in any more and is signed out everywhere. The record of what they signed stays.",
        member.name
    );
    Ok(SeeOther::to("/people").saying(Flash::done(words)))
}
