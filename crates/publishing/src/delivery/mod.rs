//! Delivery: the engine that brings every signed post to every network exactly once, or says why not.
//!
//! Reading order: [`state`] (what a delivery is), [`events`] and [`machine`] with [`answers`] and [`decisions`]
//! (pure: what an event leads to), [`words`] (what people are told), [`rows`] (deliveries in the database), [`commit`] (many events
//! in one commit), [`claims`] (who works on what, heartbeats, gaps), [`attempts`] (the log that people read),
//! [`plan`](mod@plan) (deliveries of a signed post), [`pauses`], [`people`] (what persons decide), [`worker`] with
//! [`call`] and [`health`](mod@health) (the loop).
//!
//! A delivery goes: planned → `waiting` → claimed by a worker with a lease → text and account are read → `armed`: the
//! intent is committed → the call → its answer is committed. A worker that dies at any of these points leaves a row
//! whose lease runs out; the next one knows from the state whether a call may have been made, and looks first.

mod answers;
pub mod attempts;
pub mod call;
pub mod claims;
pub mod commit;
mod decisions;
pub mod events;
pub mod health;
pub mod machine;
pub mod pages;
pub mod pauses;
pub mod people;
pub mod plan;
pub mod rows;
mod run;
pub mod state;
pub mod troubled;
pub mod words;
pub mod worker;

use async_trait::async_trait;
use bedside_guard::Cleared;

pub use self::{
    health::Health,
    pauses::paused_sentence,
    plan::plan,
    rows::Row,
    troubled::Troubled,
    worker::{Engine, Options},
};
use crate::{
    accounts::Connection,
    networks::{Outgoing, Refusal},
};

/// How late a delivery may be before a person decides, in microseconds.
pub const WINDOW_MICROS: i64 = 6 * 3600 * 1_000_000;

/// Where the engine gets the exact texts from, at the moment of sending.
#[async_trait]
pub trait Texts: Send + Sync {
    /// What that account is to receive, read by the guard just now and covered by a standing signature.
    ///
    /// # Errors
    /// When it may not leave (the guard holds it, the signature was revoked: [`Next::GiveUp`](crate::networks::Next),
    /// so that a person decides), or when it could not be read just now (`Next::TryLater`).
    async fn cleared(&self, practice_id: &str, post_id: &str, account_id: &str) -> Result<Cleared<Outgoing>, Refusal>;

    /// The same words without asking anybody, only to recognise them on the network.
    ///
    /// # Errors
    /// When they could not be read.
    async fn to_recognise(&self, practice_id: &str, post_id: &str, account_id: &str) -> Result<Outgoing, Refusal>;
}

/// Where the engine gets open accounts from.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// The account, ready for a call.
    ///
    /// # Errors
    /// When it cannot be used, with what may follow. Certainly nothing was sent.
    async fn connection(&self, practice_id: &str, account_id: &str) -> Result<Connection, Refusal>;
}
