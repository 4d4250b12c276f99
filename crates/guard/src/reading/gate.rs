//! Which patterns can match at all in a text, found in one pass.
//!
//! Every match of `\bthank(?:s| you) for (?:visiting|coming)` contains "thank" and "visiting" or "coming". From each
//! pattern's syntax [`needs`] takes such a set: strings of which any match contains at least one. One automaton looks for
//! all of them in the lower-case form; a pattern none of whose strings is there is never run. Patterns of which no such
//! set is known always run.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

use super::pattern::Pattern;
use super::{cues, unmask};
use crate::rules;

/// The patterns that may match in one text: a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Open([u64; WORDS]);

/// 64 patterns each.
const WORDS: usize = 4;
/// Most strings that one pattern is looked for with; a longer list is no hint any more.
const MOST: usize = 600;
/// Most strings that a part of a pattern is spelled out into.
const MOST_SPELLED: usize = 64;

impl Open {
    fn set(&mut self, number: usize) {
        self.0[number / 64] |= 1 << (number % 64);
    }

    fn join(&mut self, other: &Open) {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own |= other);
    }

    /// Whether a pattern may match. One that the gate does not know always may.
    pub(crate) fn lets(&self, pattern: &Pattern) -> bool {
        pattern.number.get().is_none_or(|number| self.0[number / 64] & (1 << (number % 64)) != 0)
    }
}

/// All patterns that scan pages.
struct Gate {
    strings: AhoCorasick,
    /// For each string the patterns that it opens.
    opens: Vec<Open>,
    /// Patterns that a single byte opens.
    bytes: Vec<(u8, Open)>,
    always: Open,
}

static GATE: LazyLock<Gate> = LazyLock::new(|| Gate::new(&scanning()));

fn scanning() -> Vec<&'static Pattern> {
    rules::ALL.iter().flat_map(|rule| rule.patterns).chain(cues::PATTERNS).chain(unmask::PATTERNS).copied().collect()
}

/// The patterns that may match in a text in lower case.
pub(crate) fn open(folded: &str) -> Open {
    let gate = &*GATE;
    let mut open = gate.always;
    for found in gate.strings.find_overlapping_iter(folded) {
        open.join(&gate.opens[found.pattern().as_usize()]);
    }
    let mut seen = [false; 128];
    folded.bytes().for_each(|byte| seen[usize::from(byte & 0x7f)] = true);
    for (byte, opens) in &gate.bytes {
        if seen[usize::from(*byte)] {
            open.join(opens);
        }
    }
    open
}

impl Gate {
    #[expect(clippy::expect_used, reason = "the strings come from constant patterns")]
    fn new(patterns: &[&'static Pattern]) -> Gate {
        let mut strings: BTreeMap<String, Open> = BTreeMap::new();
        let mut always = Open::default();
        for (number, pattern) in patterns.iter().enumerate().take(WORDS * 64) {
            let number = *pattern.number.get_or_init(|| number);
            match needs(&pattern.spelled()).filter(|needs| needs.len() <= MOST) {
                Some(needs) => needs.into_iter().for_each(|need| strings.entry(need).or_default().set(number)),
                None => always.set(number),
            }
        }
        let (bytes, strings): (Vec<_>, Vec<_>) = strings.into_iter().partition(|(need, _)| need.len() == 1);
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(strings.iter().map(|(need, _)| need))
            .expect("an automaton of a few thousand words");
        Gate {
            strings: automaton,
            opens: strings.into_iter().map(|(_, opens)| opens).collect(),
            bytes: bytes.into_iter().map(|(need, opens)| (need.as_bytes()[0], opens)).collect(),
            always,
        }
    }
}

/// What is known of the strings that a part of a pattern matches, in lower case.
#[derive(Debug, Clone)]
struct Known {
    /// Every string that it matches, if they are few.
    spelled: Option<Vec<String>>,
    /// Strings of which each match contains one.
    needs: Option<Vec<String>>,
}

/// Strings of which every match of the pattern contains at least one, in lower case.
pub(super) fn needs(pattern: &str) -> Option<Vec<String>> {
    let hir = ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern).ok()?;
    let known = known(&hir);
    better(known.spelled.filter(|all| all.iter().all(|one| !one.is_empty())), known.needs)
}

fn known(hir: &Hir) -> Known {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Known { spelled: Some(vec![String::new()]), needs: None },
        HirKind::Literal(literal) => {
            let lower = String::from_utf8_lossy(&literal.0).to_ascii_lowercase();
            Known { spelled: Some(vec![lower]), needs: None }
        }
        HirKind::Class(class) => Known { spelled: letters(class), needs: None },
        HirKind::Capture(capture) => known(&capture.sub),
        HirKind::Repetition(repetition) => repeated(repetition),
        HirKind::Concat(parts) => concatenated(parts),
        HirKind::Alternation(parts) => either(parts),
    }
}

/// The bytes of a small class.
fn letters(class: &Class) -> Option<Vec<String>> {
    let Class::Bytes(class) = class else { return None };
    let mut all = Vec::new();
    for range in class.ranges() {
        if usize::from(range.end() - range.start()) > 12 {
            return None;
        }
        all.extend((range.start()..=range.end()).map(|byte| char::from(byte.to_ascii_lowercase()).to_string()));
    }
    all.sort();
    all.dedup();
    (all.len() <= 12 && all.iter().all(|one| one.is_ascii())).then_some(all)
}

fn repeated(repetition: &Repetition) -> Known {
    let sub = known(&repetition.sub);
    match (repetition.min, repetition.max) {
        (0, Some(1)) => {
            let spelled = sub.spelled.map(|mut all| {
                all.push(String::new());
                all
            });
            Known { spelled, needs: None }
        }
        (0, _) => Known { spelled: None, needs: None },
        _ => {
            let whole = sub.spelled.filter(|all| all.iter().all(|one| !one.is_empty()));
            Known { spelled: None, needs: better(whole, sub.needs) }
        }
    }
}

fn concatenated(parts: &[Hir]) -> Known {
    let mut run = vec![String::new()];
    let (mut best, mut whole) = (None, true);
    for part in parts {
        let known = known(part);
        best = better(best, known.needs);
        match known.spelled {
            Some(all) if run.len() * all.len() <= MOST_SPELLED => {
                run = run.iter().flat_map(|head| all.iter().map(move |tail| format!("{head}{tail}"))).collect();
            }
            other => {
                best = better(best, Some(std::mem::take(&mut run)));
                run = other.unwrap_or_else(|| vec![String::new()]);
                whole = false;
            }
        }
    }
    if whole {
        return Known { spelled: Some(run), needs: best };
    }
    Known { spelled: None, needs: better(best, Some(run)) }
}

fn either(parts: &[Hir]) -> Known {
    let parts: Vec<Known> = parts.iter().map(known).collect();
    let spelled: Option<Vec<String>> =
        parts.iter().map(|part| part.spelled.clone()).collect::<Option<Vec<_>>>().map(|all| all.concat());
    let needs = parts
        .into_iter()
        .map(|part| better(part.spelled.filter(|all| all.iter().all(|one| !one.is_empty())), part.needs))
        .collect::<Option<Vec<_>>>()
        .map(|all| all.concat());
    Known { spelled: spelled.filter(|all| all.len() <= MOST_SPELLED), needs }
}

/// The set that says more: whose shortest string is longest, and of equals the smaller set. A set with an empty string
/// says nothing.
fn better(one: Option<Vec<String>>, other: Option<Vec<String>>) -> Option<Vec<String>> {
    let shortest = |all: &Option<Vec<String>>| {
        let all = all.as_ref()?;
        let least = all.iter().map(String::len).min().filter(|least| *least > 0)?;
        Some((least.min(4), std::cmp::Reverse(all.len())))
    };
    let (of_one, of_other) = (shortest(&one), shortest(&other));
    if of_one >= of_other { one.filter(|_| of_one.is_some()) } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_every_match_contains() {
        for (pattern, expected) in [
            (r"\bthank(?:s| you) for \w+", Some(vec!["thanks for ", "thank you for "])),
            (r"\b\d+ (?:mg|ml)\b", Some(vec![" mg", " ml"])),
            (r"(?i)\bSSN\b", Some(vec!["ssn"])),
            (r"\w+|\bcall\b", None),
            (r"(?:\w+ ){0,3}visit(?:ed|s)?", Some(vec!["visited", "visits", "visit"])),
        ] {
            let needs = needs(pattern);
            let expected: Option<Vec<String>> = expected.map(|all| all.into_iter().map(str::to_owned).collect());
            assert_eq!(needs, expected, "{pattern}");
        }
    }

    /// Whatever the gate keeps out could not have matched.
    #[test]
    fn keeps_out_only_what_cannot_match() {
        let texts = include_str!("../../tests/data/cases.jsonl");
        for text in texts.lines() {
            let folded = crate::reading::normal::fold(text);
            let cased = crate::reading::normal::normal(text);
            let open = open(&folded);
            for pattern in scanning() {
                let form = if pattern.form == crate::reading::pattern::Form::Cased { cased.text() } else { &folded };
                assert!(open.lets(pattern) || !pattern.is_match(form), "{} in {text}", pattern.spelled());
            }
        }
    }
}
