//! How well messages are sorted: on the project's list of inbound messages, and on sentences written after the signals.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use bedside_engagement::inbox::triage::{Class, is_spanish, triage};
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
    missed.map(|case| format!("{} instead of {}: {}", triage(&case.text).class.as_str(), case.class, case.text)).collect()
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

/// Sentences that were never used to change the signals: measured 13 of 24 right, 8 of 14 dangers heard, no false alarm.
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
    assert!(right >= 13 && heard >= 8 && false_alarms == 0, "{report}");
}

#[test]
fn a_denied_danger_is_none_and_an_undenied_one_is() {
    for calm in ["No chest pain, just tired", "I have no fever or chest pain", "sin dolor de pecho", "I don't have chest pain anymore", "This dip is to die for", "not suicidal, just sad"] {
        assert!(!triage(calm).class.is_urgent(), "{calm}");
    }
    for danger in ["no fever, chest pain", "not sure if it is chest pain", "no aguanto el dolor de pecho", "I can't breathe", "CHEST PAIN", "I don’t want to live", "dolor de pecho sin parar"] {
        assert!(triage(danger).class.is_urgent(), "{danger}");
    }
}

#[test]
fn the_language_of_the_answer_is_the_writers() {
    for case in cases(include_str!("data/inbound.jsonl")).iter().chain(&cases(include_str!("data/taught.jsonl"))) {
        assert!(case.lang == "es" || !is_spanish(&case.text, ""), "{}", case.text);
    }
    for text in ["Mi esposo me pega.", "¿Puedo tomar ibuprofeno si estoy embarazada?", "Me llegó una factura de 300 dólares sin aviso"] {
        assert!(is_spanish(text, ""), "{text}");
    }
}
