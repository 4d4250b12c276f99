//! Which patterns can match at all in a text, found in one pass.
//!
//! Every match of `\b(?:i|we) (?:called|rang) you` contains "i called you", "we called you" and so on. From each pattern's
//! syntax [`needs`] takes such a set: strings of which any match contains at least one. One automaton looks for all of them
//! in a [`sketch`] of the text, in which white space is one space and every figure a 0; a pattern none of whose strings is
//! there is never run. Patterns of which no such set is known always run.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::needs::{EDGE, needs, needs_figure};
use super::pattern::{Form, Pattern};
use super::unmask;
use crate::rules;

/// The patterns that may match in one text: a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Open([u64; WORDS]);

/// 64 patterns each.
const WORDS: usize = 4;
/// Most strings that one pattern is looked for with; a longer list is no hint any more.
const MOST: usize = 1_200;

impl Open {
    fn set(&mut self, number: usize) {
        self.0[number / 64] |= 1 << (number % 64);
    }

    fn join(&mut self, other: &Open) {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own |= other);
    }

    fn drop(&mut self, other: &Open) {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own &= !other);
    }

    /// Whether a pattern may match. One that the gate does not know always may.
    pub(crate) fn lets(&self, pattern: &Pattern) -> bool {
        pattern.number.get().is_none_or(|number| self.0[number / 64] & (1 << (number % 64)) != 0)
    }
}

/// All patterns that scan pages.
struct Gate {
    strings: AhoCorasick,
    /// For each string where in `opens` it begins and ends.
    places: Vec<(u32, u32)>,
    /// What a string needs around it, and the patterns that it opens.
    opens: Vec<(Edges, Open)>,
    /// Patterns that a single byte opens.
    bytes: Vec<(u8, Open)>,
    always: Open,
    /// Patterns that match nothing without a figure.
    figured: Open,
}

/// On a server ten megabytes halve the time; a page in a browser would rather have the memory.
const KIND: AhoCorasickKind =
    if cfg!(target_family = "wasm") { AhoCorasickKind::ContiguousNFA } else { AhoCorasickKind::DFA };

/// At which ends of a string a word must begin or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edges {
    before: bool,
    after: bool,
}

static GATE: LazyLock<Gate> = LazyLock::new(|| Gate::new(&scanning()));

fn scanning() -> Vec<&'static Pattern> {
    let all = rules::ALL.iter().flat_map(|rule| rule.patterns).chain(unmask::PATTERNS).copied();
    all.filter(|pattern| pattern.form != Form::Asked).collect()
}

/// A text in lower case as the gate reads it: white space as one space, every figure as 0.
fn sketch(folded: &str) -> Vec<u8> {
    let mut sketch = Vec::with_capacity(folded.len());
    for byte in folded.bytes() {
        match byte {
            b'0'..=b'9' => sketch.push(b'0'),
            b' ' | b'\t'..=b'\r' => {
                if sketch.last() != Some(&b' ') {
                    sketch.push(b' ');
                }
            }
            other => sketch.push(other),
        }
    }
    sketch
}

/// The patterns that may match in a text in lower case.
pub(crate) fn open(folded: &str) -> Open {
    let (gate, sketch) = (&*GATE, sketch(folded));
    let mut open = gate.always;
    let in_word = |at: Option<&u8>| at.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    for found in gate.strings.find_overlapping_iter(&sketch) {
        let begins = found.start() == 0 || in_word(sketch.get(found.start() - 1)) != in_word(sketch.get(found.start()));
        let ends = in_word(sketch.get(found.end())) != in_word(sketch.get(found.end() - 1));
        let (first, end) = gate.places[found.pattern().as_usize()];
        for (edges, opens) in &gate.opens[first as usize..end as usize] {
            if (begins || !edges.before) && (ends || !edges.after) {
                open.join(opens);
            }
        }
    }
    let mut seen = [false; 128];
    sketch.iter().for_each(|byte| seen[usize::from(*byte & 0x7f)] = true);
    for (byte, opens) in &gate.bytes {
        if seen[usize::from(*byte)] {
            open.join(opens);
        }
    }
    if !seen[usize::from(b'0')] {
        open.drop(&gate.figured);
    }
    open
}

impl Gate {
    #[expect(clippy::expect_used, reason = "the strings come from constant patterns")]
    fn new(patterns: &[&'static Pattern]) -> Gate {
        let mut strings: BTreeMap<String, BTreeMap<Edges, Open>> = BTreeMap::new();
        let (mut always, mut figured) = (Open::default(), Open::default());
        for (number, pattern) in patterns.iter().enumerate().take(WORDS * 64) {
            let number = *pattern.number.get_or_init(|| number);
            if needs_figure(&pattern.spelled()) {
                figured.set(number);
            }
            let Some(needs) = needs(&pattern.spelled()).filter(|needs| needs.len() <= MOST) else {
                always.set(number);
                continue;
            };
            for need in needs {
                let edges = Edges { before: need.starts_with(EDGE), after: need.ends_with(EDGE) };
                let bare: String = need.chars().filter(|c| *c != EDGE).collect();
                strings.entry(bare).or_default().entry(edges).or_default().set(number);
            }
        }
        // A single sign opens its patterns wherever it stands; a single letter or figure is looked at with its edges.
        let is_sign = |need: &str| need.len() == 1 && !need.as_bytes()[0].is_ascii_alphanumeric();
        let (bytes, strings): (Vec<_>, Vec<_>) = strings.into_iter().partition(|(need, _)| is_sign(need));
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(KIND))
            .build(strings.iter().map(|(need, _)| need))
            .expect("an automaton of a few thousand words");
        let joined = |opens: BTreeMap<Edges, Open>| {
            opens.into_values().fold(Open::default(), |mut all, one| {
                all.join(&one);
                all
            })
        };
        let (mut places, mut opens) = (Vec::with_capacity(strings.len()), Vec::new());
        for (_, of_string) in strings {
            let first = opens.len() as u32;
            opens.extend(of_string);
            places.push((first, opens.len() as u32));
        }
        Gate {
            strings: automaton,
            places,
            opens,
            bytes: bytes.into_iter().map(|(need, opens)| (need.as_bytes()[0], joined(opens))).collect(),
            always,
            figured,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the gate keeps out could not have matched.
    #[test]
    fn keeps_out_only_what_cannot_match() {
        let texts = include_str!("../../tests/data/cases.jsonl");
        for text in texts.lines() {
            let folded = crate::reading::normal::fold(text);
            let cased = crate::reading::normal::normal(text);
            let open = open(&folded);
            for pattern in scanning() {
                let form = if pattern.form == Form::Cased { cased.text() } else { &folded };
                assert!(open.lets(pattern) || !pattern.is_match(form), "{} in {text}", pattern.spelled());
            }
        }
    }
}
