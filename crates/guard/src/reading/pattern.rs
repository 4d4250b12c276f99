//! Patterns that stand in the source, compiled once when they are first needed.
//!
//! They run over the ASCII normal form, where `\b`, `\w` and classes are bytes: each is a plain automaton, in time linear
//! in the text whatever is written. Most texts hold nothing that most patterns could match, so each pattern also knows the
//! [needs](super::needs) of its matches: strings of which any match contains at least one. The [gate](super::gate) looks for all
//! of them at once, and a pattern whose strings are absent never runs.

use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::{CaptureLocations, Regex, RegexBuilder};

/// A pattern: its source, and the automaton once it was needed.
///
/// A space in the source matches any white space, so that a pattern reads like the sentence it looks for. It may stand on
/// several lines: line breaks and indentation are layout.
pub(crate) struct Pattern {
    source: &'static str,
    /// Which form of the text it scans.
    pub(crate) form: Form,
    /// Its number at the gate, if it passes there.
    pub(crate) number: OnceLock<usize>,
    compiled: OnceLock<Regex>,
}

/// A form of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Lower case.
    Folded,
    /// Capitals as written.
    Cased,
    /// None: it is only asked about a few words or a sentence.
    Asked,
}

/// A match.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Found<'t> {
    pub(crate) fn start(&self) -> usize {
        self.start
    }

    pub(crate) fn end(&self) -> usize {
        self.end
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    pub(crate) fn as_str(&self) -> &'t str {
        &self.text[self.start..self.end]
    }
}

/// A match with its groups.
pub(crate) struct Groups<'t> {
    pattern: &'static Regex,
    text: &'t str,
    places: CaptureLocations,
}

impl<'t> Groups<'t> {
    /// The whole match.
    pub(crate) fn whole(&self) -> Found<'t> {
        let (start, end) = self.places.get(0).unwrap_or_default();
        Found { text: self.text, start, end }
    }

    /// A named group, if it took part.
    pub(crate) fn name(&self, name: &str) -> Option<Found<'t>> {
        let at = self.pattern.capture_names().position(|other| other == Some(name))?;
        self.places.get(at).map(|(start, end)| Found { text: self.text, start, end })
    }

    /// The words of a named group; empty if it took no part.
    pub(crate) fn words(&self, name: &str) -> &'t str {
        self.name(name).map_or("", |found| found.as_str())
    }
}

impl Pattern {
    pub(crate) const fn new(form: Form, source: &'static str) -> Pattern {
        Pattern { source, form, number: OnceLock::new(), compiled: OnceLock::new() }
    }

    /// The pattern as the engine reads it.
    pub(crate) fn spelled(&self) -> String {
        if self.source.contains('\n') {
            return spaced(&self.source.lines().map(str::trim).collect::<String>());
        }
        spaced(self.source)
    }

    #[expect(clippy::expect_used, reason = "the patterns are constants and every one is tested")]
    fn compiled(&'static self) -> &'static Regex {
        self.compiled.get_or_init(|| {
            RegexBuilder::new(&self.spelled())
                .unicode(false)
                .size_limit(64 * 1024 * 1024)
                .build()
                .expect("a pattern of the source compiles")
        })
    }

    pub(crate) fn is_match(&'static self, text: &str) -> bool {
        self.compiled().is_match(text.as_bytes())
    }

    /// All matches in a text of any kind. In a page, use `Page::find`, which passes the gate first.
    pub(crate) fn find_in<'t>(&'static self, text: &'t str) -> impl Iterator<Item = Found<'t>> + use<'t> {
        let found = self.compiled().find_iter(text.as_bytes());
        found.map(move |found| Found { text, start: found.start(), end: found.end() })
    }

    /// The first match from a place on, with its groups.
    pub(crate) fn groups_at<'t>(&'static self, text: &'t str, from: usize) -> Option<Groups<'t>> {
        if from > text.len() {
            return None;
        }
        let pattern = self.compiled();
        let mut places = pattern.capture_locations();
        pattern.captures_read_at(&mut places, text.as_bytes(), from)?;
        Some(Groups { pattern, text, places })
    }

    /// All matches with their groups.
    pub(crate) fn groups_in<'t>(&'static self, text: &'t str) -> impl Iterator<Item = Groups<'t>> + use<'t> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let groups = self.groups_at(text, from)?;
            let whole = groups.whole();
            // An empty match would be found for ever.
            from = whole.end.max(whole.start + 1);
            Some(groups)
        })
    }
}

/// Spaces as `(?:\s+)`, in a class as `\s`.
fn spaced(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() * 2);
    let (mut escaped, mut in_class) = (false, false);
    for c in pattern.chars() {
        match c {
            ' ' if in_class => out.push_str(r"\s"),
            ' ' => out.push_str(r"(?:\s+)"),
            _ => out.push(c),
        }
        if !escaped {
            in_class = c == '[' || (in_class && c != ']');
        }
        escaped = c == '\\' && !escaped;
    }
    out
}

/// Declares named patterns that scan the lower-case form (`NAME = …`) or the cased one (`@cased NAME = …`), or that are only
/// asked about a few words (`@asked NAME = …`), and the list of them for the gate.
macro_rules! patterns {
    (@form asked) => { $crate::reading::pattern::Form::Asked };
    (@form cased) => { $crate::reading::pattern::Form::Cased };
    (@form) => { $crate::reading::pattern::Form::Folded };
    ($($(#[$doc:meta])* $(@$form:ident)? $name:ident = $source:expr;)+) => {
        $(
            $(#[$doc])*
            static $name: $crate::reading::pattern::Pattern = $crate::reading::pattern::Pattern::new(
                $crate::reading::pattern::patterns!(@form $($form)?), $source,
            );
        )+

        /// For the gate.
        #[allow(dead_code, reason = "only scanning patterns pass the gate")]
        pub(crate) static PATTERNS: &[&$crate::reading::pattern::Pattern] = &[$(&$name),+];

        #[cfg(test)]
        #[test]
        fn patterns_compile() {
            $( let _ = $name.is_match(""); assert!($name.spelled().is_ascii()); )+
        }
    };
}
pub(crate) use patterns;

#[cfg(test)]
mod tests {
    use super::*;

    patterns! {
        LAYOUT = "\\b(?:\n  one two|\n  three\n)";
        GROUPED = r"(?P<a>\d)x(?P<b>y)?";
    }

    #[test]
    fn layout_and_spaces() {
        assert_eq!(spaced("a ?[ b]"), r"a(?:\s+)?[\sb]");
        assert!(LAYOUT.is_match("one\n two") && LAYOUT.is_match("three"));
    }

    #[test]
    fn groups_know_their_places() {
        let found: Vec<_> = GROUPED.groups_in("1x 2xy").collect();
        assert_eq!((found[0].words("a"), found[0].words("b")), ("1", ""));
        assert_eq!((found[1].words("b"), found[1].whole().range()), ("y", 3..6));
    }
}
