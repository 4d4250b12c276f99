//! Answering somebody: what must be remembered of their message, and how an answer is addressed.
//!
//! An answer is never seen by more people than what it answers: a message to the practice alone gets an answer to
//! its author alone. And nobody is told of an answer that does not name them, so it opens with their handle, as
//! every client of this network writes it. The handle is the address on the envelope, not a text of the practice.

use serde::{Deserialize, Serialize};

use super::plain::without_server;
use crate::networks::Outgoing;

/// What is kept of a message that may be answered; its JSON is [`crate::networks::Incoming::reference`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reference {
    /// The status's id on the account's own server.
    pub(super) id: String,
    /// `public`, `unlisted`, `private` or `direct`.
    pub(super) visibility: String,
    /// `name@server`, empty when unknown.
    pub(super) author: String,
}

impl Reference {
    /// The reference as it is stored.
    pub(super) fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What [`to_text`](Self::to_text) wrote; anything else is taken for the bare id of a public status.
    pub(super) fn from_text(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|_| Self {
            id: text.to_owned(),
            visibility: "public".into(),
            author: String::new(),
        })
    }
}

/// A message as it goes to the server.
pub(super) struct Addressed {
    /// The text, opened with the handle of the person who is answered.
    pub(super) text: String,
    /// Who may see it.
    pub(super) visibility: &'static str,
    /// The status that it answers.
    pub(super) answers: Option<String>,
}

/// Addresses a message.
pub(super) fn address(message: &Outgoing) -> Addressed {
    let Some(to) = &message.reply_to else {
        return Addressed { text: message.text.clone(), visibility: "public", answers: None };
    };
    let reference = Reference::from_text(&to.reference);
    let visibility = match reference.visibility.as_str() {
        "public" => "public",
        "unlisted" => "unlisted",
        // `private` means the author's followers; ours are other people.
        _ => "direct",
    };
    let mention = format!("@{}", reference.author);
    let opened = reference.author.is_empty() || names(&message.text, &mention);
    let text = if opened { message.text.clone() } else { format!("{mention} {}", message.text) };
    Addressed { text, visibility, answers: Some(reference.id) }
}

/// Whether a text mentions somebody already, with or without their server.
fn names(text: &str, mention: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_end_matches([',', '.', ':', '!', '?']);
        word.eq_ignore_ascii_case(mention) || word.eq_ignore_ascii_case(without_server(mention))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::networks::ReplyTo;

    fn answer(text: &str, visibility: &str) -> Addressed {
        let reference =
            Reference { id: "7".into(), visibility: visibility.into(), author: "bob@other.example".into() }.to_text();
        address(&Outgoing {
            post_id: String::new(),
            title: String::new(),
            text: text.into(),
            lang: "en".into(),
            spanish: None,
            pictures: vec![],
            sources: vec![],
            signed_by: None,
            reply_to: Some(ReplyTo { reference, text: "a question".into() }),
            challenge_id: None,
        })
    }

    #[test]
    fn an_answer_is_never_wider_than_the_question() {
        for (theirs, ours) in [
            ("public", "public"),
            ("unlisted", "unlisted"),
            ("private", "direct"),
            ("direct", "direct"),
            ("", "direct"),
            ("something new", "direct"),
        ] {
            assert_eq!(answer("Thank you.", theirs).visibility, ours, "{theirs}");
        }
    }

    #[test]
    fn an_answer_names_the_person_once() {
        assert_eq!(answer("Thank you.", "public").text, "@bob@other.example Thank you.");
        for named in ["@bob@other.example thanks", "Thanks, @Bob!"] {
            assert_eq!(answer(named, "public").text, named);
        }
        assert_eq!(answer("Thank you.", "public").answers.as_deref(), Some("7"));
    }

    #[test]
    fn a_bare_id_is_a_reference_too() {
        let bare = Reference::from_text("109372843234");
        assert_eq!((bare.id.as_str(), bare.visibility.as_str()), ("109372843234", "public"));
        assert_eq!(Reference::from_text(&bare.to_text()), bare);
    }
}
