//! The guard in the composer: findings, reasons, overrides.

use bedside_guard::Category;

use crate::world::World;

/// The hidden field of the first finding that holds `words`.
fn finding_with(page: &bedside_testkit::Page, words: &str) -> (String, String) {
    let mark = "<input type=\"hidden\" name=\"finding_";
    let found = page.body.split(mark).skip(1).find(|rest| rest.split("\">").next().unwrap().contains(words));
    let rest = found.unwrap_or_else(|| panic!("no finding with {words}:\n{}", page.body));
    let (n, rest) = rest.split_once('"').unwrap();
    let value = rest.strip_prefix(" value=\"").unwrap().split('"').next().unwrap();
    (n.to_owned(), value.replace("&#38;", "&").replace("&#39;", "'"))
}

#[tokio::test]
async fn a_phone_number_is_shown_at_its_place_and_nobody_can_keep_it() {
    let world = World::new().await;
    let mut maria = world.maria().await;
    let here = world.begin(&mut maria).await;
    let text = "Roast a carrot. Call (541) 555-9999 and tell us. Enjoy.";
    let page = maria.post(&here, &[("version", "0"), ("text", text)]).await.ok();
    page.shows("One thing in this text")
        .shows("Cannot go out")
        .shows("<mark class=\"find is-block\">(541) 555-9999</mark>");
    page.shows("Nobody can keep this").shows("It cannot promise that a text is safe");
    let (n, key) = finding_with(&page, "555-9999");
    let (field, reason, press) = (format!("finding_{n}"), format!("reason_{n}"), format!("keep:{n}"));
    let forced = [
        ("version", "1"),
        ("text", text),
        (field.as_str(), key.as_str()),
        (reason.as_str(), "We may."),
        ("do", press.as_str()),
    ];
    let page = maria.post(&here, &forced).await;
    assert_eq!(page.status, 422);
    assert!(world.stored(&here).await.unwrap().kept.is_empty());
    // The sentence goes with one click, and the finding with it.
    let cut = format!("cut:{n}");
    maria
        .post(&here, &[("version", "1"), ("text", text), (field.as_str(), key.as_str()), ("do", cut.as_str())])
        .await
        .ok()
        .shows("No known problem found");
    assert_eq!(world.stored(&here).await.unwrap().post.text, "Roast a carrot. Enjoy.");
}

#[tokio::test]
async fn what_blocks_is_overridden_by_the_privacy_lead_alone_with_a_reason() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    let text = "Congratulations to Denise Kowalski, who finished chemo!";
    let page = priya.post(&here, &[("version", "0"), ("text", text)]).await.ok();
    let (n, key) = finding_with(&page, "Denise Kowalski");
    page.shows("only the privacy lead decides");
    let (field, reason, press) = (format!("finding_{n}"), format!("reason_{n}"), format!("keep:{n}"));
    let with = |words| {
        [
            ("version", "1"),
            ("text", text),
            (field.as_str(), key.as_str()),
            (reason.as_str(), words),
            ("do", press.as_str()),
        ]
    };
    assert_eq!(priya.post(&here, &with("He agreed.")).await.status, 422);
    let mut maria = world.maria().await;
    maria.get(&here).await.ok().shows("Override as privacy lead");
    let page = maria.post(&here, &with(" ")).await;
    assert_eq!(page.status, 422);
    page.shows("Say in a few words why it stays.");
    maria
        .post(&here, &with("She wrote this herself in the paper and signed for it."))
        .await
        .ok()
        .shows("Kept by the privacy lead")
        .shows("signed for it");
    let kept = world.stored(&here).await.unwrap().kept;
    assert!(kept.iter().any(|kept| kept.category == Category::Name && kept.privacy_lead), "{kept:?}");
    let id = here.rsplit('/').next().unwrap();
    assert_eq!(world.record_of(id).await, ["finding.overridden"]);
}

#[tokio::test]
async fn every_field_is_looked_at() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    let own = format!("own_{}", world.bluesky);
    let fields = [
        ("version", "0"),
        ("text", "Plain words."),
        ("short_text", "Ring (541) 555-9991."),
        ("title", "Call (541) 555-9992"),
        ("spanish_text", "Llame al (541) 555-9993."),
        ("accounts", world.bluesky.as_str()),
        (own.as_str(), "Text (541) 555-9994."),
    ];
    let page = priya.post(&here, &fields).await.ok();
    for number in ["9991", "9992", "9993", "9994"] {
        finding_with(&page, number);
    }
    page.shows("Four things in this text").shows("the short version").shows("the Spanish text");
}

#[tokio::test]
async fn a_warning_is_kept_by_its_author_with_a_reason() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    let text = "We are the best family clinic in Oregon.";
    let page = priya.post(&here, &[("version", "0"), ("text", text)]).await.ok();
    page.shows("Fix, or say why you keep it").shows("Keep, because …");
    let (n, key) = finding_with(&page, "best");
    let (field, reason, press) = (format!("finding_{n}"), format!("reason_{n}"), format!("keep:{n}"));
    let kept = [
        ("version", "1"),
        ("text", text),
        (field.as_str(), key.as_str()),
        (reason.as_str(), "A prize of 2026 says so."),
        ("do", press.as_str()),
    ];
    priya.post(&here, &kept).await.ok().shows("A prize of 2026 says so.").shows("No known problem found");
    let id = here.rsplit('/').next().unwrap();
    assert_eq!(world.record_of(id).await, ["finding.kept"]);
    // Other words are another decision.
    priya
        .post(&here, &[("version", "1"), ("text", "We are the best clinic of all.")])
        .await
        .ok()
        .shows("Fix, or say why you keep it");
}
