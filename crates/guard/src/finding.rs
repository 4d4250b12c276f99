//! What a rule hands back: where, how grave, why, and what to say instead.

use serde::Serialize;

use crate::context::{Category, Severity};

/// One thing that a rule found in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is about.
    pub category: Category,
    /// How grave it is in the context of this text.
    pub severity: Severity,
    /// Where it starts, as a UTF-8 byte offset into the text as it was given.
    pub start: usize,
    /// Where it ends (exclusive), as a UTF-8 byte offset into the text as it was given.
    pub end: usize,
    /// The words themselves: `text[start..end]`.
    pub span: String,
    /// The rule that found it, for example `contact`.
    pub rule: &'static str,
    /// Why it matters, in a sentence for the author.
    pub message: String,
    /// What to write instead, as advice to a person.
    pub suggestion: String,
    /// Words that may be put in place at once; only [`Guard::advise`](crate::Guard::advise) fills this in.
    #[serde(flatten)]
    pub replacement: Option<Replacement>,
}

/// Words that the guard has read in their place: there they mend the finding and bring no new one above a note.
///
/// Where grammar asks for it the range is wider than the finding's own words: a greeting goes with its name, a sentence
/// as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replacement {
    /// The words themselves; empty when the range is best left out.
    #[serde(rename = "replacement")]
    pub words: String,
    /// Where the range that they replace starts, as a UTF-8 byte offset into the text as it was given.
    #[serde(rename = "replace_start")]
    pub start: usize,
    /// Where that range ends (exclusive).
    #[serde(rename = "replace_end")]
    pub end: usize,
}

impl Replacement {
    /// The text with the words in place. A text that is not the one that was read is given back as it is.
    pub fn applied(&self, text: &str) -> String {
        match (text.get(..self.start), text.get(self.end..)) {
            (Some(before), Some(after)) => [before, &self.words, after].concat(),
            _ => text.to_owned(),
        }
    }
}
