//! # Health and payment details in a reply
//!
//! **What it finds.** In a public reply: "your" before a part of the body, an illness, a drug, a
//! test or a bill ("your knee", "your A1c", "sus resultados"), "you refused the biopsy", "the
//! inhaler is helping you", debts, and health words of the review repeated in the answer. In a post
//! "your" speaks to all readers and is left alone, unless it speaks of one person's prescription
//! or results.
//!
//! **Why it matters.** The review does not waive the practice's duty: what the person wrote may
//! not be confirmed, and payment is health information too (45 CFR 160.103). A psychiatric
//! practice paid $30,000 for naming diagnoses in replies (Manasa Health Center, 2023).
//!
//! **Say instead.** Policy only: "In general we explain costs before. Please call our office."
//!
//! In a public reply this can never be kept.

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Context, Severity};
use crate::reading::pattern::patterns;
use crate::reading::{Page, people};

pub(super) const SEVERITY: BySeverity =
    BySeverity { post: Some(Severity::Warn), reply: Some(Severity::Block), story: None, case: None };
const MESSAGE: &str = "This tells the public a health or payment detail of the person.";
const SUGGESTION: &str = "Speak of policy, not of the person, and offer the office's phone.";

/// Health words that are everyday words as well: "you" near them tells nothing.
const EVERYDAY: &[&str] = &[
    "back",
    "arm",
    "arms",
    "chest",
    "ear",
    "ears",
    "eye",
    "eyes",
    "feet",
    "foot",
    "hand",
    "hands",
    "head",
    "heart",
    "mouth",
    "nose",
    "skin",
    "teeth",
    "sugar",
    "weight",
    "cold",
    "burn",
    "condition",
    "test",
    "tests",
    "sample",
    "result",
    "results",
    "dose",
    "doses",
    "pressure",
    "vitamins",
    "supplement",
    "glasses",
    "root",
    "cast",
    "crown",
    "filling",
    "fillings",
    "replacement",
    "screening",
    "panel",
    "scan",
    "shot",
    "shots",
    "delivery",
    "labor",
    "itch",
    "scar",
    "coverage",
    "claim",
    "claims",
    "balance",
    "charges",
    "energy",
    "mole",
    "pie",
    "cara",
    "mano",
    "manos",
    "seguro",
    "saldo",
    "prueba",
    "bill",
    "bills",
    "stomach",
    "leg",
    "legs",
    "bones",
    "bone",
    "brain",
    "cholesterol",
    "root",
    "back",
    "tattoo",
];
/// "your sugar swap", "your heart walk": what the challenge is about, not the person.
const HARMLESS_NEXT: &[&str] = &[
    "swap",
    "swaps",
    "log",
    "recipe",
    "recipes",
    "free",
    "snack",
    "snacks",
    "challenge",
    "story",
    "tip",
    "tips",
    "idea",
    "goal",
    "goals",
    "walk",
    "question",
    "questions",
    "healthy",
    "soup",
    "salad",
    "month",
    "week",
    "day",
    "awareness",
];
/// "you can read …", "you may find …": an invitation.
const INVITING: &[&str] = &["can", "could", "may", "might", "should", "want", "find", "read", "puede", "podria"];

const OWNERS: &[&str] = &["your", "ur", "his", "her", "their", "su", "sus", "tu", "tus"];
const SUBJECTS: &[&str] =
    &["you", "u", "he", "she", "they", "usted", "ella", "you're", "you've", "he's", "she's", "youre"];
/// Words that may stand between "your" and the health word.
const OWNER_REACH: usize = 3;
/// Words that may stand between "you" and the health word, either way round.
const SUBJECT_REACH: usize = 5;

patterns! {
    /// Speaks to everybody, or offers: no detail of this person.
    @asked OFFER = r"\b(?:if|unless|anyone|anybody|everyone|in general|whoever|when you have|ask|talk (?:to|with)|si|cualquier persona|en general|pregunte)\b";
    @asked CONDITION = r"\b(?:if|unless|si)\b";
    @asked GROUP = r"\b(?:people|adults|many|most|some of us|americans|personas|adultos|muchos)\b";
    /// Debts and payments of one person.
    PAYMENT = r"\b(?:
        (?:was|were|been|is|are|went|gone|got|be) (?:sent|turned over|referred|going|forwarded)? ?(?:to|in|into) collections|sent (?:\w+ )?to collections|(?:he|she|you|they)(?: \w+)? (?:never|not|n't|didn't|refused to|still|hasn't|haven't|has not|have not) (?:\w+ )?(?:pay|paid|owes?|cover(?:ed)?)(?: (?:his|her|your|the|their) \w+)?|(?:you|he|she|they) (?:still )?owes? (?:us|the|\$?\d+)|(?:unpaid|outstanding|past[ \-]due) (?:bill|balance|copay|account|invoice)|(?:you|usted) (?:no pago|nunca pago|debe)|(?:no|nunca) pago (?:su|el|la)
        )";
    /// In a post: one person's affair, not everybody's.
    ONE_PERSON = r"\b(?:your|su) (?:\w+ )?(?:prescription|results?|chart|lab results?|test results?|refill|medication|bill|receta|resultados?) (?:is|are|was|were|fell|came|has|have|esta|estan|se)\b";
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    if SEVERITY.of(page.context()).is_none() {
        return;
    }
    if page.context() == Context::Post {
        for found in page.find(&ONE_PERSON) {
            if !CONDITION.is_match(page.folded_sentence(found.start()).1) {
                push(page, hits, page.origin(found.range()));
            }
        }
        return;
    }
    for found in page.find(&PAYMENT) {
        push(page, hits, page.origin(found.range()));
    }
    for at in 0..page.words().len() {
        if page.words()[at].kinds.is_health_word()
            && let Some(words) = owned(page, at).or_else(|| told(page, at)).or_else(|| repeated(page, at))
        {
            let range = page.words()[words.start].range.start..page.words()[words.end - 1].range.end;
            push(page, hits, page.origin(range));
        }
    }
}

/// "your new inhaler": an owner a few words before.
fn owned(page: &Page<'_>, at: usize) -> Option<Range<usize>> {
    let next = page.words().get(at + 1).map_or("", |next| next.folded.as_str());
    if HARMLESS_NEXT.contains(&next) {
        return None;
    }
    let start = back(page, at, OWNER_REACH).find(|before| OWNERS.contains(&page.words()[*before].folded.as_str()))?;
    (!is_offer(page, start)).then_some(start..at + 1)
}

/// "you refused the biopsy", "the inhaler is helping you", "the EKG you agreed to".
fn told(page: &Page<'_>, at: usize) -> Option<Range<usize>> {
    if EVERYDAY.contains(&page.words()[at].folded.as_str()) {
        return None;
    }
    let subject = |other: &usize| SUBJECTS.contains(&page.words()[*other].folded.as_str());
    let before = back(page, at, SUBJECT_REACH).find(subject);
    // "Thank you for your review": a thank-you is no statement about the person.
    let thanked = |other: &usize| {
        *other > 0 && matches!(page.words()[other - 1].folded.as_str(), "thank" | "thanks" | "wish" | "see")
    };
    let invited =
        |other: usize| page.words().get(other + 1).is_some_and(|next| INVITING.contains(&next.folded.as_str()));
    if let Some(start) = before.filter(|other| !thanked(other)) {
        return (!is_general(page, start) && !invited(start)).then_some(start..at + 1);
    }
    let after = ahead(page, at, SUBJECT_REACH).find(subject)?;
    (!is_general(page, at) && !invited(after)).then_some(at..after + 1)
}

/// A health word of the review in the reply to it. A comment is often a general question, and
/// naming its subject tells nothing.
fn repeated(page: &Page<'_>, at: usize) -> Option<Range<usize>> {
    let review = page.given.in_reply_to.filter(|_| page.context() == Context::ReviewReply)?;
    let word = &page.words()[at].folded;
    let said = crate::reading::normal::fold(review);
    let same = said.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'').any(|other| other == word);
    (same && !is_general(page, at)).then_some(at..at + 1)
}

/// Word numbers going back from a word, as long as only spaces stand between.
fn back<'p>(page: &'p Page<'_>, at: usize, reach: usize) -> impl Iterator<Item = usize> + 'p {
    (at.saturating_sub(reach + 1)..at).rev().take_while(|before| is_joined(people::gap(page, *before)))
}

fn ahead<'p>(page: &'p Page<'_>, at: usize, reach: usize) -> impl Iterator<Item = usize> + 'p {
    let last = page.words().len().min(at + reach + 1);
    (at + 1..last).take_while(|next| is_joined(people::gap(page, next - 1)))
}

/// No end of a clause between two words; figures are part of it ("your A1c of 7.2").
fn is_joined(gap: &str) -> bool {
    gap.chars().all(|c| c.is_whitespace() || c.is_numeric() || "'s-/%".contains(c))
}

fn is_general(page: &Page<'_>, word: usize) -> bool {
    GROUP.is_match(said_before(page, word)) || is_offer(page, word)
}

fn is_offer(page: &Page<'_>, word: usize) -> bool {
    OFFER.is_match(said_before(page, word))
}

/// The folded text of the sentence up to a word.
fn said_before<'p>(page: &'p Page<'_>, word: usize) -> &'p str {
    let start = page.words()[word].range.start;
    &page.folded()[page.around(start).start..start]
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, origin: Range<usize>) {
    let Some(severity) = SEVERITY.of(page.context()) else { return };
    hits.push(Hit {
        category: Category::PhiDetail,
        severity,
        origin,
        rule: "phi_detail",
        message: MESSAGE,
        suggestion: SUGGESTION,
    });
}

#[cfg(test)]
mod tests {
    use super::super::examples::{bad, good};
    use crate::context::Context::*;
    use crate::context::Severity::{Block, Warn};

    #[test]
    fn finds_details_of_the_person() {
        for (context, text, span, severity) in [
            (ReviewReply, "We are glad your knee feels better.", "your knee", Block),
            (CommentReply, "Your A1c of 7.2 is fantastic!", "Your A1c", Block),
            (ReviewReply, "You refused the biopsy we recommended.", "You refused the biopsy", Block),
            (CommentReply, "Great that the new inhaler is helping you.", "inhaler is helping you", Block),
            (ReviewReply, "The bill was sent to collections.", "sent to collections", Block),
            (CommentReply, "Le llamamos con sus resultados.", "sus resultados", Block),
            (Post, "Blue truck: your prescription fell out.", "your prescription fell", Warn),
        ] {
            bad("phi_detail", context, text, span, severity);
        }
    }

    #[test]
    fn leaves_general_words_alone() {
        for (context, text) in [
            (Post, "Your blood pressure can change during the day."),
            (Post, "Your heart will thank you for a walk."),
            (ReviewReply, "Thank you for your feedback about the phone."),
            (CommentReply, "If you have kidney disease, ask first."),
            (ReviewReply, "Billing questions are best answered by phone."),
            (CommentReply, "Ask your pharmacist whether a cold medicine contains sodium."),
        ] {
            good("phi_detail", context, text);
        }
    }
}
