//! Any message: triage does not panic, its signals are where they say they are, and the same message gets the same class.
//!
//! Input: one byte for the stars, then the text.
#![no_main]

use bedside_guard::triage::{speaks_of_harm, triage};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, rest)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let stars = (choice < 0x80).then_some(choice % 8);
    let verdict = triage(&text, stars);
    for signal in &verdict.signals {
        assert_eq!(text.get(signal.start..signal.end), Some(signal.span.as_str()), "{signal:?}");
        assert!(signal.start < signal.end, "an empty span: {signal:?}");
    }
    assert_eq!(triage(&text, stars), verdict, "the same message, the same class");
    assert_eq!(speaks_of_harm(&text), speaks_of_harm(&text));
});
