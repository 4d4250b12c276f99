//! Any text, wherever it goes and whatever it answers: the guard does not panic, every span is where it says it is, and the
//! same text gives the same findings.
//!
//! Input: one byte for context and language, the text, and behind a byte 0xFF what it answers.
#![no_main]

use std::sync::LazyLock;

use bedside_guard::{Context, Guard, Lang, Profile, Text};
use libfuzzer_sys::fuzz_target;

static GUARD: LazyLock<Guard> = LazyLock::new(|| {
    let practice = include_str!("../../crates/guard/tests/data/practice.json");
    Guard::new(&serde_json::from_str::<Profile>(practice).expect("the example practice is a profile"))
});

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, rest)) = bytes.split_first() else { return };
    let mut parts = rest.splitn(2, |byte| *byte == 0xFF).map(String::from_utf8_lossy);
    let (text, answered) = (parts.next().unwrap_or_default(), parts.next());
    let question = Text {
        text: &text,
        context: Context::ALL[usize::from(choice >> 1) % Context::ALL.len()],
        lang: if choice & 1 == 0 { Lang::En } else { Lang::Es },
        in_reply_to: answered.as_deref(),
    };
    let findings = GUARD.look(&question);
    for finding in &findings {
        assert!(finding.start < finding.end, "an empty span: {finding:?}");
        assert_eq!(text.get(finding.start..finding.end), Some(finding.span.as_str()), "{finding:?}");
    }
    assert!(findings.is_sorted_by_key(|finding| finding.start), "not in the order of the text: {findings:?}");
    assert_eq!(GUARD.look(&question), findings, "the same text, the same findings");
});
