//! One-click remedies for what the guard found: other words in its place, or the sentence taken out. Pure.
//!
//! A remedy never brings a fact into a text that its author did not write: most suggestions are advice for a person,
//! and stay words.

use bedside_guard::{Category, Finding};
use unicode_segmentation::UnicodeSegmentation;

/// What may stand in the place of a finding's words, when that can be said without knowing more.
pub(super) fn replacement(finding: &Finding, state: &str) -> Option<String> {
    match finding.category {
        Category::Location if !state.is_empty() => Some(state.to_owned()),
        Category::Name => Some("somebody".to_owned()),
        _ => None,
    }
}

/// The text with `start..end` replaced.
pub(super) fn replaced(text: &str, finding: &Finding, words: &str) -> String {
    let (before, after) = (&text[..finding.start], &text[finding.end..]);
    let begins_sentence = before.trim_end().is_empty() || before.trim_end().ends_with(['.', '!', '?', '\n']);
    let mut letters = words.chars();
    let words = match letters.next() {
        Some(first) if begins_sentence => format!("{}{}", first.to_uppercase(), letters.as_str()),
        _ => words.to_owned(),
    };
    format!("{before}{words}{after}")
}

/// The text without the sentence (or sentences) in which the finding stands.
pub(super) fn without_sentence(text: &str, finding: &Finding) -> String {
    let (start, end) = text
        .split_sentence_bound_indices()
        .filter(|(at, sentence)| *at < finding.end && at + sentence.len() > finding.start)
        .fold((finding.start, finding.end), |(start, end), (at, sentence)| {
            (start.min(at), end.max(at + sentence.len()))
        });
    let (before, after) = (&text[..start], &text[end..]);
    // A sentence's bound takes the white space behind it along; a paragraph's end must stay.
    let taken = &text[start..end];
    let gap = &taken[taken.trim_end().len()..];
    let break_kept = if gap.contains('\n') && !before.trim().is_empty() && !after.trim().is_empty() { gap } else { "" };
    let before = if break_kept.is_empty() { before } else { before.trim_end_matches(' ') };
    let left = format!("{before}{break_kept}{after}");
    if after.trim().is_empty() { left.trim_end().to_owned() } else { left }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bedside_guard::Severity;

    fn found(text: &str, span: &str, category: Category) -> Finding {
        let start = text.find(span).unwrap_or_default();
        Finding {
            category,
            severity: Severity::Block,
            start,
            end: start + span.len(),
            span: span.to_owned(),
            rule: "test",
            message: String::new(),
            suggestion: String::new(),
        }
    }

    #[test]
    fn the_sentence_goes_and_its_neighbours_stay() {
        let text = "Roast carrots today. A teacher from Maple Falls did. Try it.\n\nTell us.";
        let finding = found(text, "Maple Falls", Category::Location);
        assert_eq!(without_sentence(text, &finding), "Roast carrots today. Try it.\n\nTell us.");
        let last = found(text, "Tell us", Category::Claim);
        assert_eq!(without_sentence(text, &last), "Roast carrots today. A teacher from Maple Falls did. Try it.");
        let before_break = found(text, "Try it", Category::Claim);
        assert_eq!(
            without_sentence(text, &before_break),
            "Roast carrots today. A teacher from Maple Falls did.\n\nTell us."
        );
    }

    #[test]
    fn a_place_gives_way_to_the_state_and_a_name_to_somebody() {
        let text = "A teacher from Maple Falls. Anna did it too.";
        let place = found(text, "Maple Falls", Category::Location);
        assert_eq!(
            replaced(text, &place, &replacement(&place, "Oregon").unwrap_or_default()),
            "A teacher from Oregon. Anna did it too."
        );
        let name = found(text, "Anna", Category::Name);
        assert_eq!(
            replaced(text, &name, &replacement(&name, "Oregon").unwrap_or_default()),
            "A teacher from Maple Falls. Somebody did it too."
        );
        assert_eq!(replacement(&found(text, "Anna", Category::Claim), "Oregon"), None);
    }
}
