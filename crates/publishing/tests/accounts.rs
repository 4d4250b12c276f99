//! Accounts on a real database: kept, removed, connected again; secrets that only open in their own row; and tokens
//! that are renewed once however many ask.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::atomic::{AtomicUsize, Ordering};

use bedside_platform::Ground;
use bedside_publishing::{
    MIGRATIONS,
    accounts::{AccountError, NewAccount, State, connecting, connection, store},
    networks::{Next, Refusal},
};
use bedside_testkit::TestGround;
use jiff::SignedDuration;
use serde_json::{Value, json};

const PRACTICE: &str = "practice-1";

fn cedar(secret: Value) -> NewAccount {
    NewAccount {
        network: "bluesky",
        server: "https://pds.example".into(),
        handle: "cedar.example".into(),
        display_name: "Cedar Hollow".into(),
        remote_id: "did:plc:cedar".into(),
        secret: Some(secret),
        token_ends_at: None,
        limits: None,
    }
}

async fn keep(ground: &Ground, new: &NewAccount) -> String {
    let mut tx = ground.database.begin_write().await.unwrap();
    let id = store::keep(ground, &mut tx, PRACTICE, new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Runs statements in a transaction of their own.
macro_rules! write {
    ($ground:expr, |$tx:ident| $body:expr) => {{
        let mut $tx = $ground.database.begin_write().await.unwrap();
        let result = $body.await.unwrap();
        $tx.commit().await.unwrap();
        result
    }};
}

#[tokio::test]
async fn a_removed_account_has_no_secret_and_comes_back_under_its_old_id() {
    let world = TestGround::new(MIGRATIONS).await;
    let ground = &world.ground;
    let id = keep(ground, &cedar(json!({ "token": "first" }))).await;
    assert_eq!(connection(ground, PRACTICE, &id).await.unwrap().secret::<Value>().unwrap()["token"], "first");
    assert!(matches!(connection(ground, "practice-2", &id).await, Err(AccountError::Gone)));
    assert_eq!(store::find(ground, "practice-2", &id).await.unwrap(), None);

    assert!(write!(ground, |tx| store::remove(&mut tx, PRACTICE, &id, ground.now())));
    assert!(!write!(ground, |tx| store::remove(&mut tx, PRACTICE, &id, ground.now())));
    assert_eq!(store::list(ground, PRACTICE).await.unwrap(), []);
    assert!(store::find(ground, PRACTICE, &id).await.unwrap().unwrap().removed_at.is_some());
    assert!(matches!(connection(ground, PRACTICE, &id).await, Err(AccountError::Gone)));
    let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM accounts WHERE secret IS NOT NULL")
        .fetch_one(ground.database.read())
        .await
        .unwrap();
    assert_eq!(left, 0, "the secret was wiped");

    // The account moved to another server meanwhile: its DID is still its name.
    let moved = NewAccount { server: "https://new.example".into(), ..cedar(json!({ "token": "second" })) };
    assert_eq!(keep(ground, &moved).await, id);
    let back = connection(ground, PRACTICE, &id).await.unwrap();
    assert_eq!(
        (back.server.as_str(), &back.secret::<Value>().unwrap()["token"]),
        ("https://new.example", &json!("second"))
    );
    assert_eq!(store::list(ground, PRACTICE).await.unwrap().len(), 1);
    let other = NewAccount { remote_id: "42".into(), network: "mastodon", ..cedar(json!({})) };
    let first = keep(ground, &other).await;
    let second = keep(ground, &NewAccount { server: "https://other.example".into(), ..other }).await;
    assert_ne!(first, second, "a number only means something on its server");
}

#[tokio::test]
async fn a_secret_opens_in_its_own_row_only() {
    let world = TestGround::new(MIGRATIONS).await;
    let ground = &world.ground;
    let first = keep(ground, &cedar(json!({ "token": "first" }))).await;
    let second =
        keep(ground, &NewAccount { remote_id: "did:plc:maple".into(), ..cedar(json!({ "token": "second" })) }).await;
    let moved = "UPDATE accounts SET secret = (SELECT secret FROM accounts WHERE id = $1) WHERE id = $2";
    write!(ground, |tx| sqlx::query(moved).bind(&first).bind(&second).execute(&mut *tx));
    assert!(matches!(connection(ground, PRACTICE, &second).await, Err(AccountError::Unopened(_))));
}

#[tokio::test]
async fn states_move_and_what_is_off_stays_off() {
    let world = TestGround::new(MIGRATIONS).await;
    let ground = &world.ground;
    let id = keep(ground, &cedar(json!({}))).await;
    let start = ground.now();
    world.pass(SignedDuration::from_hours(1));
    write!(ground, |tx| store::set_state(&mut tx, PRACTICE, &id, State::Failing, "No answer.", ground.now()));
    world.pass(SignedDuration::from_hours(1));
    write!(ground, |tx| store::set_state(&mut tx, PRACTICE, &id, State::Failing, "Still none.", ground.now()));
    let account = store::find(ground, PRACTICE, &id).await.unwrap().unwrap();
    assert_eq!((account.state, account.state_text.as_str()), (State::Failing, "Still none."));
    assert_eq!(account.state_since, start + 3_600_000_000, "since the first failure");

    assert!(write!(ground, |tx| store::switch(&mut tx, PRACTICE, &id, false, ground.now())));
    assert!(!write!(ground, |tx| store::switch(&mut tx, PRACTICE, &id, false, ground.now())));
    write!(ground, |tx| store::set_state(&mut tx, PRACTICE, &id, State::Works, "", ground.now()));
    assert_eq!(store::find(ground, PRACTICE, &id).await.unwrap().unwrap().state, State::Off);
    assert!(write!(ground, |tx| store::switch(&mut tx, PRACTICE, &id, true, ground.now())));
    assert_eq!(store::find(ground, PRACTICE, &id).await.unwrap().unwrap().state, State::Works);

    write!(ground, |tx| store::hold(&mut tx, PRACTICE, &id, 200));
    write!(ground, |tx| store::hold(&mut tx, PRACTICE, &id, 100));
    write!(ground, |tx| store::note_reading(&mut tx, PRACTICE, &id, "page-2", 7));
    let account = store::find(ground, PRACTICE, &id).await.unwrap().unwrap();
    assert_eq!((account.held_until, account.read_cursor.as_str(), account.read_at), (200, "page-2", Some(7)));
}

#[tokio::test]
async fn a_token_is_renewed_once_however_many_ask() {
    let world = TestGround::new(MIGRATIONS).await;
    let ground = &world.ground;
    let id = keep(ground, &cedar(json!("stale"))).await;
    let asked = AtomicUsize::new(0);
    let renewals = (0..8).map(|_| async {
        let with = connection(ground, PRACTICE, &id).await.unwrap();
        let ask = |_: Value| async {
            asked.fetch_add(1, Ordering::SeqCst);
            tokio::task::yield_now().await;
            Ok(json!("fresh"))
        };
        let renewed = with.renew(&json!("stale"), ask).await.unwrap();
        assert_eq!((renewed, with.secret::<Value>().unwrap()), (json!("fresh"), json!("fresh")));
    });
    futures_util::future::join_all(renewals).await;
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert_eq!(connection(ground, PRACTICE, &id).await.unwrap().secret::<Value>().unwrap(), "fresh");
}

#[tokio::test]
async fn a_renewal_that_another_process_holds_is_waited_for_and_a_failed_one_is_let_go() {
    let world = TestGround::new(MIGRATIONS).await;
    let ground = &world.ground;
    let id = keep(ground, &cedar(json!("stale"))).await;
    let with = connection(ground, PRACTICE, &id).await.unwrap();
    let no = |next| Refusal { log: "no".into(), person: "No.".into(), status: None, next };
    for _ in 0..2 {
        let refused = with.renew(&json!("stale"), |_: Value| async { Err(no(Next::Reconnect)) }).await;
        assert_eq!(refused.unwrap_err().next, Next::Reconnect, "asked again: the first one let go");
    }
    let held = "UPDATE accounts SET renewing_until = $1 WHERE id = $2";
    write!(ground, |tx| sqlx::query(held).bind(ground.now() + 60_000_000).bind(&id).execute(&mut *tx));
    let refused = with.renew(&json!("stale"), |_: Value| async { panic!("two would ask at once") }).await;
    assert_eq!(refused.unwrap_err().next, Next::TryLater);
    world.pass(SignedDuration::from_secs(61));
    let renewed = with.renew(&json!("stale"), |_: Value| async { Ok(json!("fresh")) }).await;
    assert_eq!(renewed.unwrap(), "fresh", "the other one died");
}

#[tokio::test]
async fn a_journey_returns_once_to_the_same_person_within_the_hour() {
    let world = TestGround::new(MIGRATIONS).await;
    let ground = &world.ground;
    let secret = json!({ "verifier": "v" });
    let begin = async || {
        write!(ground, |tx| connecting::begin(
            ground,
            &mut tx,
            PRACTICE,
            "maria",
            "mastodon",
            "https://m.example",
            &secret
        ))
    };
    let take = async |practice: &str, member: &str, id: &str| {
        write!(ground, |tx| connecting::take::<Value>(ground, &mut tx, practice, member, id))
    };
    let id = begin().await;
    assert_eq!(id.len(), 64);
    assert_eq!(take(PRACTICE, "ben", &id).await, None);
    assert_eq!(take("practice-2", "maria", &id).await, None);
    let back = take(PRACTICE, "maria", &id).await.unwrap();
    assert_eq!(
        (back.network.as_str(), back.server.as_str(), &back.secret["verifier"]),
        ("mastodon", "https://m.example", &json!("v"))
    );
    assert_eq!(take(PRACTICE, "maria", &id).await, None, "good for once");
    let late = begin().await;
    world.pass(SignedDuration::from_mins(61));
    assert_eq!(take(PRACTICE, "maria", &late).await, None, "too late");
}
