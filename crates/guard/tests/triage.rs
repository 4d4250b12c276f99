//! How well messages are sorted: the project's inbound messages, dangers in many voices beside calm sentences that tempt,
//! and the command line's conversation. What each set measured when it was new stands in the README beside the data.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use bedside_guard::triage::{Class, is_spanish, pipe, speaks_of_harm, triage};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Case {
    text: String,
    #[serde(alias = "expect_class")]
    class: String,
    lang: String,
    #[serde(default)]
    stars: Option<u8>,
}

impl Case {
    fn found(&self) -> Class {
        triage(&self.text, self.stars).class
    }

    fn is_danger(&self) -> bool {
        Class::from_word(&self.class).is_urgent()
    }
}

const INBOUND: &str = include_str!("data/triage/inbound.jsonl");
const TAUGHT: &str = include_str!("data/triage/taught.jsonl");
/// Sets of dangers and calm sentences; how many dangers are at least heard, and how many false alarms there are at most.
const VOICES: [(&str, usize, usize); 7] = [
    (include_str!("data/triage/fresh.jsonl"), 14, 0),
    (include_str!("data/triage/voices-one.jsonl"), 40, 1),
    (include_str!("data/triage/voices-two.jsonl"), 34, 1),
    (include_str!("data/triage/voices-three.jsonl"), 20, 2),
    (include_str!("data/triage/many-one.jsonl"), 64, 2),
    (include_str!("data/triage/many-two.jsonl"), 54, 2),
    (include_str!("data/triage/many-three.jsonl"), 42, 2),
];

fn cases(lines: &str) -> Vec<Case> {
    lines.lines().map(|line| serde_json::from_str(line).expect("a case")).collect()
}

fn misses(cases: &[Case]) -> Vec<String> {
    let missed = cases.iter().filter(|case| case.found().as_str() != case.class);
    missed.map(|case| format!("{} instead of {}: {}", case.found().as_str(), case.class, case.text)).collect()
}

#[test]
fn the_projects_messages_are_sorted_as_expected() {
    for (lines, count) in [(INBOUND, 45), (TAUGHT, 92)] {
        let cases = cases(lines);
        assert_eq!(cases.len(), count);
        assert_eq!(misses(&cases), Vec::<String>::new());
    }
}

#[test]
fn dangers_are_heard_in_many_voices() {
    for (lines, least_heard, most_false) in VOICES {
        let cases = cases(lines);
        let (dangers, calm): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.is_danger());
        let missed: Vec<&str> =
            dangers.iter().filter(|case| !case.found().is_urgent()).map(|case| case.text.as_str()).collect();
        let alarms: Vec<&str> =
            calm.iter().filter(|case| case.found().is_urgent()).map(|case| case.text.as_str()).collect();
        let heard = dangers.len() - missed.len();
        let report = format!("{heard} of {} heard; missed {missed:#?}; false alarms {alarms:#?}", dangers.len());
        assert!(heard >= least_heard && alarms.len() <= most_false, "{report}");
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
        assert!(!triage(calm, None).class.is_urgent(), "{calm}");
    }
    for danger in [
        "no fever, chest pain",
        "not sure if it is chest pain",
        "no aguanto el dolor de pecho",
        "I can't breathe",
        "CHEST PAIN",
        "che\u{200B}st pa\u{AD}in",
        "I don’t want to live",
        "dolor de pecho sin parar",
        "my mom had a siezure just now",
    ] {
        assert!(triage(danger, None).class.is_urgent(), "{danger}");
    }
}

#[test]
fn signals_point_into_what_was_written() {
    let text = "¡Ay! 😱 Mi papá tiene dolor de pecho y suda frío";
    let signals = triage(text, None).signals;
    assert!(!signals.is_empty());
    for signal in signals {
        assert_eq!(&text[signal.start..signal.end], signal.span);
    }
}

#[test]
fn stars_speak_where_words_do_not() {
    assert_eq!(triage("Ok.", Some(1)).class, Class::NegativeService);
    assert_eq!(triage("Ok.", Some(5)).class, Class::PositiveGeneral);
    assert_eq!(triage("Great, just great.", Some(1)).class, Class::NegativeService);
    assert_eq!(triage("Ok.", None).class, Class::Other);
}

#[test]
fn the_language_of_the_answer_is_the_writers() {
    for case in cases(INBOUND).iter().chain(&cases(TAUGHT)) {
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

/// A practice may let an emergency be answered by itself, and never one who speaks of self-harm or abuse.
#[test]
fn no_one_who_speaks_of_harm_is_taken_for_a_body_in_danger_alone() {
    let sets = VOICES.iter().map(|(lines, ..)| *lines).chain([INBOUND, TAUGHT]);
    let cases: Vec<Case> = sets.flat_map(cases).collect();
    let is_answered = |case: &&Case| case.found() == Class::Emergency && !speaks_of_harm(&case.text);
    let harmed = cases.iter().filter(|case| matches!(case.class.as_str(), "self_harm" | "abuse"));
    let wrong: Vec<&str> = harmed.filter(is_answered).map(|case| case.text.as_str()).collect();
    assert_eq!(wrong, Vec::<&str>::new());
    let bodies = cases.iter().filter(|case| case.class == "emergency" && case.found() == Class::Emergency);
    let (answered, left): (Vec<&Case>, Vec<&Case>) = bodies.partition(is_answered);
    assert!(answered.len() >= 150 && left.len() <= 12, "{} answered, {} left to people", answered.len(), left.len());
}

#[test]
fn huge_and_odd_messages_are_read_in_linear_time() {
    let long = "my chest hurts and he hits me ".repeat(2_000);
    assert_eq!(triage(&long, None).class, Class::Emergency);
    for odd in ["", "\u{202E}\u{300}\u{300}", &"😱".repeat(10_000), &"1 ".repeat(2_000), &"ñ̃".repeat(1_000)] {
        let _ = triage(odd, Some(3));
    }
}

fn converse(input: &[u8]) -> Vec<Value> {
    let mut output = Vec::new();
    pipe(input, &mut output).unwrap();
    String::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_pipe_answers_in_order_and_goes_on_after_a_bad_line() {
    let mut input = br#"{"id":"a","kind":"comment","stars":null,"text":"Ay: dolor de pecho","lang":"es"}"#.to_vec();
    input.extend_from_slice(b"\n\n{\"id\":7,\"kind\":\"review\"}\nnot json\n{\"id\":8,\"text\":\"\xff\"}\n");
    input.extend_from_slice(br#"{"id":"b","kind":"review","stars":5,"text":"Great office"}"#);
    let answers = converse(&input);
    assert_eq!(answers.len(), 5);
    assert_eq!((&answers[0]["id"], &answers[0]["class"]), (&json!("a"), &json!("emergency")));
    let signal = &answers[0]["signals"][0];
    assert_eq!((&signal["span"], &signal["start"], &signal["end"]), (&json!("dolor de pecho"), &json!(4), &json!(18)));
    assert!(signal["signal"].is_string());
    assert!(answers[1]["id"] == json!(7) && answers[1]["error"].as_str().unwrap().contains("text"));
    assert!(answers[2]["error"].is_string() && answers[3]["error"].is_string());
    assert_eq!((&answers[4]["id"], &answers[4]["class"]), (&json!("b"), &json!("positive_general")));
}
