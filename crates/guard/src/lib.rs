//! The guard reads every text before it leaves the practice.
//!
//! It looks for what tells a stranger who a patient is, and for claims that a practice must not
//! make. It is pure: a profile and a text go in, findings come out; no clock, no network, no
//! storage. It never calls a text anonymous or lawful: no finding means that no known problem was
//! found, and a person still decides.
//!
//! Reading order: [`context`] (the words everything is said in), [`finding`], [`profile`],
//! [`guard`] (how a text is looked at and mended), [`rules`] (one file for each rule; its comment is the
//! page that staff read), [`clear`] (the only door out: [`Cleared`]), [`mod@pipe`] (the command
//! line), [`triage`] (what an inbound message is), [`drafts`] (what may be answered). Below them lie `reading`
//! (normal form, words, sentences, cues, and which patterns can match at all), `tagger` (names, by their sentence),
//! `lexicon`, and `mend` (words in place of a finding).

pub mod clear;
pub mod context;
pub mod drafts;
pub mod finding;
pub mod guard;
mod lexicon;
mod mend;
pub mod pipe;
pub mod profile;
mod reading;
pub mod rules;
mod tagger;
pub mod triage;

pub use clear::{Clearance, Cleared, Held, Kept, Piece, PieceFinding, PieceKind, Screened, may_be_kept, text_hash};
pub use context::{Category, Context, Lang, Severity};
pub use finding::{Finding, Replacement};
pub use guard::{Guard, Text};
pub use pipe::pipe;
pub use profile::{PracticeFacts, Profile};

/// Names the state of the rules. A clearance carries it, so that a text that was cleared by older
/// rules can be read again. Raised with every change of a rule or a lexicon.
pub const RULES_VERSION: &str = "2026.11.2";
