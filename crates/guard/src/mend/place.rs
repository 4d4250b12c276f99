//! The place where words are to be put: the sentence around it, its language, and what grammar asks for there.

use std::ops::Range;

use crate::context::{Context, Lang};
use crate::finding::{Finding, Replacement};
use crate::guard::Text;
use crate::reading::sentences;
use crate::triage::is_spanish;

/// Words that English uses all the time and Spanish does not.
/// Words that follow a noun rather than being one.
const NO_NOUNS: &[&str] = &[
    "with", "in", "on", "who", "and", "is", "was", "has", "had", "from", "at", "of", "for", "to", "always", "never",
    "lives", "still", "told", "came", "the", "or", "are", "were", "have", "got", "could", "can", "will", "would",
    "may", "might", "con", "que", "y", "en", "de", "por", "es", "tiene",
];

const ENGLISH: &[&str] = &["the", "and", "you", "your", "our", "we", "of", "is", "for", "with", "my", "was", "are"];

/// A finding's words in their sentence.
#[derive(Debug)]
pub(super) struct Place<'a> {
    text: &'a str,
    /// The finding's words.
    pub(super) span: Range<usize>,
    /// The sentence (or sentences) around them, without the white space at its ends.
    sentence: Range<usize>,
    /// The sentence is Spanish.
    pub(super) spanish: bool,
    /// Where the text will be read.
    pub(super) context: Context,
    /// The practice's state; empty when it is not known.
    pub(super) state: &'a str,
}

impl<'a> Place<'a> {
    pub(super) fn new(text: &Text<'a>, finding: &Finding, state: &'a str) -> Place<'a> {
        let found = &text.text[finding.start..finding.end];
        let span = finding.start..finding.start + found.trim_end().len();
        let touched = sentences(text.text).into_iter().filter(|s| s.start < span.end && span.start < s.end);
        let around = touched.fold(span.clone(), |all, s| all.start.min(s.start)..all.end.max(s.end));
        let written = &text.text[around.clone()];
        let start = around.start + written.len() - written.trim_start().len();
        let sentence = start.min(span.start)..(around.start + written.trim_end().len()).max(span.end);
        let spanish = spanish(&text.text[sentence.clone()], text.lang);
        Place { text: text.text, span, sentence, spanish, context: text.context, state }
    }

    /// One of two words, by the language of the sentence.
    pub(super) fn say(&self, english: &'static str, spanish: &'static str) -> &'static str {
        if self.spanish { spanish } else { english }
    }

    /// The finding's words in lower case.
    pub(super) fn found(&self) -> String {
        self.text[self.span.clone()].to_lowercase()
    }

    /// The finding's words as they are written.
    pub(super) fn written(&self) -> &'a str {
        &self.text[self.span.clone()]
    }

    /// The sentence in lower case.
    pub(super) fn said(&self) -> String {
        self.text[self.sentence.clone()].to_lowercase()
    }

    /// What stands before the words in their sentence.
    pub(super) fn before(&self) -> &'a str {
        &self.text[self.sentence.start..self.span.start]
    }

    /// What stands behind the words in their sentence.
    pub(super) fn after(&self) -> &'a str {
        &self.text[self.span.end..self.sentence.end]
    }

    /// The last word before, and the first behind, as they are written and without points.
    pub(super) fn neighbours(&self) -> (&'a str, &'a str) {
        let bare = |word: &'a str| word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let before = self.before().trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let after = self.after().trim_start().split(char::is_whitespace).next().unwrap_or_default();
        let spaced = self.after().starts_with(' ');
        (bare(before), if spaced { bare(after) } else { "" })
    }

    /// Whether a noun seems to follow, to which the words belong.
    pub(super) fn noun_follows(&self) -> bool {
        let (_, after) = self.neighbours();
        after.chars().next().is_some_and(char::is_lowercase) && !NO_NOUNS.contains(&after)
    }

    /// Where the names end that follow right behind ("our patient" + "Marcus T.").
    pub(super) fn names_end(&self) -> usize {
        let Some(names) = self.after().strip_prefix(' ') else { return self.span.end };
        let (mut end, mut at) = (self.span.end, self.span.end + 1);
        for word in names.split_inclusive(' ') {
            let bare = word.trim_end();
            let title = matches!(bare, "don" | "doña");
            if !(title || bare.chars().next().is_some_and(char::is_uppercase)) {
                break;
            }
            let initial = bare.len() == 2 && bare.ends_with('.');
            let name = if initial { bare } else { bare.trim_end_matches(|letter: char| !letter.is_alphanumeric()) };
            end = at + name.len();
            at += word.len();
            if name.len() < bare.len() {
                break;
            }
        }
        end
    }

    /// Whether the words are a part of a longer one ("#TeamLinda"), in which no others fit.
    pub(super) fn is_inside_a_word(&self) -> bool {
        let joins = |letter: char| letter.is_alphanumeric() || matches!(letter, '#' | '@' | '_' | '/' | '-');
        self.before().chars().next_back().is_some_and(joins) || self.after().chars().next().is_some_and(joins)
    }

    /// Where the first of these phrases starts that ends right before the words.
    pub(super) fn led_by(&self, phrases: &[&str]) -> Option<usize> {
        let before = self.before().trim_end().trim_end_matches(',').to_ascii_lowercase();
        phrases.iter().find_map(|phrase| {
            let rest = before.strip_suffix(phrase)?;
            let free = rest.chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
            free.then_some(self.sentence.start + rest.len())
        })
    }

    /// The words `words` in place of the finding's.
    pub(super) fn here(&self, words: &str) -> Replacement {
        self.put(self.span.clone(), words)
    }

    /// The words `words` in place of all from `start` to the end of the finding.
    pub(super) fn from(&self, start: usize, words: &str) -> Replacement {
        self.put(start..self.span.end, words)
    }

    /// The words `words` in place of the whole sentence.
    pub(super) fn whole(&self, words: &str) -> Replacement {
        self.put(self.sentence.clone(), words)
    }

    /// The words in place of a range, with a capital where the sentence begins.
    pub(super) fn put(&self, range: Range<usize>, words: &str) -> Replacement {
        let words = if self.begins(range.start) { capital(words) } else { words.to_owned() };
        Replacement { words, start: range.start, end: range.end }
    }

    fn begins(&self, at: usize) -> bool {
        !self.text[self.sentence.start..at.max(self.sentence.start)].contains(char::is_alphanumeric)
    }

    /// The sentence without the finding's words; none when nothing would be left.
    pub(super) fn left_out(&self) -> Option<Replacement> {
        self.out(self.span.start)
    }

    /// The sentence without all from `start` to the end of the finding, its marks and spaces put right.
    pub(super) fn out(&self, start: usize) -> Option<Replacement> {
        let after = self.after();
        let before = &self.text[self.sentence.start..start];
        if !before.contains(char::is_alphanumeric) {
            return self.begun_later(start);
        }
        let bare = before.trim_end();
        let mut range = self.sentence.start + bare.len()..self.span.end;
        if let (Some(outer), true) = (bare.strip_suffix('('), after.starts_with(')')) {
            range = self.sentence.start + outer.trim_end().len()..self.span.end + 1;
        } else if let Some(inner) = bare.strip_suffix([',', ':', '-']) {
            let closes = after.is_empty() || after.starts_with([',', '.', '!', '?', ';']);
            if closes {
                range.start = self.sentence.start + inner.trim_end().len();
                // "Thank you, Brian, for …": neither comma has a name to hold any more.
                range.end += usize::from([", for ", ", por "].iter().any(|goes_on| after.starts_with(goes_on)));
            }
        }
        Some(Replacement { words: String::new(), start: range.start, end: range.end })
    }

    /// Out at the beginning of the sentence: what follows begins it.
    fn begun_later(&self, start: usize) -> Option<Replacement> {
        let after = self.after();
        let rest = after.trim_start_matches(|mark: char| mark.is_whitespace() || matches!(mark, ',' | ':' | '-'));
        let first = rest.chars().next().filter(|letter| letter.is_alphanumeric())?;
        let end = self.span.end + after.len() - rest.len() + first.len_utf8();
        Some(Replacement { words: first.to_uppercase().collect(), start, end })
    }

    /// The sentence without the words and the comma behind them, where what follows says who it is.
    pub(super) fn without_name_before(&self) -> Option<Replacement> {
        if self.begins(self.span.start) {
            return self.begun_later(self.span.start);
        }
        let gap = self.after().len() - self.after().trim_start_matches([',', ' ']).len();
        Some(Replacement { words: String::new(), start: self.span.start, end: self.span.end + gap })
    }

    /// The text without the sentence, when others are left.
    pub(super) fn without_sentence(&self) -> Option<Replacement> {
        let (before, after) = (&self.text[..self.sentence.start], &self.text[self.sentence.end..]);
        if !before.contains(char::is_alphanumeric) && !after.contains(char::is_alphanumeric) {
            return None;
        }
        let gap = after.len() - after.trim_start_matches(' ').len();
        let end = self.sentence.end + gap;
        let start = if after.trim().is_empty() { before.trim_end().len() } else { self.sentence.start };
        Some(Replacement { words: String::new(), start, end })
    }

    /// Whether the text says this already.
    pub(super) fn has(&self, words: &str) -> bool {
        self.text.contains(words)
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What the sentence is written in; the text's own language where it does not show.
fn spanish(sentence: &str, lang: Lang) -> bool {
    let lowered = sentence.to_lowercase();
    let english = lowered.split(|letter: char| !letter.is_alphabetic()).any(|word| ENGLISH.contains(&word));
    if lang == Lang::Es && !english { true } else { is_spanish(sentence, "") }
}
