//! Every safe draft passes the guard: all classes, both languages, several practices, answering reviews and comments.
#![allow(clippy::unwrap_used)]

use bedside_guard::drafts::{Asked, drafts};
use bedside_guard::triage::Class;
use bedside_guard::{Context, Guard, Lang, PracticeFacts, Profile, Severity, Text};

/// Phone, role in English and role in Spanish.
const PRACTICES: [(&str, &str, &str); 4] = [
    ("541-555-0100", "office manager", "gerencia"),
    ("(212) 555-0147", "practice manager", "oficina"),
    ("+1 787 555 0199", "office", "administración"),
    ("555.0110", "front desk lead", "recepción"),
];

#[test]
fn every_draft_is_cleared() {
    for (phone, english, spanish) in PRACTICES {
        let practice = PracticeFacts { phones: vec![phone.to_owned()], ..PracticeFacts::default() };
        let guard = Guard::new(&Profile { practice, ..Profile::default() });
        for (&class, lang) in Class::ALL.iter().flat_map(|class| [(class, Lang::En), (class, Lang::Es)]) {
            let role = if lang == Lang::Es { spanish } else { english };
            let all = drafts(&Asked { class, text: "My knee hurts", lang, role, phone });
            let wanted = if matches!(class, Class::Abuse | Class::Harassment) { 0 } else { 3 };
            assert_eq!(all.len(), wanted, "{class:?}");
            for (draft, context) in
                all.iter().flat_map(|draft| [(draft, Context::ReviewReply), (draft, Context::CommentReply)])
            {
                assert!(!draft.contains(['{', '}']), "{draft}");
                let text = Text { text: draft, context, lang, in_reply_to: Some("My knee hurts") };
                let held: Vec<_> =
                    guard.look(&text).into_iter().filter(|finding| finding.severity >= Severity::Warn).collect();
                assert!(held.is_empty(), "{class:?} {context}: {draft}: {held:?}");
            }
        }
    }
}
