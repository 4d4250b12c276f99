//! From the planning page to a month that waits for its signature.

use axum::http::StatusCode;
use bedside_publishing::posts::{self, PostState};
use bedside_testkit::Browser;

use crate::world::World;

#[tokio::test]
async fn one_click_leads_from_the_planning_page_to_a_month_that_waits() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    priya.get("/challenges").await.ok().shows("No challenge yet");
    let page = priya.get("/challenges/new").await.ok();
    page.shows("What should February be about?").shows("Fits February").shows("Ask for the signature");
    assert_eq!(page.body.matches("class=\"tpl\"").count(), 12);
    assert_eq!(page.body.matches("class=\"dn\"").count(), 28, "the whole month is there before any choice");
    assert_eq!(page.field("start"), "2027-02-08", "the next Monday that leaves time to sign");

    // The one click: everything as it was filled in.
    let id = world.plan(&mut priya).await;
    let posts = world.posts(&id).await;
    assert!((19..=22).contains(&posts.len()), "{} posts", posts.len());
    for post in &posts {
        assert_eq!(post.state, PostState::Waiting, "{}", post.part.0);
        assert!(post.due_at.unwrap() > world.test.now().as_microsecond());
        assert!(!post.spanish_text.is_empty(), "the own page speaks both languages");
        let whole =
            posts::store::whole(&world.desk.ground.database, &world.cast.practice.id, &post.id).await.unwrap().unwrap();
        assert_eq!(whole.variants.len(), 3, "own page, Bluesky, Mastodon");
        assert_eq!(
            whole.unchecked_sources().count(),
            usize::from(post.part.0.ends_with("fact")),
            "a fact has its source, unchecked: {}",
            post.part.0
        );
    }
    let page = priya.get(&format!("/challenges/{id}")).await.ok();
    page.shows("Waits for a signature").shows("Open each page and tick that it says so").shows("href=\"/approval\"");
    assert_eq!(
        page.body.matches("href=\"/compose/").count(),
        posts.len() * 2 - 2,
        "in the list and, but for opening and thanks, in the month"
    );
    priya.get("/challenges").await.ok().shows("Less salt, more flavor").shows("Planned");
    world.maria().await.get("/approval").await.ok().shows("Week of Monday, February 8");
}

#[tokio::test]
async fn the_same_form_twice_makes_one_challenge() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let page = priya.get("/challenges/new").await.ok();
    let fields = world.fields(&page.field("form_id"), "2027-02-08");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let first = priya.post("/challenges", &fields).await.ok();
    let second = priya.post("/challenges", &fields).await.ok();
    assert_eq!((first.path.as_str(), world.challenges().await), (second.path.as_str(), 1));
    let id = first.path.rsplit('/').next().unwrap();
    assert_eq!(world.posts(id).await.len(), 22);
    priya.get("/challenges/new").await.ok().shows("value=\"2027-03-08\"");
}

#[tokio::test]
async fn another_template_shows_its_month_with_everything_else_as_typed() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let page = priya.get("/challenges/new").await.ok();
    let form_id = page.field("form_id");
    let page = priya
        .post(
            "/challenges/new",
            &[
                ("form_id", &form_id),
                ("template", "better-sleep"),
                ("start", "2027-03-01"),
                ("time", "08:15"),
                ("languages", "english"),
            ],
        )
        .await
        .ok();
    page.shows("Seven good hours: the whole month").shows("value=\"08:15\"").shows("Week 4");
    assert_eq!(world.challenges().await, 0, "looking plans nothing");
}

#[tokio::test]
async fn mistakes_stand_at_their_fields_and_nothing_is_lost() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    priya.get("/challenges/new").await.ok();
    for (start, time, words) in [
        ("2027-01-04", "12:10", "Choose a day from today on"),
        ("never", "12:10", "Choose a day from today on"),
        ("2027-02-08", "noon", "Choose a time of day"),
        ("2027-02-01", "06:00", "would go out in the past"),
    ] {
        let page = priya
            .post(
                "/challenges",
                &[("template", "walk-more"), ("start", start), ("time", time), ("languages", "english")],
            )
            .await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{start} {time}");
        page.shows(words).shows("value=\"walk-more\" checked");
    }
    assert_eq!(world.challenges().await, 0);
}

#[tokio::test]
async fn only_members_who_write_plan_and_strangers_see_nothing() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let id = world.plan(&mut priya).await;
    let mut ben = world.ben().await;
    assert_eq!(ben.get("/challenges/new").await.status, StatusCode::FORBIDDEN);
    ben.get("/challenges").await.ok().shows("Less salt, more flavor");
    assert_eq!(ben.post(&format!("/challenges/{id}/withdraw"), &[]).await.status, StatusCode::FORBIDDEN);
    let stranger = bedside_testkit::characters::stranger_practice(&world.desk.ground).await;
    let mut stranger = Browser::signed_in(world.app.clone(), &stranger.maria).await;
    stranger.get("/challenges").await.ok().shows("No challenge yet");
    assert_eq!(stranger.get(&format!("/challenges/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.post(&format!("/challenges/{id}/withdraw"), &[]).await.status, StatusCode::NOT_FOUND);
}
