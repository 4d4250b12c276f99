//! What strangers do reaches the inbox, and an answer reaches them.

use bedside_publishing::networks::{Connection, Incoming, IncomingKind, Network, Published, ReplyTo, bluesky::Bluesky};
use serde_json::{Value, json};

use crate::world::{Person, World, accepted, cleared, message};

/// Somebody writes a record by the network's own call; gives its reference.
async fn write(world: &World, person: &Person, collection: &str, mut record: Value) -> Value {
    record["$type"] = json!(collection);
    record["createdAt"] = json!(format!("{:.3}", world.ground.clock.now()));
    let body = json!({ "repo": person.did, "collection": collection, "record": record });
    let made = world.call(&person.token, "com.atproto.repo.createRecord", body).await;
    json!({ "uri": made["uri"], "cid": made["cid"] })
}

/// Publishes as the practice and waits until somebody sees it there. Nobody answers a post before they see it, and the
/// network's index takes an answer to a post that it does not know yet for a stray one.
async fn publish_visibly(world: &World, with: &Connection, text: &str, reader: &Person) -> Published {
    let post = world.publish(with, text).await;
    let is_visible = async || {
        let posts = world.ask(&reader.token, "app.bsky.feed.getPosts", &[("uris", &post.remote_id)]).await;
        posts.pointer("/posts/0/uri").is_some().then_some(())
    };
    world.until("the post", is_visible).await;
    post
}

fn reference(published: &Published) -> Value {
    json!({ "uri": published.remote_id, "cid": published.version })
}

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn a_reply_is_read_answered_and_the_answer_hangs_below_it() {
    let world = World::new().await;
    let (cedar, maple) = (world.person("cedar").await, world.person("maple").await);
    let with = world.connect(&cedar).await;
    let post = publish_visibly(&world, &with, "Taste before you salt. What is your favorite herb?", &maple).await;
    let about = json!({ "root": reference(&post), "parent": reference(&post) });
    let reply =
        write(&world, &maple, "app.bsky.feed.post", json!({ "text": "Rosemary!", "langs": ["en"], "reply": about }))
            .await;

    let found = world
        .until("the reply", async || {
            let reading = Bluesky.read(&with, "", &[]).await.unwrap();
            reading.messages.into_iter().find(|message| message.kind == IncomingKind::Reply)
        })
        .await;
    assert_eq!((found.text.as_str(), found.lang.as_str(), &found.author_handle), ("Rosemary!", "en", &maple.handle));
    assert_eq!(
        (json!(found.remote_id), found.parent_remote_id.as_deref()),
        (reply["uri"].clone(), Some(post.remote_id.as_str()))
    );

    let mut answer = message("Rosemary is a lovely way to taste more and salt less.");
    answer.reply_to = Some(ReplyTo { reference: found.reference, text: found.text });
    let sent = accepted(Bluesky.publish(&with, &world.key(), &cleared(answer)).await);
    let hangs_below = async || {
        let thread = world.ask(&maple.token, "app.bsky.feed.getPostThread", &[("uri", &post.remote_id)]).await;
        thread.pointer("/thread/replies/0/replies/0/post/uri").filter(|uri| **uri == json!(sent.remote_id)).cloned()
    };
    world.until("the answer in the thread", hangs_below).await;
}

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn everything_strangers_do_is_read_once_and_counted() {
    let world = World::new().await;
    let (cedar, maple) = (world.person("cedar").await, world.person("maple").await);
    let with = world.connect(&cedar).await;
    let post = publish_visibly(&world, &with, "Day 2: rinse canned beans.", &maple).await;
    let ours = reference(&post);
    write(&world, &maple, "app.bsky.feed.like", json!({ "subject": ours })).await;
    write(&world, &maple, "app.bsky.feed.repost", json!({ "subject": ours })).await;
    write(&world, &maple, "app.bsky.graph.follow", json!({ "subject": cedar.did })).await;
    let quote = json!({ "text": "Good idea", "embed": { "$type": "app.bsky.embed.record", "record": ours } });
    write(&world, &maple, "app.bsky.feed.post", quote).await;
    let text = format!("@{} thank you", cedar.handle);
    let feature = json!({ "$type": "app.bsky.richtext.facet#mention", "did": cedar.did });
    let facet = json!({ "index": { "byteStart": 0, "byteEnd": cedar.handle.len() + 1 }, "features": [feature] });
    write(&world, &maple, "app.bsky.feed.post", json!({ "text": text, "facets": [facet] })).await;
    // A reply that also quotes is one message, and a reply.
    let both = json!({
        "text": "Both at once",
        "reply": { "root": ours, "parent": ours },
        "embed": { "$type": "app.bsky.embed.record", "record": ours },
    });
    write(&world, &maple, "app.bsky.feed.post", both).await;

    let asked = [post.remote_id.clone()];
    let (messages, cursor) = world
        .until("six messages", async || {
            let reading = Bluesky.read(&with, "", &asked).await.unwrap();
            (reading.messages.len() == 6).then_some((reading.messages, reading.cursor))
        })
        .await;
    let of =
        |kind: IncomingKind| -> Vec<&Incoming> { messages.iter().filter(|message| message.kind == kind).collect() };
    for kind in [
        IncomingKind::Favourite,
        IncomingKind::Share,
        IncomingKind::Follow,
        IncomingKind::Quote,
        IncomingKind::Mention,
        IncomingKind::Reply,
    ] {
        assert_eq!(
            of(kind).len(),
            1,
            "{kind:?} in {:?}",
            messages.iter().map(|message| message.kind).collect::<Vec<_>>()
        );
    }
    for kind in [IncomingKind::Favourite, IncomingKind::Share, IncomingKind::Quote, IncomingKind::Reply] {
        assert_eq!(of(kind)[0].parent_remote_id.as_ref(), Some(&post.remote_id), "{kind:?}");
    }
    assert_eq!(of(IncomingKind::Quote)[0].text, "Good idea");
    assert_eq!(of(IncomingKind::Reply)[0].text, "Both at once");
    assert!(messages.is_sorted_by_key(|message| message.written_at), "oldest first");

    let counted = async || {
        let reading = Bluesky.read(&with, &cursor, &asked).await.unwrap();
        let numbers = reading.numbers.into_iter().next()?;
        ((numbers.favourites, numbers.replies, numbers.shares) == (1, 1, 3)).then_some(reading.messages)
    };
    let again = world.until("one like, one reply, one repost and two quotes", counted).await;
    // Read again with the cursor: nothing new, and what repeats has the same ids.
    assert!(again.iter().all(|message| messages.iter().any(|known| known.remote_id == message.remote_id)));
}
