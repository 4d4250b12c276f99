//! Inbound: what comes back from the networks. Each message is kept once, under the post it belongs to.
//!
//! Reading order: [`Message`] and its [`State`] here, [`Sorter`] (who says what a message is about; the inbox above
//! hands it in), [`plain`] (strangers' text made harmless), [`store`] (every query of messages), [`numbers`] (counts of what went out), [`reader`] (the loop that asks
//! the networks).
//!
//! An urgent message has two independent ends: it is answered or handled like any other, and a named person confirms
//! that somebody took care. Until then it stands first, whatever was answered.

pub mod numbers;
pub mod plain;
pub mod reader;
pub mod store;

use async_trait::async_trait;

use crate::{Desk, networks::IncomingKind};

/// A message from a network. Times are microseconds UTC.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Message {
    /// The practice it came to.
    pub practice_id: String,
    /// Our id.
    pub id: String,
    /// The account it came to.
    pub account_id: String,
    /// The network's id of it.
    pub remote_id: String,
    /// What it is.
    #[sqlx(try_from = "String")]
    pub kind: Kind,
    /// Who wrote it, without `@` in front.
    pub author_handle: String,
    /// The author's display name.
    pub author_name: String,
    /// What was written: plain text.
    pub text: String,
    /// Language tag, or empty.
    pub lang: String,
    /// Where people see it; empty or an http address.
    pub remote_url: String,
    /// What the network needs for an answer.
    pub reply_reference: String,
    /// The post of ours that the conversation began with.
    pub post_id: Option<String>,
    /// The network's id of what it answers.
    pub parent_remote_id: Option<String>,
    /// What it is about: the sorter's word.
    pub sort: String,
    /// What made it urgent, in the message's own words; empty when it is not.
    pub urgent: String,
    /// How far we are with it.
    #[sqlx(try_from = "String")]
    pub state: State,
    /// When it was written, as the network says.
    pub written_at: i64,
    /// When we read it.
    pub received_at: i64,
    /// When it was answered or handled.
    pub handled_at: Option<i64>,
    /// By whom: a member's id.
    pub handled_by: Option<String>,
    /// How, as a word.
    pub handled_how: String,
    /// When somebody confirmed that an urgent one is taken care of.
    pub care_taken_at: Option<i64>,
    /// Who: a member's id.
    pub care_taken_by: Option<String>,
    /// What was done, as a word.
    pub care_taken_how: String,
}

impl Message {
    /// Whether somebody may be in danger and nobody has said that it is taken care of.
    pub fn is_alarming(&self) -> bool {
        !self.urgent.is_empty() && self.care_taken_at.is_none()
    }
}

/// Declares the words that stand in the database for the variants of an enum.
macro_rules! stored_words {
    ($(#[$meta:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$about])* $variant,)+ }

        impl $name {
            /// The word in the database.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl TryFrom<String> for $name {
            type Error = UnknownWord;

            fn try_from(word: String) -> Result<Self, UnknownWord> {
                match word.as_str() {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord),
                }
            }
        }
    };
}

/// A word in the database that this version does not know.
#[derive(Debug, thiserror::Error)]
#[error("a word of a newer version")]
pub struct UnknownWord;

stored_words! {
    /// What a message is.
    Kind {
        /// An answer to something of ours.
        Reply = "reply",
        /// Somebody named the account.
        Mention = "mention",
        /// A quote with words of its own.
        Quote = "quote",
        /// A like.
        Favourite = "favourite",
        /// A boost or repost.
        Share = "share",
        /// A new follower.
        Follow = "follow",
    }
}

impl Kind {
    /// Whether a person must read it. Likes, shares and follows only count.
    pub fn has_words(self) -> bool {
        matches!(self, Self::Reply | Self::Mention | Self::Quote)
    }
}

impl From<IncomingKind> for Kind {
    fn from(kind: IncomingKind) -> Self {
        match kind {
            IncomingKind::Reply => Self::Reply,
            IncomingKind::Mention => Self::Mention,
            IncomingKind::Quote => Self::Quote,
            IncomingKind::Favourite => Self::Favourite,
            IncomingKind::Share => Self::Share,
            IncomingKind::Follow => Self::Follow,
        }
    }
}

stored_words! {
    /// How far we are with a message.
    State {
        /// It waits for a person.
        Open = "open",
        /// We answered in public.
        Answered = "answered",
        /// A person settled it without a public answer.
        Handled = "handled",
        /// It never waits: a like, a share, a follow.
        Quiet = "quiet",
    }
}

/// What a message is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sorted {
    /// One word, the sorter's own.
    pub sort: String,
    /// What in it is urgent, in its own words.
    pub urgent: Option<String>,
}

/// Says what messages are about. Given to the [`reader`] from above, because the playbook is the inbox's affair.
#[async_trait]
pub trait Sorter: Send + Sync {
    /// What this text is about. Must be quick and never fail.
    fn sort(&self, text: &str, lang: &str, kind: Kind) -> Sorted;

    /// Called once for each urgent message, after it is safely kept.
    async fn urgent_arrived(&self, _desk: &Desk, _message: &Message) {}
}
