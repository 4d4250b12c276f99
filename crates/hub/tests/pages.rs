//! The public pages through the front door: what readers, feed readers and other servers get.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod world;

use axum::http::StatusCode;
use bedside_hub::pages::{self, PublicPage};
use world::{World, challenge, pressure, salt};

const HOME: &str = "/p/cedar-hollow-family-medicine";

async fn world_with_all() -> (World, String) {
    let world = World::new().await;
    let card = world.get(&format!("{HOME}/card.png")).await;
    let hash = world.ground().files.keep(&world.practice.id, &card.bytes).await.unwrap();
    world.publish(challenge()).await;
    world.publish(pressure(&hash)).await;
    world.publish(salt()).await;
    (world, hash)
}

/// No script, no style attribute, no handler, no cookie, nothing fetched from elsewhere.
fn is_harmless(answer: &world::Answer) {
    let page = answer.text();
    for forbidden in ["<script", " style=", " onload", " onclick", "<iframe", "javascript:", "<form"] {
        assert!(!page.contains(forbidden), "{forbidden} in a public page");
    }
    assert_eq!(answer.header("set-cookie"), "");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    for tag in page.split('<').filter(|tag| tag.contains("http://") || tag.contains("https://")) {
        let own = tag.contains("cedarhollow.example");
        let outgoing = tag.starts_with("a ") && tag.contains("rel=\"noreferrer\"");
        let words = !tag.split('>').next().unwrap_or_default().contains("http");
        assert!(own || outgoing || words, "a third party in <{tag}");
    }
}

#[tokio::test]
async fn a_reader_goes_from_home_to_the_post_and_the_challenge() {
    let (world, hash) = world_with_all().await;
    let home = world.get(HOME).await;
    assert_eq!((home.status, home.header("cache-control")), (StatusCode::OK, "no-cache"));
    let page = home.text();
    for words in [
        "Cedar Hollow Family Medicine",
        "Family medicine in Maple Falls, Oregon.",
        "This month, day 8 of 28",
        "Less salt, more flavor",
        "href=\"tel:+15415550142\"",
        "218 Mill Street",
    ] {
        assert!(page.contains(words), "home lacks {words}");
    }
    let post_path = format!("{HOME}/posts/how-much-salt-is-too-much-0000aaaa");
    assert!(page.contains(&format!("href=\"{post_path}\"")));
    let post = world.get(&post_path).await;
    let text = post.text();
    for words in [
        "<strong>Dr. Maria Alvarez, MD</strong>",
        "pizza &#38; soup",
        "<li>Rinse canned beans",
        "Checked January 31, 2027",
        "February 1, 2027",
        "/challenges/less-salt-more-flavor-2027-01",
        "property=\"og:image\" content=\"http://cedarhollow.example/p/",
    ] {
        assert!(text.contains(words), "the post lacks {words}\n{text}");
    }
    let month = world.get(&format!("{HOME}/challenges/less-salt-more-flavor-2027-01")).await;
    let text = month.text();
    assert_eq!(text.matches("class=\"dn\"").count(), 28);
    for words in [
        "January 25 to February 21, 2027",
        "Today, day 8 of 28",
        "datetime=\"2027-02-21\"",
        "call 911",
        "potassium salt substitute",
    ] {
        assert!(text.contains(words), "the challenge lacks {words}");
    }
    assert!(month.bytes.len() < 30_000, "the challenge's page has {} bytes", month.bytes.len());
    let untitled = world.get(&format!("{HOME}/posts/sit-rest-for-five-minutes-keep-your-arm-at-heart-0000bbbb")).await;
    assert!(
        untitled.text().contains(&format!(
            "<img src=\"{HOME}/media/{hash}\" width=\"1200\" height=\"630\" alt=\"A cuff on an arm"
        ))
    );
    for answer in [home, post, month, untitled, world.get(&format!("{HOME}/posts")).await] {
        assert_eq!(answer.status, StatusCode::OK);
        is_harmless(&answer);
    }
}

#[tokio::test]
async fn spanish_is_a_full_language_and_says_where_it_is_missing() {
    let (world, _) = world_with_all().await;
    let home = world.get(&format!("{HOME}?lang=es")).await.text();
    assert!(
        home.contains("<html lang=\"es\">")
            && home.contains("Menos sal, más sabor")
            && home.contains("¿Cuánta sal es demasiada?")
    );
    assert!(home.contains("lang=\"en\"><a href="), "a post without Spanish is marked as English");
    let post = format!("{HOME}/posts/how-much-salt-is-too-much-0000aaaa");
    let spanish = world.get(&format!("{post}?lang=es")).await.text();
    assert!(
        spanish.contains("El cuerpo necesita")
            && spanish.contains("Revisado por")
            && !spanish.contains("solo está en inglés")
    );
    assert!(
        spanish.contains(&format!("hreflang=\"en\" href=\"{post}\""))
            && spanish.contains(&format!("hreflang=\"es\" href=\"{post}?lang=es\""))
    );
    let missing = world
        .get(&format!("{HOME}/posts/sit-rest-for-five-minutes-keep-your-arm-at-heart-0000bbbb?lang=es"))
        .await
        .text();
    assert!(missing.contains("solo está en inglés") && missing.contains("<article class=\"prose\" lang=\"en\">"));
    let month =
        world.get(&format!("{HOME}/challenges/less-salt-more-flavor-2027-01?lang=es&utm_source=x")).await.text();
    assert!(
        month.contains("Del 25 de enero al 21 de febrero de 2027")
            && month.contains("Semana 1")
            && month.contains("Observar")
    );
}

#[tokio::test]
async fn publishing_twice_is_once_and_edits_keep_the_address() {
    let world = World::new().await;
    let first = world.publish(salt()).await;
    assert_eq!(
        first.url,
        "http://cedarhollow.example/p/cedar-hollow-family-medicine/posts/how-much-salt-is-too-much-0000aaaa"
    );
    assert_eq!(
        first.url,
        pages::address(&world.ground().settings, &world.practice.slug, &salt().slug),
        "the address was known before"
    );
    assert_eq!(world.publish(salt()).await, first);
    let all = world.get(&format!("{HOME}/posts")).await.text();
    assert_eq!(all.matches("class=\"entry\"").count(), 1);

    let edited = PublicPage {
        title: "How much salt is enough?".into(),
        slug: "how-much-salt-is-enough-0000aaaa".into(),
        ..salt()
    };
    let standing = pages::edit(world.ground(), &world.practice.id, world.clear(edited.clone())).await.unwrap();
    assert_eq!(standing, first);
    let page = world.get(&format!("{HOME}/posts/{}", first.slug)).await.text();
    assert!(page.contains("<h1>How much salt is enough?</h1>") && page.contains("Changed February 1, 2027"));
    let moved = world.get(&format!("{HOME}/posts/{}?lang=es", edited.slug)).await;
    assert_eq!(
        (moved.status, moved.header("location")),
        (StatusCode::MOVED_PERMANENTLY, &*format!("{HOME}/posts/{}?lang=es", first.slug))
    );
    let nobody = PublicPage { id: "d-nobody".into(), ..salt() };
    assert!(matches!(
        pages::edit(world.ground(), &world.practice.id, world.clear(nobody)).await,
        Err(pages::Error::NoPage)
    ));
}

#[tokio::test]
async fn a_withdrawn_page_says_so_and_takes_its_pictures_along() {
    let (world, hash) = world_with_all().await;
    let (post, media) = (
        format!("{HOME}/posts/sit-rest-for-five-minutes-keep-your-arm-at-heart-0000bbbb"),
        format!("{HOME}/media/{hash}"),
    );
    let picture = world.get(&media).await;
    assert_eq!(
        (picture.status, picture.header("content-type"), picture.header("x-content-type-options")),
        (StatusCode::OK, "image/png", "nosniff")
    );
    assert_eq!(world.get(&post).await.status, StatusCode::OK);
    pages::withdraw(world.ground(), &world.practice.id, "d-pressure").await.unwrap();
    let gone = world.get(&post).await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(gone.text().contains("took this text down") && !gone.text().contains("heart height"));
    is_harmless(&gone);
    for path in [media, format!("{post}/card.png")] {
        assert_eq!(world.get(&path).await.status, StatusCode::NOT_FOUND);
    }
    for path in ["", "/posts", "/feed.atom", "/sitemap.xml"] {
        assert!(!world.get(&format!("{HOME}{path}")).await.text().contains("0000bbbb"), "{path} still shows it");
    }
    let standing = pages::find(world.ground(), &world.practice.id, "d-pressure").await.unwrap().unwrap();
    assert!(standing.withdrawn_at.is_some());
    world.publish(pressure(&hash)).await;
    assert_eq!(world.get(&post).await.status, StatusCode::GONE, "publishing again does not bring it back");
}

#[tokio::test]
async fn nothing_passes_that_the_guard_has_not_read() {
    let world = World::new().await;
    let other = PublicPage { text: "Another text.".into(), ..salt() };
    let cleared = world.clear(salt());
    let refused = pages::publish_copy(world.ground(), &world.practice.id, &other, &cleared).await;
    assert!(matches!(refused, Err(pages::Error::NotCleared)));
    assert_eq!(pages::find(world.ground(), &world.practice.id, "d-salt").await.unwrap(), None);
    pages::publish_copy(world.ground(), &world.practice.id, &salt(), &cleared).await.unwrap();
}

#[tokio::test]
async fn answers_are_kept_until_there_is_another_edition() {
    let (world, _) = world_with_all().await;
    let first = world.get(HOME).await;
    let tag = first.header("etag").to_owned();
    let again = world.ask(HOME, &[("if-none-match", &format!("\"other\", W/{tag}"))]).await;
    assert_eq!((again.status, again.bytes.len(), again.header("etag")), (StatusCode::NOT_MODIFIED, 0, &*tag));

    // Somebody changes a row behind our back: nobody sees it, because the answer is kept.
    let mut tx = world.ground().database.begin_write().await.unwrap();
    sqlx::query("UPDATE pages SET title = 'Changed' WHERE practice_id = $1")
        .bind(&world.practice.id)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    world.test.pass(jiff::SignedDuration::from_secs(2));
    assert_eq!(world.get(HOME).await.header("etag"), tag);

    // Another process publishes: it is seen when a second has passed.
    let mut tx = world.ground().database.begin_write().await.unwrap();
    pages::publish_in(
        &mut tx,
        &world.practice.id,
        world.clear(PublicPage { id: "d-2".into(), slug: "x-0000cccc".into(), ..salt() }),
        world.ground().now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    world.test.pass(jiff::SignedDuration::from_secs(2));
    let changed = world.get(HOME).await;
    assert!(changed.text().contains("x-0000cccc"));

    // A new day: day 9.
    world.test.pass(jiff::SignedDuration::from_hours(24));
    assert!(world.get(HOME).await.text().contains("This month, day 9 of 28"));
    assert!(world.get(HOME).await.header("etag") != changed.header("etag"));
}

#[tokio::test]
async fn two_practices_do_not_see_each_other() {
    let (world, hash) = world_with_all().await;
    let stranger = bedside_testkit::characters::stranger_practice(world.ground()).await.practice;
    for path in [
        "/posts/how-much-salt-is-too-much-0000aaaa",
        "/challenges/less-salt-more-flavor-2027-01",
        &format!("/media/{hash}"),
    ] {
        assert_eq!(world.get(&format!("/p/{}{path}", stranger.slug)).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!world.get(&format!("/p/{}", stranger.slug)).await.text().contains("salt"));
    assert_eq!(world.get("/p/nobody").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn readers_get_what_is_kept_while_the_database_is_away() {
    let (world, _) = world_with_all().await;
    let tag = world.get(HOME).await.header("etag").to_owned();
    world.ground().database.close().await;
    world.test.pass(jiff::SignedDuration::from_mins(5));
    let kept = world.get(HOME).await;
    assert_eq!((kept.status, kept.header("etag")), (StatusCode::OK, &*tag));
    assert_eq!(
        world.get(&format!("{HOME}/posts")).await.status,
        StatusCode::INTERNAL_SERVER_ERROR,
        "what is not kept cannot be made"
    );
}
