//! What comes back: messages, counts, and what a test of an account found.

use jiff::Timestamp;

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
    /// What the network needs for an answer; goes back in [`ReplyTo::reference`](super::ReplyTo::reference).
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
