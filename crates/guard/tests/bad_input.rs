//! What nobody writes in good faith: long texts, bombs, invisible characters, bytes that are no text. The guard answers all of
//! it, and in time that grows as the text does.
#![allow(clippy::unwrap_used)]

use bedside_guard::{Category, Context, Finding, Guard, Lang, Profile, Text, pipe};
use serde_json::Value;

fn guard() -> Guard {
    Guard::new(&serde_json::from_str::<Profile>(include_str!("data/practice.json")).unwrap())
}

fn look(guard: &Guard, text: &str, context: Context) -> Vec<Finding> {
    let findings = guard.look(&Text { text, context, lang: Lang::En, in_reply_to: None });
    for finding in &findings {
        assert_eq!(text.get(finding.start..finding.end), Some(finding.span.as_str()));
    }
    findings
}

/// Texts made of one piece, each of which makes a careless reader do everything again for every piece.
const BOMBS: &[&str] = &[
    "a",
    "1",
    ".",
    " ",
    "\n",
    "((((",
    "a.",
    "a ",
    "a-",
    "\"' ",
    "@a",
    "a@",
    "#a",
    "_",
    "-1",
    "1/",
    "www.",
    "five ",
    "five-",
    "a dot ",
    "a at b dot ",
    "J. ",
    "Linda ",
    "Linda, ",
    "our patient ",
    "not a ",
    "e\u{301}",
    "\u{200B}",
    "\u{200B}a",
    "\u{202E}\u{5D0}",
    "\u{1F468}\u{200D}\u{1F469}",
    "ﬁ",
    "541 555 0199 ",
    "I am 12 and my son Tyler is 9 years old, ",
];

#[test]
fn nothing_and_next_to_nothing() {
    let guard = guard();
    for text in ["", " ", "\n\n", "\0", "\u{FEFF}", "\u{200B}\u{200D}", "\u{301}", "\u{202E}", "\u{1F3FD}", "."] {
        for context in Context::ALL {
            assert!(look(&guard, text, *context).is_empty(), "{text:?} in {context}");
        }
    }
}

#[test]
fn ten_thousand_emoji_say_nothing_and_hide_nothing() {
    let guard = guard();
    for emoji in [
        "\u{1F389}",
        "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
        "\u{1F44D}\u{1F3FD}",
        "\u{1F1FA}\u{1F1F8}",
        "5\u{FE0F}\u{20E3} ",
    ] {
        let crowd = emoji.repeat(10_000);
        let loud = |finding: &Finding| finding.category == Category::Contact && finding.span.contains("555");
        assert!(!look(&guard, &crowd, Context::Story).iter().any(loud), "{emoji}");
        let with_number = format!("{crowd} call 541 555 0199 {crowd}");
        assert!(look(&guard, &with_number, Context::Story).iter().any(loud), "{emoji}");
    }
}

#[test]
fn right_to_left_and_combining_characters_hide_nothing() {
    let guard = guard();
    for text in [
        "\u{5E9}\u{5DC}\u{5D5}\u{5DD} 541-555-0199 \u{5EA}\u{5D5}\u{5D3}\u{5D4}",
        "\u{202E}\u{0645}\u{0631}\u{062D}\u{0628}\u{0627}\u{202C} (541) 555-0199",
        "5\u{301}41-5\u{336}55-01\u{302}99",
        "\u{2067}541 555 0199\u{2069}",
    ] {
        let found = look(&guard, text, Context::Story);
        assert!(found.iter().any(|finding| finding.category == Category::Contact), "{text}: {found:?}");
    }
}

#[test]
fn lines_that_are_no_text_are_answered_and_the_rest_is_read() {
    let good = br#"{"id": 2, "text": "call 541 555 0199", "context": "story"}"#;
    let bad: &[&[u8]] = &[
        b"\xff\xfe",
        b"{\"id\": 1, \"text\": \"\xc3\x28\", \"context\": \"story\"}",
        b"{\"id\": 1, \"text\": \"\\ud800\", \"context\": \"story\"}",
        b"\0",
        b"[[[[[[",
        br#"{"text": null, "context": "post"}"#,
        &b"[".repeat(100_000),
    ];
    for line in bad {
        let input = [line, b"\n".as_slice(), good, b"\r\n\n", line, b"\n", good].concat();
        let mut said = Vec::new();
        pipe(input.as_slice(), &mut said, &guard()).unwrap();
        let said: Vec<Value> =
            str::from_utf8(&said).unwrap().lines().map(|one| serde_json::from_str(one).unwrap()).collect();
        assert_eq!(said.len(), 4);
        assert!(said[0]["error"].is_string() && said[2]["error"].is_string());
        assert!(said[1]["findings"][0].is_object() && said[1] == said[3]);
    }
}

/// A stopwatch would make this test depend on what else the machine does. Work that is done again for every piece shows all
/// the same: it would take this test from seconds to many minutes.
#[test]
fn bombs_are_read_to_the_end() {
    let guard = guard();
    for bomb in BOMBS {
        look(&guard, &bomb.repeat(50_000 / bomb.len()), Context::ColleagueCase);
    }
    for calm in ["a", ".", "\n", "((((", "A walk a day keeps the heart in shape.\n"] {
        look(&guard, &calm.repeat(1_000_000 / calm.len()), Context::Post);
    }
}
