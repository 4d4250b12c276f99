//! The other end of an invitation: the invited person chooses a password and is signed in.

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use bedside_web::{Answer, Failure, Html, Mistakes, PlainShell, SeeOther, answer::mistaken, forms::OpenForm};
use serde::Deserialize;
use serde_json::json;

use super::Desk;
use crate::{
    audit::{self, Decision},
    members::{self, Member},
    one_time, passwords,
    throttle::Network,
};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/invitations/{token}", get(show).post(accept))
}

#[derive(Template)]
#[template(path = "people/views/invitation.html")]
struct Page {
    shell: PlainShell,
    token: String,
    member: Member,
    mistakes: Mistakes,
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    password: String,
}

fn gone() -> Failure {
    let person = "This invitation was used already, or it is too old. Ask an owner of your practice for a new one.";
    Failure::new(StatusCode::GONE, "invitation is gone", person).with_way("Sign in", "/sign-in")
}

async fn invited(desk: &Desk, network: &Network, token: &str) -> Answer<Member> {
    let found = members::invited(&desk.ground.database, token, desk.ground.now());
    one_time::behind(&desk.ground, network, found, gone).await
}

async fn show(
    State(desk): State<Desk>,
    Path(token): Path<String>,
    network: Network,
    shell: PlainShell,
) -> Answer<Html<Page>> {
    let member = invited(&desk, &network, &token).await?;
    Ok(Html(Page { shell, token, member, mistakes: Mistakes::default() }))
}

async fn accept(
    State(desk): State<Desk>,
    Path(token): Path<String>,
    network: Network,
    headers: HeaderMap,
    shell: PlainShell,
    OpenForm(typed): OpenForm<Typed>,
) -> Answer<Response> {
    let member = invited(&desk, &network, &token).await?;
    if let Some(words) = passwords::problem(&typed.password) {
        let mut mistakes = Mistakes::default();
        mistakes.add("password", words);
        return Ok(mistaken(Page { shell, token, member, mistakes }));
    }
    let (ground, now) = (&desk.ground, desk.ground.now());
    let hash = passwords::hash_chosen(ground.chance.as_ref(), typed.password).await;
    let mut tx = ground.database.begin_write().await?;
    if !members::accept(&mut tx, &token, &hash, now).await? {
        return Err(gone());
    }
    let cookie = desk.sessions.open(&mut tx, &member.practice_id, &member.id, &headers).await?;
    let decision = Decision { actor: &member.id, action: "member.joined", subject: &member.id, detail: json!({}) };
    audit::record(&ground.database, &mut tx, &member.practice_id, &decision, now).await?;
    tx.commit().await?;
    Ok(([(header::SET_COOKIE, cookie)], SeeOther::to("/rounds")).into_response())
}
