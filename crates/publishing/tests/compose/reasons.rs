//! The main button is marked as disabled, with the reason beside it, while anything stands in the way.

use bedside_publishing::{
    accounts::{self, State},
    posts::PostState,
};
use bedside_testkit::{Browser, Page};
use serde_json::Value;

use crate::{things::pixel, world::World};

const LONG: &str = "Roast a carrot, slowly, and tell your neighbours how it was. ";

/// The button's mark, which must agree with the words beside it.
#[track_caller]
fn is_marked(page: &Page) -> bool {
    page.shows("aria-describedby=\"reasons\"").shows("id=\"reasons\"");
    let marked = page.body.contains("aria-disabled=\"true\"");
    assert_eq!(marked, page.body.contains("Not yet: "), "mark and reason disagree:\n{}", page.body);
    marked
}

async fn saved(browser: &mut Browser, here: &str, fields: &[(&str, &str)]) -> Page {
    browser.post(here, fields).await.ok()
}

#[tokio::test]
async fn each_reason_stands_beside_the_button_until_it_is_mended() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    let blank = priya.get("/compose").await.ok();
    assert!(is_marked(&blank));
    blank.shows("Not yet: The post has no words yet.");

    let (long, when) = (LONG.repeat(6), [("day", "2027-02-18"), ("time", "12:10")]);
    let with = |version, text, accounts: &[&str]| {
        let mut fields = vec![("version".to_owned(), version), ("text".to_owned(), text)];
        fields.extend(accounts.iter().map(|id| ("accounts".to_owned(), (*id).to_owned())));
        fields.extend(when.map(|(name, value)| (name.to_owned(), value.to_owned())));
        fields
    };
    let cases = [
        (with("0".to_owned(), "Roast a carrot.".to_owned(), &[]), Some("Choose at least one account")),
        (with("1".to_owned(), long, &[&world.bluesky]), Some("The text is too long for Bluesky")),
        (
            with("2".to_owned(), "Call (541) 555-9999 and tell us.".to_owned(), &[&world.bluesky]),
            Some("(541) 555-9999"),
        ),
        (with("3".to_owned(), "Roast a carrot.".to_owned(), &[&world.bluesky]), None),
    ];
    for (fields, reason) in cases {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let page = saved(&mut priya, &here, &fields).await;
        assert_eq!(is_marked(&page), reason.is_some(), "{reason:?}");
        if let Some(reason) = reason {
            let beside = page.body.split("Not yet: ").nth(1).unwrap();
            assert!(beside.split("</p>").next().unwrap().contains(reason), "{reason} is not beside the button");
        }
    }
}

#[tokio::test]
async fn a_picture_without_words_is_a_reason() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    let fields = [("version", "0"), ("text", "Look."), ("accounts", world.bluesky.as_str()), ("day", "2027-02-18")];
    let page = priya.upload(&here, &[&fields[..], &[("time", "12:10")]].concat(), ("picture", "x.png", &pixel())).await;
    assert!(is_marked(&page.ok()));
    priya.get(&here).await.ok().shows("Not yet: Say what each picture shows");
}

#[tokio::test]
async fn an_account_that_must_be_connected_again_is_a_reason_and_a_press_gets_the_answer() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    let fields = [
        ("version", "0"),
        ("text", "Roast a carrot."),
        ("accounts", world.bluesky.as_str()),
        ("day", "2027-02-18"),
        ("time", "12:10"),
        ("do", "save"),
    ];
    assert!(!is_marked(&saved(&mut priya, &here, &fields).await));
    let (ground, practice) = (&world.test.ground, world.cast.practice.id.as_str());
    let mut tx = ground.database.begin_write().await.unwrap();
    let (state, now) = (State::NeedsReconnect, ground.now());
    accounts::store::set_state(&mut tx, practice, &world.bluesky, state, "Connect it again.", now).await.unwrap();
    tx.commit().await.unwrap();
    let page = priya.get(&here).await.ok();
    assert!(is_marked(&page));
    page.shows("Not yet: Bluesky (cedarhollow.example) must be connected again");
    // Marked, not dead: without a script the press still saves and is answered.
    let pressed = [("version", "1"), ("text", "Roast two carrots."), fields[2], fields[3], fields[4], ("do", "ask")];
    let page = priya.post(&here, &pressed).await;
    assert_eq!(page.status, 422);
    page.shows("It is saved. Before anybody can sign it:").shows("must be connected again");
    let post = world.stored(&here).await.unwrap().post;
    assert_eq!((post.state, post.text.as_str()), (PostState::Draft, "Roast two carrots."));
}

#[tokio::test]
async fn every_autosave_answers_with_the_reasons_of_that_moment() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    let draft = format!("{here}/draft");
    let mut fields = vec![("version", "0"), ("text", "Roast a carrot."), ("day", "2027-02-18"), ("time", "12:10")];
    let answer = async |page: Page| -> (bool, String) {
        let json: Value = serde_json::from_str(&page.ok().body).unwrap();
        (json["blocked"].as_bool().unwrap(), json["parts"]["reasons"].as_str().unwrap().to_owned())
    };
    let (blocked, words) = answer(priya.post(&draft, &fields).await).await;
    assert!(blocked && words.contains("Choose at least one account"), "{words}");
    fields[0].1 = "1";
    fields.push(("accounts", world.home.as_str()));
    let (blocked, words) = answer(priya.post(&draft, &fields).await).await;
    assert!(!blocked && words.trim().is_empty(), "{words}");
}
