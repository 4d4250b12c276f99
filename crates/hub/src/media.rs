//! Pictures by their hash, and only those that stand on a page that is up.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use bedside_platform::Ground;
use bedside_web::{Answer, Failure};

use crate::{
    pages,
    shelf::{AN_HOUR, Asked, Desk, Leaf, Shelf},
};

/// `GET /p/{practice}/media/{hash}`
pub(crate) async fn serve(
    State(ground): State<Ground>,
    Extension(shelf): Extension<Arc<Shelf>>,
    Path((_, hash)): Path<(String, String)>,
    asked: Asked,
) -> Response {
    shelf.answer(&ground, &asked, async |desk| picture(&desk, &hash).await).await
}

async fn picture(desk: &Desk<'_>, hash: &str) -> Answer<Leaf> {
    let practice_id = &desk.edition.practice.id;
    let mime = pages::picture(desk.ground, practice_id, hash).await?;
    let kind = mime.as_deref().and_then(known).ok_or_else(Failure::not_found)?;
    let bytes = desk.ground.files.read(practice_id, hash).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::not_found(),
        other => Failure::internal(format!("the media folder: {other}")),
    })?;
    Ok(Leaf { keep: AN_HOUR, ..Leaf::of(kind, bytes) })
}

/// The types that `media` makes; anything else is never given out.
fn known(mime: &str) -> Option<&'static str> {
    ["image/jpeg", "image/png", "image/webp", "image/gif"].into_iter().find(|known| *known == mime)
}
