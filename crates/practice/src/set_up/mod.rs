//! First run, of the installation and of each further practice. The program prints a link that works once; whoever
//! opens it says what the practice is called, who works there and how people reach it, and becomes its owner.
//!
//! What was typed is kept with the link at each try, so a mistake or a closed lid loses nothing.

mod form;
mod link;
mod time_zones;

use askama::Template;
use axum::{
    Router,
    extract::{FromRef, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use bedside_platform::{Ground, ids};
use bedside_web::{
    Answer, Failure, Html, Mistakes, PlainShell, SeeOther, Sessions, answer::mistaken, flash::Flash, forms::OpenForm,
};
use serde_json::json;

use crate::{
    audit::{self, Decision},
    members::{self, NewMember},
    one_time, passwords,
    practice::{self, NewPractice},
    rights::Rights,
    throttle::Network,
};

pub use form::{TypedSetUp, is_email};
pub use link::{LINK_MICROS, new_link, new_link_if_empty};
pub use time_zones::time_zones;

/// The routes of this feature.
pub fn routes(ground: Ground) -> Router {
    Router::new()
        .route("/set-up/{token}", get(show).post(set_up))
        .with_state(FirstRun { sessions: Sessions::new(&ground), ground })
}

#[derive(Clone, FromRef)]
struct FirstRun {
    ground: Ground,
    sessions: Sessions,
}

#[derive(Template)]
#[template(path = "set_up/views/set_up.html")]
struct Page {
    shell: PlainShell,
    token: String,
    typed: TypedSetUp,
    mistakes: Mistakes,
    zones: Vec<(String, String)>,
    data: String,
}

fn gone() -> Failure {
    let person = "This set-up link was used already, or it is too old. Whoever runs the computer can make a new one with “bedside set-up-link”. If your practice is set up, sign in.";
    Failure::new(StatusCode::GONE, "set-up link is gone", person).with_way("Sign in", "/sign-in")
}

async fn show(
    State(state): State<FirstRun>,
    Path(token): Path<String>,
    network: Network,
    shell: PlainShell,
) -> Answer<Html<Page>> {
    let draft = one_time::behind(&state.ground, &network, link::draft(&state.ground, &token), gone).await?;
    let typed = serde_json::from_str(&draft).unwrap_or_default();
    Ok(Html(page(&state, shell, token, typed, Mistakes::default())))
}

fn page(state: &FirstRun, shell: PlainShell, token: String, typed: TypedSetUp, mistakes: Mistakes) -> Page {
    let zones = time_zones(state.ground.clock.now());
    let data = state.ground.settings.data.join("bedside.db").display().to_string();
    Page { shell, token, typed, mistakes, zones, data }
}

async fn set_up(
    State(state): State<FirstRun>,
    Path(token): Path<String>,
    network: Network,
    headers: HeaderMap,
    shell: PlainShell,
    OpenForm(typed): OpenForm<TypedSetUp>,
) -> Answer<Response> {
    one_time::behind(&state.ground, &network, link::draft(&state.ground, &token), gone).await?;
    let mut mistakes = typed.mistakes();
    if members::is_taken(&state.ground.database, &typed.email).await? {
        mistakes.add("email", "Somebody signs in with this address already. Use another.");
    }
    link::keep_draft(&state.ground, &token, &typed).await?;
    // The button for one more person brings the page back with everything in it, and one more row.
    if !typed.more.is_empty() {
        let typed = TypedSetUp { rows: typed.rows + 1, ..typed };
        return Ok(Html(page(&state, shell, token, typed, Mistakes::default())).into_response());
    }
    if !mistakes.is_empty() {
        return Ok(mistaken(page(&state, shell, token, typed, mistakes)));
    }
    let password_hash = passwords::hash_chosen(state.ground.chance.as_ref(), typed.password.clone()).await;
    let cookie = begin(&state, &token, &headers, &typed, password_hash).await?;
    let next = SeeOther::to("/challenges/new").saying(Flash::done(
        "Your practice is set up. Choose what the first month should be about, or connect an account first.",
    ));
    Ok(([(header::SET_COOKIE, cookie)], next).into_response())
}

/// Practice, people, owner, audit and the first session: all or nothing.
async fn begin(
    state: &FirstRun,
    token: &str,
    headers: &HeaderMap,
    typed: &TypedSetUp,
    password_hash: String,
) -> Answer<HeaderValue> {
    let (ground, now) = (&state.ground, state.ground.now());
    let practice = NewPractice {
        id: ground.new_id(),
        facts: typed.facts(),
        time_zone: typed.time_zone.clone(),
        languages: typed.language_tags(),
    };
    let owner = NewMember {
        id: ground.new_id(),
        name: typed.owner_name.trim().to_owned(),
        credentials: typed.owner_credentials.trim().to_owned(),
        rights: Rights { signs: !typed.owner_signs.is_empty(), ..Rights::ALL },
        email: Some(typed.email.clone()),
        password_hash: Some(password_hash),
        invitation: None,
    };
    let mut tx = ground.database.begin_write().await?;
    if !link::use_up(&mut tx, token, now).await? {
        return Err(gone());
    }
    practice::begin(&mut tx, &practice, now).await?;
    members::add(&mut tx, &practice.id, &owner, now).await?;
    for (n, person) in typed.people().into_iter().enumerate() {
        let person = NewMember { id: ids::new_id(ground.clock.now(), ground.chance.as_ref()), ..person };
        members::add(&mut tx, &practice.id, &person, now + 1 + i64::try_from(n).unwrap_or(0)).await?;
    }
    let decision = Decision { actor: &owner.id, action: "practice.set_up", subject: &practice.id, detail: json!({}) };
    audit::record(&ground.database, &mut tx, &practice.id, &decision, now).await?;
    let cookie = state.sessions.open(&mut tx, &practice.id, &owner.id, headers).await?;
    tx.commit().await?;
    Ok(cookie)
}
