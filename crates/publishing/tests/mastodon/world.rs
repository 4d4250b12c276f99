//! A practice with an account on a real server, and what a person does there with a browser.

use std::sync::Arc;

use bedside_guard::{Cleared, Context, Guard, Profile};
use bedside_platform::{
    Ground,
    chance::SystemChance,
    clock::SystemClock,
    door::{Reply, Request},
};
use bedside_publishing::{
    MIGRATIONS,
    accounts::{Connection, NewAccount, connecting, connection, store},
    networks::{
        Outgoing, Picture, ReplyTo,
        mastodon::connect::{self, ConnectingSecret, Returned},
    },
};
use bedside_testkit::TestGround;
use jiff::SignedDuration;
use serde_json::Value;
use url::Url;

pub(crate) const PRACTICE: &str = "cedar-hollow";
const MEMBER: &str = "ana";

/// A practice. Real servers live in the present, so it has the machine's own clock, and chance that differs.
pub(crate) struct World {
    pub(crate) ground: Ground,
    _folder: TestGround,
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = TestGround::new(MIGRATIONS).await;
        let mut ground = folder.ground.clone();
        ground.clock = Arc::new(SystemClock);
        ground.chance = Arc::new(SystemChance);
        Self { ground, _folder: folder }
    }

    /// Words that no other test and no other run has used.
    pub(crate) fn unique(&self, words: &str) -> String {
        let mut random = [0; 6];
        self.ground.chance.fill(&mut random);
        format!("{words} {}", hex::encode(random))
    }

    /// Connects an account as a person would: type the server, agree in the browser, come back.
    pub(crate) async fn connect(&self, server: &str, consent: &[(&str, &str)]) -> NewAccount {
        let secret = connect::begin(&self.ground, server).await.expect("the server registers Bedside");
        let mut tx = self.ground.database.begin_write().await.unwrap();
        let began =
            connecting::begin(&self.ground, &mut tx, PRACTICE, MEMBER, "mastodon", &secret.server, &secret).await;
        tx.commit().await.unwrap();
        let returned = self.agree(&secret.authorize_url(&began.unwrap()), consent).await;

        let state = returned.state.clone().expect("the state comes back");
        let mut tx = self.ground.database.begin_write().await.unwrap();
        let other =
            connecting::take::<ConnectingSecret>(&self.ground, &mut tx, PRACTICE, "somebody else", &state).await;
        assert!(other.unwrap().is_none(), "another member took the connection");
        let taken = connecting::take::<ConnectingSecret>(&self.ground, &mut tx, PRACTICE, MEMBER, &state).await;
        tx.commit().await.unwrap();
        let kept = taken.unwrap().expect("the state names the connection").secret;
        connect::finish(&self.ground, &kept, &returned).await.expect("the code is good")
    }

    /// Opens the server's page, fills in its form, and follows where it sends.
    async fn agree(&self, address: &str, consent: &[(&str, &str)]) -> Returned {
        let page =
            self.ground.door.send(Request::get(address).header(http::header::CONNECTION, "close")).await.unwrap();
        assert_eq!(page.status, 200);
        let html = page.text();
        let action = attribute(html.split("<form").nth(1).expect("a form"), "action").unwrap();
        let mut fields: Vec<(String, String)> = html
            .split("<input")
            .skip(1)
            .filter(|input| input.contains("type=\"hidden\""))
            .map(|input| (attribute(input, "name").unwrap(), attribute(input, "value").unwrap()))
            .collect();
        fields.extend(consent.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let action = Url::parse(address).unwrap().join(&action).unwrap();
        let reply = self
            .ground
            .door
            .send(Request::post(action).header(http::header::CONNECTION, "close").form(&fields))
            .await
            .unwrap();
        let back = reply.header("location").expect("the server sends the browser back");
        assert!(back.starts_with(&self.ground.settings.address(connect::RETURN_PATH)), "to {back}");
        let query = Url::parse(back).unwrap();
        let field = |name: &str| query.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        Returned { code: field("code"), state: field("state"), error: field("error") }
    }

    /// Stores an account and opens it.
    pub(crate) async fn open(&self, account: &NewAccount) -> Connection {
        let mut tx = self.ground.database.begin_write().await.unwrap();
        let id = store::keep(&self.ground, &mut tx, PRACTICE, account).await.unwrap();
        tx.commit().await.unwrap();
        connection(&self.ground, PRACTICE, &id).await.unwrap()
    }

    /// A picture in the media folder, with its description.
    pub(crate) async fn picture(&self, alt: &str) -> Picture {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(16, 16).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let bytes = bytes.into_inner();
        Picture {
            hash: self.ground.files.keep(PRACTICE, &bytes).await.unwrap(),
            mime: "image/png".into(),
            width: 16,
            height: 16,
            bytes: bytes.len() as u64,
            alt: alt.into(),
            file_name: "picture-1.png".into(),
        }
    }

    /// Asks again and again until there is an answer: federation takes seconds.
    pub(crate) async fn until<T>(&self, what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        for _ in 0..120 {
            if let Some(found) = look().await {
                return found;
            }
            self.ground.clock.wait_until(self.ground.clock.now() + SignedDuration::from_millis(500)).await;
        }
        panic!("after a minute still no {what}");
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split_once(&format!(" {name}=\""))?.1;
    Some(rest.split_once('"')?.0.replace("&amp;", "&"))
}

/// A message with nothing but a text.
pub(crate) fn message(text: &str) -> Outgoing {
    Outgoing {
        post_id: String::new(),
        title: String::new(),
        text: text.into(),
        lang: "en".into(),
        spanish: None,
        pictures: vec![],
        sources: vec![],
        signed_by: None,
        reply_to: None,
        challenge_id: None,
    }
}

/// An answer to a message that was read.
pub(crate) fn answer(text: &str, to: &bedside_publishing::networks::Incoming) -> Outgoing {
    Outgoing { reply_to: Some(ReplyTo { reference: to.reference.clone(), text: to.text.clone() }), ..message(text) }
}

/// What the guard lets pass.
pub(crate) fn cleared(message: &Outgoing) -> Cleared<Outgoing> {
    Guard::new(&Profile::default()).clear(message.clone(), Context::Post, &[]).expect("nothing for the guard to find")
}

/// Somebody with an account of their own, who uses the API directly.
pub(crate) struct Stranger<'a> {
    world: &'a World,
    server: String,
    token: String,
}

impl<'a> Stranger<'a> {
    pub(crate) fn new(world: &'a World, account: &NewAccount) -> Self {
        let secret = account.secret.as_ref().unwrap();
        Self { world, server: account.server.clone(), token: secret["access_token"].as_str().unwrap().to_owned() }
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.json(Request::get(format!("{}{path}", self.server))).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Value {
        self.json(Request::post_json(format!("{}{path}", self.server), body)).await
    }

    async fn json(&self, request: Request) -> Value {
        let reply = self.send(request).await;
        assert!(reply.status.is_success(), "{}: {}", reply.url, reply.status);
        reply.json().unwrap()
    }

    pub(crate) async fn send(&self, request: Request) -> Reply {
        // snac closes connections without saying so.
        let request = request.header(http::header::CONNECTION, "close");
        self.world.ground.door.send(request.bearer(&self.token)).await.unwrap()
    }
}

/// A setting of the test run, as `scripts/servers/NAME status` prints it.
#[allow(clippy::disallowed_methods, reason = "tests find their real servers by the environment")]
pub(crate) fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: start the server with scripts/servers"))
}
