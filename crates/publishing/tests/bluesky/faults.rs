//! Faults: what the outcome is called decides whether a post is doubled or lost.

use bedside_publishing::{
    accounts::{Connection, NewAccount},
    networks::{Network, Next, Outcome, bluesky::Bluesky},
};
use serde_json::{Value, json};

use crate::{
    prepared::{Answer, json as say, page, server},
    world::{World, accepted, cleared, message},
};

const DID: &str = "did:plc:cedar";

/// An account on a server with prepared answers.
async fn account(world: &World, origin: &str) -> Connection {
    let secret = json!({ "access": "old", "refresh": "once", "app_password": "abcd-efgh-ijkl-mnop" });
    world
        .keep(&NewAccount {
            network: "bluesky",
            server: origin.into(),
            handle: "cedar.test".into(),
            display_name: "Cedar".into(),
            remote_id: DID.into(),
            secret: Some(secret),
            token_ends_at: None,
            limits: None,
        })
        .await
}

/// Publishes "Hello" with these answers; gives the outcome and what was asked.
async fn publish(answers: Vec<Answer>) -> (Outcome, Vec<String>) {
    let world = World::new().await;
    let (origin, served) = server(answers).await;
    let with = account(&world, &origin).await;
    let outcome = Bluesky.publish(&with, "3jzfcijpj2z2a", &cleared(message("Hello"))).await;
    (outcome, served.await.unwrap())
}

fn record(text: &str) -> Value {
    let uri = format!("at://{DID}/app.bsky.feed.post/3jzfcijpj2z2a");
    json!({ "uri": uri, "cid": "bafyrei", "value": { "text": text } })
}

fn not_found() -> Answer {
    say(400, json!({ "error": "RecordNotFound", "message": "Could not locate record" }))
}

fn next(outcome: &Outcome) -> Option<Next> {
    match outcome {
        Outcome::Refused(refusal) => Some(refusal.next),
        _ => None,
    }
}

#[tokio::test]
async fn no_answer_after_the_call_is_unknown_and_nothing_is_sent_twice() {
    let (outcome, asked) = publish(vec![Answer::HangUp]).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    assert!(asked[0].starts_with("POST /xrpc/com.atproto.repo.createRecord"));
    assert!(asked[0].contains(r#""rkey":"3jzfcijpj2z2a""#));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_certain_no() {
    let world = World::new().await;
    let with = account(&world, "http://localhost:1").await;
    let outcome = Bluesky.publish(&with, "3jzfcijpj2z2a", &cleared(message("Hello"))).await;
    assert_eq!(next(&outcome), Some(Next::TryLater), "{outcome:?}");
}

#[tokio::test]
async fn an_unclear_answer_is_settled_by_looking() {
    let fault = || say(500, json!({ "error": "InternalServerError" }));
    let (outcome, _) = publish(vec![fault(), say(200, record("Hello"))]).await;
    assert_eq!(accepted(outcome).version, "bafyrei");
    let (outcome, _) = publish(vec![fault(), not_found()]).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "it may still be at work: {outcome:?}");
    let (outcome, _) = publish(vec![fault(), say(200, record("Other words"))]).await;
    assert_eq!(next(&outcome), Some(Next::GiveUp));
    let (outcome, _) = publish(vec![page(502), page(502)]).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    let (outcome, _) = publish(vec![page(404), not_found()]).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "a proxy's page says nothing: {outcome:?}");
    let (outcome, _) = publish(vec![say(200, json!({ "hello": 1 })), say(200, record("Hello"))]).await;
    accepted(outcome);
    let stranger = json!({ "uri": "at://did:plc:other/app.bsky.feed.post/3jzfcijpj2z2a", "cid": "bafyrei" });
    let (outcome, _) = publish(vec![say(200, stranger), not_found()]).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "an answer about another record: {outcome:?}");
}

#[tokio::test]
async fn a_clear_no_and_a_rate_limit_are_certain() {
    let (outcome, _) = publish(vec![say(400, json!({ "error": "InvalidRequest" }))]).await;
    assert_eq!(next(&outcome), Some(Next::GiveUp));
    let limit = Answer::Say(429, "retry-after: 90\r\n", r#"{"error":"RateLimitExceeded"}"#.into());
    let (outcome, _) = publish(vec![limit]).await;
    assert!(matches!(next(&outcome), Some(Next::WaitUntil(_))), "{outcome:?}");
}

#[tokio::test]
async fn a_token_that_ran_out_is_renewed_and_an_empty_one_never_stored() {
    let expired = || say(400, json!({ "error": "ExpiredToken" }));
    let session = |access: &str, refresh: &str| {
        say(200, json!({ "accessJwt": access, "refreshJwt": refresh, "handle": "cedar.test", "did": DID }))
    };
    let (outcome, asked) = publish(vec![expired(), session("new", "next"), say(200, record("Hello"))]).await;
    accepted(outcome);
    assert!(asked[1].starts_with("POST /xrpc/com.atproto.server.refreshSession") && asked[1].contains("Bearer once"));
    assert!(asked[2].contains("Bearer new"));

    let world = World::new().await;
    let (origin, served) =
        server(vec![expired(), session("new", ""), expired(), session("new", "next"), say(200, record("Hello"))]).await;
    let with = account(&world, &origin).await;
    let outcome = Bluesky.publish(&with, "3jzfcijpj2z2a", &cleared(message("Hello"))).await;
    assert_eq!(next(&outcome), Some(Next::TryLater), "{outcome:?}");
    assert_eq!(with.secret::<Value>().unwrap()["refresh"], "once", "the good token is still there");
    accepted(Bluesky.publish(&with, "3jzfcijpj2z2a", &cleared(message("Hello"))).await);
    served.await.unwrap();

    let other =
        say(200, json!({ "accessJwt": "a", "refreshJwt": "r", "handle": "maple.test", "did": "did:plc:maple" }));
    let (outcome, _) = publish(vec![expired(), other]).await;
    assert_eq!(next(&outcome), Some(Next::Reconnect), "another account's session is not ours");
}

#[tokio::test]
async fn looking_that_fails_says_nothing_and_nonsense_in_the_inbox_is_passed_over() {
    let world = World::new().await;
    let long = "x".repeat(9_000);
    let entry = |uri: &str, author: Value| {
        json!({ "uri": uri, "cid": "bafyrei", "author": author, "reason": "mention", "isRead": false,
                "record": { "text": long, "langs": [long] }, "indexedAt": "2026-11-25T09:00:00.000Z" })
    };
    let good = format!("at://{DID}/app.bsky.feed.post/3jzfcijpj2z2a");
    let list = json!({ "notifications": [
        7,
        entry("javascript:alert(1)", json!({ "handle": "a.test" })),
        entry(&format!("at://{DID}/app.bsky.feed.post/{long}"), json!({ "handle": "a.test" })),
        entry(&good, json!({ "handle": "<b>", "displayName": long })),
    ]});
    let (origin, served) = server(vec![page(200), page(502), say(200, list)]).await;
    let with = account(&world, &origin).await;
    for _ in 0..2 {
        let looked = Bluesky.find(&with, "3jzfcijpj2z2a", &message("Hello"), world.ground.clock.now()).await;
        assert_eq!(looked.unwrap_err().next, Next::TryLater);
    }
    let reading = Bluesky.read(&with, "not our cursor", &[]).await.unwrap();
    assert_eq!(reading.messages.len(), 1);
    let kept = &reading.messages[0];
    assert_eq!((kept.remote_id.as_str(), kept.author_handle.as_str()), (good.as_str(), "handle.invalid"));
    assert_eq!((kept.text.len(), kept.author_name.len(), kept.lang.len()), (3_000, 640, 35));
    served.await.unwrap();
}

#[tokio::test]
async fn more_than_one_reading_takes_goes_on_next_time_and_nothing_is_lost() {
    let world = World::new().await;
    // Page n of a list, newest first: one like, written n minutes before noon.
    let pages = |numbers: std::ops::Range<i64>| -> Vec<Answer> {
        let noon = world.ground.now() - world.ground.now() % 60_000_000;
        let page = |n: i64| {
            let at = jiff::Timestamp::from_microsecond(noon - n * 60_000_000).unwrap();
            let like = json!({ "uri": format!("at://did:plc:maple/app.bsky.feed.like/{n}"), "cid": "bafyrei", "reason": "like",
                "author": { "handle": "maple.test" }, "record": {}, "isRead": false, "indexedAt": at.to_string() });
            say(200, json!({ "notifications": [like], "cursor": format!("page-{}", n + 1) }))
        };
        numbers.map(page).collect()
    };
    let unknown_mark = say(400, json!({ "error": "InvalidRequest" }));
    // First reading: one page. Then 300 minutes of likes: three readings of ten pages at most, the last one after the
    // server forgot its mark.
    let mut answers = pages(200..201);
    answers.extend(pages(0..10));
    answers.extend(pages(10..20));
    answers.push(unknown_mark);
    answers.extend(pages(0..9));
    let (origin, served) = server(answers).await;
    let with = account(&world, &origin).await;
    let (mut cursor, mut read) = (String::new(), Vec::new());
    for _ in 0..4 {
        let reading = Bluesky.read(&with, &cursor, &[]).await.unwrap();
        cursor = reading.cursor;
        read.push(reading.messages.len());
    }
    assert_eq!(read, [1, 10, 10, 9]);
    let asked = served.await.unwrap();
    assert!(
        !asked[1].contains("cursor=") && asked[11].contains("cursor=page-10") && asked[21].contains("cursor=page-20")
    );
    assert!(!asked[22].contains("cursor="), "from the newest again");

    // A list that reaches what was read before ends there.
    let mut answers = pages(0..1);
    answers.extend(pages(0..2));
    answers.extend(pages(90..91));
    let (origin, served) = server(answers).await;
    let with = account(&world, &origin).await;
    let first = Bluesky.read(&with, "", &[]).await.unwrap();
    let second = Bluesky.read(&with, &first.cursor, &[]).await.unwrap();
    assert_eq!(second.messages.len(), 3, "down to an hour before what was seen");
    assert_eq!(
        Bluesky.read(&with, &second.cursor, &[]).await.unwrap_err().next,
        Next::TryLater,
        "no page was asked too many"
    );
    served.await.unwrap();
}
