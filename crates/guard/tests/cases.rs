//! The guard against the project's cases (`tests/data/cases.jsonl`) and against sentences that were
//! written before the rules were tried on anything (`tests/data/heldout.jsonl`).
//!
//! On their very first run the rules found 48 of the 55 findings of the held-out sentences and were
//! silent on all 38 negatives. Most misses were one fault in the compiling of patterns; since it
//! was mended with their help, these sentences guard against going back and measure nothing new.
//!
//! `heldout_all.jsonl` was written later, over all rules of that day, in other voices: first run
//! 38 of 45 found, silent on 25 of 26. Its misses were then used as well.
//!
//! Scored as `tests/data/practice.json` says: a positive case needs every expected finding (same
//! category, at least that severity, overlapping span); a negative case must raise nothing above
//! a note. Only categories that have a rule are asked for. Misses are printed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::collections::BTreeMap;

use bedside_guard::{Category, Context, Finding, Guard, Lang, Profile, Severity, Text, rules};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    id: String,
    text: String,
    context: Context,
    lang: String,
    expect: Vec<Expected>,
    #[serde(default)]
    in_reply_to: Option<String>,
}

#[derive(Deserialize)]
struct Expected {
    category: Category,
    span: Option<String>,
    severity: Severity,
}

/// Shares found and rightly silent, with the counts behind them.
#[derive(Debug, Default)]
struct Score {
    asked: usize,
    found: usize,
    negatives: usize,
    silent: usize,
}

impl Score {
    fn recall(&self) -> f64 {
        share(self.found, self.asked)
    }

    fn silence(&self) -> f64 {
        share(self.silent, self.negatives)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn cedar_hollow() -> Guard {
    let profile: Profile = serde_json::from_str(include_str!("data/practice.json")).unwrap();
    Guard::new(&profile)
}

fn matches(expected: &Expected, text: &str, findings: &[Finding]) -> bool {
    let range = match &expected.span {
        Some(span) => {
            let start = text.find(span.as_str()).unwrap();
            start..start + span.len()
        }
        None => 0..text.len(),
    };
    findings.iter().any(|finding| {
        finding.category == expected.category
            && finding.severity >= expected.severity
            && finding.start < range.end
            && range.start < finding.end
    })
}

fn score(file: &str) -> Score {
    let guard = cedar_hollow();
    let ruled = |category: Category| rules::ALL.iter().any(|rule| rule.category == category);
    let mut score = Score::default();
    let mut by_category: BTreeMap<Category, (usize, usize)> = BTreeMap::new();
    for line in file.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let findings = guard.look(&Text {
            text: &case.text,
            context: case.context,
            lang: Lang::from_tag(&case.lang),
            in_reply_to: case.in_reply_to.as_deref(),
        });
        for expected in case.expect.iter().filter(|expected| ruled(expected.category)) {
            let found = matches(expected, &case.text, &findings);
            let entry = by_category.entry(expected.category).or_default();
            entry.0 += usize::from(found);
            entry.1 += 1;
            if !found {
                println!(
                    "miss  {} {} {} {:?} in: {}",
                    case.id, case.context, expected.category, expected.span, case.text
                );
            }
        }
        if case.expect.is_empty() {
            let loud: Vec<_> = findings.iter().filter(|f| f.severity > Severity::Note).collect();
            score.negatives += 1;
            score.silent += usize::from(loud.is_empty());
            for finding in loud {
                println!(
                    "false {} {} {} {:?} in: {}",
                    case.id, case.context, finding.category, finding.span, case.text
                );
            }
        }
    }
    for (category, (found, asked)) in &by_category {
        println!("{category:<13} {found:>3} of {asked}");
        score.found += found;
        score.asked += asked;
    }
    println!("found {} of {}, silent on {} of {}", score.found, score.asked, score.silent, score.negatives);
    score
}

#[test]
fn the_projects_cases() {
    let score = score(include_str!("data/cases.jsonl"));
    assert!(score.recall() >= 0.99 && score.silence() >= 1.0, "{score:?}");
}

#[test]
fn sentences_held_out() {
    let score = score(include_str!("data/heldout.jsonl"));
    assert!(score.recall() >= 1.0 && score.silence() >= 1.0, "{score:?}");
}

#[test]
fn later_sentences_held_out() {
    let score = score(include_str!("data/heldout_all.jsonl"));
    assert!(score.recall() >= 1.0 && score.silence() >= 1.0, "{score:?}");
}
