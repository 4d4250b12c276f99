//! Real federation: alice of the practice on one snac, bob the stranger on another.

use bedside_publishing::networks::{IncomingKind, Network, Next, Outcome, Published, mastodon::Mastodon};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::world::{Stranger, World, answer, cleared, message, setting};

async fn alice(world: &World) -> bedside_publishing::accounts::NewAccount {
    let password = setting("BEDSIDE_TEST_SNAC_PASSWORD");
    let consent = [("login", "alice"), ("passwd", password.as_str())];
    assert_eq!(setting("BEDSIDE_TEST_SNAC_USER"), "alice");
    world.connect(&setting("BEDSIDE_TEST_SNAC"), &consent).await
}

async fn bob(world: &World) -> bedside_publishing::accounts::NewAccount {
    let user = setting("BEDSIDE_TEST_SNAC_PEER_USER");
    let password = setting("BEDSIDE_TEST_SNAC_PEER_PASSWORD");
    world.connect(&setting("BEDSIDE_TEST_SNAC_PEER"), &[("login", &user), ("passwd", &password)]).await
}

fn accepted(outcome: Outcome) -> Published {
    match outcome {
        Outcome::Accepted(published) => published,
        other => panic!("not accepted: {other:?}"),
    }
}

#[tokio::test]
#[ignore = "real server: snac"]
async fn a_post_goes_out_is_changed_and_is_deleted() {
    let world = World::new().await;
    let account = alice(&world).await;
    assert_eq!(account.handle, format!("alice@{}", host("BEDSIDE_TEST_SNAC")));
    let with = world.open(&account).await;
    let health = Mastodon.check(&with).await.unwrap();
    assert_eq!(health.works.len(), 3, "{:?}", health.works);
    let server = Stranger::new(&world, &account);

    let mut post = message(
        &world.unique("Less salt, *more* \"flavor\" & taste.\n\nSecond line https://cedarhollow.example/a?x=1&y=2"),
    );
    post.pictures.push(world.picture("A bowl of soup & \"greens\"").await);
    let published = accepted(Mastodon.publish(&with, "k", &cleared(&post)).await);
    let path = format!("/api/v1/statuses/{}", published.remote_id);
    let there = server.get(&path).await;
    assert_eq!(there["text"], json!(post.text));
    assert_eq!(there["media_attachments"][0]["description"], "A bowl of soup & \"greens\"");
    assert_eq!(there["language"], "en");
    assert_eq!(there["visibility"], "public");
    assert!(published.url.starts_with(&format!("{}/alice/p/", setting("BEDSIDE_TEST_SNAC"))));

    post.text = world.unique("Less salt, changed.");
    let changed = accepted(Mastodon.edit(&with, &published, &cleared(&post)).await);
    assert_eq!(server.get(&path).await["text"], json!(post.text));
    post.pictures[0].alt = "Another picture".into();
    let Outcome::Refused(refusal) = Mastodon.edit(&with, &changed, &cleared(&post)).await else {
        panic!("snac keeps its pictures")
    };
    assert!(refusal.person.contains("keeps the old pictures"));

    accepted(Mastodon.delete(&with, &changed).await);
    let gone = server.send(bedside_platform::door::Request::get(format!("{}{path}", account.server))).await;
    assert_eq!(gone.status, 404);
    accepted(Mastodon.delete(&with, &changed).await);
}

#[tokio::test]
#[ignore = "real server: snac"]
async fn a_post_whose_answer_was_lost_is_found_and_one_that_never_arrived_is_not() {
    let world = World::new().await;
    let account = alice(&world).await;
    let direct = world.open(&account).await;
    let mut cut = world.open(&account).await;
    cut.server = proxy_that_cuts_answers(host("BEDSIDE_TEST_SNAC"), "POST /api/v1/statuses").await;
    let mut post = message(&world.unique("Day 3: *less* salt, see https://cedarhollow.example/3 :-)"));
    post.pictures.push(world.picture("A salt shaker").await);

    let since = world.ground.clock.now();
    assert_eq!(Mastodon.find(&direct, "k", &post, since).await.unwrap(), None);
    let lost = Mastodon.publish(&cut, "k", &cleared(&post)).await;
    assert!(matches!(lost, Outcome::Unknown(_)), "{lost:?}");
    let found = Mastodon.find(&direct, "k", &post, since).await.unwrap().expect("it is there");
    let there = Stranger::new(&world, &account).get(&format!("/api/v1/statuses/{}", found.remote_id)).await;
    assert_eq!(there["text"], json!(post.text));

    let later = world.ground.clock.now() + SignedDuration::from_mins(3);
    assert_eq!(Mastodon.find(&direct, "k", &post, later).await.unwrap(), None, "older than the attempt");
    let other = message(&post.text);
    assert_eq!(Mastodon.find(&direct, "k", &other, since).await.unwrap(), None, "without its picture");
    accepted(Mastodon.delete(&direct, &found).await);
    assert_eq!(Mastodon.find(&direct, "k", &post, since).await.unwrap(), None, "deleted");
}

#[tokio::test]
#[ignore = "real server: snac"]
async fn a_stranger_answers_and_is_answered() {
    let world = World::new().await;
    let (alice_account, bob_account) = (alice(&world).await, bob(&world).await);
    let with = world.open(&alice_account).await;
    let bob = Stranger::new(&world, &bob_account);
    follow_alice(&world, &bob).await;

    let cursor = Mastodon.read(&with, "", &[]).await.unwrap().cursor;
    let text = world.unique("What do you cook without salt?");
    let published = accepted(Mastodon.publish(&with, "k", &cleared(&message(&text))).await);
    let seen =
        world.until("post at bob's", async || find_in(&bob.get("/api/v1/timelines/home?limit=40").await, &text)).await;
    let seen_id = seen["id"].as_str().unwrap();
    let words =
        world.unique(&format!("@alice@{} Soup with *herbs* & https://soup.example/x", host("BEDSIDE_TEST_SNAC")));
    bob.post("/api/v1/statuses", &json!({ "status": words, "in_reply_to_id": seen_id })).await;
    bob.post(&format!("/api/v1/statuses/{seen_id}/favourite"), &json!({})).await;
    bob.post(&format!("/api/v1/statuses/{seen_id}/reblog"), &json!({})).await;

    let ours = [published.remote_id.clone()];
    let reading = world
        .until("reply, favourite and share", async || {
            let reading = Mastodon.read(&with, &cursor, &ours).await.unwrap();
            let about_ours = reading.messages.iter().filter(|one| one.parent_remote_id.as_ref() == Some(&ours[0]));
            (about_ours.count() >= 3).then_some(reading)
        })
        .await;
    let of =
        |kind| reading.messages.iter().find(|one| one.kind == kind && one.parent_remote_id.as_ref() == Some(&ours[0]));
    let reply = of(IncomingKind::Reply).expect("a reply");
    assert_eq!(reply.author_handle, format!("bob@{}", host("BEDSIDE_TEST_SNAC_PEER")));
    assert!(reply.text.contains("Soup with herbs & https://soup.example/x"), "{}", reply.text);
    assert!(of(IncomingKind::Favourite).is_some() && of(IncomingKind::Share).is_some());
    let numbers = &reading.numbers[0];
    assert_eq!((numbers.replies, numbers.favourites, numbers.shares), (1, 1, 1));
    let again = Mastodon.read(&with, &cursor, &[]).await.unwrap();
    assert!(again.messages.iter().any(|one| one.remote_id == reply.remote_id), "the same message has the same id");
    let after = Mastodon.read(&with, &reading.cursor, &[]).await.unwrap();
    assert!(after.messages.iter().all(|one| one.remote_id != reply.remote_id), "what was read is not read again");

    let since = world.ground.clock.now();
    let thanks = answer(&world.unique("That sounds good."), reply);
    assert_eq!(Mastodon.find(&with, "k2", &thanks, since).await.unwrap(), None);
    let answered = accepted(Mastodon.publish(&with, "k2", &cleared(&thanks)).await);
    assert_eq!(Mastodon.find(&with, "k2", &thanks, since).await.unwrap().unwrap().remote_id, answered.remote_id);
    let arrived = world.until("answer at bob's", async || notified(&bob, &thanks.text).await).await;
    assert_eq!(arrived["status"]["visibility"], "public");
}

#[tokio::test]
#[ignore = "real server: snac"]
async fn a_private_question_gets_a_private_answer() {
    let world = World::new().await;
    let (alice_account, bob_account) = (alice(&world).await, bob(&world).await);
    let with = world.open(&alice_account).await;
    let bob = Stranger::new(&world, &bob_account);
    follow_alice(&world, &bob).await;

    let cursor = Mastodon.read(&with, "", &[]).await.unwrap().cursor;
    let text = world.unique("Ask us anything about salt.");
    let published = accepted(Mastodon.publish(&with, &world.unique("k"), &cleared(&message(&text))).await);
    let seen =
        world.until("post at bob's", async || find_in(&bob.get("/api/v1/timelines/home?limit=40").await, &text)).await;
    let question =
        json!({ "status": world.unique("Between us:"), "in_reply_to_id": seen["id"], "visibility": "direct" });
    bob.post("/api/v1/statuses", &question).await;
    let asked = world
        .until("private question", async || {
            let reading = Mastodon.read(&with, &cursor, &[]).await.unwrap();
            reading.messages.into_iter().find(|one| one.parent_remote_id.as_ref() == Some(&published.remote_id))
        })
        .await;
    assert_eq!(asked.text, question["status"].as_str().unwrap());

    let reply = answer(&world.unique("We answer you alone."), &asked);
    let since = world.ground.clock.now();
    let published = accepted(Mastodon.publish(&with, "k3", &cleared(&reply)).await);
    let own = Stranger::new(&world, &alice_account);
    let there = own.get(&format!("/api/v1/statuses/{}", published.remote_id)).await;
    assert_eq!(there["visibility"], "direct");
    let found = Mastodon.find(&with, "k3", &reply, since).await.unwrap();
    assert_eq!(found.map(|there| there.remote_id), Some(published.remote_id), "found under its question");
}

#[tokio::test]
#[ignore = "real server: snac"]
async fn a_revoked_token_asks_for_a_new_connection() {
    let world = World::new().await;
    let mut account = alice(&world).await;
    account.secret.as_mut().unwrap()["access_token"] = json!("0000");
    let with = world.open(&account).await;
    let text = message(&world.unique("Never seen."));
    let Outcome::Refused(refusal) = Mastodon.publish(&with, "k", &cleared(&text)).await else { panic!("published") };
    assert_eq!(refusal.next, Next::Reconnect);
    assert_eq!(Mastodon.check(&with).await.unwrap_err().next, Next::Reconnect);
}

/// Name and port of a server: no two runs of the tests have the same.
fn host(name: &str) -> String {
    let address = setting(name);
    address.trim_start_matches("http://").trim_end_matches('/').to_owned()
}

/// Bob sees what alice publishes from now on.
async fn follow_alice(world: &World, bob: &Stranger<'_>) {
    let known = bob
        .get(&format!("/api/v2/search?q=alice%40{}&resolve=true", host("BEDSIDE_TEST_SNAC").replace(':', "%3A")))
        .await;
    let alice_id = known["accounts"][0]["id"].as_str().unwrap().to_owned();
    bob.post(&format!("/api/v1/accounts/{alice_id}/follow"), &json!({})).await;
    world
        .until("follow", async || {
            let relation = bob.get(&format!("/api/v1/accounts/relationships?id[]={alice_id}")).await;
            (relation[0]["following"] == true && relation[0]["requested"] != true).then_some(())
        })
        .await;
}

fn find_in(list: &Value, text: &str) -> Option<Value> {
    let last_word = text.rsplit(' ').next().unwrap();
    list.as_array()?
        .iter()
        .find(|status| status["content"].as_str().is_some_and(|html| html.contains(last_word)))
        .cloned()
}

async fn notified(bob: &Stranger<'_>, text: &str) -> Option<Value> {
    let list = bob.get("/api/v1/notifications?limit=40").await;
    let last_word = text.rsplit(' ').next().unwrap().trim_end_matches('.').to_owned();
    let is_it = |one: &&Value| one["status"]["content"].as_str().is_some_and(|html| html.contains(&last_word));
    list.as_array()?.iter().find(is_it).cloned()
}

/// Between Bedside and a server: passes every request on, and drops the answer to those that begin with `cut`.
async fn proxy_that_cuts_answers(target: String, cut: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let target = target.clone();
            tokio::spawn(async move {
                let mut server = TcpStream::connect(target).await.unwrap();
                let mut head = vec![0; 65_536];
                let length = client.read(&mut head).await.unwrap();
                server.write_all(&head[..length]).await.unwrap();
                if head.starts_with(cut.as_bytes()) {
                    // The rest of the request, until the server has answered; the answer goes nowhere.
                    let (mut from, _) = client.split();
                    let (mut answer, mut to) = server.split();
                    let mut first = [0];
                    tokio::select! {
                        _ = tokio::io::copy(&mut from, &mut to) => {}
                        _ = answer.read(&mut first) => {}
                    }
                } else {
                    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                }
            });
        }
    });
    format!("http://localhost:{port}")
}
