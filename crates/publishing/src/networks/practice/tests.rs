//! The promises that an engine builds on, and each fault.
#![allow(clippy::unwrap_used)]

use bedside_guard::{Context, Guard, Profile};
use bedside_testkit::TestGround;
use jiff::SignedDuration;

use super::*;
use crate::{
    MIGRATIONS,
    accounts::{NewAccount, connection, store as accounts},
    networks::{IncomingKind, Picture},
};

async fn account(world: &TestGround) -> Connection {
    let new = NewAccount {
        network: ID,
        server: String::new(),
        handle: "cedar".into(),
        display_name: "Cedar Hollow".into(),
        remote_id: String::new(),
        secret: None,
        token_ends_at: None,
        limits: None,
    };
    let mut tx = world.ground.database.begin_write().await.unwrap();
    let id = accounts::keep(&world.ground, &mut tx, "p", &new).await.unwrap();
    tx.commit().await.unwrap();
    connection(&world.ground, "p", &id).await.unwrap()
}

fn message(text: &str) -> Outgoing {
    Outgoing {
        post_id: String::new(),
        title: String::new(),
        text: text.into(),
        lang: "en".into(),
        spanish: None,
        pictures: vec![],
        sources: vec![],
        signed_by: None,
        reply_to: None,
        challenge_id: None,
    }
}

fn cleared(message: &Outgoing) -> Cleared<Outgoing> {
    Guard::new(&Profile::default()).clear(message.clone(), Context::Post, &[]).unwrap()
}

#[tokio::test]
async fn one_key_is_one_message_until_it_is_deleted() {
    let world = TestGround::new(MIGRATIONS).await;
    let (practice, with) = (Practice::default(), account(&world).await);
    let other_process = practice.clone();
    let first = practice.publish(&with, "k", &cleared(&message("Less salt."))).await;
    assert_eq!(other_process.publish(&with, "k", &cleared(&message("Less salt."))).await, first);
    assert_eq!((practice.messages().len(), practice.arrivals()), (1, vec![("k".to_owned(), 2)]));

    let Outcome::Accepted(published) = first else { panic!("{first:?}") };
    let edited = practice.edit(&with, &published, &cleared(&message("Less salt, changed."))).await;
    assert!(matches!(edited, Outcome::Accepted(there) if there.version == "2"));
    assert_eq!(practice.messages()[0].message.text, "Less salt, changed.");
    for _ in 0..2 {
        assert!(matches!(practice.delete(&with, &published).await, Outcome::Accepted(_)));
    }
    assert!(practice.messages().is_empty());
    let edited = practice.edit(&with, &published, &cleared(&message("Too late."))).await;
    assert!(matches!(edited, Outcome::Refused(_)));
}

#[tokio::test]
async fn a_lost_answer_is_there_and_a_lost_request_is_not() {
    let world = TestGround::new(MIGRATIONS).await;
    let (practice, with) = (Practice::default(), account(&world).await);
    for (key, fault, there) in [("a", Fault::LoseAnswer, true), ("b", Fault::LoseRequest, false)] {
        practice.fail_next(Call::Publish, fault);
        let outcome = practice.publish(&with, key, &cleared(&message("Less salt."))).await;
        assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
        let found = practice.find(&with, key, &message("Less salt."), world.now()).await.unwrap();
        assert_eq!(found.is_some(), there, "{fault:?}");
    }
    practice.fail_next(Call::Find, Fault::LoseAnswer);
    assert!(practice.find(&with, "b", &message("Less salt."), world.now()).await.is_err());
    practice.fail_next(Call::Publish, Fault::Refuse(Next::Reconnect));
    let refused = practice.publish(&with, "c", &cleared(&message("Less salt."))).await;
    assert!(matches!(refused, Outcome::Refused(Refusal { next: Next::Reconnect, .. })));
    assert_eq!((practice.messages().len(), practice.unused_faults()), (1, 0));
}

#[tokio::test]
async fn a_late_answer_comes_when_the_clock_says_so() {
    let world = TestGround::new(MIGRATIONS).await;
    let (practice, with) = (Practice::default(), account(&world).await);
    practice.fail_next(Call::Publish, Fault::Late(SignedDuration::from_mins(10)));
    let text = cleared(&message("Less salt."));
    let mut late = std::pin::pin!(practice.publish(&with, "k", &text));
    assert!(futures_util::poll!(late.as_mut()).is_pending());
    assert!(practice.messages().is_empty());
    world.pass(SignedDuration::from_mins(11));
    assert!(matches!(late.await, Outcome::Accepted(_)));
}

#[tokio::test]
async fn what_a_real_network_would_refuse_is_refused() {
    let world = TestGround::new(MIGRATIONS).await;
    let (practice, with) = (Practice::default(), account(&world).await);
    let picture = |alt: &str| Picture {
        hash: String::new(),
        mime: "image/png".into(),
        width: 1,
        height: 1,
        bytes: 1,
        alt: alt.into(),
        file_name: "picture-1.png".into(),
    };
    let long = message(&"x".repeat(501));
    let many = Outgoing { pictures: vec![picture("A bowl"); 5], ..message("Less salt.") };
    let blind = Outgoing { pictures: vec![picture(" ")], ..message("Less salt.") };
    for refused in [long, many, blind] {
        let outcome = practice.publish(&with, "k", &cleared(&refused)).await;
        assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
    }
    let as_another = Practice::instead_of(&Capabilities { id: "bluesky", ..practice.capabilities().clone() });
    assert_eq!((as_another.capabilities().id, as_another.capabilities().label), ("bluesky", LABEL));
}

#[tokio::test]
async fn what_somebody_wrote_is_read_once_and_counted() {
    let world = TestGround::new(MIGRATIONS).await;
    let (practice, with) = (Practice::default(), account(&world).await);
    let about = |remote_id: &str, kind| Incoming {
        remote_id: remote_id.into(),
        kind,
        author_handle: "neighbor".into(),
        author_name: "A neighbor".into(),
        text: "Tasty!".into(),
        lang: "en".into(),
        url: String::new(),
        reference: remote_id.into(),
        parent_remote_id: Some("ours".into()),
        written_at: world.now(),
    };
    practice.receive(&with.account_id, about("1", IncomingKind::Reply));
    let first = practice.read(&with, "", &["ours".to_owned()]).await.unwrap();
    assert_eq!((first.messages.len(), first.numbers[0].replies), (1, 1));
    practice.receive(&with.account_id, about("2", IncomingKind::Favourite));
    practice.receive("another account", about("3", IncomingKind::Favourite));
    let second = practice.read(&with, &first.cursor, &["ours".to_owned()]).await.unwrap();
    assert_eq!((second.messages.len(), second.messages[0].remote_id.as_str()), (1, "2"));
    assert_eq!((second.numbers[0].replies, second.numbers[0].favourites), (1, 1));
}
