//! Asking for a signature: what stands in the way, and what comes of it.

use bedside_publishing::{
    approval::store::{self as signatures, Signature},
    posts::{self, Post, PostState},
};

use crate::world::World;

async fn sign(world: &World, post: &Post) {
    let mut tx = world.test.ground.database.begin_write().await.unwrap();
    let signature = Signature {
        practice_id: post.practice_id.clone(),
        id: world.test.ground.new_id(),
        post_id: post.id.clone(),
        member_id: world.cast.maria.id.clone(),
        covers: String::new(),
        signed_at: world.test.ground.now(),
        note: String::new(),
        revoked_at: None,
        revoked_why: None,
    };
    let post = Post { state: PostState::Signed, ..post.clone() };
    assert!(posts::store::change(&mut tx, &post, world.test.ground.now()).await.unwrap());
    signatures::add(&mut tx, &signature).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn obstacles_are_said_first_and_then_it_waits() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    priya.get("/compose").await.ok().shows("Ask Dr. Maria Alvarez to approve");
    let page = priya.post(&here, &[("version", "0"), ("text", "Roast a carrot."), ("do", "ask")]).await;
    assert_eq!(page.status, 422);
    page.shows("Choose at least one account").shows("Choose when it goes out.").shows("Roast a carrot.");
    assert_eq!(world.stored(&here).await.unwrap().post.state, PostState::Draft);
    let ready = [
        ("version", "1"),
        ("text", "Roast a carrot."),
        ("accounts", world.home.as_str()),
        ("day", "2027-02-18"),
        ("time", "12:10"),
        ("do", "ask"),
    ];
    priya
        .post(&here, &ready)
        .await
        .ok()
        .shows("It waits for a signature now.")
        .shows("This waits for a signature since Mon 8:00");
    let post = world.stored(&here).await.unwrap().post;
    assert_eq!((post.state, post.asked_at), (PostState::Waiting, Some(world.test.ground.now())));
    let record = world.record_of(&post.id).await;
    assert_eq!(record, ["post.asked"]);
    // Asking twice is asking once.
    let mut again = ready.to_vec();
    again[0] = ("version", "3");
    priya.post(&here, &again).await.ok().shows("It is asked for already");
    assert_eq!(world.record_of(&post.id).await, record);
}

#[tokio::test]
async fn a_change_ends_the_signature_and_typing_alone_does_not() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let here = world.begin(&mut priya).await;
    priya.post(&here, &[("version", "0"), ("text", "Signed words.")]).await.ok();
    sign(&world, &world.stored(&here).await.unwrap().post).await;
    let id = here.rsplit('/').next().unwrap();
    let current = async || signatures::current(&world.test.ground.database, &world.cast.practice.id, id).await.unwrap();
    priya.get(&here).await.ok().shows("Maria Alvarez, MD signed this. A change needs a new signature.");
    priya
        .post(&format!("{here}/draft"), &[("version", "2"), ("text", "Other words.")])
        .await
        .ok()
        .shows("not saved yet: press Save");
    assert!(current().await.is_some());
    assert_eq!(world.stored(&here).await.unwrap().post.text, "Signed words.");
    // Saving without a change leaves it signed.
    let unchanged = [("version", "2"), ("text", "Signed words."), ("health_content", "yes"), ("do", "save")];
    priya.post(&here, &unchanged).await.ok();
    assert!(current().await.is_some());
    priya
        .post(&here, &[("version", "2"), ("text", "Other words."), ("do", "save")])
        .await
        .ok()
        .shows("The signature has ended");
    assert!(current().await.is_none());
    let post = world.stored(&here).await.unwrap().post;
    assert_eq!((post.state, post.text.as_str()), (PostState::Draft, "Other words."));
    assert_eq!(world.record_of(id).await, ["signature.revoked"]);
}
