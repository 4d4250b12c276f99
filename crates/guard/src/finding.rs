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
    /// What to write instead.
    pub suggestion: String,
}
