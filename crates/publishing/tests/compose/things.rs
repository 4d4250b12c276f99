//! What a post carries: pictures, sources, times.

use crate::world::World;

/// A small PNG, as a camera program would save it.
pub(crate) fn pixel() -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::DynamicImage::ImageRgb8(image::RgbImage::from_pixel(4, 3, image::Rgb([250, 250, 250])));
    picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

#[tokio::test]
async fn a_picture_is_taken_in_described_shown_and_taken_off() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    let page = priya
        .upload(
            &here,
            &[("version", "0"), ("text", "Look."), ("do", "add-picture")],
            ("picture", "Anna Jones knee.png", &pixel()),
        )
        .await
        .ok();
    page.shows("What does the picture show?").hides("Anna Jones");
    let source = page.link("/media/");
    let picture = priya.get(&source).await.ok();
    assert_eq!(picture.headers["content-type"], "image/png");
    assert_eq!(picture.headers["x-content-type-options"], "nosniff");
    assert!(picture.headers["cache-control"].to_str().unwrap().starts_with("private"));
    let stranger = bedside_testkit::characters::stranger_practice(&world.test.ground).await;
    let mut other = bedside_testkit::Browser::signed_in(world.app.clone(), &stranger.maria).await;
    assert_eq!(other.get(&source).await.status, 404);

    let id = source.rsplit('/').next().unwrap().to_owned();
    let (alt, people, remove) = (format!("alt_{id}"), format!("people_{id}"), format!("remove-picture:{id}"));
    let described = [
        ("version", "1"),
        ("text", "Look."),
        ("picture_id", id.as_str()),
        (alt.as_str(), "A white pixel."),
        (people.as_str(), "none"),
    ];
    priya.post(&here, &described).await.ok().shows("A white pixel.");
    let whole = world.stored(&here).await.unwrap();
    assert_eq!((whole.pictures[0].picture.alt.as_str(), whole.pictures[0].people.as_str()), ("A white pixel.", "none"));
    let mut off = described.to_vec();
    off.extend([("version", "2"), ("do", remove.as_str())]);
    off.remove(0);
    priya.post(&here, &off).await.ok();
    assert!(world.stored(&here).await.unwrap().pictures.is_empty());
}

#[tokio::test]
async fn a_file_that_is_no_picture_gets_a_sentence_and_the_text_stays() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    let page = priya
        .upload(&here, &[("version", "0"), ("text", "My words.")], ("picture", "x.svg", b"<svg xmlns='x'/>"))
        .await;
    assert_eq!(page.status, 422);
    page.shows("A drawing in SVG").shows("My words.");
    assert_eq!(world.stored(&here).await.unwrap().post.text, "My words.");
    let page = priya.post(&here, &[("version", "1"), ("text", "My words."), ("do", "add-picture")]).await;
    page.shows("Choose a picture on this computer first.");
}

#[tokio::test]
async fn a_source_is_opened_before_it_is_ticked() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    let wrong =
        [("version", "0"), ("text", "Salt."), ("source_url", "salt"), ("source_title", "Sodium"), ("do", "add-source")];
    let page = priya.post(&here, &wrong).await;
    assert_eq!(page.status, 422);
    page.shows("Write the whole address").shows("value=\"salt\"").shows("value=\"Sodium\"");
    // Whichever button is pressed: what was filled in is attached.
    let right = [
        ("version", "1"),
        ("text", "Salt."),
        ("source_url", "www.fda.gov/sodium"),
        ("source_title", "Sodium in Your Diet"),
        ("source_publisher", "FDA"),
        ("source_claim", "Most sodium comes from packaged foods"),
        ("do", "save"),
    ];
    let page = priya.post(&here, &right).await.ok();
    page.shows("FDA, Sodium in Your Diet").shows("Nobody has checked it yet");
    let open = page.link("/sources/");
    let id = open.split('/').nth(2).unwrap().to_owned();
    let tick = format!("tick:{id}");
    let ticked = [("version", "2"), ("text", "Salt."), ("source_id", id.as_str()), ("do", tick.as_str())];
    let page = priya.post(&here, &ticked).await;
    assert_eq!(page.status, 422);
    page.shows("Open the page first");
    priya.get("/sources").await.ok().shows("Nobody has opened it");
    priya.post(&format!("/sources/{id}/tick"), &[]).await.ok().shows("Open the page first");
    let out = priya.get(&open).await;
    // The browser of the test follows; what matters is where it was sent, and that we said nothing about ourselves.
    assert!(out.path.starts_with("https://www.fda.gov/sodium"), "{}", out.path);
    priya.get("/sources").await.ok().shows("not ticked");
    priya.get(&here).await.ok();
    priya.post(&here, &ticked).await.ok().shows("Checked February 1 by Priya Nair");
    assert_eq!(world.record_of(&id).await, ["source.checked"]);
    priya.get("/sources").await.ok().shows("FDA, Sodium in Your Diet").shows("Checked February 1");
    // Taken off and chosen again from the practice's list.
    let remove = format!("remove-source:{id}");
    priya
        .post(&here, &[("version", "2"), ("text", "Salt."), ("source_id", id.as_str()), ("do", remove.as_str())])
        .await
        .ok();
    assert!(world.stored(&here).await.unwrap().sources.is_empty());
    priya.post(&here, &[("version", "3"), ("text", "Salt."), ("attach", id.as_str()), ("do", "add-source")]).await.ok();
    assert_eq!(world.stored(&here).await.unwrap().sources.len(), 1);
}
