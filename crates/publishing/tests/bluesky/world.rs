//! A practice with an account on the test network, and strangers who live there too.

use std::sync::Arc;

use bedside_guard::{Cleared, Context, Guard, Profile};
use bedside_platform::{
    Ground,
    chance::{Chance, SystemChance},
    clock::SystemClock,
    door::Request,
};
use bedside_publishing::{
    MIGRATIONS,
    accounts::{Connection, NewAccount, connection, store},
    networks::{
        Network, Outcome, Outgoing, Picture, Published,
        bluesky::{Bluesky, connect},
    },
};
use bedside_testkit::TestGround;
use jiff::SignedDuration;
use serde_json::{Value, json};

pub(crate) const PRACTICE: &str = "practice-1";

/// The account's own server in the test network.
#[allow(clippy::disallowed_methods, reason = "a test of a real server is told where it is")]
pub(crate) fn pds() -> String {
    std::env::var("BEDSIDE_TEST_PDS").expect("BEDSIDE_TEST_PDS: start the network with scripts/servers/bluesky start")
}

/// The world of one test. The clock is the real one: the servers look at it too.
pub(crate) struct World {
    pub(crate) ground: Ground,
    _test: TestGround,
}

/// Somebody who lives on the test network.
pub(crate) struct Person {
    pub(crate) handle: String,
    pub(crate) did: String,
    pub(crate) password: String,
    pub(crate) app_password: String,
    pub(crate) token: String,
}

impl World {
    pub(crate) async fn new() -> Self {
        let test = TestGround::with_seed(MIGRATIONS, random()).await;
        Self { ground: Ground { clock: Arc::new(SystemClock), ..test.ground.clone() }, _test: test }
    }

    /// Calls a method of the test network as somebody; no code of ours stands in between but the door.
    pub(crate) async fn call(&self, token: &str, nsid: &str, body: Value) -> Value {
        let request = Request::post_json(format!("{}/xrpc/{nsid}", pds()), &body);
        let request = if token.is_empty() { request } else { request.bearer(token) };
        let reply = self.ground.door.send(request).await.unwrap();
        assert!(reply.status.is_success(), "{nsid}: {} {}", reply.status, reply.text());
        if reply.body.is_empty() { Value::Null } else { reply.json().unwrap() }
    }

    /// Asks the test network something, as somebody.
    pub(crate) async fn ask(&self, token: &str, nsid: &str, query: &[(&str, &str)]) -> Value {
        let request = Request::get(format!("{}/xrpc/{nsid}", pds())).query(query);
        let request = if token.is_empty() { request } else { request.bearer(token) };
        self.ground.door.send(request).await.unwrap().json().unwrap()
    }

    /// Somebody new.
    pub(crate) async fn person(&self, name: &str) -> Person {
        let handle = format!("{name}{:08x}.test", random() as u32);
        let password = format!("quiet-{:016x}", random());
        let new = json!({ "handle": handle, "email": format!("{handle}@example.test"), "password": password });
        let made = self.call("", "com.atproto.server.createAccount", new).await;
        let token = made["accessJwt"].as_str().unwrap().to_owned();
        let app = self.call(&token, "com.atproto.server.createAppPassword", json!({ "name": "bedside" })).await;
        let app_password = app["password"].as_str().unwrap().to_owned();
        Person { handle, did: made["did"].as_str().unwrap().to_owned(), password, app_password, token }
    }

    /// The practice connects somebody's account.
    pub(crate) async fn connect(&self, person: &Person) -> Connection {
        let form =
            connect::Form { server: pds(), handle: person.handle.clone(), password: person.app_password.clone() };
        let new = connect::connect(&self.ground, &form).await.unwrap();
        self.keep(&new).await
    }

    pub(crate) async fn keep(&self, new: &NewAccount) -> Connection {
        let mut tx = self.ground.database.begin_write().await.unwrap();
        let id = store::keep(&self.ground, &mut tx, PRACTICE, new).await.unwrap();
        tx.commit().await.unwrap();
        connection(&self.ground, PRACTICE, &id).await.unwrap()
    }

    /// A picture in the media folder.
    pub(crate) async fn picture(&self, alt: &str) -> Picture {
        // A whole PNG of one pixel.
        let bytes = hex::decode(
            "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cff0\
             1f0005000201ff7d0b3d0c0000000049454e44ae426082",
        )
        .unwrap();
        let hash = self.ground.files.keep(PRACTICE, &bytes).await.unwrap();
        Picture {
            hash,
            mime: "image/png".into(),
            width: 1,
            height: 1,
            bytes: bytes.len() as u64,
            alt: alt.into(),
            file_name: "picture-1.png".into(),
        }
    }

    /// A new record key, as planning makes it.
    pub(crate) fn key(&self) -> String {
        let mut random = [0; 8];
        self.ground.chance.fill(&mut random);
        Bluesky.record_key(self.ground.clock.now(), random)
    }

    /// Publishes a text under a new key.
    pub(crate) async fn publish(&self, with: &Connection, text: &str) -> Published {
        accepted(Bluesky.publish(with, &self.key(), &cleared(message(text))).await)
    }

    /// Asks again until `look` finds something: the network's index follows a write after a second or two.
    pub(crate) async fn until<T>(&self, what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        for _ in 0..120 {
            if let Some(found) = look().await {
                return found;
            }
            let soon = self.ground.clock.now() + SignedDuration::from_millis(250);
            self.ground.clock.wait_until(soon).await;
        }
        panic!("half a minute went by without {what}");
    }
}

/// Chance of its own: the test network is shared, so names must differ between runs.
pub(crate) fn random() -> u64 {
    let mut bytes = [0; 8];
    SystemChance.fill(&mut bytes);
    u64::from_be_bytes(bytes)
}

pub(crate) fn message(text: &str) -> Outgoing {
    Outgoing {
        post_id: "post-1".into(),
        title: String::new(),
        text: text.into(),
        lang: "en".into(),
        spanish: None,
        pictures: Vec::new(),
        sources: Vec::new(),
        signed_by: None,
        reply_to: None,
        challenge_id: None,
    }
}

/// Reads the message with the guard, as everything that leaves.
pub(crate) fn cleared(message: Outgoing) -> Cleared<Outgoing> {
    cleared_naming(message, &[])
}

/// The same in a practice that knows these handles as its own or its partners'.
pub(crate) fn cleared_naming(message: Outgoing, handles: &[&str]) -> Cleared<Outgoing> {
    let context = if message.reply_to.is_some() { Context::CommentReply } else { Context::Post };
    let mut profile = Profile::default();
    profile.practice.domains = vec!["cedarhollow.example".into()];
    profile.practice.handles = handles.iter().map(|handle| format!("@{handle}")).collect();
    Guard::new(&profile).clear(message, context, &[]).map_err(|held| held.to_string()).expect("nothing to find")
}

pub(crate) fn accepted(outcome: Outcome) -> Published {
    match outcome {
        Outcome::Accepted(published) => published,
        other => panic!("not accepted: {other:?}"),
    }
}
