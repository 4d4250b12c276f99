//! What a network can do, as data, and what one of its servers allows. Nobody matches on a network's name.

use serde::{Deserialize, Serialize};

/// How long a text may be, and how the network counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// No limit worth counting.
    Unlimited,
    /// Extended grapheme clusters and UTF-8 bytes (Bluesky: 300 and 3,000,
    /// `app.bsky.feed.post` lexicon).
    Graphemes {
        /// Most graphemes.
        most: usize,
        /// Most bytes.
        most_bytes: usize,
    },
    /// Characters as Mastodon counts them ([`mastodon::count`](super::mastodon::count)): extended grapheme clusters,
    /// every link as a fixed number.
    Characters {
        /// Most characters.
        most: usize,
        /// What a link counts.
        link: usize,
    },
}

/// How an unknown outcome is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settling {
    /// A record key of our own: creating again cannot double, and looking is certain.
    RecordKey,
    /// The account's own posts are read back and compared.
    ReadBack,
    /// The message lives in our own database.
    Ours,
    /// Only a person can look.
    Person,
}

/// What a network can do, as data.
#[derive(Debug, Clone)]
pub struct Capabilities {
    /// The word in the database and in URLs, for example `bluesky`.
    pub id: &'static str,
    /// The name people know, for example `Bluesky`.
    pub name: &'static str,
    /// How long a text may be.
    pub length: Length,
    /// Most pictures in one message.
    pub pictures: usize,
    /// Largest picture in bytes; `media` makes a smaller copy when needed.
    pub picture_bytes: u64,
    /// Longest alt text in characters.
    pub alt: usize,
    /// Whether a published message can be changed there.
    pub edits: bool,
    /// Whether a published message can be deleted there.
    pub deletes: bool,
    /// Whether replies and numbers can be read.
    pub reads: bool,
    /// Whether a person does the posting and ticks it off.
    pub by_hand: bool,
    /// How an unknown outcome is settled.
    pub settling: Settling,
    /// Most calls at once to one server.
    pub at_once: usize,
    /// The honest label: *works now*, *needs the network's review first*, *copy and tick by hand*.
    pub label: &'static str,
}

/// What one server allows in one message, where the servers of a network differ. The server said so when the account
/// was connected or tested, and it is kept with the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Most characters.
    pub characters: u32,
    /// What a link counts.
    pub link: u32,
    /// Most pictures.
    pub pictures: u32,
    /// Largest picture in bytes.
    pub picture_bytes: u64,
    /// Longest alt text in characters.
    pub alt: u32,
}

impl Capabilities {
    /// The same on a server that allows this much.
    #[must_use]
    pub fn on_server(self, limits: Limits) -> Self {
        let length = match self.length {
            Length::Characters { .. } => {
                Length::Characters { most: limits.characters as usize, link: limits.link as usize }
            }
            other => other,
        };
        Self {
            length,
            pictures: limits.pictures as usize,
            picture_bytes: limits.picture_bytes,
            alt: limits.alt as usize,
            ..self
        }
    }
}
