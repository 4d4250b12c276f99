//! A forgotten password: the link an owner makes, and what becomes of it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test world that cannot be built fails the test")]

use std::net::SocketAddr;

use axum::{Extension, Router, extract::ConnectInfo, http::StatusCode};
use bedside::{migrations, routes::Parts};
use bedside_practice::{
    audit::{self, Verdict},
    new_password, throttle,
};
use bedside_testkit::{Browser, Characters, TestGround, cedar_hollow, characters::PASSWORD};
use jiff::SignedDuration;

/// What Priya chooses when she has forgotten [`PASSWORD`].
const CHOSEN: &str = "the kettle is on again";
/// Where the links of the test world begin.
const HERE: &str = "http://cedarhollow.example";

struct Office {
    world: TestGround,
    app: Router,
    cedar: Characters,
}

impl Office {
    async fn new() -> Self {
        let world = TestGround::new(&migrations::all()).await;
        let cedar = cedar_hollow(&world.ground).await;
        let app = Parts::new(world.ground.clone()).app();
        Self { world, app, cedar }
    }

    /// Maria makes a link for Priya and hands it over.
    async fn link_for_priya(&self) -> String {
        let mut maria = Browser::signed_in(self.app.clone(), &self.cedar.maria).await;
        maria.get("/people").await.ok().shows("Make a new-password link");
        let page = maria.post(&format!("/people/{}/new-password", self.cedar.priya.id), &[]).await.ok();
        page.shows("Hand this link to Priya Nair").shows("for 24 hours");
        maria.get("/people").await.ok().hides("/new-password/");
        page.link(&format!("{HERE}/new-password/")).strip_prefix(HERE).unwrap().to_owned()
    }

    async fn sign_in(&self, password: &str) -> StatusCode {
        let email = self.cedar.priya.email.clone().unwrap();
        let typed = [("email", email.as_str()), ("password", password)];
        Browser::new(self.app.clone()).post("/sign-in", &typed).await.status
    }
}

#[tokio::test]
async fn a_member_chooses_a_new_password_and_old_sessions_end() {
    let office = Office::new().await;
    let mut at_home = Browser::signed_in(office.app.clone(), &office.cedar.priya).await;
    let link = office.link_for_priya().await;
    at_home.get("/rounds").await.ok().shows("Priya Nair");
    assert_eq!(office.sign_in(PASSWORD).await, StatusCode::OK, "a link that was not opened changes nothing");

    let mut priya = Browser::new(office.app.clone());
    priya.get(&link).await.ok().shows("Choose a new password").shows("priya@cedarhollow.example");
    let short = priya.post(&link, &[("password", "too short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    short.shows("Use twelve characters or more").hides("too short");
    priya.post(&link, &[("password", CHOSEN)]).await.ok().shows("Your new password is set");
    priya.get("/rounds").await.ok().shows("Priya Nair");

    assert!(at_home.get("/rounds").await.path.starts_with("/sign-in"), "older sessions have ended");
    assert_eq!(office.sign_in(PASSWORD).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(office.sign_in(CHOSEN).await, StatusCode::OK);

    let (database, practice_id) = (&office.world.ground.database, &office.cedar.practice.id);
    let entries = audit::about(database, practice_id, &office.cedar.priya.id).await.unwrap();
    let by = |action: &str| entries.iter().find(|entry| entry.action == action).map(|entry| entry.actor.clone());
    assert_eq!(by(new_password::MADE).as_ref(), Some(&office.cedar.maria.id));
    assert_eq!(by("member.new_password_set").as_ref(), Some(&office.cedar.priya.id));
    assert!(matches!(audit::verify(database, practice_id).await.unwrap(), Verdict::Whole(_)));
}

#[tokio::test]
async fn used_old_and_replaced_links_say_what_to_do() {
    let office = Office::new().await;
    let gone = async |link: &str| {
        let mut browser = Browser::new(office.app.clone());
        for page in [browser.get(link).await, browser.post(link, &[("password", CHOSEN)]).await] {
            assert_eq!(page.status, StatusCode::GONE);
            page.shows("Ask an owner of your practice for a new one").shows("bedside new-password").shows("/sign-in");
        }
    };
    let replaced = office.link_for_priya().await;
    let used = office.link_for_priya().await;
    gone(&replaced).await;
    Browser::new(office.app.clone()).post(&used, &[("password", CHOSEN)]).await.ok();
    gone(&used).await;
    let old = office.link_for_priya().await;
    office.world.pass(SignedDuration::from_hours(24));
    gone(&old).await;
    assert_eq!(office.sign_in(CHOSEN).await, StatusCode::OK);
}

#[tokio::test]
async fn a_link_opens_nothing_for_somebody_who_has_left() {
    let office = Office::new().await;
    let link = office.link_for_priya().await;
    let mut maria = Browser::signed_in(office.app.clone(), &office.cedar.maria).await;
    maria.get("/people").await.ok();
    maria.post(&format!("/people/{}/leave", office.cedar.priya.id), &[]).await.ok();
    let page = Browser::new(office.app.clone()).post(&link, &[("password", CHOSEN)]).await;
    assert_eq!(page.status, StatusCode::GONE);
}

#[tokio::test]
async fn only_owners_make_links_and_only_for_who_has_a_password() {
    let office = Office::new().await;
    let mut priya = Browser::signed_in(office.app.clone(), &office.cedar.priya).await;
    priya.get("/people").await.ok().hides("Make a new-password link");
    let refused = priya.post(&format!("/people/{}/new-password", office.cedar.maria.id), &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.shows("Only an owner").hides("/new-password/");

    let mut maria = Browser::signed_in(office.app.clone(), &office.cedar.maria).await;
    maria.get("/people").await.ok();
    let page = maria.post("/people", &[("name", "Tomás Rivera")]).await.ok();
    let tomas = page.body.rsplit("/invitation\"").nth(1).and_then(|rest| rest.rsplit("/people/").next()).unwrap();
    let page = maria.post(&format!("/people/{tomas}/new-password"), &[]).await.ok();
    page.shows("This person has no password yet").hides(&format!("{HERE}/new-password/"));
}

#[tokio::test]
async fn a_new_password_opens_the_door_that_wrong_ones_closed() {
    let office = Office::new().await;
    for _ in 0..6 {
        assert_eq!(office.sign_in("not this one at all").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(office.sign_in(PASSWORD).await, StatusCode::TOO_MANY_REQUESTS);
    let link = office.link_for_priya().await;
    Browser::new(office.app.clone()).post(&link, &[("password", CHOSEN)]).await.ok();
    assert_eq!(office.sign_in(CHOSEN).await, StatusCode::OK);
}

#[tokio::test]
async fn the_sign_in_page_says_what_to_do() {
    let office = Office::new().await;
    let page = Browser::new(office.app).get("/sign-in").await.ok();
    page.shows("Forgot your password? Ask an owner of your practice for a new-password link");
}

#[tokio::test]
async fn a_network_that_guesses_links_waits_and_can_still_sign_in() {
    let office = Office::new().await;
    let link = office.link_for_priya().await;
    let network = ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 40_000)));
    let mut guesser = Browser::new(office.app.clone().layer(Extension(network)));
    for n in 0..=throttle::FREE_FOR_NETWORK {
        let guessed = ["/new-password/", "/invitations/", "/set-up/"][usize::try_from(n % 3).unwrap()];
        assert_eq!(guesser.get(&format!("{guessed}{n:064}")).await.status, StatusCode::GONE);
    }
    let closed = guesser.get(&link).await;
    assert_eq!(closed.status, StatusCode::TOO_MANY_REQUESTS);
    closed.shows("open yours again").hides("priya@");
    let typed = [("email", "maria@cedarhollow.example"), ("password", PASSWORD)];
    guesser.post("/sign-in", &typed).await.ok();
    Browser::new(office.app.clone()).get(&link).await.ok();
    office.world.pass(SignedDuration::from_secs(3));
    guesser.get(&link).await.ok().shows("Choose a new password");
}
