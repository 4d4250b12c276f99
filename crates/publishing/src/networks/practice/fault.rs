//! How practice can fail: each in one of the ways in which real networks do.

use jiff::SignedDuration;

use crate::networks::{Next, Refusal};

/// A kind of call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// [`Network::publish`](crate::networks::Network::publish).
    Publish,
    /// [`Network::find`](crate::networks::Network::find).
    Find,
    /// [`Network::edit`](crate::networks::Network::edit).
    Edit,
    /// [`Network::delete`](crate::networks::Network::delete).
    Delete,
    /// [`Network::read`](crate::networks::Network::read).
    Read,
    /// [`Network::check`](crate::networks::Network::check).
    Check,
}

/// What goes wrong with one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is done, but only after this time has passed on the clock.
    Late(SignedDuration),
    /// A certain no, with what may follow.
    Refuse(Next),
    /// It is done, and the answer never arrives: unknown.
    LoseAnswer,
    /// It never arrives, and nobody can tell: unknown.
    LoseRequest,
}

/// The no of [`Fault::Refuse`].
pub(super) fn refusal(next: Next) -> Refusal {
    let person = match next {
        Next::GiveUp => "Practice refuses this message, because it was told to.",
        Next::WaitUntil(_) => "Practice asks for a pause, because it was told to. Bedside goes on by itself.",
        Next::TryLater => "Practice is out of order, because it was told to be. Bedside tries again by itself.",
        Next::Reconnect => "Practice no longer lets Bedside in, because it was told so. Connect the account again.",
    };
    Refusal { log: "a planned fault of the practice network".into(), person: person.into(), status: None, next }
}
