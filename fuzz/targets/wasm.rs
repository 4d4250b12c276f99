//! Any calls through the door of the WebAssembly module, with any bytes and any lengths: each is answered with JSON, and
//! places are counted in UTF-16 units of the text that was asked about.
//!
//! Input: calls, parted by bytes 0xFF. A call is a byte that names it, a byte that bends the length it is told, and what is
//! written into the room.
#![no_main]

use bedside_guard_wasm::{answer, look, prepare, room, version};
use libfuzzer_sys::fuzz_target;
use serde::Deserialize;
use serde_json::Value;

/// What is read of a question. What else it holds is passed over unread, by the guard and here.
#[derive(Deserialize)]
struct Question {
    text: String,
}

fuzz_target!(|bytes: &[u8]| {
    for call in bytes.split(|byte| *byte == 0xFF) {
        let [name, bend, said @ ..] = call else { continue };
        let told = match bend % 4 {
            0 | 1 => said.len(),
            2 => said.len().saturating_sub(usize::from(*bend)),
            _ => usize::MAX >> (bend % 64),
        };
        let desk = room(said.len());
        // SAFETY: the room has at least as many bytes as were asked for (the fuzzer's inputs are far below its limit), and
        // nothing else uses it before the next call. This is what a host does.
        unsafe { desk.copy_from_nonoverlapping(said.as_ptr(), said.len()) };
        match name % 4 {
            0 => assert!(prepare(told) <= 1),
            1 => assert!(told_in(version())["version"].is_string()),
            _ => found(said, told, &told_in(look(told))),
        }
    }
    // The next input begins with a guard that knows nobody, so that each can be repeated by itself.
    room(2);
    prepare(2);
});

fn told_in(length: usize) -> Value {
    // SAFETY: the module says where its last answer is and how long.
    let json = unsafe { std::slice::from_raw_parts(answer(), length) };
    serde_json::from_slice(json).expect("an answer is JSON")
}

fn found(said: &[u8], told: usize, answer: &Value) {
    let Some(findings) = answer["findings"].as_array() else {
        assert!(answer["error"].is_string(), "{answer}");
        return;
    };
    let question: Question = serde_json::from_slice(&said[..told]).expect("only a question has findings");
    let units: Vec<u16> = question.text.encode_utf16().collect();
    for finding in findings {
        let place = |key: &str| finding[key].as_u64().and_then(|at| usize::try_from(at).ok()).expect("a place");
        let span = String::from_utf16(&units[place("start")..place("end")]).expect("a span cuts no character");
        assert_eq!(Some(span.as_str()), finding["span"].as_str());
    }
}
