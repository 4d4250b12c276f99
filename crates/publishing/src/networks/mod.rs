//! The networks. Each is a folder of the same shape: `mod.rs` (what it can do, as data), `connect.rs`,
//! `publish.rs`, `read.rs`, `wire.rs` (its JSON, which never leaves the folder), `README.md` (how a practice
//! gets access) and tests. The composer, the planner and the engine read [`Capabilities`]; nobody matches on a
//! network's name. Adding a network is copying a folder and adding one line to [`Networks`].
//!
//! Every irreversible call answers in three ways, [`Outcome`]: accepted, refused, or **unknown**. Unknown is never
//! repeated blindly: the engine asks [`Network::find`] first.
//!
//! Reading order: [`capabilities`], [`message`] (what goes out), [`outcome`] (how a call ended), [`reading`] (what
//! comes back), then [`Network`] here, and any network's folder.

pub mod bluesky;
pub mod by_hand;
pub mod capabilities;
pub mod list;
pub mod mastodon;
pub mod message;
pub mod outcome;
pub mod own_page;
pub mod practice;
pub mod reading;

use async_trait::async_trait;
use bedside_guard::Cleared;
use jiff::Timestamp;

pub use self::{
    capabilities::{Capabilities, Length, Limits, Settling},
    list::Networks,
    message::{Outgoing, Picture, ReplyTo, SourceLine, Translation},
    outcome::{Doubt, Next, Outcome, Published, Refusal, growing_pause},
    reading::{Health, Incoming, IncomingKind, Numbers, Reading},
};
/// An account as a network needs it for a call. Made by `accounts`.
pub use crate::accounts::Connection;

/// A network.
#[async_trait]
pub trait Network: Send + Sync {
    /// What it can do.
    fn capabilities(&self) -> &Capabilities;

    /// What it can do for an account at `server`, where that differs (by hand: the place a person posts at). What the
    /// server itself said is not in it; [`Desk::capabilities`](crate::Desk::capabilities) has both.
    fn capabilities_for(&self, _server: &str) -> Capabilities {
        self.capabilities().clone()
    }

    /// The key stored with a delivery at planning. Where [`Settling::RecordKey`] holds it *is* the record's key
    /// (Bluesky: a valid TID); elsewhere it feeds the idempotency header.
    fn record_key(&self, now: Timestamp, random: [u8; 8]) -> String;

    /// Sends a message. `key` is the delivery's record key.
    async fn publish(&self, with: &Connection, key: &str, message: &Cleared<Outgoing>) -> Outcome;

    /// Looks whether the message of `key` is already there. `since` is when the first attempt may have begun.
    ///
    /// # Errors
    /// When looking itself failed; then nothing is known.
    async fn find(
        &self,
        with: &Connection,
        key: &str,
        message: &Outgoing,
        since: Timestamp,
    ) -> Result<Option<Published>, Refusal>;

    /// Changes a published message, where [`Capabilities::edits`].
    async fn edit(&self, with: &Connection, published: &Published, message: &Cleared<Outgoing>) -> Outcome;

    /// Deletes a published message, where [`Capabilities::deletes`]. Gone already counts as accepted.
    async fn delete(&self, with: &Connection, published: &Published) -> Outcome;

    /// Reads what came in since `cursor`, and the counts of `ours` (remote ids).
    ///
    /// # Errors
    /// When the network did not answer or refused.
    async fn read(&self, with: &Connection, cursor: &str, ours: &[String]) -> Result<Reading, Refusal>;

    /// Tests the account now, without publishing.
    ///
    /// # Errors
    /// When it does not work, with what to do.
    async fn check(&self, with: &Connection) -> Result<Health, Refusal>;
}
