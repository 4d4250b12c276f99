//! What one delivery is: a message of ours on its way to one account, and the rules it travels by.

use jiff::{SignedDuration, Timestamp};

use crate::networks::{Capabilities, Published, Settling};

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It will be sent when it is due, or tried again later.
    Waiting,
    /// The intent is on disk; a call may be under way at this moment.
    Armed,
    /// A call may have reached the network. It is looked for; nothing is sent before that is settled.
    Unknown,
    /// It is on the network, and we know where.
    Published,
    /// Certainly not on the network, and not tried again before a person decides.
    Refused,
    /// Its window passed before it could be sent. A person decides.
    Missed,
    /// Nobody wants it out any more, and it is not (or no longer) out.
    Withdrawn,
    /// A person posts it by hand and ticks it off.
    ByHand,
}

impl State {
    /// All of them, in the order of a delivery's life.
    pub const ALL: [Self; 8] = [
        Self::Waiting,
        Self::Armed,
        Self::Unknown,
        Self::Published,
        Self::Refused,
        Self::Missed,
        Self::Withdrawn,
        Self::ByHand,
    ];

    /// The word in the database and in class names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Armed => "armed",
            Self::Unknown => "unknown",
            Self::Published => "published",
            Self::Refused => "refused",
            Self::Missed => "missed",
            Self::Withdrawn => "withdrawn",
            Self::ByHand => "by_hand",
        }
    }

    /// The state of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// What the practice wants of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// That the message is there.
    Published,
    /// That the message there has the present text.
    Edited,
    /// That the message is gone.
    Deleted,
}

impl Wanted {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Edited => "edited",
            Self::Deleted => "deleted",
        }
    }

    /// The wish of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Published, Self::Edited, Self::Deleted].into_iter().find(|wanted| wanted.as_str() == word)
    }
}

/// Who works on a delivery, and until when nobody else may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The name of one run of one worker; never used again after that run.
    pub holder: String,
    /// From this moment anybody may take over.
    pub until: Timestamp,
}

/// One delivery, as the state machine sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Where it stands.
    pub state: State,
    /// What is wanted.
    pub wanted: Wanted,
    /// When it should go out. It never goes out earlier.
    pub due_at: Timestamp,
    /// From this moment it is late, and a person decides.
    pub window_ends_at: Timestamp,
    /// When a worker looks at it again; `None`: not before a person or an event changes it.
    pub next_try_at: Option<Timestamp>,
    /// How often it was sent (or changed, or deleted) since a person last decided.
    pub tries: u32,
    /// How many calls of any kind were begun; also the number of the newest line in the attempt log. An
    /// answer counts only if it belongs to this call.
    pub calls: u32,
    /// Who works on it now.
    pub lease: Option<Lease>,
    /// When the call that is under way, or was the last, began.
    pub armed_at: Option<Timestamp>,
    /// Since when a message may be on the network without our knowing; `None`: certainly none is.
    pub doubt_since: Option<Timestamp>,
    /// When the first look found nothing, since the last call.
    pub looked_at: Option<Timestamp>,
    /// Where the message is, once we know.
    pub remote: Option<Published>,
    /// The hash of the text of the last call.
    pub sent_hash: Option<String>,
    /// When we learned that it is out.
    pub published_at: Option<Timestamp>,
    /// Since when it rests, or since when its outcome is unknown.
    pub settled_at: Option<Timestamp>,
    /// For the person: what happened and what to do. Empty when nothing is asked.
    pub person_text: String,
}

impl Delivery {
    /// A delivery that was just planned.
    pub fn planned(due_at: Timestamp, rules: &Rules) -> Self {
        let state = if rules.by_hand { State::ByHand } else { State::Waiting };
        Self {
            state,
            wanted: Wanted::Published,
            due_at,
            window_ends_at: due_at + rules.window,
            next_try_at: (state == State::Waiting).then_some(due_at),
            tries: 0,
            calls: 0,
            lease: None,
            armed_at: None,
            doubt_since: None,
            looked_at: None,
            remote: None,
            sent_hash: None,
            published_at: None,
            settled_at: None,
            person_text: String::new(),
        }
    }
}

/// How late a delivery may be before a person decides.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(6);
/// How long a worker may be silent before another takes over.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Two looks that find nothing count as "it is not there" only this far apart: a server may still be working on
/// a request whose answer we lost.
pub const LOOKS_APART: SignedDuration = SignedDuration::from_secs(60);
/// How long after a lost answer the first look happens; it doubles with every try.
pub const FIRST_LOOK: SignedDuration = SignedDuration::from_secs(2);
/// How often a message is sent before a person decides.
pub const MOST_TRIES: u32 = 12;
/// How often an account that must be connected again is tried, in case it mended itself.
pub const RECONNECT_PAUSE: SignedDuration = SignedDuration::from_mins(30);
/// The longest a network may make an account wait by one answer.
pub const LONGEST_HOLD: SignedDuration = SignedDuration::from_hours(24);
/// After this long without being able to look, only a person looks.
pub const LOOKING_ENDS: SignedDuration = SignedDuration::from_hours(24);

/// What the state machine must know about a network.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// How an unknown outcome is settled there.
    pub settling: Settling,
    /// Whether a message can be changed there.
    pub edits: bool,
    /// Whether a message can be deleted there.
    pub deletes: bool,
    /// Whether a person does the posting.
    pub by_hand: bool,
    /// How late is too late.
    pub window: SignedDuration,
    /// How often to try.
    pub most_tries: u32,
}

impl Rules {
    /// The rules of a network, with the default window.
    pub fn of(network: &Capabilities) -> Self {
        Self {
            settling: network.settling,
            edits: network.edits,
            deletes: network.deletes,
            by_hand: network.by_hand,
            window: WINDOW,
            most_tries: MOST_TRIES,
        }
    }
}
