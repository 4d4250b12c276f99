//! What one server allows: asked when an account is connected and tested, kept with the account, and counted by
//! wherever a post is written or planned. A scripted server, because no real one changes its limits on demand.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use axum::{Json, Router, routing};
use bedside_publishing::{
    Desk,
    accounts::{Account, store},
    networks::{
        Length, Limits, Network, Networks, Outcome,
        mastodon::{
            Mastodon,
            connect::{self, Returned},
        },
    },
    posts::text,
};
use serde_json::json;

use crate::{
    odd_servers::{account, serve},
    world::{PRACTICE, World, cleared, message},
};

/// A server that takes this many characters, links of 30, 2 pictures, and descriptions of 400 characters.
async fn server(characters: &Arc<AtomicU32>) -> String {
    let most = characters.clone();
    let instance = routing::get(async move || {
        let statuses = json!({
            "max_characters": most.load(Ordering::SeqCst), "characters_reserved_per_url": 30, "max_media_attachments": 2
        });
        let media = json!({ "image_size_limit": 5_000_000, "description_limit": 400 });
        Json(json!({ "version": "4.4.0", "configuration": { "statuses": statuses, "media_attachments": media } }))
    });
    let apps = routing::post(async || Json(json!({ "client_id": "c", "client_secret": "s" })));
    let token = routing::post(async || Json(json!({ "access_token": "t" })));
    let me = routing::get(async || Json(json!({ "id": "1", "username": "cedar", "acct": "cedar" })));
    let news = routing::get(async || Json(json!([])));
    serve(
        Router::new()
            .route("/api/v2/instance", instance)
            .route("/api/v1/apps", apps)
            .route("/oauth/token", token)
            .route("/api/v1/accounts/verify_credentials", me)
            .route("/api/v1/notifications", news),
    )
    .await
}

async fn stored(world: &World, id: &str) -> Account {
    store::find(&world.ground, PRACTICE, id).await.unwrap().unwrap()
}

#[tokio::test]
async fn what_the_server_allows_is_what_everybody_counts_by() {
    let world = World::new().await;
    let characters = Arc::new(AtomicU32::new(1_000));
    let server = server(&characters).await;
    let secret = connect::begin(&world.ground, &server).await.unwrap_or_else(|mistake| panic!("{mistake:?}"));
    let returned = Returned { code: Some("code".into()), ..Returned::default() };
    let new = connect::finish(&world.ground, &secret, &returned).await.unwrap();
    let with = world.open(&new).await;

    let desk = Desk::new(world.ground.clone(), Networks::new(vec![Arc::new(Mastodon)]));
    let can = desk.capabilities(&stored(&world, &with.account_id).await).unwrap();
    assert_eq!(can.length, Length::Characters { most: 1_000, link: 30 });
    assert_eq!((can.pictures, can.picture_bytes, can.alt), (2, 5_000_000, 400));
    let linked = format!("{} https://cedar.example/p", "x".repeat(970));
    let count = text::count(can.length, &linked);
    assert_eq!((count.used, count.most, count.too_long), (1_001, Some(1_000), true));

    // The server changes its mind; a test of the account brings that home, for this connection and for the next.
    characters.store(300, Ordering::SeqCst);
    Mastodon.check(&with).await.unwrap();
    let can = desk.capabilities(&stored(&world, &with.account_id).await).unwrap();
    assert_eq!(can.length, Length::Characters { most: 300, link: 30 });
    let Outcome::Refused(refusal) = Mastodon.publish(&with, "k", &cleared(&message(&"x".repeat(301)))).await else {
        panic!("sent")
    };
    assert!(refusal.person.contains("this server takes 300"), "{}", refusal.person);

    // Connecting again asks again.
    let secret = connect::begin(&world.ground, &server).await.unwrap_or_else(|mistake| panic!("{mistake:?}"));
    let new = connect::finish(&world.ground, &secret, &returned).await.unwrap();
    assert_eq!(new.limits.map(|limits| limits.characters), Some(300));
}

#[tokio::test]
async fn a_server_that_was_never_asked_counts_as_usual_and_speaks_for_itself() {
    let world = World::new().await;
    let status = routing::post(async || Json(json!({ "id": "1", "url": "https://there.example/1" })));
    let server = serve(Router::new().route("/api/v1/statuses", status)).await;
    let with = world.open(&account(&server)).await;
    let account = stored(&world, &with.account_id).await;
    assert_eq!((account.limits(), with.limits()), (None, None));
    let desk = Desk::new(world.ground.clone(), Networks::new(vec![Arc::new(Mastodon)]));
    assert_eq!(desk.capabilities(&account).unwrap().length, Length::Characters { most: 500, link: 23 });
    let outcome = Mastodon.publish(&with, "k", &cleared(&message(&"x".repeat(600)))).await;
    assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}");
    let limits = Limits { characters: 100, link: 23, pictures: 4, picture_bytes: 1, alt: 1 };
    with.note_limits(limits).await.unwrap();
    assert_eq!(stored(&world, &with.account_id).await.limits(), Some(limits));
}
