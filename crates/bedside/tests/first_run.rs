//! From an empty installation to a member at work: the set-up link, signing in and out, inviting, leaving.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test world that cannot be built fails the test")]

use axum::{Router, http::StatusCode};
use bedside::{migrations, routes::Parts};
use bedside_practice::{
    audit::{self, Verdict},
    members, practice, set_up,
};
use bedside_publishing::{
    Desk,
    networks::{Networks, by_hand::ByHand, own_page::OwnPage},
};
use bedside_testkit::{Browser, TestGround, cedar_hollow, characters::PASSWORD};
use jiff::SignedDuration;

async fn open() -> (TestGround, Router) {
    let world = TestGround::new(&migrations::all()).await;
    let networks = Networks::new(vec![std::sync::Arc::new(OwnPage), std::sync::Arc::new(ByHand)]);
    let app = Parts::with(Desk::new(world.ground.clone(), networks)).app();
    (world, app)
}

fn form(password: &str) -> Vec<(&'static str, String)> {
    [
        ("name", "Cedar Hollow Family Medicine"),
        ("short_names", "Cedar Hollow, CHFM"),
        ("state", "Oregon"),
        ("city", "Maple Falls"),
        ("time_zone", "America/Los_Angeles"),
        ("languages", "en es"),
        ("phones", "(541) 555-0142"),
        ("domains", "cedarhollow.example"),
        ("rows", "3"),
        ("person_name", "Ben Okafor"),
        ("person_credentials", "MD"),
        ("person_may", "signs"),
        ("owner_name", "Maria Alvarez"),
        ("owner_credentials", "MD"),
        ("owner_signs", "yes"),
        ("email", "maria@cedarhollow.example"),
        ("password", password),
    ]
    .into_iter()
    .map(|(name, value)| (name, value.to_owned()))
    .collect()
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[tokio::test]
async fn a_new_practice_is_set_up_once_and_nothing_typed_is_lost() {
    let (world, app) = open().await;
    let link = set_up::new_link_if_empty(&world.ground).await.unwrap().expect("an empty installation prints a link");
    let path = link.strip_prefix("http://cedarhollow.example").unwrap().to_owned();
    let mut maria = Browser::new(app.clone());
    maria.get(&path).await.ok().shows("Your practice, once");
    let short = form("too short");
    let page = maria.post(&path, &borrowed(&short)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Twelve characters or more").shows("Maple Falls").shows("Ben Okafor").hides("too short");
    // A closed lid: the link still knows what was typed.
    Browser::new(app.clone()).get(&path).await.ok().shows("Maple Falls");
    let whole = form("a quiet waiting room");
    maria.post(&path, &borrowed(&whole)).await;
    maria.get("/people").await.ok().shows("Maria Alvarez, MD").shows("Ben Okafor, MD");
    let gone = maria.get(&path).await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(set_up::new_link_if_empty(&world.ground).await.unwrap().is_none(), "a second start prints no link");
    let practice = practice::all(&world.ground.database).await.unwrap().remove(0);
    assert_eq!(practice.slug, "cedar-hollow-family-medicine");
    assert_eq!(audit::verify(&world.ground.database, &practice.id).await.unwrap(), Verdict::Whole(1));
}

#[tokio::test]
async fn the_door_gets_slower_and_opens_again() {
    let (world, app) = open().await;
    let cedar = cedar_hollow(&world.ground).await;
    let email = cedar.maria.email.clone().unwrap();
    let mut guesser = Browser::new(app.clone());
    for _ in 0..6 {
        let page = guesser.post("/sign-in", &[("email", email.as_str()), ("password", "not this one at all")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.shows("do not belong together").shows(&email);
    }
    let closed = guesser.post("/sign-in", &[("email", email.as_str()), ("password", PASSWORD)]).await;
    assert_eq!(closed.status, StatusCode::TOO_MANY_REQUESTS);
    closed.shows("Too many wrong passwords");
    world.pass(SignedDuration::from_mins(1));
    guesser.post("/sign-in", &[("email", email.as_str()), ("password", PASSWORD)]).await.ok();
    guesser.get("/rounds").await.ok().shows("Dr. Maria Alvarez");
}

#[tokio::test]
async fn an_unknown_address_is_told_nothing_else() {
    let (world, app) = open().await;
    cedar_hollow(&world.ground).await;
    let page =
        Browser::new(app).post("/sign-in", &[("email", "nobody@cedarhollow.example"), ("password", PASSWORD)]).await;
    page.shows("do not belong together");
}

#[tokio::test]
async fn a_colleague_is_invited_joins_and_leaves() {
    let (world, app) = open().await;
    let cedar = cedar_hollow(&world.ground).await;
    let mut maria = Browser::signed_in(app.clone(), &cedar.maria).await;
    maria.get("/people").await.ok();
    maria.post("/people", &[("name", "Tomás Rivera"), ("credentials", "Front desk"), ("may", "writes")]).await.ok();
    let people = members::all(&world.ground.database, &cedar.practice.id).await.unwrap();
    let tomas = people.iter().find(|member| member.name == "Tomás Rivera").unwrap();
    let page =
        maria.post(&format!("/people/{}/invitation", tomas.id), &[("email", "tomas@cedarhollow.example")]).await.ok();
    let link = page.link("http://cedarhollow.example/invitations/");
    let path = link.strip_prefix("http://cedarhollow.example").unwrap();
    let mut joining = Browser::new(app.clone());
    joining.get(path).await.ok().shows("Welcome, Tomás Rivera");
    joining.post(path, &[("password", "a long enough sentence")]).await;
    joining.get("/rounds").await.ok().shows("Tomás Rivera");
    assert_eq!(Browser::new(app.clone()).get(path).await.status, StatusCode::GONE);
    maria.get("/people").await;
    maria.post(&format!("/people/{}/leave", tomas.id), &[]).await.ok();
    let out = joining.get("/rounds").await;
    assert!(out.path.starts_with("/sign-in"), "who left is signed out at once");
}

#[tokio::test]
async fn only_owners_change_people_and_the_last_owner_stays() {
    let (world, app) = open().await;
    let cedar = cedar_hollow(&world.ground).await;
    let mut priya = Browser::signed_in(app.clone(), &cedar.priya).await;
    priya.get("/people").await.ok();
    let refused = priya.post("/people", &[("name", "X")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.shows("Only an owner");
    let mut maria = Browser::signed_in(app, &cedar.maria).await;
    maria.get("/people").await.ok();
    maria
        .post(&format!("/people/{}", cedar.maria.id), &[("may", "writes")])
        .await
        .ok()
        .shows("You cannot take the owner");
}

#[tokio::test]
async fn a_changed_entry_breaks_the_chain_and_is_named() {
    let (world, app) = open().await;
    let cedar = cedar_hollow(&world.ground).await;
    for member in [&cedar.maria, &cedar.ben, &cedar.priya] {
        Browser::signed_in(app.clone(), member).await;
    }
    let database = &world.ground.database;
    assert_eq!(audit::verify(database, &cedar.practice.id).await.unwrap(), Verdict::Whole(3));
    for (tamper, broken) in
        [("UPDATE audit SET actor = 'somebody' WHERE n = 2", 2), ("DELETE FROM audit WHERE n = 1", 1)]
    {
        let mut tx = database.begin_write().await.unwrap();
        sqlx::query(tamper).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(audit::verify(database, &cedar.practice.id).await.unwrap(), Verdict::Broken(broken));
    }
}

#[tokio::test]
async fn healthz_tells_whether_the_database_takes_writes() {
    let (world, app) = open().await;
    let page = Browser::new(app.clone()).get("/healthz").await.ok();
    page.shows("\"database\":\"ok\"");
    world.pass(SignedDuration::from_secs(2));
    world.ground.database.close().await;
    let broken = Browser::new(app).get("/healthz").await;
    assert_eq!(broken.status, StatusCode::SERVICE_UNAVAILABLE);
}
