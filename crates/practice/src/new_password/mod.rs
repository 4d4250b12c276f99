//! A forgotten password. An owner makes a link on the page of the people, or whoever runs the computer does with
//! `bedside new-password`; behind it the member chooses a new password, is signed out everywhere else, and is in.
//!
//! Until then the old password works: a link that was made and never opened changes nothing.

mod link;

use askama::Template;
use axum::{
    Router,
    extract::{FromRef, Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use bedside_platform::Ground;
use bedside_web::{
    Answer, Failure, Flash, Html, Mistakes, PlainShell, SeeOther, Sessions, answer::mistaken, forms::OpenForm,
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    audit::{self, Decision},
    members::Member,
    one_time, passwords,
    throttle::{self, Network},
};

pub use link::{LINK_MICROS, MADE, make, make_for_address};

/// The routes of this feature.
pub fn routes(ground: Ground) -> Router {
    Router::new()
        .route("/new-password/{token}", get(show).post(choose))
        .with_state(Desk { sessions: Sessions::new(&ground), ground })
}

#[derive(Clone, FromRef)]
struct Desk {
    ground: Ground,
    sessions: Sessions,
}

#[derive(Template)]
#[template(path = "new_password/views/new_password.html")]
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
    let person = "This link was used already, or it is older than a day. Ask an owner of your practice for a new one. \
        If you are the only owner, whoever runs the computer can make one with “bedside new-password”. \
        If you have chosen your new password, sign in with it.";
    Failure::new(StatusCode::GONE, "new-password link is gone", person).with_way("Sign in", "/sign-in")
}

impl Desk {
    async fn member(&self, network: &Network, token: &str) -> Answer<Member> {
        let found = link::member(&self.ground.database, token, self.ground.now());
        one_time::behind(&self.ground, network, found, gone).await
    }
}

async fn show(
    State(desk): State<Desk>,
    Path(token): Path<String>,
    network: Network,
    shell: PlainShell,
) -> Answer<Html<Page>> {
    let member = desk.member(&network, &token).await?;
    Ok(Html(Page { shell, token, member, mistakes: Mistakes::default() }))
}

async fn choose(
    State(desk): State<Desk>,
    Path(token): Path<String>,
    network: Network,
    headers: HeaderMap,
    shell: PlainShell,
    OpenForm(typed): OpenForm<Typed>,
) -> Answer<Response> {
    let member = desk.member(&network, &token).await?;
    if let Some(words) = passwords::problem(&typed.password) {
        let mut mistakes = Mistakes::default();
        mistakes.add("password", words);
        return Ok(mistaken(Page { shell, token, member, mistakes }));
    }
    let (ground, now) = (&desk.ground, desk.ground.now());
    let hash = passwords::hash_chosen(ground.chance.as_ref(), typed.password).await;
    let mut tx = ground.database.begin_write().await?;
    if !link::use_up(&mut tx, &member, &token, &hash, now).await? {
        return Err(gone());
    }
    // Whoever knew the old password is out, also when that was not the member.
    desk.sessions.revoke_all(&mut tx, &member.practice_id, &member.id).await?;
    let cookie = desk.sessions.open(&mut tx, &member.practice_id, &member.id, &headers).await?;
    let decision =
        Decision { actor: &member.id, action: "member.new_password_set", subject: &member.id, detail: json!({}) };
    audit::record(&ground.database, &mut tx, &member.practice_id, &decision, now).await?;
    tx.commit().await?;
    // The tries that came before the link no longer close the door.
    throttle::succeeded(&ground.database, &throttle::of_address(member.email.as_deref().unwrap_or_default())).await?;
    let next = SeeOther::to("/rounds")
        .saying(Flash::done("Your new password is set. You are signed out everywhere but here."));
    Ok(([(header::SET_COOKIE, cookie)], next).into_response())
}
