//! Tokens run out, are renewed once, and are taken back.

use bedside_publishing::{
    accounts::{Connection, connection},
    networks::{Network, Next, Outcome, bluesky::Bluesky},
};
use serde_json::{Value, json};

use crate::world::{PRACTICE, World, accepted, cleared, message};

/// Replaces parts of the stored secret by nonsense, as if they had run out.
async fn spoil(with: &Connection, parts: &[&str]) {
    let mut secret: Value = with.secret().unwrap();
    for part in parts {
        assert!(secret[part].is_string());
        secret[part] = json!("eyJhbGciOiJIUzI1NiJ9.e30.AAAA");
    }
    with.save(&secret).await.unwrap();
}

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn an_access_token_that_ran_out_is_renewed_once_for_all_who_ask() {
    let world = World::new().await;
    let cedar = world.person("cedar").await;
    let first = world.connect(&cedar).await;
    let before: Value = first.secret().unwrap();
    spoil(&first, &["access"]).await;
    let second = connection(&world.ground, PRACTICE, &first.account_id).await.unwrap();
    let (one, two, three) = tokio::join!(Bluesky.check(&first), Bluesky.check(&second), Bluesky.check(&second));
    assert!(one.is_ok() && two.is_ok() && three.is_ok(), "{one:?} {two:?} {three:?}");
    let stored: Value = connection(&world.ground, PRACTICE, &first.account_id).await.unwrap().secret().unwrap();
    assert_ne!(stored["refresh"], before["refresh"], "the new refresh token is stored");
    for with in [&first, &second] {
        assert_eq!(with.secret::<Value>().unwrap(), stored, "everybody has the same one");
    }
}

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn a_lost_refresh_token_is_made_good_with_the_app_password() {
    let world = World::new().await;
    let cedar = world.person("cedar").await;
    let with = world.connect(&cedar).await;
    spoil(&with, &["access", "refresh"]).await;
    accepted(Bluesky.publish(&with, &world.key(), &cleared(message("Taste before you salt."))).await);
}

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn an_app_password_that_was_taken_back_asks_to_connect_again() {
    let world = World::new().await;
    let cedar = world.person("cedar").await;
    let with = world.connect(&cedar).await;
    world.call(&cedar.token, "com.atproto.server.revokeAppPassword", json!({ "name": "bedside" })).await;
    spoil(&with, &["access"]).await;
    let refused = Bluesky.check(&with).await.unwrap_err();
    assert_eq!(refused.next, Next::Reconnect);
    assert!(refused.person.contains("new app password"), "{}", refused.person);
    match Bluesky.publish(&with, &world.key(), &cleared(message("Taste before you salt."))).await {
        Outcome::Refused(refusal) => assert_eq!(refusal.next, Next::Reconnect),
        other => panic!("{other:?}"),
    }
}
