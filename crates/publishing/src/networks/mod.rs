//! The networks. Each is a folder of the same shape: `mod.rs` (what it can do, as data), `connect.rs`,
//! `publish.rs`, `read.rs`, `wire.rs` (its JSON, which never leaves the folder), `README.md` (how a practice
//! gets access) and tests. The composer, the planner and the engine read [`Capabilities`]; nobody matches on a
//! network's name. Adding a network is copying a folder and adding one line to [`Networks`].
//!
//! Every irreversible call answers in three ways, [`Outcome`]: accepted, refused, or **unknown**. Unknown is never
//! repeated blindly: the engine asks [`Network::find`] first.

pub mod bluesky;
pub mod by_hand;
pub mod list;
pub mod mastodon;
pub mod own_page;
pub mod practice;

use async_trait::async_trait;
use bedside_guard::{Cleared, Lang, Piece, PieceKind, Screened};
use jiff::{SignedDuration, Timestamp};

/// What one account is to receive: the exact words, pictures and sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The post it is made from. The own page's address ends with it, so that the address is known before
    /// anything is planned and stays the same when the title changes.
    pub post_id: String,
    /// Heading; only networks with headings show it (the own page).
    pub title: String,
    /// The exact text for this account, link home included.
    pub text: String,
    /// Language of `text`, a BCP 47 tag (`en`, `es`).
    pub lang: String,
    /// The same message in Spanish, for the own page.
    pub spanish: Option<Translation>,
    /// Pictures in order.
    pub pictures: Vec<Picture>,
    /// Where the facts come from.
    pub sources: Vec<SourceLine>,
    /// Name and credentials of the clinician who signed, for the own page.
    pub signed_by: Option<String>,
    /// Set when this answers somebody.
    pub reply_to: Option<ReplyTo>,
    /// The challenge it belongs to, for the own page.
    pub challenge_id: Option<String>,
}

/// Title and text in a second language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// Heading.
    pub title: String,
    /// Text.
    pub text: String,
}

/// A picture, already decoded and re-encoded by `media`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// SHA-256 of the bytes, the name under which `Files` keeps them.
    pub hash: String,
    /// `image/jpeg`, `image/png`, `image/webp` or `image/gif`.
    pub mime: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Size in bytes.
    pub bytes: u64,
    /// What it shows, for those who cannot see it. Never empty.
    pub alt: String,
    /// The neutral name it goes out under, never the uploaded one.
    pub file_name: String,
}

/// A source as it is shown to readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Who publishes it, with the title of the page.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The day a person looked, microseconds.
    pub checked_at: Option<i64>,
}

/// The message that is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyTo {
    /// The network's own reference, as `read` gave it (its form is the network's affair).
    pub reference: String,
    /// Its text, which the guard compares the answer with.
    pub text: String,
}

impl Screened for Outgoing {
    fn pieces(&self) -> Vec<Piece<'_>> {
        let answered = self.reply_to.as_ref().map(|to| to.text.as_str());
        let piece = |what, text, lang: &str| Piece { what, text, lang: Lang::from_tag(lang), in_reply_to: answered };
        let mut pieces = vec![piece(PieceKind::Body, self.text.as_str(), &self.lang)];
        if !self.title.is_empty() {
            pieces.push(piece(PieceKind::Title, &self.title, &self.lang));
        }
        if let Some(spanish) = &self.spanish {
            pieces.push(piece(PieceKind::Title, &spanish.title, "es"));
            pieces.push(piece(PieceKind::Body, &spanish.text, "es"));
        }
        for picture in &self.pictures {
            pieces.push(piece(PieceKind::AltText, &picture.alt, &self.lang));
            pieces.push(piece(PieceKind::FileName, &picture.file_name, &self.lang));
        }
        for source in &self.sources {
            pieces.push(piece(PieceKind::LinkTitle, &source.title, &self.lang));
        }
        pieces
    }
}

/// Where a published message stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The network's id (an AT URI, a status id, a page id).
    pub remote_id: String,
    /// Where people see it.
    pub url: String,
    /// The network's version mark where it has one (a CID), else empty.
    pub version: String,
}

/// How an irreversible call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The network has it, and told us where.
    Accepted(Published),
    /// The network certainly does not have it.
    Refused(Refusal),
    /// Nobody can say yet. Never sent again before somebody looked.
    Unknown(Doubt),
}

/// A certain no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// For the log: no names, bodies, tokens, addresses.
    pub log: String,
    /// For the person: one sentence, with what to do next.
    pub person: String,
    /// HTTP status, where there was one.
    pub status: Option<u16>,
    /// What may follow.
    pub next: Next,
}

/// No answer, or one that cannot be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// For the log.
    pub log: String,
    /// HTTP status, where there was one.
    pub status: Option<u16>,
}

/// What may follow a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Sending the same again would be refused again.
    GiveUp,
    /// The network told us how long to wait (Retry-After, rate-limit headers).
    WaitUntil(Timestamp),
    /// Busy or broken over there: try again with a growing pause.
    TryLater,
    /// The account must be connected again first.
    Reconnect,
}

/// Whether a network lets us do something, and how.
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
    /// Characters, with every link counted as a fixed number (Mastodon: 23, docs.joinmastodon.org).
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

/// One message that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// The network's id of it; the same message always has the same.
    pub remote_id: String,
    /// What it is.
    pub kind: IncomingKind,
    /// Who wrote it, as the network writes handles.
    pub author_handle: String,
    /// The author's display name.
    pub author_name: String,
    /// Plain text.
    pub text: String,
    /// Language tag or empty.
    pub lang: String,
    /// Where people see it.
    pub url: String,
    /// What the network needs for an answer; goes back in [`ReplyTo::reference`].
    pub reference: String,
    /// The id of the message of ours, or of theirs, that it answers or is about.
    pub parent_remote_id: Option<String>,
    /// When it was written.
    pub written_at: Timestamp,
}

/// Kinds of incoming message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncomingKind {
    /// An answer to something of ours.
    Reply,
    /// Somebody named the account.
    Mention,
    /// A quote with words of its own.
    Quote,
    /// A like.
    Favourite,
    /// A boost or repost.
    Share,
    /// A new follower.
    Follow,
}

/// Counts of one published message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// Which message.
    pub remote_id: String,
    /// Answers.
    pub replies: u32,
    /// Likes.
    pub favourites: u32,
    /// Boosts, reposts and quotes.
    pub shares: u32,
}

/// What reading brought.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// New messages, oldest first. May repeat ones that were given before.
    pub messages: Vec<Incoming>,
    /// Counts of the messages that were asked for.
    pub numbers: Vec<Numbers>,
    /// Where to go on next time.
    pub cursor: String,
}

/// What a test of an account found.
#[derive(Debug, Clone)]
pub struct Health {
    /// Sentences of what works, for the accounts page.
    pub works: Vec<String>,
    /// When the token ends, where the network says so.
    pub token_ends_at: Option<Timestamp>,
    /// The handle as the network spells it now.
    pub handle: String,
    /// The display name now.
    pub display_name: String,
}

pub use list::Networks;

/// An account as a network needs it for a call. Made by `accounts`.
pub use crate::accounts::Connection;

/// A network.
#[async_trait]
pub trait Network: Send + Sync {
    /// What it can do.
    fn capabilities(&self) -> &Capabilities;

    /// What it can do for an account at `server`, where that differs (by hand: the place a person posts at).
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

/// A pause that grows: 1, 2, 4 … minutes, at most an hour.
pub fn growing_pause(tries: u32) -> SignedDuration {
    SignedDuration::from_mins(1_i64 << tries.min(6)).min(SignedDuration::from_hours(1))
}
