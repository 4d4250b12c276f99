//! A Bluesky account on the network's own servers, behind a proxy.

use async_trait::async_trait;
use bedside_publishing::{
    accounts::{Connection, NewAccount},
    networks::{
        Network, Published,
        bluesky::{Bluesky, connect},
    },
};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::proxy::{self, Deed, Proxy};
use crate::{
    bluesky_world::{Person, World, pds},
    partner::{Call, Fault, PAUSE, Partner, Stands},
};

const COLLECTION: &str = "app.bsky.feed.post";

pub(crate) struct Atmosphere {
    world: World,
    cedar: Person,
    maple: Person,
    with: Connection,
    secret: Value,
    proxy: Proxy,
}

pub(crate) async fn partner() -> Atmosphere {
    let world = World::new().await;
    let (cedar, maple) = (world.person("cedar").await, world.person("maple").await);
    let form = connect::Form { server: pds(), handle: cedar.handle.clone(), password: cedar.app_password.clone() };
    let new = connect::connect(&world.ground, &form).await.unwrap();
    let proxy = Proxy::before(&pds()).await;
    let secret = new.secret.clone().unwrap();
    let with = world.keep(&NewAccount { server: proxy.origin.clone(), ..new }).await;
    Atmosphere { world, cedar, maple, with, secret, proxy }
}

#[async_trait]
impl Partner for Atmosphere {
    fn network(&self) -> &dyn Network {
        &Bluesky
    }

    fn account(&self) -> &Connection {
        &self.with
    }

    async fn standing(&self) -> Vec<Stands> {
        let query = [("repo", self.cedar.did.as_str()), ("collection", COLLECTION), ("limit", "100")];
        let list = self.world.ask("", "com.atproto.repo.listRecords", &query).await;
        list["records"].as_array().unwrap().iter().map(|record| stands(&record["value"])).collect()
    }

    fn fail_next(&self, call: Call, fault: Fault) -> bool {
        let no = |status, name: &str, headers: &str| {
            proxy::json(status, headers, json!({ "error": name, "message": self.secrets().join(" ") }))
        };
        let deed = match fault {
            Fault::Refuse => no(400, "InvalidRequest", ""),
            Fault::RateLimit => no(429, "RateLimitExceeded", &format!("retry-after: {PAUSE}\r\n")),
            Fault::Revoke => {
                self.proxy.next("POST /xrpc/com.atproto.server.refreshSession", no(400, "ExpiredToken", ""));
                self.proxy.next("POST /xrpc/com.atproto.server.createSession", no(401, "AuthenticationRequired", ""));
                no(401, "InvalidToken", "")
            }
            Fault::LoseAnswer => Deed::LoseAnswer,
            Fault::LoseRequest => Deed::LoseRequest,
            Fault::Slow => Deed::Late(SignedDuration::from_secs(1)),
            Fault::Page => proxy::page(200),
            Fault::ErrorPage => proxy::page(502),
        };
        let start = match call {
            Call::Publish => "POST /xrpc/com.atproto.repo.createRecord",
            Call::Delete => "POST /xrpc/com.atproto.repo.deleteRecord",
            Call::Read => "GET /xrpc/app.bsky.notification.listNotifications",
            Call::Check => "GET /xrpc/com.atproto.server.getSession",
        };
        self.proxy.next(start, deed);
        true
    }

    async fn receive(&self, words: &str, to: &Published) {
        let ours = json!({ "uri": to.remote_id, "cid": to.version });
        let record = json!({
            "$type": COLLECTION, "text": words, "langs": ["en"], "createdAt": self.now().to_string(),
            "reply": { "root": ours, "parent": ours },
        });
        let body = json!({ "repo": self.maple.did, "collection": COLLECTION, "record": record });
        self.world.call(&self.maple.token, "com.atproto.repo.createRecord", body).await;
    }

    async fn like(&self, what: &Published) {
        let collection = "app.bsky.feed.like";
        let subject = json!({ "uri": what.remote_id, "cid": what.version });
        let record = json!({ "$type": collection, "subject": subject, "createdAt": self.now().to_string() });
        let body = json!({ "repo": self.maple.did, "collection": collection, "record": record });
        self.world.call(&self.maple.token, "com.atproto.repo.createRecord", body).await;
    }

    fn tokens(&self) -> Vec<String> {
        self.secret.as_object().unwrap().values().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    fn secrets(&self) -> Vec<String> {
        let mut secrets = self.tokens();
        secrets.extend([self.cedar.handle.clone(), self.cedar.did.clone(), self.proxy.origin.clone()]);
        secrets
    }
}

fn stands(record: &Value) -> Stands {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Stands {
        text: word(&record["text"]),
        alts: list(&record["embed"]["images"]).iter().map(|image| word(&image["alt"])).collect(),
        links: list(&record["facets"]).iter().map(|facet| word(&facet["features"][0]["uri"])).collect(),
    }
}
