//! A picture of the practice, for the pages of its members. Readers get theirs from the own page.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use bedside_practice::SignedIn;
use bedside_web::{Answer, Failure};

use super::store;
use crate::desk::Desk;

/// How long a browser keeps a picture, in seconds (a day): its bytes never change, but it goes with the session's
/// person, so no proxy may keep it.
const KEEP: HeaderValue = HeaderValue::from_static("private, max-age=86400");

/// The routes of this feature.
pub fn routes(desk: Desk) -> Router {
    Router::new().route("/media/{id}", get(show)).with_state(desk)
}

async fn show(State(desk): State<Desk>, signed_in: SignedIn, Path(id): Path<String>) -> Answer<Response> {
    let practice_id = &signed_in.practice.id;
    let (hash, mime) = store::find(&desk.ground.database, practice_id, &id).await?.ok_or_else(Failure::not_found)?;
    let bytes = desk.ground.files.read(practice_id, &hash).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::not_found(),
        _ => Failure::internal(format!("the media folder does not give a file: {error}")),
    })?;
    let kind =
        HeaderValue::from_str(&mime).map_err(|_| Failure::internal("a picture with an unwritable media type"))?;
    let nosniff = (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, KEEP), nosniff], bytes).into_response())
}
