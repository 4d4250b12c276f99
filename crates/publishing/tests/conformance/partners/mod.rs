//! A partner for every network.

pub(crate) mod bluesky;
pub(crate) mod by_hand;
pub(crate) mod mastodon;
pub(crate) mod own_page;
pub(crate) mod practice;
pub(crate) mod proxy;

use bedside_platform::Ground;
use bedside_publishing::accounts::{Connection, NewAccount, connection, store};

/// Stores an account of a practice and opens it.
pub(crate) async fn open(ground: &Ground, practice_id: &str, account: &NewAccount) -> Connection {
    let mut tx = ground.database.begin_write().await.unwrap();
    let id = store::keep(ground, &mut tx, practice_id, account).await.unwrap();
    tx.commit().await.unwrap();
    connection(ground, practice_id, &id).await.unwrap()
}

/// An account of a network that has no server and no sign-in.
pub(crate) fn plain(network: &'static str, server: &str) -> NewAccount {
    NewAccount {
        network,
        server: server.into(),
        handle: "cedar-hollow".into(),
        display_name: "Cedar Hollow".into(),
        remote_id: String::new(),
        secret: None,
        token_ends_at: None,
        limits: None,
    }
}

/// The words of a piece of HTML, as a reader sees them.
pub(crate) fn words(html: &str) -> String {
    let mut words = String::new();
    for part in html.replace("<br>", "\n").replace("<br />", "\n").split('<').enumerate() {
        let text = if part.0 == 0 { part.1 } else { part.1.split_once('>').map_or("", |(_, text)| text) };
        words.push_str(text);
    }
    unescaped(words.trim())
}

/// The values of an attribute, in order.
pub(crate) fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).filter_map(|rest| Some(unescaped(rest.split_once('"')?.0))).collect()
}

fn unescaped(text: &str) -> String {
    let quotes = text.replace("&quot;", "\"").replace("&#34;", "\"").replace("&#39;", "'").replace("&#x27;", "'");
    quotes.replace("&lt;", "<").replace("&gt;", ">").replace("&#38;", "&").replace("&amp;", "&")
}
