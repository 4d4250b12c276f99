//! Health challenges: 28 days, one small action a day, the same four weeks for every topic.
//!
//! A challenge starts as a [`template`] from the [`library`] (content that a practice may copy and edit). [`plan`] turns the
//! template and the practice's [`rhythm`] into the month: 28 days, each with its action, and the
//! drafts that go out. [`wording`] composes each draft's text, [`rest_days`] and [`due`] decide on which day and
//! at which moment it goes out. [`challenge`] holds the states a challenge moves through and [`marks`] draws its
//! picture of 28 marks. None of these reads a clock, a database or the network.
//!
//! Around them: [`store`] (every query), `choices` (the planning form), `drafted` (drafts become posts, read by the
//! guard), `launch` (one commit), then the pages `index`, `new`, `show`, `withdraw` and `editing`, drawn with
//! `month_view`. [`open`] is what a challenge does by itself, [`next_week`] what it hands to the rounds,
//! [`bands`] what it writes on the calendar.
//!
//! Reading order: template, library, rhythm, plan, slots, wording, rest_days, due, challenge, marks, then as above.

pub mod bands;
pub mod challenge;
mod choices;
mod drafted;
pub mod due;
mod editing;
mod index;
mod launch;
pub mod library;
pub mod marks;
mod month_view;
mod new;
pub mod next_week;
pub mod open;
pub mod plan;
pub mod rest_days;
pub mod rhythm;
mod show;
pub mod store;
pub mod template;
mod withdraw;
pub mod wording;

#[cfg(test)]
mod plan_tests;
mod slots;

use axum::{
    Router,
    routing::{get, post},
};
use bedside_publishing::Desk;

pub use bands::Bands;
pub use next_week::NextWeek;
pub use open::open_pages;

/// The pages of the challenges.
pub fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/challenges", get(index::index).post(new::create))
        .route("/challenges/new", get(new::show).post(new::look))
        .route("/challenges/{id}", get(show::show))
        .route("/challenges/{id}/withdraw", get(withdraw::ask).post(withdraw::withdraw))
        .route("/challenges/templates/{id}/edit", get(editing::show).post(editing::keep))
        .route("/challenges/templates/{id}/reset", post(editing::reset))
        .with_state(desk)
}
