//! The composer: where posts are written.
//!
//! One page and one form. Every button sends all of it, so whatever else happens, what was typed is kept: as the draft,
//! and, when something is wrong, on the page that comes back. `composer.js` saves as one types and renews counters,
//! findings and previews; without it the Save button does the same.
//!
//! Reading order: [`typed`] (the form) and [`press`] (its buttons), [`when`] (day and time), [`sent`] (from the request),
//! [`material`] (what the form refers to), [`findings`] with [`remedies`] (the guard in place), [`look`] (counters and
//! previews), [`reasons`] (what stands in the way of a signature), [`page`]; then what happens: [`show`], [`save`] with [`change`] and [`ask`], [`draft`], [`discard`].

mod ask;
mod change;
mod discard;
mod draft;
mod findings;
mod look;
mod material;
mod page;
mod press;
mod reasons;
mod remedies;
mod save;
mod sent;
mod show;
mod typed;
mod when;

use axum::{
    Router,
    routing::{get, post},
};
use bedside_web::frame::takes_pictures;

use crate::desk::Desk;

/// The routes of this feature.
pub fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/compose", get(show::new).post(save::first).layer(takes_pictures()))
        .route("/compose/{id}", get(show::stored).post(save::save).layer(takes_pictures()))
        .route("/compose/{id}/draft", post(draft::save))
        .route("/compose/{id}/discard", post(discard::discard))
        .route("/compose/{id}/restore", post(discard::restore))
        .with_state(desk)
}
