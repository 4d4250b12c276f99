//! Mastodon, and every server that speaks its client API: GoToSocial, Pixelfed, Akkoma, snac and others.
//!
//! Reading order: [`Mastodon`] here (what it can do), `address` and [`connect`] (from a typed server to a
//! sealed token), `limits` (what one server allows, how it counts), `call` (what an answer means),
//! `publish`, `answering` (whom an answer reaches), `find` with `plain` (settling an unknown outcome),
//! `read`, `check`; `wire` has the JSON. Where servers differ from Mastodon, the place says which and how.

mod address;
mod answering;
mod call;
mod check;
pub mod connect;
mod find;
mod limits;
mod plain;
mod publish;
mod read;
#[cfg(test)]
mod schema;
mod wire;

use async_trait::async_trait;
use bedside_guard::Cleared;
use jiff::Timestamp;

pub use self::limits::count;
use super::{
    Capabilities, Connection, Health, Length, Network, Outcome, Outgoing, Published, Reading, Refusal, Settling,
};

/// The word in the database and in URLs.
pub const ID: &str = "mastodon";

/// With Mastodon's own limits. What one server says otherwise is kept with its account: the composer counts by it, and it is
/// held against each message before it is sent.
const CAPABILITIES: Capabilities = Capabilities {
    id: ID,
    name: "Mastodon",
    length: Length::Characters { most: limits::USUAL.characters as usize, link: limits::USUAL.link as usize },
    pictures: limits::USUAL.pictures as usize,
    picture_bytes: limits::USUAL.picture_bytes,
    alt: limits::USUAL.alt as usize,
    edits: true,
    // snac before 2.96 has no way to delete; then `delete` says so, with the address.
    deletes: true,
    reads: true,
    by_hand: false,
    settling: Settling::ReadBack,
    at_once: 4,
    label: "works now",
};

/// The network.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mastodon;

#[async_trait]
impl Network for Mastodon {
    fn capabilities(&self) -> &Capabilities {
        &CAPABILITIES
    }

    /// The value of `Idempotency-Key`.
    fn record_key(&self, now: Timestamp, random: [u8; 8]) -> String {
        format!("bedside-{:x}-{}", now.as_microsecond(), hex::encode(random))
    }

    async fn publish(&self, with: &Connection, key: &str, message: &Cleared<Outgoing>) -> Outcome {
        publish::publish(with, key, message).await
    }

    async fn find(
        &self,
        with: &Connection,
        _key: &str,
        message: &Outgoing,
        since: Timestamp,
    ) -> Result<Option<Published>, Refusal> {
        find::find(with, message, since).await
    }

    async fn edit(&self, with: &Connection, published: &Published, message: &Cleared<Outgoing>) -> Outcome {
        publish::edit(with, published, message).await
    }

    async fn delete(&self, with: &Connection, published: &Published) -> Outcome {
        publish::delete(with, published).await
    }

    async fn read(&self, with: &Connection, cursor: &str, ours: &[String]) -> Result<Reading, Refusal> {
        read::read(with, cursor, ours).await
    }

    async fn check(&self, with: &Connection) -> Result<Health, Refusal> {
        check::check(with).await
    }
}
