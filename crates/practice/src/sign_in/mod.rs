//! Signing in and out. A wrong password says nothing about which part was wrong, takes the same time whether the
//! address is known or not, and makes the door slower ([`crate::throttle`]).

use askama::Template;
use axum::{
    Router,
    extract::{FromRef, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bedside_platform::Ground;
use bedside_web::{
    Answer, Html, Mistakes, PlainShell, Posted, SeeOther, Session, Sessions, answer::mistaken, forms::OpenForm,
    sessions::safe_next,
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    audit::{self, Decision},
    members, passwords, throttle,
};

/// The routes of this feature.
pub fn routes(ground: Ground) -> Router {
    Router::new()
        .route("/sign-in", get(show).post(sign_in))
        .route("/sign-out", post(sign_out))
        .with_state(Door { sessions: Sessions::new(&ground), ground })
}

#[derive(Clone, FromRef)]
struct Door {
    ground: Ground,
    sessions: Sessions,
}

#[derive(Template)]
#[template(path = "sign_in/views/sign_in.html")]
struct Page {
    shell: PlainShell,
    email: String,
    next: String,
    mistakes: Mistakes,
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    next: String,
}

async fn show(shell: PlainShell, Query(wanted): Query<Wanted>) -> Html<Page> {
    Html(Page { shell, email: String::new(), next: wanted.next, mistakes: Mistakes::default() })
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

async fn sign_in(
    State(door): State<Door>,
    network: throttle::Network,
    headers: HeaderMap,
    shell: PlainShell,
    OpenForm(typed): OpenForm<Typed>,
) -> Answer<Response> {
    let page = |mistakes| Page { shell: shell.clone(), email: typed.email.clone(), next: typed.next.clone(), mistakes };
    let mut mistakes = Mistakes::default();
    if typed.email.trim().is_empty() {
        mistakes.add("email", "Please type your e-mail address.");
    }
    if typed.password.is_empty() {
        mistakes.add("password", "Please type your password.");
    }
    if !mistakes.is_empty() {
        return Ok(mistaken(page(mistakes)));
    }
    let (database, now) = (&door.ground.database, door.ground.now());
    let address = (throttle::of_address(&typed.email), throttle::FREE_FOR_ADDRESS);
    let network = network.0.map(|network| (network, throttle::FREE_FOR_NETWORK));
    let subjects: Vec<(String, i64)> = std::iter::once(address).chain(network).collect();
    for (subject, _) in &subjects {
        if let Some(until) = throttle::closed_until(database, subject, now).await? {
            let wait = throttle::wait_words(until, now);
            mistakes.add("password", format!("Too many wrong passwords. Wait {wait} and try again."));
            let mut response = mistaken(page(mistakes));
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            return Ok(response);
        }
    }
    let found = members::find_by_email(database, &typed.email).await?;
    let (member, stored) = found.map_or((None, None), |(member, hash)| (Some(member), Some(hash)));
    let right = passwords::matches(typed.password.clone(), stored).await;
    let Some(member) = member.filter(|_| right) else {
        for (subject, free) in &subjects {
            throttle::failed(database, subject, *free, now).await?;
        }
        mistakes.add("password", "This address and password do not belong together. Check both and try again.");
        return Ok(mistaken(page(mistakes)));
    };
    throttle::succeeded(database, &subjects[0].0).await?;
    let mut tx = database.begin_write().await?;
    let cookie = door.sessions.open(&mut tx, &member.practice_id, &member.id, &headers).await?;
    let decision = Decision { actor: &member.id, action: "session.opened", subject: &member.id, detail: json!({}) };
    audit::record(database, &mut tx, &member.practice_id, &decision, now).await?;
    tx.commit().await?;
    let next = match safe_next(Some(&typed.next)) {
        "/" => "/rounds",
        path => path,
    };
    Ok(([(header::SET_COOKIE, cookie)], SeeOther::to(next)).into_response())
}

async fn sign_out(State(door): State<Door>, posted: Posted<Nothing>) -> Answer<Response> {
    let Session { practice_id, token_hash, .. } = &posted.session;
    let mut tx = door.ground.database.begin_write().await?;
    door.sessions.revoke(&mut tx, practice_id, token_hash).await?;
    tx.commit().await?;
    Ok(([(header::SET_COOKIE, door.sessions.farewell())], SeeOther::to("/sign-in")).into_response())
}

#[derive(Deserialize)]
struct Nothing {}
