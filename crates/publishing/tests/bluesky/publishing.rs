//! Publishing on the real network, exactly once.

use bedside_publishing::networks::{Network, Next, Outcome, bluesky::Bluesky};
use serde_json::json;

use crate::world::{World, accepted, cleared, cleared_naming, message};

const COLLECTION: &str = "app.bsky.feed.post";

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn a_full_post_arrives_as_written_and_twice_is_once() {
    let world = World::new().await;
    let (cedar, maple) = (world.person("cedar").await, world.person("maple").await);
    let with = world.connect(&cedar).await;
    let text = format!(
        "🧂 Day 1 of Less salt. Taste first: https://cedarhollow.example/p/day-1 (@{}) #LessSalt, (@nobody-here.test)",
        maple.handle
    );
    let mut full = message(&text);
    full.pictures = vec![world.picture("A shaker of herbs").await, world.picture("A bowl of soup").await];
    let key = world.key();
    let since = world.ground.clock.now();
    assert_eq!(Bluesky.find(&with, &key, &full, since).await.unwrap(), None);
    let first = accepted(
        Bluesky.publish(&with, &key, &cleared_naming(full.clone(), &[&maple.handle, "nobody-here.test"])).await,
    );
    assert_eq!(first.remote_id, format!("at://{}/{COLLECTION}/{key}", cedar.did));

    let there = world
        .ask("", "com.atproto.repo.getRecord", &[("repo", &cedar.did), ("collection", COLLECTION), ("rkey", &key)])
        .await;
    assert_eq!(there["cid"], first.version.as_str());
    let record = &there["value"];
    assert_eq!((&record["text"], &record["langs"]), (&json!(text), &json!(["en"])));
    let facets = record["facets"].as_array().unwrap();
    let touched: Vec<&str> = facets
        .iter()
        .map(|facet| {
            let at = |end: &str| facet["index"][end].as_u64().unwrap() as usize;
            &text[at("byteStart")..at("byteEnd")]
        })
        .collect();
    let named = format!("@{}", maple.handle);
    assert_eq!(touched, ["https://cedarhollow.example/p/day-1", &named, "#LessSalt"], "nobody-here stays plain text");
    assert_eq!(facets[1]["features"][0]["did"], maple.did.as_str());
    let images = record["embed"]["images"].as_array().unwrap();
    assert_eq!(images.iter().map(|image| &image["alt"]).collect::<Vec<_>>(), ["A shaker of herbs", "A bowl of soup"]);

    // The same again, as after a crash between the call and the note of it.
    let again = accepted(
        Bluesky.publish(&with, &key, &cleared_naming(full.clone(), &[&maple.handle, "nobody-here.test"])).await,
    );
    assert_eq!(again, first);
    assert_eq!(Bluesky.find(&with, &key, &full, since).await.unwrap(), Some(first));
    let list = world.ask("", "com.atproto.repo.listRecords", &[("repo", &cedar.did), ("collection", COLLECTION)]).await;
    assert_eq!(list["records"].as_array().unwrap().len(), 1, "one record, however often it is sent");

    // Another text under a key that is taken is neither published nor called published.
    match Bluesky.publish(&with, &key, &cleared(message("Another text."))).await {
        Outcome::Refused(refusal) => assert_eq!(refusal.next, Next::GiveUp),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn many_at_once_with_one_key_leave_one_record() {
    let world = World::new().await;
    let cedar = world.person("cedar").await;
    let with = world.connect(&cedar).await;
    let key = world.key();
    let tries =
        (0..6).map(|_| async { Bluesky.publish(&with, &key, &cleared(message("Taste before you salt."))).await });
    for outcome in futures_util::future::join_all(tries).await {
        accepted(outcome);
    }
    let list = world.ask("", "com.atproto.repo.listRecords", &[("repo", &cedar.did), ("collection", COLLECTION)]).await;
    assert_eq!(list["records"].as_array().unwrap().len(), 1);
}

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn deleting_is_final_and_may_be_repeated() {
    let world = World::new().await;
    let cedar = world.person("cedar").await;
    let with = world.connect(&cedar).await;
    let published = world.publish(&with, "Taste before you salt.").await;
    let key = published.remote_id.rsplit('/').next().unwrap().to_owned();
    for _ in 0..2 {
        accepted(Bluesky.delete(&with, &published).await);
    }
    assert_eq!(Bluesky.find(&with, &key, &message("x"), world.ground.clock.now()).await.unwrap(), None);
    let edit = Bluesky.edit(&with, &published, &cleared(message("Changed."))).await;
    assert!(matches!(edit, Outcome::Refused(refusal) if refusal.next == Next::GiveUp));
}
