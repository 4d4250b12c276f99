//! The links an owner hands over: an invitation, and one for a new password. Each is shown once, on the page that
//! answers; only its hash is kept.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use bedside_platform::{chance, database};
use bedside_web::{Answer, Flash, Html, Mistakes, Posted, SeeOther, StaffShell, answer::mistaken};
use serde_json::json;

use super::{Desk, Handed, Nothing, Page, Typed};
use crate::{frame::SignedIn, members, new_password, set_up::is_email};

pub(super) async fn invite(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Path(id): Path<String>,
    posted: Posted<Typed>,
) -> Answer<Response> {
    signed_in.must_own()?;
    let member = desk.member(&signed_in, &id).await?;
    let field = format!("email_{id}");
    if !is_email(&posted.form.email) {
        let mut mistakes = Mistakes::default();
        mistakes.add(field, "Write the whole e-mail address this person will sign in with.");
        let page = desk.page(&signed_in, shell).await?;
        return Ok(mistaken(Page { mistakes, ..page }));
    }
    let (ground, now, practice_id) = (&desk.ground, desk.ground.now(), &signed_in.practice.id);
    let token = chance::token(ground.chance.as_ref());
    let mut tx = ground.database.begin_write().await?;
    let invited = match members::invite(&mut tx, practice_id, &id, &posted.form.email, &token, now).await {
        Err(error) if database::is_duplicate(&error) => {
            return Ok(SeeOther::to("/people")
                .saying(Flash::look("Somebody signs in with this address already. Use another."))
                .into_response());
        }
        other => other?,
    };
    if !invited {
        return Ok(SeeOther::to("/people")
            .saying(Flash::look("This person signs in already and needs no invitation."))
            .into_response());
    }
    signed_in.record(ground, &mut tx, "member.invited", &id, json!({})).await?;
    tx.commit().await?;
    let address = ground.settings.address(&format!("/invitations/{token}"));
    let so = format!("Hand this link to {}", member.name);
    let handed = Handed { so, address, opens: "With it they choose a password", lasts: "14 days" };
    let page = desk.page(&signed_in, shell).await?;
    Ok(Html(Page { handed: Some(handed), ..page }).into_response())
}

pub(super) async fn make_new_password_link(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Answer<Response> {
    signed_in.must_own()?;
    let member = desk.member(&signed_in, &id).await?;
    if !member.can_sign_in {
        let words = "This person has no password yet. Invite them to sign in.";
        return Ok(SeeOther::to("/people").saying(Flash::look(words)).into_response());
    }
    let ground = &desk.ground;
    let mut tx = ground.database.begin_write().await?;
    let address = new_password::make(ground, &mut tx, &member).await?;
    signed_in.record(ground, &mut tx, new_password::MADE, &id, json!({})).await?;
    tx.commit().await?;
    let (so, opens) = if member.id == signed_in.member.id {
        let opens = "With it you choose a new password, and are signed out everywhere else";
        ("This link is for you alone".to_owned(), opens)
    } else {
        let opens = "With it they choose a new password, and are signed out everywhere else";
        (format!("Hand this link to {}", member.name), opens)
    };
    let handed = Handed { so, address, opens, lasts: "24 hours" };
    let page = desk.page(&signed_in, shell).await?;
    Ok(Html(Page { handed: Some(handed), ..page }).into_response())
}
