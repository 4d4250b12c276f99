//! Any bytes as JSON lines, to the guard and to triage: each line that is not blank gets exactly one line of JSON, and no
//! line ends the conversation.
#![no_main]

use std::sync::LazyLock;

use bedside_guard::{Guard, Profile};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

static GUARD: LazyLock<Guard> = LazyLock::new(|| Guard::new(&Profile::default()));

fuzz_target!(|bytes: &[u8]| {
    let asked = bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    let mut said = Vec::new();
    bedside_guard::pipe(bytes, &mut said, &GUARD).expect("memory takes every answer");
    answers(&said, asked, "findings");
    said.clear();
    bedside_guard::triage::pipe(bytes, &mut said).expect("memory takes every answer");
    answers(&said, asked, "class");
});

fn answers(said: &[u8], asked: usize, key: &str) {
    let said = str::from_utf8(said).expect("answers are UTF-8");
    assert!(said.is_empty() || said.ends_with('\n'), "a line without its end: {said}");
    assert_eq!(said.lines().count(), asked, "{said}");
    for line in said.lines() {
        let answer: Value = serde_json::from_str(line).expect("an answer is JSON");
        assert!(answer.get(key).is_some() != answer.get("error").is_some(), "{line}");
    }
}
