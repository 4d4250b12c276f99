//! What holds for every text: the guard never panics, and every span is where it says it is.
#![allow(clippy::unwrap_used)]

use bedside_guard::{Context, Guard, Lang, Profile, Text};
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
}
