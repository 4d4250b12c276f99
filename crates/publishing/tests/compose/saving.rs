//! Saving: nothing typed is lost, two tabs, the same form twice.

use bedside_publishing::posts::PostState;

use crate::world::World;

#[tokio::test]
async fn opening_the_page_creates_nothing_and_the_first_save_keeps_everything() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    assert!(world.stored(&here).await.is_none());
    let own = format!("own_{}", world.bluesky);
    let fields = [
        ("version", "0"),
        ("text", "Roast a carrot.\r\nTell us."),
        ("short_text", "Roast."),
        ("title", "Carrots"),
        ("spanish_text", "Ase una zanahoria."),
        ("health_content", "no"),
        ("accounts", world.bluesky.as_str()),
        ("accounts", world.home.as_str()),
        (own.as_str(), "Roast one today."),
        ("day", "2027-02-18"),
        ("time", "12:10"),
        ("do", "save"),
    ];
    priya
        .post(&here, &fields)
        .await
        .ok()
        .shows("Saved.")
        .shows("Own words for Bluesky")
        .shows("Ase una zanahoria.")
        .shows("2027-02-18");
    let whole = world.stored(&here).await.unwrap();
    assert_eq!(whole.post.text, "Roast a carrot.\nTell us.");
    assert!(!whole.post.health_content && !whole.post.link_home);
    assert_eq!(whole.own_version(&world.bluesky), Some("Roast one today."));
    assert_eq!(whole.variants.len(), 2);
    // The same form once more, from the button pressed twice: still one draft, nothing to quarrel about.
    priya.post(&here, &fields).await.ok().shows("Saved.");
    assert_eq!(world.stored(&here).await.unwrap().post.version, whole.post.version);
}

#[tokio::test]
async fn two_tabs_never_overwrite_each_other() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    priya.post(&here, &[("version", "0"), ("text", "First words.")]).await.ok();
    let mut maria = world.maria().await;
    maria.get(&here).await.ok();
    maria.post(&here, &[("version", "1"), ("text", "Maria’s words.")]).await.ok();
    let page = priya.post(&here, &[("version", "1"), ("text", "Priya’s words.")]).await;
    assert_eq!(page.status, 422);
    page.shows("Somebody changed this draft at 8:00.").shows("Maria’s words.").shows("Priya’s words.");
    assert_eq!(world.stored(&here).await.unwrap().post.text, "Maria’s words.");
    // Any other button asks again; only the one that names what it replaces does it.
    assert_eq!(priya.post(&here, &[("version", "1"), ("text", "Priya’s words."), ("do", "ask")]).await.status, 422);
    priya.post(&here, &[("version", "1"), ("text", "Priya’s words."), ("do", "over:2")]).await.ok().shows("Saved.");
    assert_eq!(world.stored(&here).await.unwrap().post.text, "Priya’s words.");
}

#[tokio::test]
async fn times_are_the_practices_own_and_impossible_ones_come_back() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    let page =
        priya.post(&here, &[("version", "0"), ("text", "Spring."), ("day", "2027-03-14"), ("time", "02:30")]).await;
    assert_eq!(page.status, 422);
    page.shows("2:30 does not exist").shows("Spring.").shows("value=\"02:30\"");
    // The words are safe although the time is not taken.
    let whole = world.stored(&here).await.unwrap();
    assert_eq!((whole.post.text.as_str(), whole.post.due_at), ("Spring.", None));
    let page =
        priya.post(&here, &[("version", "1"), ("text", "Spring."), ("day", "2027-01-31"), ("time", "12:00")]).await;
    page.shows("This time has passed.");
    priya
        .post(&here, &[("version", "1"), ("text", "Spring."), ("day", "2027-11-07"), ("time", "01:30")])
        .await
        .ok()
        .shows("comes twice. The first one is taken.");
    let first: jiff::Timestamp = "2027-11-07T08:30:00Z".parse().unwrap();
    assert_eq!(world.stored(&here).await.unwrap().post.due_at, Some(first.as_microsecond()));
}

#[tokio::test]
async fn a_draft_saves_itself_and_answers_with_counters() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    let draft = format!("{here}/draft");
    let blank = priya.post(&draft, &[("version", "0"), ("text", " ")]).await.ok();
    blank.shows("\"version\":0");
    assert!(world.stored(&here).await.is_none(), "a page that was only opened leaves no draft");
    let long = "a".repeat(301);
    let page = priya
        .post(&draft, &[("version", "0"), ("text", long.as_str()), ("accounts", world.bluesky.as_str())])
        .await
        .ok();
    page.shows("\"version\":1").shows("301 / 300").shows("Too long for Bluesky").shows("Saved Feb 1, 8:00");
    let page = priya
        .post(
            &draft,
            &[
                ("version", "1"),
                ("text", long.as_str()),
                ("short_text", "Short."),
                ("accounts", world.bluesky.as_str()),
            ],
        )
        .await
        .ok();
    page.shows("\"version\":2").shows("6 / 300").shows("short version").hides("Too long");
    let newer = priya.post(&draft, &[("version", "1"), ("text", "other")]).await;
    assert_eq!(newer.status, 409);
    assert_eq!(world.stored(&here).await.unwrap().post.text, long);
}

#[tokio::test]
async fn a_discarded_draft_comes_back() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    priya.post(&here, &[("version", "0"), ("text", "Words.")]).await.ok();
    priya.post(&format!("{here}/discard"), &[]).await.ok().shows("The draft is discarded.").shows("Bring it back");
    assert_eq!(world.stored(&here).await.unwrap().post.state, PostState::Withdrawn);
    priya.post(&format!("{here}/restore"), &[]).await.ok().shows("The draft is back.").shows("Words.");
    assert_eq!(world.stored(&here).await.unwrap().post.state, PostState::Draft);
    let id = here.rsplit('/').next().unwrap();
    assert_eq!(world.record_of(id).await, ["post.restored", "post.discarded"]);
}

#[tokio::test]
async fn only_members_who_write_get_in_and_a_late_form_is_kept() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    let mut ben = bedside_testkit::Browser::signed_in(world.app.clone(), &world.cast.ben).await;
    assert_eq!(ben.get("/compose").await.status, 403);
    assert_eq!(ben.post(&here, &[("text", "x")]).await.status, 403);
    let stranger = bedside_testkit::characters::stranger_practice(&world.test.ground).await;
    priya.post(&here, &[("version", "0"), ("text", "Ours.")]).await.ok();
    let mut other = bedside_testkit::Browser::signed_in(world.app.clone(), &stranger.maria).await;
    assert_eq!(other.get(&here).await.status, 404);
    // Signed out in another tab: the words come back in a form that can be sent again.
    let mut nobody = bedside_testkit::Browser::new(world.app.clone());
    let page =
        nobody.upload(&here, &[("version", "1"), ("text", "Half an hour of work.")], ("picture", "x.png", b"")).await;
    assert_eq!(page.status, 401);
    page.shows("Half an hour of work.");
}
