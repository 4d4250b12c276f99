//! `bedside demo` as a visitor finds it: the practice in the middle of its month, whatever day of the week it is.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::sync::Arc;

use bedside::commands::demo::{self, Demo, PASSWORD};
use bedside_platform::{
    clock::StoppedClock,
    door::{DoorError, Request},
};
use bedside_publishing::{
    delivery::{claims, people, state::State},
    posts::{self, PostState},
};
use bedside_testkit::Browser;

/// A Tuesday, before the day's post goes out in Oregon.
const TUESDAY_MORNING: &str = "2027-02-16T17:20:00Z";

async fn open_at(moment: &str) -> Demo {
    let clock = Arc::new(StoppedClock::at(moment.parse().unwrap()));
    demo::open("127.0.0.1:0".parse().unwrap(), clock).await.unwrap()
}

async fn signed_in(demo: &Demo, n: usize) -> Browser {
    let mut browser = Browser::new(demo.app());
    let (_, email) = &demo.welcome[n];
    browser.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await.ok();
    browser
}

#[tokio::test]
async fn every_staff_screen_shows_the_content_and_says_practice() {
    let demo = open_at(TUESDAY_MORNING).await;
    assert_eq!(demo.welcome[0].0, "Dr. Maria Alvarez");
    let mut maria = signed_in(&demo, 0).await;
    let screens = [
        ("/rounds", "Read and sign"),
        ("/calendar", "Week 3: Season"),
        ("/inbox", "my chest feels tight"),
        ("/challenges", "Less salt, more flavor"),
        ("/approval", "Roast"),
        ("/sources", "Sodium in Your Diet"),
        ("/accounts", "cedarhollow@fediverse.example"),
        ("/people", "Tomás Rivera"),
    ];
    for (path, words) in screens {
        maria.get(path).await.ok().shows(words).shows("Practice mode.");
    }
    maria.get("/rounds").await.shows("sounds like an emergency").shows("Good morning, Dr. Maria Alvarez");
    let mut priya = signed_in(&demo, 1).await;
    let inbox = priya.get("/inbox").await.ok();
    inbox.shows("lite salt").shows("Twenty minutes on hold").shows("sopa de lentejas");
    demo.close().await.unwrap();
}

#[tokio::test]
async fn visitors_see_the_own_page_with_its_sources() {
    let demo = open_at(TUESDAY_MORNING).await;
    let mut visitor = Browser::new(demo.app());
    let home = format!("/p/{}", demo.practice.slug);
    let page = visitor.get(&home).await.ok();
    page.shows("Less salt, more flavor").shows("Cedar Hollow").hides("chest feels tight");
    visitor.get(&page.link(&format!("{home}/challenges/"))).await.ok().shows("Season");
    visitor.get(&format!("{home}/feed.atom")).await.ok().shows("Maria Alvarez, MD");
    let post = visitor.get(&page.link(&format!("{home}/posts/"))).await.ok();
    post.shows("Maria Alvarez, MD");
    demo.close().await.unwrap();
}

#[tokio::test]
async fn a_copy_on_a_network_is_shown_as_what_it_is() {
    let demo = open_at(TUESDAY_MORNING).await;
    let database = &demo.parts.desk().ground.database;
    let opening = posts::store::in_state(database, &demo.practice.id, PostState::Signed).await.unwrap().remove(0);
    let deliveries = people::of_posts(database, &demo.practice.id, std::slice::from_ref(&opening.id)).await.unwrap();
    let copy = deliveries.into_iter().find(|row| row.network == "bluesky").unwrap().delivery.remote.unwrap();
    let mut maria = signed_in(&demo, 0).await;
    maria.get(&format!("/posts/{}", opening.id)).await.ok().shows(&copy.url);
    let there = maria.get(&copy.url[copy.url.find("/practice/").unwrap()..]).await.ok();
    there.shows("Practice mode.").shows("28 days together").shows("cedarhollow.example");
    assert!(maria.get("/practice/nothing").await.status.is_client_error());
    demo.close().await.unwrap();
}

#[tokio::test]
async fn nothing_can_leave_and_nothing_stays() {
    let demo = open_at(TUESDAY_MORNING).await;
    let ground = demo.parts.desk().ground.clone();
    for url in ["https://bsky.social/", "http://127.0.0.1:1/"] {
        let refused = ground.door.send(Request::get(url)).await.unwrap_err();
        assert!(matches!(refused, DoorError::Forbidden { .. }), "{refused:?}");
    }
    assert!(ground.settings.practice_mode);
    let folder = ground.settings.data.clone();
    assert!(folder.join("bedside.db").exists());
    demo.close().await.unwrap();
    assert!(!folder.exists());
}

#[tokio::test]
async fn on_every_day_of_the_week_the_month_is_under_way() {
    // Before and after the hours at which posts go out, in Oregon.
    for (day, hour) in (15..22).zip(["15:00", "22:00"].into_iter().cycle()) {
        let moment = format!("2027-02-{day}T{hour}:00Z");
        let demo = open_at(&moment).await;
        let database = &demo.parts.desk().ground.database;
        for (state, least, most) in [
            (State::Published, 15, 90),
            (State::Missed, 1, 1),
            (State::Unknown, 1, 1),
            (State::Refused, 1, 1),
            (State::ByHand, 1, 3),
        ] {
            let count = claims::count(database, &[state]).await.unwrap();
            assert!((least..=most).contains(&count), "{moment}: {count} {state:?}");
        }
        let in_state = async |state| posts::store::in_state(database, &demo.practice.id, state).await.unwrap().len();
        assert!(in_state(PostState::Waiting).await >= 3, "{moment}");
        assert!(in_state(PostState::Draft).await >= 2, "{moment}");
        demo.close().await.unwrap();
    }
}
