//! What every match of a pattern must contain, read off its syntax.
//!
//! `\bthank(?:s| you) for \w+` needs "thanks for " or "thank you for ". Parts that match few strings are spelled out and
//! joined; of what cannot be spelled out the best hint of its parts is kept. Strings are as a sketch of a text has them: lower
//! case, white space as one space, every figure a 0, the edge of a word as [`EDGE`].

use std::collections::HashSet;

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

/// Most strings that a part of a pattern is spelled out into.
const MOST_SPELLED: usize = 128;
/// Most copies of a part that is repeated.
const MOST_COPIES: u32 = 4;
/// A string as rare as this is rare enough.
const RARE: usize = 14;
/// Words that stand in most texts.
const FREQUENT: &[&str] = &[
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "from", "and", "or", "is", "are", "be", "it",
    "that", "this", "you", "your", "who", "can", "may", "have", "not", "he", "as", "if", "when", "de", "la", "el",
    "los", "las", "con", "en", "y", "que", "se", "su",
];
/// Stands for the edge of a word in a string.
pub(super) const EDGE: char = '\u{2}';

/// Whether every match of the pattern holds a figure.
pub(super) fn needs_figure(pattern: &str) -> bool {
    fn holds(hir: &Hir) -> bool {
        match hir.kind() {
            HirKind::Class(_) => known(hir).spelled.is_some_and(|all| all.iter().all(|one| one == "0")),
            HirKind::Literal(literal) => literal.0.iter().any(u8::is_ascii_digit),
            HirKind::Capture(capture) => holds(&capture.sub),
            HirKind::Repetition(repetition) => repetition.min > 0 && holds(&repetition.sub),
            HirKind::Concat(parts) => parts.iter().any(holds),
            HirKind::Alternation(parts) => parts.iter().all(holds),
            HirKind::Empty | HirKind::Look(_) => false,
        }
    }
    parsed(pattern).is_some_and(|hir| holds(&hir))
}

fn parsed(pattern: &str) -> Option<Hir> {
    ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern).ok()
}

/// What is known of the strings that a part of a pattern matches, in lower case.
#[derive(Debug, Clone)]
struct Known {
    /// Every string that it matches, if they are few.
    spelled: Option<Vec<String>>,
    /// Strings of which each match contains one.
    needs: Option<Vec<String>>,
    /// Strings with one of which each match begins, where `spelled` is too much to say.
    begins: Option<Vec<String>>,
}

impl Known {
    fn spelled(spelled: Option<Vec<String>>) -> Known {
        Known { spelled, needs: None, begins: None }
    }
}

/// Strings of which every match of the pattern contains at least one, in lower case.
pub(super) fn needs(pattern: &str) -> Option<Vec<String>> {
    let known = known(&parsed(pattern)?);
    better(known.spelled, known.needs).map(|mut needs| {
        let mut seen = HashSet::new();
        needs.retain(|need| seen.insert(need.clone()));
        needs
    })
}

fn known(hir: &Hir) -> Known {
    match hir.kind() {
        HirKind::Look(Look::WordAscii) => Known::spelled(Some(vec![EDGE.to_string()])),
        HirKind::Empty | HirKind::Look(_) => Known::spelled(Some(vec![String::new()])),
        HirKind::Literal(literal) => Known::spelled(Some(vec![literal.0.iter().map(|byte| sketched(*byte)).collect()])),
        HirKind::Class(class) => Known::spelled(letters(class)),
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
        return Known::spelled(spelled);
    }
    let least = sub.spelled.as_ref().and_then(|all| {
        let times = repetition.min.min(MOST_COPIES);
        copies(all, times, times).or_else(|| Some(all.clone()))
    });
    Known { spelled: None, needs: better(least.clone(), sub.needs), begins: least }
}

/// Each of the strings behind each of the others.
fn joined(heads: &[String], tails: &[String]) -> Vec<String> {
    heads.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).collect()
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
            run = joined(&run, all);
        }
    }
    (spelled.len() <= MOST_SPELLED).then_some(spelled)
}

fn concatenated(parts: &[Hir]) -> Known {
    let mut run = vec![String::new()];
    let (mut best, mut whole) = (None, true);
    for (at, part) in parts.iter().enumerate() {
        let edge = |at: Option<usize>| at.and_then(|at| parts.get(at)).is_some_and(is_edge);
        let bare = if let HirKind::Capture(capture) = part.kind() { &capture.sub } else { part };
        let known = match bare.kind() {
            HirKind::Alternation(inner) => either(inner, edge(at.checked_sub(1)), edge(Some(at + 1))),
            _ => known(part),
        };
        best = better(best, known.needs);
        match known.spelled {
            Some(all) if run.len() * all.len() <= MOST_SPELLED => {
                run = joined(&run, &all);
            }
            other => {
                let begun =
                    known.begins.filter(|all| run.len() * all.len() <= MOST_SPELLED).map(|all| joined(&run, &all));
                best = better(best, better(begun, Some(std::mem::take(&mut run))));
                run = other.unwrap_or_else(|| vec![String::new()]);
                whole = false;
            }
        }
    }
    if whole {
        return Known { spelled: Some(run), needs: best, begins: None };
    }
    Known { spelled: None, needs: better(best, Some(run)), begins: None }
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
    Known { spelled: spelled.filter(|all| all.len() <= MOST_SPELLED), needs, begins: None }
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
    if FREQUENT.contains(&one.trim_matches([' ', EDGE])) {
        return 3;
    }
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
}
