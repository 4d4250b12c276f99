//! The links that the program prints on the server's own terminal: a new password for the only owner, and one more
//! practice beside the first.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test world that cannot be built fails the test")]

use std::{path::Path, process::Command};

use axum::{Router, http::StatusCode};
use bedside::{
    config::{Config, Options},
    house,
    routes::Parts,
};
use bedside_platform::Ground;
use bedside_practice::{audit, new_password, practice};
use bedside_testkit::{Browser, cedar_hollow};
use tempfile::TempDir;

/// Where the links of these installations begin.
const HERE: &str = "http://127.0.0.1:7400";

async fn open(folder: &TempDir) -> (Ground, Router) {
    let options = Options { data: Some(folder.path().to_owned()), ..Options::default() };
    let ground = house::open(&Config::decide(options).unwrap()).await.unwrap();
    let app = Parts::new(ground.clone()).app();
    (ground, app)
}

/// What the program prints beside a running server, and whether it succeeded.
fn bedside(words: &[&str], data: &Path) -> (String, bool) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bedside"));
    let output = command.args(words).arg("--data").arg(data).env_remove("BEDSIDE_DATABASE").output().unwrap();
    let words = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (words, output.status.success())
}

/// The path of the link in what was printed.
fn link(words: &str) -> String {
    let from = words.find(HERE).unwrap_or_else(|| panic!("no link in:\n{words}")) + HERE.len();
    words[from..].split_whitespace().next().unwrap().to_owned()
}

fn harbor() -> Vec<(&'static str, &'static str)> {
    vec![
        ("name", "Harbor Pediatrics"),
        ("state", "Maine"),
        ("city", "Gull Point"),
        ("time_zone", "America/New_York"),
        ("phones", "(207) 555-0100"),
        ("owner_name", "Ines Marlow"),
        ("email", "ines@harbor.example"),
        ("password", "boats in the morning"),
    ]
}

#[tokio::test]
async fn the_only_owner_gets_back_in() {
    let folder = tempfile::tempdir().unwrap();
    let (ground, app) = open(&folder).await;
    let cedar = cedar_hollow(&ground).await;
    let (words, done) = bedside(&["new-password", "--email", "nobody@cedarhollow.example"], folder.path());
    assert!(!done && words.contains("Nobody signs in with nobody@cedarhollow.example"), "{words}");

    let (words, done) = bedside(&["new-password", "--email", "Maria@cedarhollow.example"], folder.path());
    assert!(done && words.contains("for 24 hours"), "{words}");
    let mut maria = Browser::new(app.clone());
    let path = link(&words);
    maria.get(&path).await.ok().shows("Choose a new password");
    maria.post(&path, &[("password", "a door with two keys")]).await.ok();
    maria.get("/people").await.ok().shows("Add a person");
    assert_eq!(Browser::new(app).get(&path).await.status, StatusCode::GONE);

    let entries = audit::about(&ground.database, &cedar.practice.id, &cedar.maria.id).await.unwrap();
    let made = entries.iter().find(|entry| entry.action == new_password::MADE).unwrap();
    assert_eq!(made.actor, audit::PROGRAM);
    ground.database.close().await;
}

#[tokio::test]
async fn a_second_practice_is_set_up_beside_the_first_and_each_sees_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (ground, app) = open(&folder).await;
    let cedar = cedar_hollow(&ground).await;
    Browser::new(app.clone()).get("/").await.ok().shows("Cedar Hollow Family Medicine");

    let (for_harbor, done) = bedside(&["set-up-link"], folder.path());
    assert!(done && for_harbor.contains("There is 1 on this installation"), "{for_harbor}");
    let (for_others, _) = bedside(&["set-up-link"], folder.path());
    let mut ines = Browser::new(app.clone());
    let path = link(&for_harbor);
    let taken: Vec<(&str, &str)> = harbor().into_iter().filter(|(name, _)| *name != "email").collect();
    let taken = [taken.as_slice(), &[("email", "priya@cedarhollow.example")]].concat();
    let page = ines.post(&path, &taken).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Somebody signs in with this address already");
    // Two practices on their way in do not see what the other typed, and neither link ends the other.
    Browser::new(app.clone()).get(&link(&for_others)).await.ok().hides("Gull Point");
    ines.post(&path, &harbor()).await.ok();
    ines.get("/people").await.ok().shows("Ines Marlow").hides("Ben Okafor");

    let slug = practice::all(&ground.database).await.unwrap()[1].slug.clone();
    let mut reader = Browser::new(app.clone());
    assert_eq!(reader.get("/").await.path, "/sign-in", "nobody is sent to one of two practices by chance");
    reader.get(&format!("/p/{slug}")).await.ok().shows("Harbor Pediatrics").hides("Cedar Hollow");
    reader.get(&format!("/p/{}", cedar.practice.slug)).await.ok().shows("Cedar Hollow").hides("Harbor");
    let typed = [("email", "ines@harbor.example"), ("password", "boats in the morning")];
    reader.post("/sign-in", &typed).await.ok().shows("Harbor Pediatrics").hides("Cedar Hollow");
    let mut maria = Browser::signed_in(app, &cedar.maria).await;
    maria.get("/people").await.ok().shows("Ben Okafor").hides("Ines Marlow");
    ground.database.close().await;
}

#[tokio::test]
async fn an_invited_address_cannot_begin_a_practice() {
    let folder = tempfile::tempdir().unwrap();
    let (ground, app) = open(&folder).await;
    let cedar = cedar_hollow(&ground).await;
    let mut maria = Browser::signed_in(app.clone(), &cedar.maria).await;
    maria.get("/people").await.ok();
    maria.post("/people", &[("name", "Ines Marlow")]).await.ok();
    let page = maria.get("/people").await.ok();
    let id = page.body.rsplit("/invitation\"").nth(1).and_then(|rest| rest.rsplit("/people/").next()).unwrap();
    maria.post(&format!("/people/{id}/invitation"), &[("email", "ines@harbor.example")]).await.ok();
    let (words, _) = bedside(&["set-up-link"], folder.path());
    let page = Browser::new(app).post(&link(&words), &harbor()).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Somebody signs in with this address already");
    ground.database.close().await;
}
