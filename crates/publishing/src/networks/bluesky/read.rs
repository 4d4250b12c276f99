//! Reading what came in, and the counts.
//!
//! Notifications come newest first in pages. The cursor we keep says up to which moment everything was read
//! (`seen`); reading walks from the newest page down to it. When there is more than one reading takes, the walk is
//! put down in the cursor and goes on next time, so nothing in between is lost.

use bedside_platform::door::Request;
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    check::LONGEST_NAME,
    said::{self, Trouble},
    session::{method, send},
    wire::{
        Notification, Notifications, PostView, Posts, ReplyRef, StrongRef, at_uri, is_at_uri, is_handle, is_reference,
        shortened,
    },
};
use crate::networks::{Connection, Incoming, IncomingKind, Next, Numbers, Reading, Refusal};

/// Entries in a page: `listNotifications`, maximum of `limit`.
const PAGE: &str = "100";
/// Pages in one reading.
const MOST_PAGES: usize = 10;
/// `getPosts`, `maxLength` of `uris`.
const MOST_URIS: usize = 25;
/// Messages are listed by the time their author's app wrote into them, which may lie before the time at which they
/// arrived. Looking back a little, in microseconds, finds them; what repeats is known by its id.
const OVERLAP: i64 = 3_600_000_000;
/// Longest message text that is kept, in bytes (`app.bsky.feed.post`, `maxLength`).
const LONGEST_TEXT: usize = 3_000;
/// Longest page cursor of the server that is kept, in bytes.
const LONGEST_CURSOR: usize = 1_000;

/// Where reading goes on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    /// Everything up to this moment (microseconds) was read, once the walk below is done.
    seen: Option<i64>,
    /// A walk that was put down.
    walk: Option<Walk>,
}

/// A walk through the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Walk {
    /// The server's mark of the next page; `None` for the newest.
    page: Option<String>,
    /// Down to this moment (microseconds); `None` for the one page of a first reading.
    until: Option<i64>,
}

/// Reads what came in since `cursor`, and the counts of `ours`.
pub(super) async fn read(with: &Connection, cursor: &str, ours: &[String]) -> Result<Reading, Refusal> {
    // A cursor that is not ours starts over; what repeats is known by its id.
    let cursor: Cursor = serde_json::from_str(cursor).unwrap_or_default();
    let (messages, cursor) = walk(with, cursor).await?;
    let cursor = serde_json::to_string(&cursor).map_err(|_| said::later("cursor not writable".to_owned(), None))?;
    let mut counted = Vec::new();
    for group in ours.chunks(MOST_URIS) {
        counted.extend(numbers(with, group).await?);
    }
    Ok(Reading { messages, numbers: counted, cursor })
}

async fn walk(with: &Connection, mut cursor: Cursor) -> Result<(Vec<Incoming>, Cursor), Refusal> {
    let mut walk = cursor.walk.take().unwrap_or(Walk { page: None, until: cursor.seen });
    let is_first = cursor.seen.is_none();
    let mut newest = cursor.seen;
    let mut found: Vec<Incoming> = Vec::new();
    let mut is_done = false;
    for _ in 0..MOST_PAGES {
        let page = match page(with, walk.page.as_deref()).await {
            // The server does not know its own mark any more: begin at the newest again, down to the same moment.
            Err(refusal) if refusal.next == Next::GiveUp && walk.page.take().is_some() => continue,
            page => page?,
        };
        let entries = page.notifications.iter().filter_map(|entry| Notification::deserialize(entry).ok());
        for entry in entries {
            let Ok(at) = entry.indexed_at.parse::<Timestamp>() else { continue };
            newest = newest.max(Some(at.as_microsecond().min(with.ground.now())));
            is_done |= walk.until.is_some_and(|until| at.as_microsecond() < until - OVERLAP);
            found.extend(incoming(&entry, at, &with.remote_id));
        }
        walk.page = page.cursor.filter(|mark| !mark.is_empty() && mark.len() <= LONGEST_CURSOR);
        if is_done || is_first || walk.page.is_none() {
            is_done = true;
            break;
        }
    }
    // A first reading of an account without notifications must still remember that it looked.
    let seen = newest.or_else(|| Some(with.ground.now()));
    Ok((once_each(found), Cursor { seen, walk: (!is_done).then_some(walk) }))
}

async fn page(with: &Connection, mark: Option<&str>) -> Result<Notifications, Refusal> {
    let mut request =
        Request::get(method(&with.server, "app.bsky.notification.listNotifications")).query(&[("limit", PAGE)]);
    if let Some(mark) = mark {
        request = request.query(&[("cursor", mark)]);
    }
    get(with, request).await
}

async fn get<T: DeserializeOwned>(with: &Connection, request: Request) -> Result<T, Refusal> {
    let reply = send(with, request).await.map_err(Trouble::harmless)?;
    if !reply.status.is_success() {
        return Err(said::refusal(&reply, with.ground.clock.now()));
    }
    reply.json().map_err(|_| said::later("reading: answer not readable".to_owned(), Some(reply.status.as_u16())))
}

/// One message to `us`, or nothing when it is of a kind we do not show, or not sound.
fn incoming(entry: &Notification, at: Timestamp, us: &str) -> Option<Incoming> {
    let field = |path: &str| entry.record.pointer(path);
    // The network gives one reason for each message: a reply that also names or quotes us comes as mention or quote.
    let parent = field("/reply/parent/uri").and_then(|uri| uri.as_str());
    let answers_us = parent.and_then(at_uri).is_some_and(|(repo, ..)| repo == us);
    let kind = match entry.reason.as_str() {
        "mention" | "quote" if answers_us => IncomingKind::Reply,
        "reply" => IncomingKind::Reply,
        "mention" => IncomingKind::Mention,
        "quote" => IncomingKind::Quote,
        "like" | "like-via-repost" => IncomingKind::Favourite,
        "repost" | "repost-via-repost" => IncomingKind::Share,
        "follow" => IncomingKind::Follow,
        _ => return None,
    };
    if !is_at_uri(&entry.uri) || !is_reference(&entry.cid) {
        return None;
    }
    let (author, _, key) = at_uri(&entry.uri)?;
    let is_text = matches!(kind, IncomingKind::Reply | IncomingKind::Mention | IncomingKind::Quote);
    let own = StrongRef { uri: entry.uri.clone(), cid: entry.cid.clone() };
    let about = match kind {
        IncomingKind::Reply | IncomingKind::Mention => parent,
        IncomingKind::Favourite | IncomingKind::Share => field("/subject/uri").and_then(|uri| uri.as_str()),
        IncomingKind::Quote | IncomingKind::Follow => None,
    };
    let about = about.or(entry.reason_subject.as_deref());
    // A handle that no longer belongs to its account comes as `handle.invalid`.
    let handle = if is_handle(&entry.author.handle) { entry.author.handle.as_str() } else { "handle.invalid" };
    let text = field("/text").and_then(|text| text.as_str()).filter(|_| is_text).unwrap_or_default();
    let lang = field("/langs/0").and_then(|lang| lang.as_str()).filter(|_| is_text).unwrap_or_default();
    let root = field("/reply/root").and_then(StrongRef::from_value).unwrap_or_else(|| own.clone());
    let profile = format!("https://bsky.app/profile/{author}");
    Some(Incoming {
        remote_id: entry.uri.clone(),
        kind,
        author_handle: handle.to_owned(),
        author_name: shortened(entry.author.display_name.trim(), LONGEST_NAME),
        text: shortened(text, LONGEST_TEXT),
        lang: shortened(lang, 35),
        url: if is_text { format!("{profile}/post/{key}") } else { profile },
        reference: if is_text { serde_json::to_string(&ReplyRef { root, parent: own }).ok()? } else { String::new() },
        parent_remote_id: about.filter(|uri| is_at_uri(uri)).map(str::to_owned),
        written_at: at,
    })
}

/// Oldest first, each message once: pages may overlap when something arrives between two of them.
fn once_each(mut found: Vec<Incoming>) -> Vec<Incoming> {
    found.sort_by(|a, b| a.remote_id.cmp(&b.remote_id));
    found.dedup_by(|later, first| later.remote_id == first.remote_id);
    found.sort_by(|a, b| a.written_at.cmp(&b.written_at).then_with(|| a.remote_id.cmp(&b.remote_id)));
    found
}

async fn numbers(with: &Connection, ours: &[String]) -> Result<Vec<Numbers>, Refusal> {
    let uris: Vec<(&str, &str)> = ours.iter().filter(|uri| is_at_uri(uri)).map(|uri| ("uris", uri.as_str())).collect();
    if uris.is_empty() {
        return Ok(Vec::new());
    }
    let posts: Posts = get(with, Request::get(method(&with.server, "app.bsky.feed.getPosts")).query(&uris)).await?;
    let views = posts.posts.iter().filter_map(|view| PostView::deserialize(view).ok());
    let asked = views.filter(|view| ours.contains(&view.uri));
    Ok(asked
        .map(|view| Numbers {
            remote_id: view.uri,
            replies: view.reply_count,
            favourites: view.like_count,
            shares: view.repost_count.saturating_add(view.quote_count),
        })
        .collect())
}
