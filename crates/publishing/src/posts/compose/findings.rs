//! What the guard finds in a post, piece by piece as the form has them, so that each finding can be mended at its
//! field. Pure.

use bedside_guard::{Finding, Guard, Held, Kept, Lang, Severity, Text, may_be_kept};

use super::remedies::Remedy;
use crate::{desk::Copy, posts::Whole};

/// A finding with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Name of the form's field in which it stands; empty when no one field holds it.
    pub(super) field: String,
    /// The field in words: "the text".
    pub(super) place: String,
    /// The finding.
    pub(super) finding: Finding,
    /// The decision to keep it.
    pub(super) kept: Option<Kept>,
    /// Whether this member may keep it.
    pub(super) may_keep: bool,
    /// Words that mend it.
    pub(super) instead: Option<Remedy>,
}

impl Found {
    /// Names it in a form: field, category and words.
    pub(super) fn key(&self) -> String {
        format!("{}|{}|{}", self.field, self.finding.category, self.finding.span)
    }

    /// The finding's class and icon.
    pub(super) fn tone(&self) -> bedside_web::ui::Tone {
        match self.finding.severity {
            Severity::Block => bedside_web::ui::Tone::Block,
            Severity::Warn => bedside_web::ui::Tone::Warn,
            Severity::Note => bedside_web::ui::Tone::Note,
        }
    }

    /// What the person has to do.
    pub(super) fn demand(&self) -> &'static str {
        match self.finding.severity {
            Severity::Block => "Cannot go out",
            Severity::Warn => "Fix, or say why you keep it",
            Severity::Note => "Good to know",
        }
    }

    /// Whether it must be decided before the post goes out.
    pub(super) fn is_open(&self) -> bool {
        self.kept.is_none() && self.finding.severity > Severity::Note
    }

    /// Whether it stands in the main text, which the guard in the page reads as well.
    pub(super) fn is_in_the_text(&self) -> bool {
        self.field == "text"
    }

    /// Whether the sentence it stands in can be taken out.
    pub(super) fn is_in_a_text(&self) -> bool {
        matches!(self.field.as_str(), "text" | "short_text" | "spanish_text") || self.field.starts_with("own_")
    }
}

/// All findings: first in the fields, then what only shows in the finished messages. `lead`: the member is the privacy
/// lead.
pub(super) fn all(whole: &Whole, copies: &[Copy], guard: &Guard, lead: bool, state: &str) -> Vec<Found> {
    let context = whole.post.kind.context();
    let mut found = Vec::new();
    for (field, place, text, lang) in fields(whole) {
        for finding in guard.advise(&Text { text: &text, context, lang, in_reply_to: None }) {
            if !whole.sources.is_empty() && finding.is_met_by_a_source() {
                continue;
            }
            let instead = Remedy::of(&finding, &text, state);
            found.push(judged(whole, field.clone(), place.clone(), finding, lead, instead));
        }
    }
    for Copy { capabilities, message, .. } in copies {
        let Err(Held { findings, .. }) = guard.clear(message.clone(), context, &whole.kept) else { continue };
        for held in findings {
            let known = found.iter().any(|known: &Found| {
                (known.finding.category, &known.finding.span) == (held.finding.category, &held.finding.span)
            });
            if !known {
                let place = format!("the {} for {}", held.what.as_str(), capabilities.name);
                found.push(judged(whole, String::new(), place, held.finding, lead, None));
            }
        }
    }
    // The gravest first; within one severity in the order of the form.
    found.sort_by_key(|found| (found.kept.is_some(), std::cmp::Reverse(found.finding.severity)));
    found
}

fn judged(whole: &Whole, field: String, place: String, finding: Finding, lead: bool, instead: Option<Remedy>) -> Found {
    let context = whole.post.kind.context();
    let covers = |kept: &&Kept| {
        kept.category == finding.category
            && kept.span == finding.span
            && may_be_kept(&finding, context, kept.privacy_lead)
    };
    let kept = whole.kept.iter().find(covers).cloned();
    let may_keep = finding.severity > Severity::Note && may_be_kept(&finding, context, lead);
    Found { field, place, kept, may_keep, finding, instead }
}

/// Field, its words, its text, its language.
fn fields(whole: &Whole) -> Vec<(String, String, String, Lang)> {
    let post = &whole.post;
    let lang = Lang::from_tag(&post.lang);
    let mut fields = vec![
        ("text".to_owned(), "the text".to_owned(), post.text.clone(), lang),
        ("short_text".to_owned(), "the short version".to_owned(), post.short_text.clone(), lang),
        ("title".to_owned(), "the heading".to_owned(), post.title.clone(), lang),
        ("spanish_title".to_owned(), "the Spanish heading".to_owned(), post.spanish_title.clone(), Lang::Es),
        ("spanish_text".to_owned(), "the Spanish text".to_owned(), post.spanish_text.clone(), Lang::Es),
    ];
    for variant in &whole.variants {
        if let Some(text) = &variant.text {
            fields.push((
                format!("own_{}", variant.account_id),
                "the words for one account".to_owned(),
                text.clone(),
                lang,
            ));
        }
    }
    for attached in &whole.pictures {
        fields.push((
            format!("alt_{}", attached.media_id),
            "a picture’s description".to_owned(),
            attached.picture.alt.clone(),
            lang,
        ));
    }
    for cited in &whole.sources {
        fields.push((
            format!("source_{}", cited.source_id),
            "a source’s title".to_owned(),
            cited.line.title.clone(),
            lang,
        ));
    }
    fields.retain(|(_, _, text, _)| !text.trim().is_empty());
    fields
}

/// Finds again what a form names by [`Found::key`]: the same words at every place of one field.
pub(super) fn named<'a>(found: &'a [Found], key: &str) -> Vec<&'a Found> {
    // Browsers may have turned line ends inside the words.
    let key = key.replace("\r\n", "\n");
    found.iter().filter(|found| found.key() == key).collect()
}

/// One card for each key, with how often its words stand there, in the order of the first.
pub(super) fn cards(found: &[Found]) -> Vec<(&Found, usize)> {
    let mut cards: Vec<(&Found, usize)> = Vec::new();
    for found in found {
        match cards.iter_mut().find(|(first, _)| first.key() == found.key()) {
            Some((_, times)) => *times += 1,
            None => cards.push((found, 1)),
        }
    }
    cards
}

/// A text cut at the findings in it, for the mirror behind the text area: (class, words). Where two overlap, the
/// graver one shows.
pub(super) fn marked(text: &str, found: &[Found], field: &str) -> Vec<(&'static str, String)> {
    let mut marks: Vec<&Finding> =
        found.iter().filter(|found| found.field == field && found.kept.is_none()).map(|found| &found.finding).collect();
    marks.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.start));
    let class_at = |at: usize| {
        marks.iter().find(|mark| mark.start <= at && at < mark.end).map_or("", |mark| mark.severity.as_str())
    };
    let mut segments: Vec<(&'static str, String)> = Vec::new();
    for (at, letter) in text.char_indices() {
        let class = class_at(at);
        match segments.last_mut() {
            Some((last, words)) if *last == class => words.push(letter),
            _ => segments.push((class, letter.to_string())),
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posts::Post;
    use bedside_guard::Profile;

    fn whole(text: &str) -> Whole {
        let mut post = Post::draft("p", "id".into(), "m", "en", 0);
        post.text = text.to_owned();
        Whole { post, variants: Vec::new(), pictures: Vec::new(), sources: Vec::new(), kept: Vec::new() }
    }

    #[test]
    fn a_phone_number_is_found_at_its_field_and_nobody_may_keep_it() {
        let mut post = whole("Call (541) 555-9999 today.");
        post.post.short_text = "Ring (541) 555-9998.".into();
        let found = all(&post, &[], &Guard::new(&Profile::default()), true, "Oregon");
        assert_eq!(found.iter().map(|found| found.field.as_str()).collect::<Vec<_>>(), ["text", "short_text"]);
        assert!(found.iter().all(|found| !found.may_keep && found.is_open()), "{found:?}");
        assert_eq!(named(&found, &found[1].key()), [&found[1]]);
        assert!(named(&found, "text|contact|elsewhere").is_empty());
        let marked = marked(&post.post.text, &found, "text");
        assert_eq!(marked, [("", "Call ".into()), ("block", "(541) 555-9999".into()), ("", " today.".into())]);
    }

    #[test]
    fn a_kept_warning_is_not_open_any_more() {
        let text = "This miracle cure works for everybody.";
        let guard = Guard::new(&Profile::default());
        let mut post = whole(text);
        let open = all(&post, &[], &guard, true, "Oregon");
        let first = open.iter().find(|found| found.may_keep).cloned();
        let Some(first) = first else { panic!("nothing that can be kept in {open:?}") };
        post.kept.push(Kept {
            category: first.finding.category,
            span: first.finding.span.clone(),
            reason: "It is a quotation.".into(),
            by: "m".into(),
            privacy_lead: true,
            at: 0,
        });
        let again = all(&post, &[], &guard, true, "Oregon");
        let again = named(&again, &first.key());
        assert!(again.first().is_some_and(|found| found.kept.is_some() && !found.is_open()), "{again:?}");
    }

    #[test]
    fn the_same_words_have_one_card_for_each_field() {
        let mut post = whole(&"Call (541) 555-9999. ".repeat(20));
        post.post.short_text = "Ring (541) 555-9999.".into();
        let found = all(&post, &[], &Guard::new(&Profile::default()), true, "Oregon");
        let cards: Vec<_> = cards(&found).into_iter().map(|(found, times)| (found.field.as_str(), times)).collect();
        assert_eq!(cards, [("text", 20), ("short_text", 1)]);
    }
}
