//! The own page as a network: published once, found, edited, deleted, and seen by a reader at the address that
//! was known before.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing step fails the test")]

use axum::http::StatusCode;
use bedside_guard::{Cleared, Context, Guard, Profile};
use bedside_platform::migrations::Migration;
use bedside_publishing::{
    accounts::{self, Connection, NewAccount},
    networks::{
        Network, Outcome, Outgoing, Published,
        own_page::{self, OwnPage},
    },
    posts::Post,
};
use bedside_testkit::{Browser, Page, TestGround, cedar_hollow};

struct World {
    test: TestGround,
    with: Connection,
    slug: String,
}

async fn world() -> World {
    let tables: Vec<Migration> =
        [bedside_practice::MIGRATIONS, bedside_hub::MIGRATIONS, bedside_publishing::MIGRATIONS].concat();
    let test = TestGround::new(&tables).await;
    let practice = cedar_hollow(&test.ground).await.practice;
    let account = NewAccount {
        network: own_page::ID,
        server: String::new(),
        handle: practice.slug.clone(),
        display_name: practice.name().to_owned(),
        remote_id: practice.id.clone(),
        secret: None,
        token_ends_at: None,
        limits: None,
    };
    let mut tx = test.ground.database.begin_write().await.unwrap();
    let account_id = accounts::store::keep(&test.ground, &mut tx, &practice.id, &account).await.unwrap();
    tx.commit().await.unwrap();
    let with = accounts::connection(&test.ground, &practice.id, &account_id).await.unwrap();
    World { test, with, slug: practice.slug }
}

fn post(world: &World) -> Post {
    let mut post =
        Post::draft(&world.with.practice_id, world.test.ground.new_id(), "m-1", "en", world.test.ground.now());
    post.title = "Taste before you salt".into();
    post.text = "Most salt is already in the food when you buy it.".into();
    post
}

fn outgoing(post: &Post) -> Outgoing {
    Outgoing {
        post_id: post.id.clone(),
        title: post.title.clone(),
        text: post.text.clone(),
        lang: "en".into(),
        spanish: None,
        pictures: Vec::new(),
        sources: Vec::new(),
        signed_by: Some("Maria Alvarez, MD".into()),
        reply_to: None,
        challenge_id: None,
    }
}

fn cleared(message: Outgoing) -> Cleared<Outgoing> {
    Guard::new(&Profile::default()).clear(message, Context::Post, &[]).expect("the sample passes the guard")
}

async fn read(world: &World, url: &str) -> Page {
    let path = url.strip_prefix("http://cedarhollow.example").unwrap();
    Browser::new(bedside_hub::routes().with_state(world.test.ground.clone())).get(path).await
}

fn accepted(outcome: Outcome) -> Published {
    match outcome {
        Outcome::Accepted(published) => published,
        other => panic!("not accepted: {other:?}"),
    }
}

#[tokio::test]
async fn a_post_is_published_once_edited_and_taken_down() {
    let world = world().await;
    let (network, mut post) = (OwnPage, post(&world));
    let foretold = own_page::address(&world.test.ground.settings, &world.slug, &post);
    let key = network.record_key(world.test.now(), [7; 8]);
    let since = world.test.now();
    assert_eq!(network.find(&world.with, &key, &outgoing(&post), since).await.unwrap(), None);

    let first = accepted(network.publish(&world.with, &key, &cleared(outgoing(&post))).await);
    assert_eq!((first.url.as_str(), first.remote_id.as_str()), (foretold.as_str(), key.as_str()));
    assert_eq!(accepted(network.publish(&world.with, &key, &cleared(outgoing(&post))).await), first);
    assert_eq!(network.find(&world.with, &key, &outgoing(&post), since).await.unwrap(), Some(first.clone()));
    read(&world, &foretold).await.ok().shows("<h1>Taste before you salt</h1>");
    let all = read(&world, &format!("http://cedarhollow.example/p/{}/posts", world.slug)).await;
    assert_eq!(all.body.matches("class=\"entry\"").count(), 1, "published twice is published once");

    post.title = "Taste first, then salt".into();
    assert_eq!(
        accepted(network.edit(&world.with, &first, &cleared(outgoing(&post))).await),
        first,
        "the address stays"
    );
    read(&world, &foretold).await.ok().shows("<h1>Taste first, then salt</h1>");
    let newer = own_page::address(&world.test.ground.settings, &world.slug, &post);
    let there = read(&world, &newer).await.ok();
    assert!(newer != foretold && foretold.ends_with(&there.path), "an address of the new title leads there too");

    accepted(network.delete(&world.with, &first).await);
    accepted(network.delete(&world.with, &first).await);
    assert_eq!(read(&world, &foretold).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn an_edit_of_a_page_that_is_not_there_is_refused() {
    let world = world().await;
    let nowhere = Published { remote_id: "none".into(), url: String::new(), version: String::new() };
    let outcome = OwnPage.edit(&world.with, &nowhere, &cleared(outgoing(&post(&world)))).await;
    assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
    let health = OwnPage.check(&world.with).await.unwrap();
    assert!(health.works[0].contains("/p/cedar-hollow-family-medicine"));
}
