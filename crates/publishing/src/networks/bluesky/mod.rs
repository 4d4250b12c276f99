//! Bluesky, and any other server of the AT Protocol (<https://atproto.com>).
//!
//! Reading order: [`connect`] (handle and app password), `session` (tokens and their renewal), `tid` (the
//! record key that makes publishing exactly-once), `facets` (links, mentions and hashtags), `record` (the
//! post as the network stores it), `publish`, `read`, `check`. `said` turns the server's answers into
//! sentences; `wire` is the network's JSON.
//!
//! A post is a record under a key of our own choice, the delivery's TID. The server keeps one record for a key,
//! so creating it again cannot double, and looking at the key is certain. A post cannot be edited there: the
//! apps show the old text of a record that was changed.

pub mod connect;

mod check;
mod facets;
#[cfg(test)]
mod lexicon;
mod publish;
mod read;
mod record;
mod said;
mod session;
mod tid;
mod wire;

use async_trait::async_trait;
use bedside_guard::Cleared;
use jiff::Timestamp;

use super::{
    Capabilities, Connection, Health, Length, Network, Next, Outcome, Outgoing, Published, Reading, Refusal, Settling,
};

/// The word for this network in the database and in URLs.
pub const ID: &str = "bluesky";

/// Longest post: `app.bsky.feed.post`, `maxGraphemes` and `maxLength`.
const MOST_GRAPHEMES: usize = 300;
const MOST_BYTES: usize = 3_000;
/// `app.bsky.embed.images`, `maxLength`.
const MOST_PICTURES: usize = 4;
/// `app.bsky.embed.images` allows 2,000,000 bytes since 2026 and allowed 1,000,000 before; a server with the
/// older lexicon refuses more, and the network shows pictures at a size that needs less.
const MOST_PICTURE_BYTES: u64 = 1_000_000;
/// The lexicon sets no limit; the network's own app takes 2,000 characters.
const MOST_ALT: usize = 2_000;
/// Calls at once to one server: its limits count per account and hour, not per second
/// (<https://docs.bsky.app/docs/advanced-guides/rate-limits>).
const AT_ONCE: usize = 8;

/// What Bluesky can do.
const CAPABILITIES: Capabilities = Capabilities {
    id: ID,
    name: "Bluesky",
    length: Length::Graphemes { most: MOST_GRAPHEMES, most_bytes: MOST_BYTES },
    pictures: MOST_PICTURES,
    picture_bytes: MOST_PICTURE_BYTES,
    alt: MOST_ALT,
    edits: false,
    deletes: true,
    reads: true,
    by_hand: false,
    settling: Settling::RecordKey,
    at_once: AT_ONCE,
    label: "works now",
};

/// The network.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bluesky;

#[async_trait]
impl Network for Bluesky {
    fn capabilities(&self) -> &Capabilities {
        &CAPABILITIES
    }

    fn record_key(&self, now: Timestamp, random: [u8; 8]) -> String {
        tid::tid(now, random)
    }

    async fn publish(&self, with: &Connection, key: &str, message: &Cleared<Outgoing>) -> Outcome {
        publish::publish(with, key, message).await
    }

    async fn find(
        &self,
        with: &Connection,
        key: &str,
        _message: &Outgoing,
        _since: Timestamp,
    ) -> Result<Option<Published>, Refusal> {
        // The key belongs to one delivery only, so whatever lies under it is what was sent.
        Ok(publish::look(with, key).await?.map(|(published, _)| published))
    }

    async fn edit(&self, _: &Connection, _: &Published, _: &Cleared<Outgoing>) -> Outcome {
        Outcome::Refused(Refusal {
            log: "bluesky has no edit".to_owned(),
            person: "A Bluesky post cannot be changed. Delete it there and publish it anew.".to_owned(),
            status: None,
            next: Next::GiveUp,
        })
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
