//! One-click remedies for what the guard found: other words in its place, or the sentence taken out. Pure.
//!
//! A remedy never brings a fact into a text that its author did not write: most suggestions are advice for a person,
//! and stay words.

use bedside_guard::{Category, Finding, Replacement};
use unicode_segmentation::UnicodeSegmentation;

/// Other words for a finding, with a button that says what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remedy {
    /// The words and where they go.
    pub(super) replacement: Replacement,
    /// The button.
    pub(super) says: String,
}

impl Remedy {
    /// What the guard has read in its place; for a place it knows no words for, the practice's state.
    pub(super) fn of(finding: &Finding, text: &str, state: &str) -> Option<Remedy> {
        let replacement = finding.replacement.clone().or_else(|| {
            let is_place = finding.category == Category::Location && !state.is_empty();
            is_place.then(|| Replacement { words: state.to_owned(), start: finding.start, end: finding.end })
        })?;
        let says = button(&replacement, text, finding);
        Some(Remedy { replacement, says })
    }
}

/// What the button says; `guard.js` says the same. All that the words replace is named when it is more than the finding.
fn button(Replacement { words, start, end }: &Replacement, text: &str, finding: &Finding) -> String {
    let replaced = text.get(*start..*end).unwrap_or_default();
    let mut rest = replaced.chars();
    let last = rest.next_back().map(|letter| letter.to_lowercase().to_string());
    // A name left out at the beginning: only the next word's capital is put.
    let capital = words.chars().count() == 1 && last == Some(words.to_lowercase());
    let marks = |letter: char| matches!(letter, ',' | ':' | '(' | ')' | '-' | ' ');
    if words.is_empty() || capital {
        let taken = if capital { rest.as_str() } else { replaced };
        return format!("Leave out “{}”", taken.trim_matches(marks));
    }
    if (*start, *end) == (finding.start, finding.end) {
        return format!("Use “{words}”");
    }
    format!("Use “{words}” for “{replaced}”")
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
            replacement: None,
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
    fn the_button_says_what_it_does() {
        let text = "Linda, thank you for visiting us! Call 541-555-0177, please.";
        let words = |span: &str, words: &str, from: &str| {
            let start = text.find(from).unwrap_or_default();
            let replacement = Replacement { words: words.to_owned(), start, end: start + from.len() };
            let finding = Finding { replacement: Some(replacement), ..found(text, span, Category::Name) };
            Remedy::of(&finding, text, "Oregon").map(|remedy| (remedy.says, remedy.replacement.applied(text)))
        };
        let says = |remedy: Option<(String, String)>| remedy.map(|(says, _)| says).unwrap_or_default();
        assert_eq!(
            says(words("visiting us", "taking the time to write", "visiting us")),
            "Use “taking the time to write”"
        );
        assert_eq!(
            says(words("visiting us", "Thank you.", "Linda, thank you for visiting us!")),
            "Use “Thank you.” for “Linda, thank you for visiting us!”"
        );
        assert_eq!(says(words("541-555-0177", "", " 541-555-0177")), "Leave out “541-555-0177”");
        let left_out = words("Linda", "T", "Linda, t");
        assert_eq!(says(left_out.clone()), "Leave out “Linda”");
        assert!(left_out.is_some_and(|(_, text)| text.starts_with("Thank you for visiting us!")));
    }

    #[test]
    fn a_place_gives_way_to_the_state() {
        let text = "A teacher from Maple Falls. Anna did it too.";
        let place = Remedy::of(&found(text, "Maple Falls", Category::Location), text, "Oregon");
        assert_eq!(
            place.map(|remedy| remedy.replacement.applied(text)).as_deref(),
            Some("A teacher from Oregon. Anna did it too.")
        );
        assert_eq!(Remedy::of(&found(text, "Anna", Category::Claim), text, "Oregon"), None);
    }
}
