//! The guard for browsers and other hosts of WebAssembly: text in, findings out, nothing sent anywhere.
//!
//! It is the crate `bedside-guard` itself; only the door differs. A host writes JSON into the room it asks for, calls, and
//! reads JSON where it is told:
//!
//! 1. [`room`]`(bytes)` gives the address of a room of that many bytes; write UTF-8 there.
//! 2. [`prepare`]`(bytes)` takes a practice's profile from the room. Without it the guard knows nobody.
//! 3. [`look`]`(bytes)` takes `{"text", "context", "lang"?, "in_reply_to"?}` from the room and gives the length of the
//!    answer: `{"findings": […]}`, or `{"error"}` for a question that it cannot read. Places are counted in UTF-16 units,
//!    as JavaScript counts.
//!    [`advise`]`(bytes)` does the same with a `replacement` at each finding that words can mend.
//! 4. [`answer`] is the address of the last answer.
//!
//! `package/index.js` does this for JavaScript. One thread; nothing is kept but the profile.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bedside_guard::{Context, Finding, Guard, Lang, Profile, RULES_VERSION, Text};
use serde::{Deserialize, Serialize};

/// Longest text that is read, in bytes: one far above any post keeps a page from freezing.
const LONGEST: usize = 1024 * 1024;

struct Desk {
    room: Vec<u8>,
    answer: Vec<u8>,
    guard: Option<Guard>,
}

static DESK: Mutex<Desk> = Mutex::new(Desk { room: Vec::new(), answer: Vec::new(), guard: None });

fn desk() -> MutexGuard<'static, Desk> {
    DESK.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Deserialize)]
struct Question {
    text: String,
    context: Context,
    #[serde(default)]
    lang: String,
    #[serde(default)]
    in_reply_to: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Findings(Vec<Finding>),
    Version(&'static str),
    Error(String),
}

/// Makes room for so many bytes and gives its address. What was in it before is gone.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn room(bytes: usize) -> *mut u8 {
    let mut desk = desk();
    desk.room = vec![0; bytes.min(2 * LONGEST)];
    desk.room.as_mut_ptr()
}

/// Takes a practice's profile, as JSON, from the first bytes of the room: 1 when it could be read, else 0.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn prepare(bytes: usize) -> usize {
    let mut desk = desk();
    let profile = desk.room.get(..bytes).and_then(|json| serde_json::from_slice::<Profile>(json).ok());
    desk.guard = profile.as_ref().map(Guard::new);
    usize::from(desk.guard.is_some())
}

/// Looks at the question in the first bytes of the room; gives the length of the answer.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn look(bytes: usize) -> usize {
    asked(bytes, Guard::look)
}

/// As [`look`], and each finding has its `replacement` where the guard knows words that mend it; some looks long.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn advise(bytes: usize) -> usize {
    asked(bytes, Guard::advise)
}

/// How a text is read: [`Guard::look`] or [`Guard::advise`].
type Way = fn(&Guard, &Text<'_>) -> Vec<Finding>;

fn asked(bytes: usize, way: Way) -> usize {
    let mut desk = desk();
    let desk = &mut *desk;
    let guard = desk.guard.get_or_insert_with(|| Guard::new(&Profile::default()));
    let found = match desk.room.get(..bytes) {
        Some(json) => answered(guard, json, way),
        None => Answer::Error("the question is longer than the room".to_owned()),
    };
    desk.say(&found)
}

/// Gives the length of an answer with the version of the rules.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn version() -> usize {
    desk().say(&Answer::Version(RULES_VERSION))
}

/// The address of the last answer.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn answer() -> *const u8 {
    desk().answer.as_ptr()
}

impl Desk {
    fn say(&mut self, answer: &Answer) -> usize {
        // Answers are made of strings and numbers, which JSON always takes.
        self.answer = serde_json::to_vec(answer).unwrap_or_default();
        self.answer.len()
    }
}

fn answered(guard: &Guard, json: &[u8], way: Way) -> Answer {
    let question: Question = match serde_json::from_slice(json) {
        Ok(question) => question,
        Err(error) => return Answer::Error(format!("not a question the guard can read: {error}")),
    };
    if question.text.len() > LONGEST {
        return Answer::Error(format!("the text is longer than {LONGEST} bytes"));
    }
    let text = Text {
        text: &question.text,
        context: question.context,
        lang: Lang::from_tag(&question.lang),
        in_reply_to: question.in_reply_to.as_deref(),
    };
    let mut findings = way(guard, &text);
    count_in_utf16(&question.text, &mut findings);
    Answer::Findings(findings)
}

/// Turns the places of findings from UTF-8 bytes into UTF-16 units.
fn count_in_utf16(text: &str, findings: &mut [Finding]) {
    if text.is_ascii() {
        return;
    }
    let mut places: Vec<&mut usize> = Vec::new();
    for finding in findings {
        places.extend([&mut finding.start, &mut finding.end]);
        places.extend(finding.replacement.iter_mut().flat_map(|words| [&mut words.start, &mut words.end]));
    }
    places.sort_unstable();
    // One walk through the text, from place to place.
    let (mut bytes, mut units) = (0, 0);
    for place in places {
        units += text.get(bytes..*place).map_or(0, |between| between.encode_utf16().count());
        bytes = *place;
        *place = units;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn advised(question: &str) -> serde_json::Value {
        let guard = Guard::new(&Profile::default());
        serde_json::to_value(answered(&guard, question.as_bytes(), Guard::advise)).unwrap()
    }

    #[test]
    fn places_are_counted_as_javascript_counts() {
        let text = "\u{1F389} caf\u{e9}: call 541 555 0166";
        let answer = advised(&format!(r#"{{"text": "{text}", "context": "story"}}"#));
        let finding = &answer["findings"][0];
        let units: Vec<u16> = text.encode_utf16().collect();
        let (start, end) = (finding["start"].as_u64().unwrap(), finding["end"].as_u64().unwrap());
        let span = String::from_utf16(&units[usize::try_from(start).unwrap()..usize::try_from(end).unwrap()]).unwrap();
        assert_eq!((span.as_str(), finding["span"].as_str().unwrap()), ("541 555 0166", "541 555 0166"));
    }

    #[test]
    fn a_replacement_stands_where_javascript_puts_it() {
        let text = "\u{1F389} caf\u{e9} news: Our patient Gloria Mendez walked 100 miles.";
        let answer = advised(&format!(r#"{{"text": "{text}", "context": "post"}}"#));
        let findings = answer["findings"].as_array().unwrap();
        let name = findings.iter().find(|finding| finding["category"] == "name").unwrap();
        let units: Vec<u16> = text.encode_utf16().collect();
        let place = |key: &str| usize::try_from(name[key].as_u64().unwrap()).unwrap();
        let replaced = String::from_utf16(&units[place("replace_start")..place("replace_end")]).unwrap();
        assert_eq!(
            (replaced.as_str(), name["replacement"].as_str().unwrap()),
            ("Our patient Gloria Mendez", "a patient")
        );
    }

    #[test]
    fn bad_questions_are_answered() {
        for question in ["", "{", r#"{"text": 1}"#, r#"{"text": "a", "context": "billboard"}"#] {
            assert!(advised(question)["error"].is_string(), "{question}");
        }
    }

    #[test]
    fn through_the_door() {
        let question = br#"{"text": "Hi Yolanda, thank you for visiting us!", "context": "review_reply"}"#;
        room(question.len());
        desk().room.copy_from_slice(question);
        let length = look(question.len());
        let said: serde_json::Value = serde_json::from_slice(&desk().answer).unwrap();
        assert_eq!(desk().answer.len(), length);
        assert!(said["findings"].as_array().unwrap().len() >= 2, "{said}");
        assert_eq!(prepare(3), 0, "what is in the room is no profile");
        assert!(look(1 << 40) > 0 && version() > 0);
    }
}
