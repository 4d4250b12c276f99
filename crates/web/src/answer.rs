//! How a page or a failure becomes a response.
//!
//! A handler returns [`Answer<T>`]: `Ok(Html(page))`, `Ok(SeeOther::to("/posts").saying(Flash::done("…")))`, or
//! a [`Failure`]. Mistakes in a form are not failures: they are the page again, with the mistakes in it.

use std::fmt;

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use bedside_platform::database::{self, DatabaseError, Lack};

use crate::{
    flash::Flash,
    shell::{PlainShell, PublicShell},
    words::t,
};

/// What a handler gives back.
pub type Answer<T> = Result<T, Failure>;

/// A page. A template that cannot be written becomes an apology and a line in the log.
#[derive(Debug, Clone)]
pub struct Html<T>(pub T);

impl<T: Template> IntoResponse for Html<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(page) => html(StatusCode::OK, page),
            Err(error) => Failure::internal(format!("a template failed: {error}")).into_response(),
        }
    }
}

/// The same page with the status 422, for a form that came back with mistakes.
pub fn mistaken<T: Template>(page: T) -> Response {
    let mut response = Html(page).into_response();
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

fn html(status: StatusCode, page: String) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// After a change: go and look at the result (303). `to` is a path on this installation.
#[derive(Debug, Clone)]
pub struct SeeOther {
    to: String,
    flash: Option<Flash>,
}

impl SeeOther {
    /// To `path`.
    pub fn to(path: impl Into<String>) -> Self {
        Self { to: path.into(), flash: None }
    }

    /// With a sentence for the page behind the redirect.
    #[must_use]
    pub fn saying(self, flash: Flash) -> Self {
        Self { flash: Some(flash), ..self }
    }
}

impl IntoResponse for SeeOther {
    fn into_response(self) -> Response {
        let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, self.to)]).into_response();
        if let Some(flash) = self.flash {
            response.extensions_mut().insert(flash);
        }
        response
    }
}

/// Something that kept us from answering. Two texts: one for the log, one for the person.
pub struct Failure {
    /// What the browser and other programs are told.
    pub status: StatusCode,
    /// For the log. No names, texts, addresses or tokens of people.
    pub log: String,
    /// For the person: what happened, in plain words.
    pub person: String,
    /// What the person can do next: (words, path).
    pub way_forward: Option<(String, String)>,
}

impl Failure {
    /// Any failure.
    pub fn new(status: StatusCode, log: impl Into<String>, person: impl Into<String>) -> Self {
        Self { status, log: log.into(), person: person.into(), way_forward: None }
    }

    /// Adds a way forward.
    #[must_use]
    pub fn with_way(mut self, words: impl Into<String>, path: impl Into<String>) -> Self {
        self.way_forward = Some((words.into(), path.into()));
        self
    }

    /// There is nothing here, or nothing that this member may know of.
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not found",
            "This page is not here. It may have been taken away, or the address is mistyped.",
        )
        .with_way("To the first page", "/")
    }

    /// The member may not do this; `person` says who may.
    pub fn forbidden(person: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", person).with_way("To the first page", "/")
    }

    /// The thing changed meanwhile; `person` says how.
    pub fn conflict(person: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "changed meanwhile", person)
    }

    /// A request that no form of ours makes.
    pub fn bad_request(log: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            log,
            "We could not read what the browser sent. Please go back and try again.",
        )
    }

    /// Our own mistake. The person learns that nothing was done; `log` holds the reason.
    pub fn internal(log: impl Into<String>) -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            log,
            "Something went wrong on our side, and this was not done. Please try again in a minute.",
        )
        .with_way("To the first page", "/")
    }

    /// The machine cannot do it now, and whoever looks after it can mend that.
    fn unable(lack: Lack, error: &sqlx::Error) -> Self {
        let person = match lack {
            Lack::Space => {
                "The disk of the server is full, and this was not done. Ask whoever looks after it to make room. Then go back, where your words still are, and send them again."
            }
            Lack::Turn => {
                "The database is busy with something else, and this was not done. Please go back, where your words still are, and try again in a minute."
            }
            Lack::Disk => {
                "The server cannot use its disk, and this was not done. Ask whoever looks after it to run `bedside doctor`. Keep a copy of what you wrote: go back, it is still there."
            }
        };
        Self::new(StatusCode::SERVICE_UNAVAILABLE, format!("database: {error}"), person)
            .with_way("To the first page", "/")
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status.as_u16(), self.log)
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::not_found(),
            sqlx::Error::PoolTimedOut => Self {
                status: StatusCode::SERVICE_UNAVAILABLE,
                person: "Too much is going on at this moment, and this was not done. Please try again in a minute."
                    .to_owned(),
                ..Self::internal("no database connection became free in time")
            },
            other => match database::lack(&other) {
                Some(lack) => Self::unable(lack, &other),
                None => Self::internal(format!("database: {other}")),
            },
        }
    }
}

impl From<DatabaseError> for Failure {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Engine(engine) => engine.into(),
            other => Self::internal(format!("database: {other}")),
        }
    }
}

/// The page of a failure.
#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage<'a> {
    shell: PlainShell,
    heading: &'static str,
    person: &'a str,
    way_forward: Option<&'a (String, String)>,
}

/// What a status means to a person. Its number stands in the log.
fn heading(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "Not here",
        StatusCode::FORBIDDEN => "Not for this sign-in",
        StatusCode::CONFLICT => "It changed meanwhile",
        StatusCode::GONE => "This link no longer works",
        StatusCode::TOO_MANY_REQUESTS => "Please wait a little",
        status if status.is_server_error() => "That did not work",
        _ => "Please look again",
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if self.status.is_server_error() {
            tracing::error!(status = self.status.as_u16(), "{}", self.log);
        } else {
            tracing::info!(status = self.status.as_u16(), "{}", self.log);
        }
        let page = FailurePage {
            shell: PlainShell::default(),
            heading: heading(self.status),
            person: &self.person,
            way_forward: self.way_forward.as_ref(),
        };
        match page.render() {
            Ok(page) => html(self.status, page),
            // The last resort must not depend on what has just failed.
            Err(_) => (self.status, self.person).into_response(),
        }
    }
}

/// A failure on a page for patients: the practice's own frame, in the reader's language.
#[derive(Debug, Clone, Template)]
#[template(path = "public_failure.html")]
pub struct PublicFailure {
    shell: PublicShell,
    status: StatusCode,
    title: String,
    words: String,
}

impl PublicFailure {
    /// There is no such page at this practice.
    pub fn not_found(shell: PublicShell) -> Self {
        let (title, words) = (t(shell.lang, "not-found-title"), t(shell.lang, "not-found"));
        Self { shell, status: StatusCode::NOT_FOUND, title, words }
    }

    /// The page of a failure whose own words are for members; they are logged and not shown.
    pub fn of(shell: PublicShell, failure: &Failure) -> Self {
        if failure.status == StatusCode::NOT_FOUND {
            return Self::not_found(shell);
        }
        tracing::error!(status = failure.status.as_u16(), "{}", failure.log);
        let (title, words) = (t(shell.lang, "broken-title"), t(shell.lang, "broken"));
        Self { shell, status: failure.status, title, words }
    }
}

impl IntoResponse for PublicFailure {
    fn into_response(self) -> Response {
        let status = self.status;
        let mut response = Html(self).into_response();
        if response.status() == StatusCode::OK {
            *response.status_mut() = status;
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_not_shown_to_the_person() {
        let failure = Failure::internal("disk full at /var").with_way("Back", "/posts");
        let page = FailurePage {
            shell: PlainShell::default(),
            heading: heading(StatusCode::INTERNAL_SERVER_ERROR),
            person: &failure.person,
            way_forward: failure.way_forward.as_ref(),
        };
        let page = page.render().unwrap_or_default();
        assert!(page.contains("was not done") && page.contains("href=\"/posts\"") && !page.contains("disk full"));
        assert_eq!(Failure::from(sqlx::Error::RowNotFound).status, StatusCode::NOT_FOUND);
    }
}
