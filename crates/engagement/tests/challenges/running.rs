//! What happens to a month after it was planned: edited, signed, opened, finished, taken back.

use axum::http::StatusCode;
use bedside_engagement::challenges::{NextWeek, open_pages, store};
use bedside_practice::{audit, rounds::Source};
use bedside_publishing::posts::{Post, PostState};
use bedside_testkit::Browser;
use jiff::SignedDuration;

use crate::world::World;

const PAGE: &str = "/p/cedar-hollow-family-medicine/challenges/less-salt-more-flavor-2027-02";

async fn sign(maria: &mut Browser, post: &Post) {
    let page = maria.get("/approval").await.ok();
    let mark = format!("value=\"{}:", post.id);
    let at = page.body.find(&mark).unwrap_or_else(|| panic!("{} cannot be signed:\n{}", post.part.0, page.body))
        + "value=\"".len();
    let seen = page.body[at..].split('"').next().unwrap().to_owned();
    maria.post("/approval/signatures", &[("post", &seen)]).await.ok().shows("Signed");
}

async fn state(world: &World, id: &str) -> &'static str {
    store::find(&world.desk.ground.database, &world.cast.practice.id, id).await.unwrap().unwrap().challenge.state.word()
}

#[tokio::test]
async fn the_page_opens_with_its_opening_post_and_the_challenge_can_be_taken_back() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let id = world.plan(&mut priya).await;
    let opening = world.posts(&id).await.into_iter().find(|post| post.part.0 == "opening").unwrap();
    sign(&mut world.maria().await, &opening).await;
    open_pages(&world.desk).await.unwrap();
    let mut reader = Browser::new(world.app.clone());
    assert_eq!(reader.get(PAGE).await.status, StatusCode::NOT_FOUND, "signed is not yet published");

    let (stop, engine) = world.engine();
    world.move_to(opening.due_at.unwrap());
    world.until(async || (!world.bluesky.messages().is_empty()).then_some(())).await;
    let page = world
        .until(async || {
            open_pages(&world.desk).await.unwrap();
            let page = reader.get(PAGE).await;
            (page.status == StatusCode::OK).then_some(page)
        })
        .await;
    page.shows("Less salt, more flavor").shows("call 911");
    reader.get(&format!("{PAGE}?lang=es")).await.ok().shows("Menos sal");
    let opened = audit::about(&world.desk.ground.database, &world.cast.practice.id, &id).await.unwrap();
    open_pages(&world.desk).await.unwrap();
    let again = audit::about(&world.desk.ground.database, &world.cast.practice.id, &id).await.unwrap();
    assert_eq!(opened.len(), again.len(), "opening twice changes nothing");

    // The clock stands before day 1; from then on it runs.
    assert_eq!(state(&world, &id).await, "launched");
    world.test.pass(SignedDuration::from_hours(7 * 24));
    open_pages(&world.desk).await.unwrap();
    assert_eq!(state(&world, &id).await, "running");
    let note = NextWeek(world.desk.clone())
        .margin(&world.cast.practice, &world.cast.priya, world.test.now().as_microsecond())
        .await
        .unwrap()
        .remove(0);
    assert!(note.words.contains(" of 28. Week 1: Notice."), "{}", note.words);

    // A week has passed, and with it the session.
    let mut priya = world.priya().await;
    priya
        .get(&format!("/challenges/{id}/withdraw"))
        .await
        .ok()
        .shows("1 post is out already")
        .shows("21 posts that did not go out");
    priya
        .post(&format!("/challenges/{id}/withdraw"), &[("out", "delete"), ("reason", "the wrong month")])
        .await
        .ok()
        .shows("Withdrawn");
    assert_eq!(state(&world, &id).await, "withdrawn");
    for post in world.posts(&id).await {
        assert_eq!(post.state, PostState::Withdrawn, "{}", post.part.0);
    }
    assert_eq!(reader.get(PAGE).await.status, StatusCode::GONE);
    world.until(async || world.bluesky.messages().is_empty().then_some(())).await;
    assert_eq!(priya.get(&format!("/challenges/{id}/withdraw")).await.status, StatusCode::CONFLICT);
    stop.send_replace(true);
    engine.await.unwrap();
}

#[tokio::test]
async fn an_edited_post_is_a_draft_of_the_same_month_and_the_rounds_ask_for_it() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let id = world.plan(&mut priya).await;
    let rounds = NextWeek(world.desk.clone());
    let now = world.posts(&id).await[1].due_at.unwrap() - 1;
    let steps = rounds.steps(&world.cast.practice, &world.cast.priya, now).await.unwrap();
    assert_eq!(steps.len(), 1, "{steps:?}");
    assert!(
        steps[0].title == "Look over next week" && steps[0].lines[0].1.contains("source is not checked"),
        "{steps:?}"
    );
    assert!(
        rounds.steps(&world.cast.practice, &world.cast.ben, now).await.unwrap().is_empty(),
        "only who writes is asked"
    );

    let opening = &world.posts(&id).await[0];
    priya.get(&format!("/compose/{}", opening.id)).await.ok().shows("28 days together");
    priya.get(&format!("/challenges/{id}")).await.ok();
    priya.post(&format!("/challenges/{id}/withdraw"), &[]).await.ok();
    let steps = rounds.steps(&world.cast.practice, &world.cast.priya, now).await.unwrap();
    assert_eq!(steps.len(), 1);
    assert!(steps[0].title.starts_with("Choose a challenge for "), "{steps:?}");
}

#[tokio::test]
async fn a_source_that_was_opened_and_ticked_leaves_the_list() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let id = world.plan(&mut priya).await;
    let path = format!("/challenges/{id}");
    let page = priya.get(&path).await.ok();
    let open = page.link("/sources/");
    let before = page.body.matches("The page says so").count();
    assert_eq!(before, 4);
    // Leads away from Bedside; the opening itself is what is noted.
    let _ = priya.get(&open).await;
    priya.get(&path).await.ok();
    let page = priya.post(&open.replace("/open", "/tick"), &[("next", &path)]).await;
    assert_eq!(page.path, path);
    assert_eq!(page.body.matches("The page says so").count(), before - 1);
}
