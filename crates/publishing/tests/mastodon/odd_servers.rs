//! Addresses where no Mastodon server is, people who say no, and servers that are slow or cannot do everything.
//! What they answer is scripted, because no real server can be told to.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use axum::{Json, Router, http::StatusCode, response::Html, routing};
use bedside_publishing::{
    accounts::NewAccount,
    networks::{
        Network, Outcome,
        mastodon::{
            Mastodon,
            connect::{self, Returned},
        },
    },
};
use serde_json::json;

use crate::world::{World, cleared, message};

pub(crate) async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://localhost:{port}")
}

/// An account on a scripted server.
pub(crate) fn account(server: &str) -> NewAccount {
    NewAccount {
        network: "mastodon",
        server: server.into(),
        handle: "cedar@localhost".into(),
        display_name: "Cedar".into(),
        remote_id: "1".into(),
        secret: Some(json!({ "access_token": "t", "client_id": "c", "client_secret": "s" })),
        token_ends_at: None,
        limits: None,
    }
}

#[tokio::test]
async fn an_address_without_such_a_server_says_so() {
    let world = World::new().await;
    let page = serve(Router::new().fallback(async || Html("<h1>A shop</h1>"))).await;
    let empty = serve(Router::new()).await;
    let other_json = serve(Router::new().fallback(async || Json(json!({ "hello": "world" })))).await;
    for server in [&page, &empty, &other_json] {
        let mistake = connect::begin(&world.ground, server).await.err().unwrap();
        assert!(mistake.person.contains("no server that speaks the Mastodon language"), "{}", mistake.person);
        assert_eq!(mistake.field, "server");
    }
    let broken = serve(Router::new().fallback(async || StatusCode::BAD_GATEWAY)).await;
    let mistake = connect::begin(&world.ground, &broken).await.err().unwrap();
    assert!(mistake.person.contains("out of order"), "{}", mistake.person);
}

#[tokio::test]
async fn a_dead_or_private_server_says_so() {
    let world = World::new().await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let dead = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    drop(listener);
    let mistake = connect::begin(&world.ground, &dead).await.err().unwrap();
    assert!(mistake.person.contains("could not be reached"), "{}", mistake.person);
    let mistake = connect::begin(&world.ground, "https://10.0.0.1").await.err().unwrap();
    assert!(mistake.person.contains("not on the public internet"), "{}", mistake.person);
    assert!(!mistake.log.contains("10.0.0.1"), "an address in the log: {}", mistake.log);
}

#[tokio::test]
async fn a_handle_leads_to_the_server_that_keeps_it() {
    let world = World::new().await;
    let instance = routing::get(async || Json(json!({ "version": "4.4.0" })));
    let apps = routing::post(async || Json(json!({ "client_id": "c", "client_secret": "s" })));
    let home = serve(Router::new().route("/api/v2/instance", instance).route("/api/v1/apps", apps)).await;
    let actor = format!("{home}/users/cedar");
    let finger = routing::get(async move || Json(json!({ "links": [{ "rel": "self", "href": actor }] })));
    let vanity = serve(Router::new().route("/.well-known/webfinger", finger)).await;
    let typed = format!("@cedar@{}", vanity.trim_start_matches("http://"));
    let secret = connect::begin(&world.ground, &typed).await.unwrap_or_else(|mistake| panic!("{mistake:?}"));
    assert_eq!(secret.server, home);

    let no = Returned { error: Some("access_denied".into()), ..Returned::default() };
    assert!(connect::finish(&world.ground, &secret, &no).await.unwrap_err().person.starts_with("You said no"));
    let nothing = connect::finish(&world.ground, &secret, &Returned::default()).await.unwrap_err();
    assert!(nothing.person.contains("without a permission"), "{}", nothing.person);
}

#[tokio::test]
async fn a_picture_is_waited_for_before_the_status_is_sent() {
    let world = World::new().await;
    let looks = Arc::new(AtomicU32::new(0));
    let looked = looks.clone();
    let slow = routing::get(async move || {
        let ready = looked.fetch_add(1, Ordering::SeqCst) >= 1;
        (if ready { StatusCode::OK } else { StatusCode::PARTIAL_CONTENT }, Json(json!({ "id": "9" })))
    });
    let seen = looks.clone();
    let status = routing::post(async move |Json(body): Json<serde_json::Value>| {
        assert_eq!(seen.load(Ordering::SeqCst), 2, "sent before the picture was ready");
        assert_eq!(body["media_ids"], json!(["9"]));
        Json(json!({ "id": "1", "url": "https://there.example/1" }))
    });
    let upload = routing::post(async || (StatusCode::ACCEPTED, Json(json!({ "id": "9" }))));
    let server = serve(
        Router::new().route("/api/v2/media", upload).route("/api/v1/media/9", slow).route("/api/v1/statuses", status),
    )
    .await;
    let with = world.open(&account(&server)).await;
    let mut post = message("Less salt.");
    post.pictures.push(world.picture("A bowl of soup").await);
    let outcome = Mastodon.publish(&with, "k", &cleared(&post)).await;
    assert!(matches!(&outcome, Outcome::Accepted(there) if there.url == "https://there.example/1"), "{outcome:?}");
    assert_eq!(looks.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_server_that_cannot_delete_is_not_believed_to_have_deleted() {
    let world = World::new().await;
    // As snac 2.75: reading works, DELETE is unknown.
    let status = routing::get(async || Json(json!({ "id": "1" }))).delete(async || StatusCode::NOT_FOUND);
    let server = serve(Router::new().route("/api/v1/statuses/1", status)).await;
    let with = world.open(&account(&server)).await;
    let there = bedside_publishing::networks::Published {
        remote_id: "1".into(),
        url: "https://there.example/1".into(),
        version: String::new(),
    };
    let Outcome::Refused(refusal) = Mastodon.delete(&with, &there).await else { panic!("believed") };
    assert!(refusal.person.contains("Delete the message there yourself: https://there.example/1"));
}

#[tokio::test]
async fn looking_that_does_not_come_to_an_end_is_an_error_and_never_a_not_there() {
    let world = World::new().await;
    let now = world.ground.clock.now();
    let recent: Vec<_> = (0..40)
        .map(|n| json!({ "id": n.to_string(), "account": { "id": "1" }, "content": "<p>other</p>", "created_at": now.to_string() }))
        .collect();
    let full_page = recent.clone();
    let pages = routing::get(async move || Json(full_page));
    let endless = serve(Router::new().route("/api/v1/accounts/1/statuses", pages)).await;
    let with = world.open(&account(&endless)).await;
    assert!(Mastodon.find(&with, "k", &message("Less salt."), now).await.is_err());

    let few = recent[..3].to_vec();
    let page = routing::get(async move || Json(few));
    let short = serve(Router::new().route("/api/v1/accounts/1/statuses", page)).await;
    let with = world.open(&account(&short)).await;
    assert_eq!(Mastodon.find(&with, "k", &message("Less salt."), now).await.unwrap(), None);

    // As snac, which shows the newest 255 of an account: the list ends, but not where the account began.
    let turn = Arc::new(AtomicU32::new(0));
    let cut_off = routing::get(async move || {
        let page = turn.fetch_add(1, Ordering::SeqCst);
        let ids = (0..if page < 4 { 40 } else { 0 }).map(|n| 1_000 - page * 40 - n);
        let statuses = ids.map(|id| json!({ "id": id.to_string(), "account": { "id": "1" }, "content": "<p>other</p>", "created_at": now.to_string() }));
        Json(statuses.collect::<Vec<_>>())
    });
    let cut_off = serve(Router::new().route("/api/v1/accounts/1/statuses", cut_off)).await;
    let with = world.open(&account(&cut_off)).await;
    assert!(Mastodon.find(&with, "k", &message("Less salt."), now).await.is_err(), "ours may stand behind the end");

    let down = serve(Router::new().fallback(async || StatusCode::SERVICE_UNAVAILABLE)).await;
    let with = world.open(&account(&down)).await;
    assert!(Mastodon.find(&with, "k", &message("Less salt."), now).await.is_err());
}
