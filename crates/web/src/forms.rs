//! What was posted, and what is wrong with it.
//!
//! [`Posted`] is for members: it demands a session and the hidden field. [`OpenForm`] is for sign-in, set-up and
//! patients, where [`crate::origin`] alone stands guard. Repeated fields may be a `Vec`; unknown fields are
//! passed over. A form whose page is older than the session is shown again with everything in it.

use askama::Template;
use axum::{
    body::Bytes,
    extract::{FromRequest, OriginalUri, RawForm, Request},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::Form;
use serde::de::DeserializeOwned;

use crate::{
    answer::{Failure, Html},
    csrf,
    sessions::{SIGN_IN, Session},
    shell::PlainShell,
};

/// Mistakes of a form by the name of the field. They are part of the page's state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mistakes(Vec<(String, String)>);

impl Mistakes {
    /// Notes a mistake: what is wrong and how to mend it. The first one of a field is shown at the field.
    pub fn add(&mut self, field: impl Into<String>, words: impl Into<String>) {
        self.0.push((field.into(), words.into()));
    }

    /// The mistake at a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.iter().find(|(name, _)| *name == field).map(|(_, words)| words)
    }

    /// Whether everything is well.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, words)| (field.as_str(), words.as_str()))
    }
}

/// A form of a member. The session is in it too: `Posted { session, form }`.
pub struct Posted<T> {
    /// Who sent it.
    pub session: Session,
    /// What was sent.
    pub form: T,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let session = request.extensions().get::<Session>().cloned();
        let action = action_of(&request);
        let bytes = body(request, state).await?;
        let Some(session) = session else {
            return Err(SendAgain::page(action, &bytes, None));
        };
        let given = fields(&bytes).find(|(name, _)| name == csrf::FIELD).map(|(_, value)| value).unwrap_or_default();
        if !csrf::matches(&session.csrf, &given) {
            return Err(SendAgain::page(action, &bytes, Some(&session)));
        }
        Ok(Self { form: read(bytes, state).await?, session })
    }
}

/// A form without a session.
pub struct OpenForm<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for OpenForm<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let bytes = body(request, state).await?;
        Ok(Self(read(bytes, state).await?))
    }
}

async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Response> {
    match RawForm::from_request(request, state).await {
        Ok(RawForm(bytes)) => Ok(bytes),
        Err(rejection) => {
            let status = rejection.into_response().status();
            let failure = if status == StatusCode::PAYLOAD_TOO_LARGE {
                Failure::new(
                    status,
                    "form too large",
                    "That is more than this form takes. Please make it shorter and send it again.",
                )
            } else {
                Failure { status, ..Failure::bad_request("not a form") }
            };
            Err(failure.into_response())
        }
    }
}

async fn read<S: Send + Sync, T: DeserializeOwned>(bytes: Bytes, state: &S) -> Result<T, Response> {
    let again = Request::post("/")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(bytes.into())
        .map_err(|_| Failure::bad_request("not a form").into_response())?;
    match Form::<T>::from_request(again, state).await {
        Ok(Form(form)) => Ok(form),
        // The reason names fields, and with them perhaps what was typed: it stays out of the log.
        Err(_) => Err(Failure::bad_request("a form with missing or unreadable fields").into_response()),
    }
}

fn fields(bytes: &[u8]) -> impl Iterator<Item = (String, String)> {
    url::form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), value.into_owned()))
}

fn action_of(request: &Request) -> String {
    let uri = request.extensions().get::<OriginalUri>().map_or_else(|| request.uri(), |original| &original.0);
    uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str).to_owned()
}

/// The page for a form that came too late: the same fields, hidden, and a button.
///
/// Only forms from our own pages get here, because other sites are refused first.
#[derive(Template)]
#[template(path = "send_again.html")]
struct SendAgain {
    shell: PlainShell,
    action: String,
    kept: Vec<(String, String)>,
    csrf: String,
    sign_in: Option<&'static str>,
}

impl SendAgain {
    fn page(action: String, bytes: &[u8], session: Option<&Session>) -> Response {
        // A password is not written into a page; its form says that it is missing.
        let kept = fields(bytes).filter(|(name, _)| name != csrf::FIELD && !name.contains("password")).collect();
        let page = Self {
            shell: PlainShell::default(),
            action,
            kept,
            csrf: session.map(|session| session.csrf.clone()).unwrap_or_default(),
            sign_in: session.is_none().then_some(SIGN_IN),
        };
        let mut response = Html(page).into_response();
        *response.status_mut() = if session.is_some() { StatusCode::FORBIDDEN } else { StatusCode::UNAUTHORIZED };
        response
    }
}
