//! The practice's sources: a list, opening a page, and ticking that it says so.
//!
//! Opening goes through us, because only an opened page can be ticked. The page that is opened does not learn
//! where the reader came from.

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bedside_platform::database::DatabaseError;
use bedside_practice::{Practice, SignedIn, members};
use bedside_web::{Answer, Failure, Flash, Html, Lang, Posted, SeeOther, StaffShell, dates, ui};
use serde::Deserialize;
use serde_json::json;
use sqlx::{Any, Transaction};

use super::{Source, store};
use crate::desk::Desk;

/// The routes of this feature.
pub fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/sources", get(index))
        .route("/sources/{id}/open", get(open))
        .route("/sources/{id}/tick", post(tick))
        .with_state(desk)
}

#[derive(Template)]
#[template(path = "sources/views/sources.html")]
struct Page {
    shell: StaffShell,
    sources: Vec<(Source, Standing)>,
}

/// How a source stands, in words.
enum Standing {
    Unopened,
    Opened(String),
    Checked(String),
}

/// "Checked February 8 by Maria Alvarez, MD".
///
/// # Errors
/// When the database refuses.
pub(crate) async fn checked_words(
    desk: &Desk,
    practice: &Practice,
    checked_at: i64,
    by: Option<&str>,
) -> Result<String, DatabaseError> {
    let date = practice.local(checked_at).date();
    let (month, day) = (dates::month(Lang::En, date), date.day());
    Ok(match by {
        Some(member) => {
            format!("Checked {month} {day} by {}", members::name(&desk.ground.database, &practice.id, member).await?)
        }
        None => format!("Checked {month} {day}"),
    })
}

async fn index(State(desk): State<Desk>, signed_in: SignedIn, shell: StaffShell) -> Answer<Html<Page>> {
    let practice = &signed_in.practice;
    let mut sources = Vec::new();
    for source in store::all(&desk.ground.database, &practice.id).await? {
        let state = match (source.checked_at, source.opened_at) {
            (Some(at), _) => Standing::Checked(checked_words(&desk, practice, at, source.checked_by.as_deref()).await?),
            (None, Some(at)) => Standing::Opened(dates::short_date(Lang::En, practice.local(at).date())),
            (None, None) => Standing::Unopened,
        };
        sources.push((source, state));
    }
    Ok(Html(Page { shell, sources }))
}

async fn open(State(desk): State<Desk>, signed_in: SignedIn, Path(id): Path<String>) -> Answer<Response> {
    must_judge(&signed_in)?;
    let source =
        store::find(&desk.ground.database, &signed_in.practice.id, &id).await?.ok_or_else(Failure::not_found)?;
    let mut tx = desk.ground.database.begin_write().await?;
    store::note_opened(&mut tx, &signed_in.practice.id, &id, desk.ground.now()).await?;
    tx.commit().await?;
    let quiet = [(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"))];
    Ok((quiet, SeeOther::to(source.url)).into_response())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Tick {
    /// Where to go afterwards: a path of ours.
    next: String,
}

async fn tick(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    posted: Posted<Tick>,
) -> Answer<SeeOther> {
    must_judge(&signed_in)?;
    let source =
        store::find(&desk.ground.database, &signed_in.practice.id, &id).await?.ok_or_else(Failure::not_found)?;
    let mut tx = desk.ground.database.begin_write().await?;
    let ticked = check_off(&desk, &mut tx, &signed_in, &id).await?;
    tx.commit().await?;
    let flash =
        if ticked { Flash::done(format!("“{}” is checked.", source.name())) } else { Flash::look(UNOPENED) };
    let next = match bedside_web::sessions::safe_next(Some(&posted.form.next)) {
        "/" => "/sources",
        path => path,
    };
    Ok(SeeOther::to(next).saying(flash))
}

/// What is said when somebody ticks a page that nobody opened.
pub(crate) const UNOPENED: &str = "Open the page first and look whether it says so. Then tick it.";

/// Ticks a source and records it. False when nobody has opened it.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn check_off(
    desk: &Desk,
    tx: &mut Transaction<'static, Any>,
    signed_in: &SignedIn,
    id: &str,
) -> Result<bool, sqlx::Error> {
    let (practice_id, member_id, now) = (&signed_in.practice.id, &signed_in.member.id, desk.ground.now());
    if !store::tick(tx, practice_id, id, member_id, now).await? {
        return Ok(false);
    }
    signed_in.record(&desk.ground, tx, "source.checked", id, json!({})).await?;
    Ok(true)
}

fn must_judge(signed_in: &SignedIn) -> Result<(), Failure> {
    let rights = signed_in.member.rights;
    if rights.writes || rights.signs {
        Ok(())
    } else {
        Err(Failure::forbidden("Only members who write or sign check sources."))
    }
}
