//! Which patterns can match at all in a text, found in one pass.
//!
//! Every match of `\b(?:i|we) (?:called|rang) you` contains "i called you", "we called you" and so on. From each pattern's
//! syntax [`needs`] takes such a set: strings of which any match contains at least one. One automaton looks for all of them
//! in a [`sketch`] of the text, in which white space is one space and every figure a 0; a pattern none of whose strings is
//! there is never run. Patterns of which no such set is known always run.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

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
const MOST_SPELLED: usize = 128;
/// Most copies of a part that is repeated.
const MOST_COPIES: u32 = 4;
/// A string as rare as this is rare enough.
const RARE: usize = 14;
/// Stands for the edge of a word in a string.
const EDGE: char = '\u{2}';

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
    /// For each string where in `opens` it begins and ends.
    places: Vec<(u32, u32)>,
    /// What a string needs around it, and the patterns that it opens.
    opens: Vec<(Edges, Open)>,
    /// Patterns that a single byte opens.
    bytes: Vec<(u8, Open)>,
    always: Open,
}

/// At which ends of a string a word must begin or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edges {
    before: bool,
    after: bool,
}

static GATE: LazyLock<Gate> = LazyLock::new(|| Gate::new(&scanning()));

/// A pattern that is held to the beginning or the end is only asked about a few words, never about a page.
fn scanning() -> Vec<&'static Pattern> {
    let all = rules::ALL.iter().flat_map(|rule| rule.patterns).chain(cues::PATTERNS).chain(unmask::PATTERNS).copied();
    all.filter(|pattern| !pattern.is_anchored()).collect()
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
    open
}

impl Gate {
    #[expect(clippy::expect_used, reason = "the strings come from constant patterns")]
    fn new(patterns: &[&'static Pattern]) -> Gate {
        let mut strings: BTreeMap<String, BTreeMap<Edges, Open>> = BTreeMap::new();
        let mut always = Open::default();
        for (number, pattern) in patterns.iter().enumerate().take(WORDS * 64) {
            let number = *pattern.number.get_or_init(|| number);
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
            .kind(Some(AhoCorasickKind::ContiguousNFA))
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
    better(known.spelled, known.needs)
}

fn known(hir: &Hir) -> Known {
    match hir.kind() {
        HirKind::Look(Look::WordAscii) => Known { spelled: Some(vec![EDGE.to_string()]), needs: None },
        HirKind::Empty | HirKind::Look(_) => Known { spelled: Some(vec![String::new()]), needs: None },
        HirKind::Literal(literal) => {
            Known { spelled: Some(vec![literal.0.iter().map(|byte| sketched(*byte)).collect()]), needs: None }
        }
        HirKind::Class(class) => Known { spelled: letters(class), needs: None },
        HirKind::Capture(capture) => known(&capture.sub),
        HirKind::Repetition(repetition) => repeated(repetition),
        HirKind::Concat(parts) => concatenated(parts),
        HirKind::Alternation(parts) => either(parts, false, false),
    }
}

/// A byte of a pattern as it stands in a sketch.
fn sketched(byte: u8) -> char {
    match byte {
        b'0'..=b'9' => '0',
        b'\t'..=b'\r' => ' ',
        other => char::from(other.to_ascii_lowercase()),
    }
}

/// The characters of a small class, as they stand in a sketch.
fn letters(class: &Class) -> Option<Vec<String>> {
    let Class::Bytes(class) = class else { return None };
    let mut all = Vec::new();
    for range in class.ranges() {
        if usize::from(range.end() - range.start()) > 12 {
            return None;
        }
        all.extend((range.start()..=range.end()).map(|byte| sketched(byte).to_string()));
    }
    all.sort();
    all.dedup();
    (all.len() <= 12 && all.iter().all(|one| one.is_ascii())).then_some(all)
}

fn repeated(repetition: &Repetition) -> Known {
    let sub = known(&repetition.sub);
    // White space of any length is one space in a sketch.
    if repetition.min == 1 && repetition.max.is_none() && sub.spelled.as_deref() == Some(&[" ".to_owned()]) {
        return sub;
    }
    let most = repetition.max.filter(|most| *most <= MOST_COPIES);
    let spelled = sub.spelled.as_ref().zip(most).and_then(|(all, most)| copies(all, repetition.min, most));
    if spelled.is_some() || repetition.min == 0 {
        return Known { spelled, needs: None };
    }
    let least = sub.spelled.as_ref().and_then(|all| {
        let times = repetition.min.min(MOST_COPIES);
        copies(all, times, times).or_else(|| Some(all.clone()))
    });
    Known { spelled: None, needs: better(least, sub.needs) }
}

/// So many copies of the strings, one behind the other; the most first, as a greedy pattern tries them.
fn copies(all: &[String], least: u32, most: u32) -> Option<Vec<String>> {
    let mut spelled = Vec::new();
    let mut run = vec![String::new()];
    for count in 0..=most {
        if count >= least {
            spelled.splice(0..0, run.iter().cloned());
        }
        if count < most {
            if run.len() * all.len() > MOST_SPELLED {
                return None;
            }
            run = run.iter().flat_map(|head| all.iter().map(move |tail| format!("{head}{tail}"))).collect();
        }
    }
    (spelled.len() <= MOST_SPELLED).then_some(spelled)
}

fn concatenated(parts: &[Hir]) -> Known {
    let mut run = vec![String::new()];
    let (mut best, mut whole) = (None, true);
    for (at, part) in parts.iter().enumerate() {
        let edge = |at: Option<usize>| at.and_then(|at| parts.get(at)).is_some_and(is_edge);
        let known = match part.kind() {
            HirKind::Alternation(inner) => either(inner, edge(at.checked_sub(1)), edge(Some(at + 1))),
            _ => known(part),
        };
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

fn is_edge(hir: &Hir) -> bool {
    matches!(hir.kind(), HirKind::Look(Look::WordAscii))
}

/// One of several. Where the edge of a word stands before or behind them, it stands before or behind each.
fn either(parts: &[Hir], before: bool, after: bool) -> Known {
    let parts: Vec<Known> = parts.iter().map(known).collect();
    let spelled: Option<Vec<String>> =
        parts.iter().map(|part| part.spelled.clone()).collect::<Option<Vec<_>>>().map(|all| all.concat());
    let edged = |one: String| {
        let mark = |edge: bool| if edge { EDGE.to_string() } else { String::new() };
        mark(before) + &one + &mark(after)
    };
    let needs = parts
        .into_iter()
        .map(|part| better(part.spelled.map(|all| all.into_iter().map(edged).collect()), part.needs))
        .collect::<Option<Vec<_>>>()
        .map(|all| all.concat());
    Known { spelled: spelled.filter(|all| all.len() <= MOST_SPELLED), needs }
}

/// The set that says more: whose most frequent string is rarer, and of equals the smaller set. A set with an empty string
/// says nothing.
fn better(one: Option<Vec<String>>, other: Option<Vec<String>>) -> Option<Vec<String>> {
    let worth = |all: &Option<Vec<String>>| {
        let all = all.as_ref()?;
        let least = all.iter().map(|one| rarity(one)).min().filter(|least| *least > 0)?;
        Some((least.min(RARE), std::cmp::Reverse(all.len())))
    };
    let (of_one, of_other) = (worth(&one), worth(&other));
    if of_one >= of_other { one.filter(|_| of_one.is_some()) } else { other }
}

/// How seldom a string stands in a text, as far as its characters tell.
fn rarity(one: &str) -> usize {
    let edges = one.chars().filter(|c| *c == EDGE).count();
    let of_signs = one.chars().map(|c| match c {
        EDGE => 0,
        ' ' | '.' | ',' | '-' | '\'' => 1,
        _ if c.is_ascii_alphanumeric() => 2,
        _ => 6,
    });
    let signs: usize = of_signs.sum();
    if signs == 0 { 0 } else { signs + edges }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_every_match_contains() {
        for (pattern, expected) in [
            (r"\bthank(?:s| you) for \w+", Some(vec!["\u{2}thanks for ", "\u{2}thank you for "])),
            (r"\b\d+\s+(?:mg|ml)\b", Some(vec![" mg\u{2}", " ml\u{2}"])),
            (r"(?i)\bSSN\b", Some(vec!["\u{2}ssn\u{2}"])),
            (r"\b\d{3}[\- ]\d{2}\b", Some(vec!["\u{2}000 00\u{2}", "\u{2}000-00\u{2}"])),
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
