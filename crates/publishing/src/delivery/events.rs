//! The words of the state machine: what can happen to a delivery ([`Event`]), and what is to be done about it
//! ([`Effect`]). Plain data; [`step`](super::machine::step) leads from one to the other.

use jiff::Timestamp;

use super::state::Delivery;
use crate::networks::{Outcome, Published, Refusal};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The worker that holds the lease turns to it. An `armed` delivery that is claimed lost its worker.
    Claimed {
        /// Now.
        at: Timestamp,
        /// The run of the worker.
        by: String,
        /// Until when the worker holds it.
        until: Timestamp,
        /// Whether the practice has paused everything.
        paused: bool,
        /// The hash of the text that was made ready, noted with the intent.
        hash: Option<String>,
    },
    /// Something certain stopped it before a call was made: the text may not leave, or the account does not work.
    Stopped {
        /// Now.
        at: Timestamp,
        /// The run of the worker.
        by: String,
        /// Why.
        refusal: Refusal,
    },
    /// The network answered a call, or did not.
    Answered {
        /// Now.
        at: Timestamp,
        /// The run of the worker that called.
        by: String,
        /// The number of the call.
        call: u32,
        /// How it ended.
        outcome: Outcome,
    },
    /// A look on the network ended.
    Looked {
        /// Now.
        at: Timestamp,
        /// The run of the worker that looked.
        by: String,
        /// The number of the call.
        call: u32,
        /// What was seen.
        sight: Sight,
    },
    /// No worker ran for longer than a lease, or a backup was restored: what was to be sent in that time may have been.
    Gap {
        /// Now.
        at: Timestamp,
        /// The last sign of life before the gap.
        from: Timestamp,
        /// A backup was restored: also what is due later may have been moved and sent.
        restored: bool,
    },
    /// The post has a new signed text.
    Edited {
        /// Now.
        at: Timestamp,
    },
    /// It is to be gone, also where it is out.
    Deleted {
        /// Now.
        at: Timestamp,
    },
    /// It is not to go out; what is out stays.
    Withdrawn {
        /// Now.
        at: Timestamp,
    },
    /// A person looked, and decided.
    PersonSays {
        /// Now.
        at: Timestamp,
        /// What.
        verdict: Verdict,
    },
    /// A person posted it by hand.
    Ticked {
        /// Now.
        at: Timestamp,
        /// Where it is; may be empty.
        link: String,
    },
}

/// What a look showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// It is there.
    There(Published),
    /// It is not to be seen (yet).
    NotSeen,
    /// The text changed since it was sent, so it would not be recognised.
    CannotTell,
    /// Looking itself failed.
    Failed(Refusal),
}

/// A person's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is there, at this link (may be empty).
    ItIsThere {
        /// Its address.
        link: String,
    },
    /// It is not there: send it.
    TryAgain,
    /// Leave it.
    LeaveIt,
}

/// What a worker does on the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Sends the message.
    Publish,
    /// Changes the message that is there.
    Edit,
    /// Deletes the message that is there.
    Delete,
    /// Looks whether the message is there, since then.
    Look {
        /// When the first call that may have made it began.
        since: Timestamp,
    },
}

impl Action {
    /// The word in the attempt log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "send",
            Self::Edit => "change",
            Self::Delete => "delete",
            Self::Look { .. } => "look",
        }
    }
}

/// What is to be done after the new state is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Make this call; it is call number `calls`.
    Call(Action),
    /// Nothing goes to this account before then.
    HoldAccount {
        /// Until when.
        until: Timestamp,
        /// Set when the account must be connected again: the sentence for its page.
        reconnect: Option<String>,
    },
    /// A line of the attempt log begins.
    Began {
        /// Its number.
        n: u32,
        /// What is done.
        action: Action,
        /// When.
        at: Timestamp,
    },
    /// A line of the attempt log ends.
    Ended(Note),
    /// Not now: it is being sent at this moment.
    Busy,
}

/// How a line of the attempt log ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The number of the line.
    pub n: u32,
    /// When.
    pub at: Timestamp,
    /// `accepted`, `refused`, `unknown`, `there`, `not seen`, `failed` or `stopped`.
    pub outcome: &'static str,
    /// HTTP status, where there was one.
    pub status: Option<u16>,
    /// For the log.
    pub log: String,
    /// For the person.
    pub person: String,
}

/// What an event leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What the delivery becomes.
    pub next: Delivery,
    /// What is to be done once that is on disk.
    pub effects: Vec<Effect>,
}

impl Step {
    /// The delivery stays as it is.
    pub(super) fn unchanged(delivery: &Delivery) -> Self {
        Self { next: delivery.clone(), effects: Vec::new() }
    }
}
