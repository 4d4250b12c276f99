//! The door: what passes, what is held, and whose word opens it.
#![allow(clippy::unwrap_used)]

use bedside_guard::{Category, Context, Guard, Kept, Lang, Piece, PieceKind, Profile, RULES_VERSION, Screened};

#[derive(Debug)]
struct Post {
    body: &'static str,
    file: &'static str,
    answers: Option<&'static str>,
}

impl Screened for Post {
    fn pieces(&self) -> Vec<Piece<'_>> {
        let piece = |what, text| Piece { what, text, lang: Lang::En, in_reply_to: self.answers };
        vec![piece(PieceKind::Body, self.body), piece(PieceKind::FileName, self.file)]
    }
}

fn post(body: &'static str) -> Post {
    Post { body, file: "walk.jpg", answers: None }
}

fn guard() -> Guard {
    Guard::new(&serde_json::from_str::<Profile>(include_str!("data/practice.json")).unwrap())
}

fn kept(category: Category, span: &str, privacy_lead: bool) -> Kept {
    Kept {
        category,
        span: span.to_owned(),
        reason: "It is a quotation.".to_owned(),
        by: "member-1".to_owned(),
        privacy_lead,
        at: 1_700_000_000_000_000,
    }
}

#[test]
fn a_plain_post_passes() {
    let cleared = guard().clear(post("Walk with us on Saturday."), Context::Post, &[]).unwrap();
    assert_eq!(cleared.clearance().rules_version, RULES_VERSION);
    assert_eq!(cleared.clearance().text_hash.len(), 64);
    assert_eq!(cleared.into_inner().body, "Walk with us on Saturday.");
}

#[test]
fn a_warning_is_kept_with_a_reason_for_the_exact_words() {
    let text = "We are the #1 clinic in the valley.";
    let held = guard().clear(post(text), Context::Post, &[]).unwrap_err();
    let finding = held.findings[0].finding.clone();
    assert!(held.to_string().contains(&finding.span));

    let decision = kept(Category::Claim, &finding.span, false);
    let cleared = guard().clear(held.value, Context::Post, std::slice::from_ref(&decision)).unwrap();
    assert_eq!(cleared.clearance().kept, std::slice::from_ref(&decision));

    let other = post("We are the #1 practice in the valley.");
    assert!(guard().clear(other, Context::Post, std::slice::from_ref(&decision)).is_err());
    let no_reason = Kept { reason: " ".to_owned(), ..decision };
    assert!(guard().clear(post(text), Context::Post, &[no_reason]).is_err());
}

#[test]
fn a_block_opens_for_the_privacy_lead_alone() {
    let text = "Our vaccines are 100% safe.";
    let writer = kept(Category::Claim, "100% safe", false);
    assert!(guard().clear(post(text), Context::Post, &[writer]).is_err());
    let lead = kept(Category::Claim, "100% safe", true);
    assert!(guard().clear(post(text), Context::Post, &[lead]).is_ok());
}

#[test]
fn contacts_and_confirmations_open_for_nobody() {
    let phone = kept(Category::Contact, "541 555 0166", true);
    assert!(guard().clear(post("Text Rosa: 541 555 0166"), Context::Post, &[phone]).is_err());
    let visit = kept(Category::Relationship, "visiting us", true);
    let reply = post("Thank you for visiting us!");
    assert!(guard().clear(reply, Context::ReviewReply, &[visit]).is_err());
}

#[test]
fn file_names_are_read() {
    let post = Post { body: "Walk with us.", file: "patient_Denise_Kowalski.jpg", answers: None };
    let held = guard().clear(post, Context::Post, &[]).unwrap_err();
    assert_eq!(held.findings[0].what, PieceKind::FileName);
    assert_eq!(held.findings[0].finding.span, "Denise_Kowalski");
}

#[test]
fn the_hash_sees_where_a_word_stands() {
    let hash = |body, file| {
        let post = Post { body, file, answers: None };
        guard().clear(post, Context::Post, &[]).unwrap().clearance().text_hash.clone()
    };
    assert_ne!(hash("walk", "soup.jpg"), hash("walk ", "soup.jpg"));
    assert_ne!(hash("walks", "oup.jpg"), hash("walk", "soup.jpg"));
}
