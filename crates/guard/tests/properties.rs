//! What holds for every text: the guard never panics, and every span is where it says it is.
#![allow(clippy::unwrap_used)]

use bedside_guard::{Category, Context, Guard, Lang, Profile, Text};
use proptest::prelude::*;

/// Pieces of which texts are made that come near the rules, with marks that shift positions.
const PIECES: &[&str] = &[
    "Hi ",
    "Linda",
    ", ",
    "our patient ",
    "Señora Nún\u{303}ez",
    "J.D.W.",
    " 62",
    "541 555 0199",
    "five five five ",
    "j a n e",
    " dot ",
    "com",
    " at gmail dot com",
    "@anna",
    "MRN ",
    "00\u{200B}48812",
    "your visit",
    "su cita",
    "100% safe",
    "cures cancer",
    "\u{201C}",
    "\u{2019}s",
    "\u{A0}",
    "\u{1F468}\u{200D}\u{1F469}",
    "e\u{301}",
    "\n",
    ". ",
    "!",
    "Dr. ",
    "\u{FEFF}",
    "\u{1D409}\u{1D41A}",
    "ﬁ",
    "İ",
    "ß",
    "https://",
    "www.",
    "#",
    "12/3",
    "'",
    "-",
    "&",
];

fn guard() -> Guard {
    Guard::new(&serde_json::from_str::<Profile>(include_str!("data/practice.json")).unwrap())
}

/// A paragraph about nothing that any rule looks for.
const UNRELATED: &str = "The river bends twice before it meets the sea.";

/// What is found, without where: category and words.
fn found(guard: &Guard, text: &str, context: Context) -> Vec<(Category, String)> {
    let findings = guard.look(&Text { text, context, lang: Lang::En, in_reply_to: None });
    findings.into_iter().map(|finding| (finding.category, finding.span)).collect()
}

#[test]
fn a_paragraph_about_something_else_removes_nothing() {
    let guard = guard();
    let mut lost = Vec::new();
    for line in include_str!("data/cases.jsonl").lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = case["text"].as_str().unwrap();
        let context: Context = case["context"].as_str().unwrap().parse().unwrap();
        let alone = found(&guard, text, context);
        for longer in [format!("{UNRELATED}\n\n{text}"), format!("{text}\n\n{UNRELATED}")] {
            let all = found(&guard, &longer, context);
            lost.extend(alone.iter().filter(|one| !all.contains(one)).map(|one| (one.clone(), longer.clone())));
        }
    }
    assert!(lost.is_empty(), "{} findings lost: {lost:#?}", lost.len());
}

fn holds(guard: &Guard, text: &str) {
    for context in Context::ALL {
        let question = Text { text, context: *context, lang: Lang::En, in_reply_to: Some("my knee") };
        let findings = guard.look(&question);
        for finding in &findings {
            assert!(finding.start < finding.end && finding.end <= text.len(), "{finding:?}");
            assert_eq!(text.get(finding.start..finding.end), Some(finding.span.as_str()));
        }
        assert_eq!(guard.look(&question), findings, "the same text, the same findings");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        holds(&guard(), &text);
    }

    #[test]
    fn texts_near_the_rules(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        holds(&guard(), &pieces.concat());
    }

    #[test]
    fn what_nobody_sees_hides_nothing(
        gaps in prop::collection::vec(prop::sample::select(&["", "\u{200B}", "\u{200D}", "\u{2060}", "\u{AD}", "\u{FEFF}"][..]), 24),
    ) {
        let hide = |plain: &str| plain.chars().zip(gaps.iter().cycle()).flat_map(|(c, gap)| [c.to_string(), (*gap).to_owned()]).collect::<String>();
        let text = format!("Hi {}, call {} today.", hide("Yolanda"), hide("541 555 0199"));
        let found = found(&guard(), &text, Context::ReviewReply);
        for category in [Category::Name, Category::Contact] {
            prop_assert!(found.iter().any(|one| one.0 == category), "{category} in {text:?}");
        }
    }
}
