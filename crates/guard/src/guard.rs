//! How a text is looked at: read it once into its normal form, let every rule look, put the
//! findings in order; and, for a person who is writing, find words that mend them.

use crate::context::{Category, Context, Lang};
use crate::finding::Finding;
use crate::mend;
use crate::profile::Profile;
use crate::reading::{Passage, Practice};
use crate::rules;

/// A text and all that is needed to judge it.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The text as the author wrote it.
    pub text: &'a str,
    /// Where it will be read.
    pub context: Context,
    /// The language it is written in.
    pub lang: Lang,
    /// What it answers, if it is a reply.
    pub in_reply_to: Option<&'a str>,
}

/// The rules, ready for one practice. Make it once and share it; it never changes.
#[derive(Debug)]
pub struct Guard {
    practice: Practice,
    state: String,
}

impl Guard {
    /// Prepares the allow-lists of a practice.
    pub fn new(profile: &Profile) -> Guard {
        Guard { practice: Practice::new(profile), state: profile.practice.state.clone() }
    }

    /// Everything the rules find, in the order of the text. The same text always gives the same
    /// findings.
    pub fn look(&self, text: &Text<'_>) -> Vec<Finding> {
        let passage = Passage::read(text, &self.practice);
        let mut hits = Vec::new();
        for (reading, page) in passage.pages().iter().enumerate() {
            for rule in rules::ALL.iter().filter(|rule| reading == 0 || is_masked(rule.category)) {
                (rule.look)(page, &mut hits);
            }
        }
        // The code at the end of our own addresses ("…/week-1-device-3bbf5fa7") is nobody's number.
        let own = passage.pages().first().map(rules::own_links).unwrap_or_default();
        let is_code = |hit: &rules::Hit| matches!(hit.category, Category::IdNumber | Category::Date | Category::Age);
        hits.retain(|hit| {
            !(is_code(hit) && own.iter().any(|link| link.start <= hit.origin.start && hit.origin.end <= link.end))
        });
        rules::settle(text.text, hits)
    }

    /// What [`look`](Guard::look) finds, with words to put in place where the guard knows some that it clears itself.
    /// Costs a few more looks for each finding; for texts that a person is writing.
    pub fn advise(&self, text: &Text<'_>) -> Vec<Finding> {
        let mut findings = self.look(text);
        mend::mend(text, &self.state, &mut findings, |mended| self.look(&Text { text: mended, ..*text }));
        findings
    }
}

/// What people write in masks ("j a n e", "five five five"): names, contacts and numbers. Only these
/// are looked for in the second reading.
fn is_masked(category: Category) -> bool {
    matches!(category, Category::Name | Category::Contact | Category::IdNumber)
}
