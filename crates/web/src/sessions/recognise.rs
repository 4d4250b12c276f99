//! From the cookie of a request to the [`Session`] of a handler, and to the door for whoever has none.

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, Method, Uri, header, request::Parts, uri::PathAndQuery},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{SIGN_IN, Session, Sessions};
use crate::answer::{Failure, SeeOther};

/// Middleware: finds the session of a request and puts it where [`Session`] is extracted from.
pub async fn recognise(State(sessions): State<Sessions>, mut request: Request, next: Next) -> Response {
    match sessions.find(request.headers()).await {
        Ok(Some(session)) => {
            request.extensions_mut().insert(session);
        }
        Ok(None) => {}
        Err(error) => return Failure::from(error).into_response(),
    }
    next.run(request).await
}

impl<S: Send + Sync> FromRequestParts<S> for Session {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| SeeOther::to(door(&parts.method, &parts.uri)).into_response())
    }
}

/// The sign-in page, and from there back to what a person wanted to see. What was posted cannot be asked for again.
fn door(method: &Method, wanted: &Uri) -> String {
    let path = wanted.path_and_query().map_or("/", PathAndQuery::as_str);
    if method != Method::GET || path == "/" {
        return SIGN_IN.to_owned();
    }
    let next: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
    format!("{SIGN_IN}?next={next}")
}

/// Where to go after sign-in: `next` if it is a path of ours, else `/`. `//host` and `/\host` are addresses
/// of others in the eyes of browsers.
pub fn safe_next(next: Option<&str>) -> &str {
    next.filter(|path| path.starts_with('/') && !path[1..].starts_with(['/', '\\']) && !path.contains(char::is_control))
        .unwrap_or("/")
}

/// The value of a cookie.
pub(crate) fn cookie_of(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value.to_owned())
}
