//! What became of a post, and what a person decides about it.
//!
//! Reading order: [`mod@post`] (the page: where it is, every attempt in words), [`deciding`] (one delivery's verdict or
//! tick, taking a whole post back), [`pausing`] (the one switch that pauses everything).

mod deciding;
mod pausing;
mod post;

use axum::{
    Router,
    routing::{get, post},
};
use bedside_practice::SignedIn;
use bedside_web::Failure;

pub use self::post::in_words;
use super::{
    people,
    rows::{Key, Row},
};
use crate::{
    desk::Desk,
    posts::{self, Whole},
};

/// The routes of this feature.
pub fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/posts/{id}", get(post::show))
        .route("/posts/{id}/withdraw", post(deciding::withdraw))
        .route("/posts/{id}/delete", post(deciding::delete))
        .route("/deliveries/{id}/verdict", post(deciding::decide))
        .route("/deliveries/{id}/tick", post(deciding::tick))
        .route("/pause", get(pausing::show).post(pausing::begin))
        .route("/pause/end", post(pausing::end))
        .with_state(desk)
}

async fn the_post(desk: &Desk, signed_in: &SignedIn, id: &str) -> Result<Whole, Failure> {
    posts::store::whole(&desk.ground.database, &signed_in.practice.id, id).await?.ok_or_else(Failure::not_found)
}

async fn the_delivery(desk: &Desk, signed_in: &SignedIn, id: &str) -> Result<Row, Failure> {
    let key = Key { practice_id: signed_in.practice.id.clone(), id: id.to_owned() };
    people::find(&desk.ground.database, &key).await?.ok_or_else(Failure::not_found)
}
