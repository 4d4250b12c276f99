//! How well messages are sorted: on the project's list of inbound messages, and on sentences written after the signals.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use bedside_engagement::inbox::triage::{Class, is_spanish, speaks_of_harm, triage};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    text: String,
    #[serde(alias = "expect_class")]
    class: String,
    lang: String,
}

fn cases(lines: &str) -> Vec<Case> {
    lines.lines().map(|line| serde_json::from_str(line).expect("a case")).collect()
}

fn misses(cases: &[Case]) -> Vec<String> {
    let missed = cases.iter().filter(|case| triage(&case.text).class.as_str() != case.class);
    missed
        .map(|case| format!("{} instead of {}: {}", triage(&case.text).class.as_str(), case.class, case.text))
        .collect()
}

#[test]
fn the_projects_messages_are_sorted_as_expected() {
    let cases = cases(include_str!("data/inbound.jsonl"));
    assert_eq!(cases.len(), 45);
    assert_eq!(misses(&cases), Vec::<String>::new());
}

#[test]
fn sentences_that_taught_the_signals_stay_sorted() {
    let cases = cases(include_str!("data/taught.jsonl"));
    assert!(cases.len() > 80);
    assert_eq!(misses(&cases), Vec::<String>::new());
}

/// Sentences that were never used to change the signals: first measured 8 of 14 dangers heard, since
/// dangers are composed of parts 13 of 14, no false alarm.
/// A change of the signals must not fall below that.
#[test]
fn fresh_sentences_are_mostly_sorted_and_dangers_more_so() {
    let cases = cases(include_str!("data/fresh.jsonl"));
    let is_urgent = |case: &&Case| Class::from_word(&case.class).is_urgent();
    let urgent: Vec<&Case> = cases.iter().filter(is_urgent).collect();
    let heard = urgent.iter().filter(|case| triage(&case.text).class.is_urgent()).count();
    let calm: Vec<&Case> = cases.iter().filter(|case| !is_urgent(case)).collect();
    let false_alarms = calm.iter().filter(|case| triage(&case.text).class.is_urgent()).count();
    let right = cases.len() - misses(&cases).len();
    let report = format!(
        "{right} of {} right; {heard} of {} dangers heard; {false_alarms} false alarms of {}\n{}",
        cases.len(),
        urgent.len(),
        calm.len(),
        misses(&cases).join("\n")
    );
    assert!(right >= 13 && heard >= 13 && false_alarms == 0, "{report}");
}

/// Dangers in many voices and calm sentences that tempt; what each set measured when it was new is in the README beside it.
#[test]
fn dangers_are_heard_in_many_voices() {
    let sets = [
        (include_str!("data/voices-one.jsonl"), 40, 1),
        (include_str!("data/voices-two.jsonl"), 34, 1),
        (include_str!("data/voices-three.jsonl"), 18, 2),
    ];
    for (lines, least_heard, most_false) in sets {
        let cases = cases(lines);
        let is_danger = |case: &&Case| case.class != "calm";
        let heard = |case: &&Case| triage(&case.text).class.is_urgent();
        let missed: Vec<&str> =
            cases.iter().filter(is_danger).filter(|case| !heard(case)).map(|case| case.text.as_str()).collect();
        let alarms: Vec<&str> =
            cases.iter().filter(|case| !is_danger(case)).filter(heard).map(|case| case.text.as_str()).collect();
        let heard = cases.iter().filter(is_danger).count() - missed.len();
        assert!(
            heard >= least_heard && alarms.len() <= most_false,
            "{heard} heard; missed {missed:?}; false alarms {alarms:?}"
        );
    }
}

#[test]
fn a_denied_danger_is_none_and_an_undenied_one_is() {
    for calm in [
        "No chest pain, just tired",
        "I have no fever or chest pain",
        "sin dolor de pecho",
        "I don't have chest pain anymore",
        "This dip is to die for",
        "not suicidal, just sad",
    ] {
        assert!(!triage(calm).class.is_urgent(), "{calm}");
    }
    for danger in [
        "no fever, chest pain",
        "not sure if it is chest pain",
        "no aguanto el dolor de pecho",
        "I can't breathe",
        "CHEST PAIN",
        "I don’t want to live",
        "dolor de pecho sin parar",
    ] {
        assert!(triage(danger).class.is_urgent(), "{danger}");
    }
}

#[test]
fn the_language_of_the_answer_is_the_writers() {
    for case in cases(include_str!("data/inbound.jsonl")).iter().chain(&cases(include_str!("data/taught.jsonl"))) {
        assert!(case.lang == "es" || !is_spanish(&case.text, ""), "{}", case.text);
    }
    for text in [
        "Mi esposo me pega.",
        "¿Puedo tomar ibuprofeno si estoy embarazada?",
        "Me llegó una factura de 300 dólares sin aviso",
    ] {
        assert!(is_spanish(text, ""), "{text}");
    }
}

/// Bedside answers an emergency by itself where an owner wants that, and never one who speaks of self-harm or abuse.
#[test]
fn no_one_who_speaks_of_harm_is_taken_for_a_body_in_danger_alone() {
    let sets = [
        include_str!("data/inbound.jsonl"),
        include_str!("data/taught.jsonl"),
        include_str!("data/fresh.jsonl"),
        include_str!("data/voices-one.jsonl"),
        include_str!("data/voices-two.jsonl"),
        include_str!("data/voices-three.jsonl"),
    ];
    let cases: Vec<Case> = sets.into_iter().flat_map(cases).collect();
    let is_answered = |text: &str| triage(text).class == Class::Emergency && !speaks_of_harm(text);
    let harmed = cases.iter().filter(|case| matches!(case.class.as_str(), "self_harm" | "abuse"));
    let wrong: Vec<&str> = harmed.map(|case| case.text.as_str()).filter(|text| is_answered(text)).collect();
    assert_eq!(wrong, Vec::<&str>::new());
    let bodies = cases.iter().filter(|case| case.class == "emergency" && triage(&case.text).class == Class::Emergency);
    let (answered, left): (Vec<&Case>, Vec<&Case>) = bodies.partition(|case| is_answered(&case.text));
    assert!(answered.len() >= 90 && left.len() <= 2, "{} answered, {} left to people", answered.len(), left.len());
}
