//! The safe-reply playbook: model replies, who may send them, and what must never be said.
//!
//! Who sends and what must never be said stands in `content/inbox/playbook.yaml`, the replies in the guard's
//! [`bedside_guard::drafts`]. They say nothing about the person, so that even a thank-you does
//! not confirm that somebody is a patient (45 CFR 160.103; the OCR cases on replies to reviews).

use std::{collections::HashMap, sync::LazyLock};

use bedside_guard::{
    Lang,
    drafts::{self, Asked},
};
use bedside_practice::{Member, Practice, Rights};
use serde::Deserialize;

use super::triage::Class;

/// Who sends replies of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sender {
    /// Everybody with any right, because every minute counts.
    Anybody,
    /// Members who write and answer.
    Staff,
    /// An owner.
    Owner,
    /// A clinician.
    Clinician,
}

impl Sender {
    /// Whether a member with these rights is one.
    pub fn is_met_by(self, rights: Rights) -> bool {
        match self {
            Self::Anybody => rights != Rights::default(),
            Self::Staff => rights.writes || rights.owner,
            Self::Owner => rights.owner,
            Self::Clinician => rights.signs,
        }
    }

    /// Why somebody else may not send it.
    pub fn why_not(self) -> &'static str {
        match self {
            Self::Anybody => "Only members of the practice can answer.",
            Self::Staff => "Only a member who writes and answers can send this.",
            Self::Owner => "The playbook leaves this answer to an owner of the practice.",
            Self::Clinician => "The playbook leaves this answer to a clinician.",
        }
    }

    /// The line beside the drafts.
    pub fn words(self) -> &'static str {
        match self {
            Self::Anybody => "Anybody on the team sends this, at once.",
            Self::Staff => "Staff may send this.",
            Self::Owner => "An owner sends this.",
            Self::Clinician => "A clinician decides.",
        }
    }
}

/// What the playbook says about a class.
#[derive(Debug, Clone, Deserialize)]
pub struct Page {
    /// Who sends.
    pub sender: Sender,
    /// What must never be said.
    pub never: String,
    /// Why nothing is said in public, where that is so.
    #[serde(default)]
    pub none: String,
}

#[allow(clippy::expect_used, reason = "the file is part of the program; a test reads it")]
static PAGES: LazyLock<HashMap<String, Page>> = LazyLock::new(|| {
    serde_yaml_ng::from_str(include_str!("../../content/inbox/playbook.yaml")).expect("the playbook can be read")
});

/// What the playbook says about a class.
pub fn page(class: Class) -> &'static Page {
    &PAGES[class.as_str()]
}

/// The safe drafts for a message, filled in for a practice: three, or none where nothing should be said in public.
pub fn drafts(class: Class, text: &str, spanish: bool, practice: &Practice, members: &[Member]) -> Vec<String> {
    let lang = if spanish { Lang::Es } else { Lang::En };
    let phone = practice.facts.phones.first().map_or("", String::as_str);
    drafts::drafts(&Asked { class, text, lang, role: &role(members, spanish), phone })
}

/// What is said to somebody whose body may be in danger. It names nobody, so it is the same for every practice.
pub fn emergency(spanish: bool) -> &'static str {
    let lang = if spanish { Lang::Es } else { Lang::En };
    drafts::model(Class::Emergency, lang).first().copied().unwrap_or_default()
}

/// Who listens: the role of the first member who answers and is no clinician. In Spanish a word that is right for every
/// practice.
fn role(members: &[Member], spanish: bool) -> String {
    let listener = members
        .iter()
        .find(|member| member.rights.writes && !member.rights.signs && !member.credentials.trim().is_empty());
    match listener {
        Some(_) if spanish => "gerencia".to_owned(),
        Some(member) => member.credentials.trim().to_lowercase(),
        None if spanish => "oficina".to_owned(),
        None => "office".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_a_page_with_replies_or_a_reason() {
        for &class in Class::ALL {
            let page = page(class);
            let has_replies = !drafts::model(class, Lang::En).is_empty();
            assert_eq!(has_replies, page.none.is_empty(), "{class:?} has replies, or says why not");
            assert!(!page.never.is_empty());
        }
        assert_eq!(PAGES.len(), Class::ALL.len());
    }

    #[test]
    fn the_emergency_sentence_needs_nothing_filled_in() {
        for (spanish, number) in [(false, "call 911"), (true, "llame al 911")] {
            assert!(emergency(spanish).contains(number) && !emergency(spanish).contains('{'));
        }
    }
}
