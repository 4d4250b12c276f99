//! Testing an account without publishing.

use bedside_platform::door::Request;
use serde::Deserialize;

use super::{
    said::{self, Trouble},
    session::{method, send},
    wire::{Author, WhoAmI, is_handle, shortened},
};
use crate::networks::{Connection, Health, Next, Refusal};

/// Longest display name that is kept, in bytes (`app.bsky.actor.profile`, `maxLength`).
pub(super) const LONGEST_NAME: usize = 640;

/// Only to see that the list can be read.
#[derive(Deserialize)]
struct Readable {
    #[serde(rename = "notifications")]
    _notifications: Vec<serde_json::Value>,
}

/// Tests sign-in, then reading.
///
/// # Errors
/// When the sign-in does not work.
pub(super) async fn check(with: &Connection) -> Result<Health, Refusal> {
    let ask = Request::get(method(&with.server, "com.atproto.server.getSession"));
    let reply = send(with, ask).await.map_err(Trouble::harmless)?;
    if !reply.status.is_success() {
        return Err(said::refusal(&reply, with.ground.clock.now()));
    }
    let status = Some(reply.status.as_u16());
    let unreadable = || said::later("getSession: answer not readable".to_owned(), status);
    let me: WhoAmI = reply.json().map_err(|_| unreadable())?;
    if me.did != with.remote_id || !is_handle(&me.handle) {
        return Err(unreadable());
    }
    if me.active == Some(false) {
        return Err(Refusal {
            log: "account not active".to_owned(),
            person: "This account is not active. Sign in on Bluesky to see why, then connect it again.".to_owned(),
            status,
            next: Next::Reconnect,
        });
    }
    let mut works = vec![format!("Signed in as @{}; posts can be published and deleted.", me.handle)];
    if is_readable(with).await {
        works.push("Replies, mentions and counts can be read.".to_owned());
    }
    let display_name = display_name(with).await.filter(|name| !name.is_empty()).unwrap_or_else(|| me.handle.clone());
    Ok(Health { works, token_ends_at: None, handle: me.handle, display_name })
}

async fn is_readable(with: &Connection) -> bool {
    let ask = Request::get(method(&with.server, "app.bsky.notification.listNotifications")).query(&[("limit", "1")]);
    let reply = send(with, ask).await;
    reply.is_ok_and(|reply| reply.status.is_success() && reply.json::<Readable>().is_ok())
}

async fn display_name(with: &Connection) -> Option<String> {
    let ask = Request::get(method(&with.server, "app.bsky.actor.getProfile")).query(&[("actor", &with.remote_id)]);
    let profile: Author = send(with, ask).await.ok()?.json().ok()?;
    Some(shortened(profile.display_name.trim(), LONGEST_NAME))
}
