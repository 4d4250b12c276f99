//! A Mastodon account on a server with Mastodon's own limits, behind a proxy.
//!
//! The server has one account with a known sign-in, so nobody else can write to it: what comes in is given by the proxy, in
//! the form of <https://docs.joinmastodon.org/methods/notifications/>.

use std::sync::Mutex;

use async_trait::async_trait;
use bedside_platform::door::Request;
use bedside_publishing::{
    accounts::{Connection, NewAccount},
    networks::{Network, Published, mastodon::Mastodon},
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::sync;

use super::{
    attributes,
    proxy::{self, Deed, Proxy},
    words,
};
use crate::{
    mastodon_world::{World, setting},
    partner::{Call, Fault, PAUSE, Partner, Stands},
};

const NEWS: &str = "GET /api/v1/notifications";

pub(crate) struct Server {
    world: World,
    direct: String,
    token: String,
    with: Connection,
    proxy: Proxy,
    news: Mutex<Vec<Value>>,
    _turn: sync::MutexGuard<'static, ()>,
}

/// All share the server's one account, so they take turns.
pub(crate) async fn partner() -> Server {
    static TURN: sync::Mutex<()> = sync::Mutex::const_new(());
    let turn = TURN.lock().await;
    let world = World::new().await;
    let direct = setting("BEDSIDE_TEST_MASTODON_MOCK");
    let new = world.connect(&direct, &[("username", "testuser")]).await;
    let proxy = Proxy::before(&direct).await;
    let token = new.secret.as_ref().unwrap()["access_token"].as_str().unwrap().to_owned();
    let with = world.open(&NewAccount { server: proxy.origin.clone(), ..new }).await;
    proxy.always(NEWS, proxy::json(200, "", json!([])));
    Server { world, direct, token, with, proxy, news: Mutex::default(), _turn: turn }
}

#[async_trait]
impl Partner for Server {
    fn network(&self) -> &dyn Network {
        &Mastodon
    }

    fn account(&self) -> &Connection {
        &self.with
    }

    async fn standing(&self) -> Vec<Stands> {
        let address = format!("{}/api/v1/accounts/{}/statuses?limit=40", self.direct, self.with.remote_id);
        let reply = self.world.ground.door.send(Request::get(address).bearer(&self.token)).await.unwrap();
        let list: Vec<Value> = reply.json().unwrap();
        list.iter().map(stands).collect()
    }

    fn fail_next(&self, call: Call, fault: Fault) -> bool {
        let no = |status, headers: &str| proxy::json(status, headers, json!({ "error": self.secrets().join(" ") }));
        let deed = match fault {
            Fault::Refuse => no(422, ""),
            Fault::RateLimit => no(429, &format!("retry-after: {PAUSE}\r\n")),
            Fault::Revoke => no(401, ""),
            Fault::LoseAnswer => Deed::LoseAnswer,
            Fault::LoseRequest => Deed::LoseRequest,
            Fault::Slow => Deed::Late(SignedDuration::from_secs(1)),
            Fault::Page => proxy::page(200),
            Fault::ErrorPage => proxy::page(502),
        };
        let start = match call {
            Call::Publish => "POST /api/v1/statuses ",
            Call::Delete => "DELETE /api/v1/statuses/",
            Call::Read => NEWS,
            Call::Check => "GET /api/v1/accounts/verify_credentials",
        };
        self.proxy.next(start, deed);
        true
    }

    async fn receive(&self, words: &str, to: &Published) {
        let at = self.now().to_string();
        let mut news = self.news.lock().unwrap();
        let id = (1_000 + news.len()).to_string();
        let neighbor = json!({ "id": "77", "username": "neighbor", "acct": "neighbor@other.example",
            "display_name": "A neighbor", "url": "https://other.example/@neighbor" });
        let content = format!("<p>{}</p>", words.replace('&', "&amp;"));
        let status = json!({ "id": format!("status-{id}"), "uri": format!("https://other.example/{id}"),
            "url": format!("https://other.example/{id}"), "created_at": at, "content": content, "language": "en",
            "visibility": "public", "account": neighbor, "in_reply_to_id": to.remote_id,
            "in_reply_to_account_id": self.with.remote_id, "media_attachments": [] });
        let one = json!({ "id": id, "type": "mention", "created_at": at, "account": neighbor, "status": status });
        news.insert(0, one);
        self.proxy.always(NEWS, proxy::json(200, "", json!(*news)));
    }

    /// The account likes its own: the server counts that too.
    async fn like(&self, what: &Published) {
        let address = format!("{}/api/v1/statuses/{}/favourite", self.direct, what.remote_id);
        let reply = self.world.ground.door.send(Request::post(address).bearer(&self.token)).await.unwrap();
        assert!(reply.status.is_success(), "{}", reply.status);
    }

    /// It counts code points, and links as they are written.
    fn counts_as_promised(&self) -> bool {
        false
    }

    fn tokens(&self) -> Vec<String> {
        vec![self.token.clone()]
    }

    fn secrets(&self) -> Vec<String> {
        vec![self.token.clone(), self.with.handle.clone(), self.proxy.origin.clone()]
    }
}

fn stands(status: &Value) -> Stands {
    let html = status["content"].as_str().unwrap();
    let pictures = status["media_attachments"].as_array().unwrap();
    let text = words(html);
    // Some servers leave linking to the reader's program.
    let links = if html.contains("<a ") { attributes(html, "href") } else { words_that_are_links(&text) };
    let alts = pictures.iter().map(|picture| picture["description"].as_str().unwrap_or_default().to_owned()).collect();
    Stands { text, alts, links }
}

fn words_that_are_links(text: &str) -> Vec<String> {
    text.split_whitespace().filter(|word| word.starts_with("https://")).map(str::to_owned).collect()
}
