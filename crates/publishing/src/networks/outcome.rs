//! How a call ended, and what may follow.

use jiff::{SignedDuration, Timestamp};

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

/// A pause that grows: 1, 2, 4 … minutes, at most an hour.
pub fn growing_pause(tries: u32) -> SignedDuration {
    SignedDuration::from_mins(1_i64 << tries.min(6)).min(SignedDuration::from_hours(1))
}
