//! The project's cases and the sentences that were held out, scored as `tests/data/practice.json` says: an expected
//! item needs a finding of its category, at least its severity, that overlaps it; a case that expects nothing must
//! raise nothing above a note. All categories count, also those without a rule.

use std::error::Error;

use bedside_guard::{Category, Context, Finding, Lang, Severity, Text};
use serde::Deserialize;

use crate::{
    ground::{self, Ground, told},
    measure::{Measure, Miss, Target},
};

/// The project's cases. Every third is kept aside while rules are written: its misses are counted and never shown.
const CASES: &str = include_str!("../../tests/data/cases.jsonl");
const ASIDE_EVERY: usize = 3;
/// Sentences written before the rules were tried on anything; their misses taught the rules since.
const HELD_OUT: [(&str, &str); 2] = [
    ("heldout", include_str!("../../tests/data/heldout.jsonl")),
    ("later", include_str!("../../tests/data/heldout_all.jsonl")),
];

#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) context: Context,
    pub(crate) lang: String,
    pub(crate) expect: Vec<Expected>,
    #[serde(default)]
    in_reply_to: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Expected {
    pub(crate) category: Category,
    /// None: anywhere in the text.
    pub(crate) span: Option<String>,
    severity: Severity,
}

/// All cases of the project.
pub(crate) fn cases() -> Result<Vec<Case>, Box<dyn Error>> {
    ground::lines(CASES)
}

/// Blocks found, items found and false alarms, each for the cases, their two parts, the sentences held out, and all.
pub(crate) fn measure(ground: &Ground) -> Result<Vec<Measure>, Box<dyn Error>> {
    let (aside, shown): (Vec<_>, Vec<_>) =
        cases()?.into_iter().enumerate().partition(|(n, _)| n % ASIDE_EVERY == ASIDE_EVERY - 1);
    let only_cases = |part: Vec<(usize, Case)>| part.into_iter().map(|(_, case)| case).collect::<Vec<_>>();
    let shown = part_of(ground, "shown", &only_cases(shown));
    let mut aside = part_of(ground, "aside", &only_cases(aside));
    aside.iter_mut().for_each(|measure| measure.misses.clear());
    let mut held_out = Vec::new();
    for (part, file) in HELD_OUT {
        held_out.push(part_of(ground, part, &ground::lines(file)?));
    }
    let mut measures = Vec::new();
    for n in 0..3 {
        let named = |part: &str| (shown[n].name.replace("shown", part), shown[n].what.replace("shown", part));
        let sum = |part: &str, parts: &[&Measure]| Measure::together(named(part), parts);
        let held_out: Vec<&Measure> = held_out.iter().map(|part| &part[n]).collect();
        let parts = [&shown[n], &aside[n]];
        measures.push(sum("cases", &parts));
        measures.extend(parts.map(|part| Measure { target: Target::None, ..part.clone() }));
        measures.extend(held_out.iter().map(|part| (*part).clone()));
        measures.push(sum("together", &[&parts[..], &held_out[..]].concat()));
    }
    Ok(measures)
}

fn part_of(ground: &Ground, part: &str, cases: &[Case]) -> [Measure; 3] {
    let share = |what: &str, words: &str, target| {
        Measure::share(format!("cases-{what}/{part}"), format!("{part}: {words}"), target)
    };
    let mut blocks = share("block", "expected block-level items found", Target::AtLeast(0.97));
    let mut items = share("any", "expected items of any level found", Target::AtLeast(0.95));
    let mut alarms = share("alarm", "hard negatives with a warning or a block", Target::AtMost(0.04));
    for case in cases {
        let findings = ground.cedar_hollow.look(&Text {
            text: &case.text,
            context: case.context,
            lang: Lang::from_tag(&case.lang),
            in_reply_to: case.in_reply_to.as_deref(),
        });
        let miss = |expected: String| Miss {
            id: format!("{} {} {}", case.id, case.context, case.lang),
            text: case.text.clone(),
            expected,
            found: told(&findings),
        };
        for expected in &case.expect {
            let is_found = expected.is_found(&case.text, &findings);
            let words = format!("{} {} {:?}", expected.severity, expected.category, expected.span);
            for measure in [Some(&mut items), (expected.severity == Severity::Block).then_some(&mut blocks)] {
                let Some(measure) = measure else { continue };
                measure.add(expected.category.as_str(), is_found);
                if !is_found {
                    measure.misses.push(miss(words.clone()));
                }
            }
        }
        if case.expect.is_empty() {
            let is_alarm = findings.iter().any(|finding| ground::is_loud(&finding));
            alarms.add(case.context.as_str(), is_alarm);
            if is_alarm {
                alarms.misses.push(miss("nothing".to_owned()));
            }
        }
    }
    [blocks, items, alarms]
}

impl Expected {
    fn is_found(&self, text: &str, findings: &[Finding]) -> bool {
        let place = match &self.span {
            Some(span) => text.find(span.as_str()).map(|start| start..start + span.len()),
            None => Some(0..text.len()),
        };
        place.is_some_and(|place| {
            findings.iter().any(|finding| {
                finding.category == self.category
                    && finding.severity >= self.severity
                    && ground::touches(finding, &place)
            })
        })
    }
}
