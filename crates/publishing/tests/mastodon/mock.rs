//! Limits and faults: mastodon_mock is as strict as Mastodon and fails when it is told to.

use bedside_publishing::networks::{
    Limits, Network, Next, Outcome,
    mastodon::{
        Mastodon,
        connect::{self, Returned},
    },
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::sync::{Mutex, MutexGuard};

use crate::world::{Stranger, World, cleared, message, setting};

/// A planned fault meets whichever call comes next, so these tests take turns.
async fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::const_new(());
    TURN.lock().await
}

async fn account(world: &World) -> bedside_publishing::accounts::NewAccount {
    world.connect(&setting("BEDSIDE_TEST_MASTODON_MOCK"), &[("username", "testuser")]).await
}

async fn next_status_call(server: &Stranger<'_>, effect: Value) {
    let rule = json!({ "match": { "path": "/api/v1/statuses", "methods": ["POST"] }, "effect": effect, "count": 1 });
    server.post("/api/v1/_mock/faults", &rule).await;
}

async fn count_of(server: &Stranger<'_>, account_id: &str, text: &str) -> usize {
    let list = server.get(&format!("/api/v1/accounts/{account_id}/statuses?limit=40")).await;
    list.as_array().unwrap().iter().filter(|one| one["content"].as_str().unwrap().contains(text)).count()
}

#[tokio::test]
#[ignore = "real server: mastodon-mock"]
async fn a_code_that_the_server_does_not_know_connects_nothing() {
    let _turn = turn().await;
    let world = World::new().await;
    let secret = connect::begin(&world.ground, &setting("BEDSIDE_TEST_MASTODON_MOCK"))
        .await
        .unwrap_or_else(|mistake| panic!("{mistake:?}"));
    let wrong = Returned { code: Some("0000".into()), ..Returned::default() };
    let mistake = connect::finish(&world.ground, &secret, &wrong).await.unwrap_err();
    assert!(mistake.person.contains("Begin again"), "{}", mistake.person);
}

#[tokio::test]
#[ignore = "real server: mastodon-mock"]
async fn one_key_is_one_status() {
    let _turn = turn().await;
    let world = World::new().await;
    let account = account(&world).await;
    let with = world.open(&account).await;
    let server = Stranger::new(&world, &account);
    let text = world.unique("Day 1");
    let mut post = message(&text);
    post.pictures.push(world.picture("A bowl of soup").await);
    let key = Mastodon.record_key(world.ground.clock.now(), [1, 2, 3, 4, 5, 6, 7, 8]);
    let first = Mastodon.publish(&with, &key, &cleared(&post)).await;
    let second = Mastodon.publish(&with, &key, &cleared(&post)).await;
    let (Outcome::Accepted(first), Outcome::Accepted(second)) = (first, second) else { panic!("not accepted") };
    assert_eq!(first, second);
    assert_eq!(count_of(&server, &account.remote_id, &text).await, 1);
    let since = world.ground.clock.now() - SignedDuration::from_secs(5);
    assert_eq!(
        Mastodon.find(&with, &key, &post, since).await.unwrap().map(|found| found.remote_id),
        Some(first.remote_id.clone())
    );
    assert!(matches!(Mastodon.delete(&with, &first).await, Outcome::Accepted(_)));
    assert!(matches!(Mastodon.delete(&with, &first).await, Outcome::Accepted(_)), "gone already");
}

#[tokio::test]
#[ignore = "real server: mastodon-mock"]
async fn five_hundred_characters_go_and_one_more_does_not() {
    let _turn = turn().await;
    let world = World::new().await;
    let mut account = account(&world).await;
    assert_eq!(account.limits.map(|limits| (limits.characters, limits.link, limits.pictures)), Some((500, 23, 4)));
    let with = world.open(&account).await;
    let long = |length: usize| {
        let word = world.unique("Day");
        format!("{word} {}", "x".repeat(length - word.len() - 1))
    };
    let fits = Mastodon.publish(&with, &world.unique("k"), &cleared(&message(&long(500)))).await;
    assert!(matches!(fits, Outcome::Accepted(_)), "{fits:?}");
    let Outcome::Refused(ours) = Mastodon.publish(&with, &world.unique("k"), &cleared(&message(&long(501)))).await
    else {
        panic!()
    };
    assert!(ours.person.contains("501 characters") && ours.status.is_none(), "before anything was sent: {ours:?}");

    // A server that changed its limit since the account was connected says so itself.
    account.limits = account.limits.map(|limits| Limits { characters: 600, ..limits });
    let with = world.open(&account).await;
    let Outcome::Refused(theirs) = Mastodon.publish(&with, &world.unique("k"), &cleared(&message(&long(501)))).await
    else {
        panic!()
    };
    assert_eq!((theirs.status, theirs.next), (Some(422), Next::GiveUp));
    assert!(theirs.person.contains("maximum is 500 characters"), "{}", theirs.person);

    // A test of the account brings the present limits home.
    Mastodon.check(&with).await.unwrap();
    let Outcome::Refused(ours) = Mastodon.publish(&with, "more", &cleared(&message(&long(501)))).await else {
        panic!()
    };
    assert_eq!(ours.status, None, "{ours:?}");
}

#[tokio::test]
#[ignore = "real server: mastodon-mock"]
async fn every_fault_has_its_meaning_and_nothing_is_doubled() {
    let _turn = turn().await;
    let world = World::new().await;
    let account = account(&world).await;
    let with = world.open(&account).await;
    let server = Stranger::new(&world, &account);
    let text = world.unique("Day 2");
    let post = message(&text);
    let key = world.unique("key").replace(' ', "-");
    let since = world.ground.clock.now();

    next_status_call(&server, json!({ "type": "ratelimit" })).await;
    let Outcome::Refused(refusal) = Mastodon.publish(&with, &key, &cleared(&post)).await else { panic!("not refused") };
    let Next::WaitUntil(end) = refusal.next else { panic!("{:?}", refusal.next) };
    let pause = end.duration_since(world.ground.clock.now()).as_secs();
    assert!((280..=300).contains(&pause), "{pause} s");

    for effect in [
        json!({ "type": "status", "status": 503 }),
        json!({ "type": "status", "status": 500 }),
        json!({ "type": "malformed" }),
    ] {
        next_status_call(&server, effect.clone()).await;
        let outcome = Mastodon.publish(&with, &key, &cleared(&post)).await;
        assert!(matches!(outcome, Outcome::Unknown(_)), "{effect}: {outcome:?}");
        assert_eq!(Mastodon.find(&with, &key, &post, since).await.unwrap(), None, "{effect}");
    }
    for status in [401, 403] {
        next_status_call(&server, json!({ "type": "status", "status": status })).await;
        let Outcome::Refused(refusal) = Mastodon.publish(&with, &key, &cleared(&post)).await else {
            panic!("not refused")
        };
        assert_eq!(refusal.next, Next::Reconnect);
    }
    assert_eq!(count_of(&server, &account.remote_id, &text).await, 0);
    let outcome = Mastodon.publish(&with, &key, &cleared(&post)).await;
    assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}");
    assert_eq!(count_of(&server, &account.remote_id, &text).await, 1);
}

#[tokio::test]
#[ignore = "real server: mastodon-mock"]
async fn an_edit_changes_the_words_and_keeps_the_picture() {
    let _turn = turn().await;
    let world = World::new().await;
    let account = account(&world).await;
    let with = world.open(&account).await;
    let server = Stranger::new(&world, &account);
    let mut post = message(&world.unique("Day 4"));
    post.pictures.push(world.picture("A bowl of soup").await);
    let Outcome::Accepted(published) = Mastodon.publish(&with, &world.unique("k"), &cleared(&post)).await else {
        panic!("not accepted")
    };
    post.text = world.unique("Day 4, changed");
    let outcome = Mastodon.edit(&with, &published, &cleared(&post)).await;
    assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}");
    let there = server.get(&format!("/api/v1/statuses/{}", published.remote_id)).await;
    assert!(there["content"].as_str().unwrap().contains(&post.text));
    assert_eq!(there["media_attachments"][0]["description"], "A bowl of soup");
    assert_eq!(there["media_attachments"].as_array().unwrap().len(), 1);
}
