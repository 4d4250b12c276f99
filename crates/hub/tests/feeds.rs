//! The feeds, read back by parsers; the sitemap, robots.txt and the cards.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod world;

use axum::http::StatusCode;
use world::{World, challenge, pressure, salt};

const HOME: &str = "/p/cedar-hollow-family-medicine";
const POST: &str = "http://cedarhollow.example/p/cedar-hollow-family-medicine/posts/how-much-salt-is-too-much-0000aaaa";

async fn world_with_all() -> World {
    let world = World::new().await;
    world.publish(challenge()).await;
    world.publish(pressure(&"0".repeat(64))).await;
    world.test.pass(jiff::SignedDuration::from_mins(1));
    world.publish(salt()).await;
    world
}

#[tokio::test]
async fn atom_reads_back() {
    let world = world_with_all().await;
    let answer = world.get(&format!("{HOME}/feed.atom")).await;
    assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
    let feed = atom_syndication::Feed::read_from(&answer.bytes[..]).unwrap();
    assert_eq!(feed.title.as_str(), "Posts of Cedar Hollow Family Medicine");
    assert_eq!((feed.entries.len(), feed.updated.to_rfc3339().as_str()), (2, "2027-02-01T16:01:00+00:00"));
    let entry = &feed.entries[0];
    assert_eq!((entry.id.as_str(), entry.links[0].href.as_str()), (POST, POST));
    assert_eq!(entry.authors[0].name, "Dr. Maria Alvarez, MD");
    let html = entry.content.as_ref().and_then(|content| content.value.as_deref()).unwrap();
    assert!(html.contains("pizza &#38; soup") && html.contains("<li>Rinse"), "{html}");
    assert_eq!(feed.entries[1].links[1].rel, "enclosure");
    let spanish = world.get(&format!("{HOME}/feed.atom?lang=es")).await;
    let spanish = atom_syndication::Feed::read_from(&spanish.bytes[..]).unwrap();
    assert_eq!(
        (spanish.entries.len(), spanish.entries[0].title.as_str(), spanish.lang.as_deref()),
        (1, "¿Cuánta sal es demasiada?", Some("es"))
    );
}

#[tokio::test]
async fn rss_reads_back() {
    let world = world_with_all().await;
    let answer = world.get(&format!("{HOME}/feed.rss")).await;
    assert_eq!(answer.header("content-type"), "application/rss+xml; charset=utf-8");
    let channel = rss::Channel::read_from(&answer.bytes[..]).unwrap();
    assert_eq!((channel.items.len(), channel.language.as_deref()), (2, Some("en")));
    let item = &channel.items[0];
    assert_eq!((item.link.as_deref(), item.title.as_deref()), (Some(POST), Some("How much salt is too much?")));
    assert_eq!(item.pub_date.as_deref(), Some("Mon, 1 Feb 2027 16:01:00 -0000"));
    assert!(item.description.as_deref().unwrap().contains("<li>Rinse"));
    assert_eq!(channel.atom_ext.unwrap().links[0].rel, "self");
}

#[tokio::test]
async fn json_feed_reads_back() {
    let world = world_with_all().await;
    let answer = world.get(&format!("{HOME}/feed.json")).await;
    assert_eq!(answer.header("content-type"), "application/feed+json; charset=utf-8");
    let feed: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["items"][0]["id"], POST);
    assert_eq!(feed["items"][0]["authors"][0]["name"], "Dr. Maria Alvarez, MD");
    assert_eq!(feed["items"][1]["attachments"][0]["mime_type"], "image/png");
    assert_eq!(feed["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_sitemap_and_robots_lead_to_every_page() {
    let world = world_with_all().await;
    let map = world.get(&format!("{HOME}/sitemap.xml")).await.text();
    let document = resvg::usvg::roxmltree::Document::parse(&map).unwrap();
    let places: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "loc")))
        .filter_map(|node| node.text())
        .collect();
    assert_eq!(places.len(), 4, "home, challenge and two posts");
    for place in places {
        let path = place.strip_prefix("http://cedarhollow.example").unwrap();
        assert_eq!(world.get(path).await.status, StatusCode::OK, "{path}");
    }
    let robots = world.get("/robots.txt").await.text();
    assert!(
        robots.contains("Disallow: /\n")
            && robots.contains("Sitemap: http://cedarhollow.example/p/cedar-hollow-family-medicine/sitemap.xml")
    );
}

#[tokio::test]
async fn every_page_has_its_card() {
    let world = world_with_all().await;
    for path in ["", "/posts/how-much-salt-is-too-much-0000aaaa", "/challenges/less-salt-more-flavor-2027-01"] {
        let card = world.get(&format!("{HOME}{path}/card.png?lang=es")).await;
        assert_eq!((card.status, card.header("content-type")), (StatusCode::OK, "image/png"), "{path}");
        assert_eq!(&card.bytes[..8], b"\x89PNG\r\n\x1a\n");
    }
    assert_eq!(world.get(&format!("{HOME}/posts/none-00000000/card.png")).await.status, StatusCode::NOT_FOUND);
}
