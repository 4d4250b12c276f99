//! Reading what came in, and the counts of what went out.
//!
//! Notifications come newest first in pages of 40. `limit` is always sent: snac 2.96 gives a single one without
//! it. snac also knows no `since_id`, so the pages are walked back to the last one that was read, whatever the
//! server makes of that field.

use std::cmp::Ordering;

use jiff::Timestamp;

use super::{
    address::handle,
    answering::Reference,
    call::Caller,
    plain::{cut, text_of},
    publish::status_path,
    wire::{Account, Notification, Status},
};
use crate::networks::{Connection, Incoming, IncomingKind, Numbers, Reading, Refusal};

/// Notifications asked for at once; Mastodon's default, and at most 80.
const LIMIT: &str = "40";
/// Pages walked back at one reading: 800 notifications.
const MOST_PAGES: usize = 20;
/// Messages counted at one reading; Mastodon allows 300 calls in five minutes.
const MOST_COUNTED: usize = 60;
/// Longest text that is kept, in characters.
const TEXT: usize = 10_000;

/// Reads what came in after `cursor` (the id of the newest notification that was read; empty the first time),
/// and counts `ours`.
pub(super) async fn read(with: &Connection, cursor: &str, ours: &[String]) -> Result<Reading, Refusal> {
    let caller = Caller::of(with)?;
    let fresh = fresh_notifications(&caller, cursor).await?;
    let newest = fresh.iter().map(|one| one.id.as_str()).max_by(|a, b| by_age(a, b)).unwrap_or(cursor);
    let newest = if by_age(newest, cursor) == Ordering::Less { cursor } else { newest };
    let mut messages: Vec<Incoming> = fresh.iter().filter_map(|one| incoming(one, with)).collect();
    messages.sort_by_key(|message| message.written_at);
    let cursor = newest.to_owned();
    Ok(Reading { messages, numbers: count(&caller, ours).await, cursor })
}

async fn fresh_notifications(caller: &Caller<'_>, cursor: &str) -> Result<Vec<Notification>, Refusal> {
    let mut fresh: Vec<Notification> = Vec::new();
    for _ in 0..MOST_PAGES {
        let mut query = vec![("limit", LIMIT)];
        if !cursor.is_empty() {
            query.push(("since_id", cursor));
        }
        let oldest = fresh.last().map(|one| one.id.clone());
        if let Some(id) = &oldest {
            query.push(("max_id", id));
        }
        let page: Vec<Notification> = caller.get("/api/v1/notifications", &query).await?;
        let before = fresh.len();
        for one in page {
            let is_new = cursor.is_empty() || by_age(&one.id, cursor) == Ordering::Greater;
            if is_new && !fresh.iter().any(|known| known.id == one.id) {
                fresh.push(one);
            }
        }
        // The first time the newest page is enough: what is older was seen before Bedside came.
        if cursor.is_empty() || fresh.len() == before {
            break;
        }
    }
    Ok(fresh)
}

/// Ids grow with time. Mastodon's are numbers of growing length, other servers' are ULIDs of one length.
fn by_age(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// A notification as a message, when it is of a kind that people answer or count.
fn incoming(one: &Notification, with: &Connection) -> Option<Incoming> {
    let author = one.account.as_ref()?;
    let about = one.status.as_ref();
    match one.kind.as_str() {
        "mention" => {
            let status = about?;
            let answers_us = status.in_reply_to_account_id.as_deref() == Some(with.remote_id.as_str());
            let kind =
                if answers_us && status.in_reply_to_id.is_some() { IncomingKind::Reply } else { IncomingKind::Mention };
            Some(words(kind, one, status, author, with))
        }
        "quote" => Some(words(IncomingKind::Quote, one, about?, author, with)),
        "favourite" => Some(gesture(IncomingKind::Favourite, one, about, author, with)),
        "reblog" => Some(gesture(IncomingKind::Share, one, about, author, with)),
        "follow" => Some(gesture(IncomingKind::Follow, one, None, author, with)),
        _ => None,
    }
}

/// Somebody wrote something.
fn words(kind: IncomingKind, one: &Notification, status: &Status, author: &Account, with: &Connection) -> Incoming {
    let reference = Reference {
        id: status.id.clone(),
        visibility: status.visibility.clone(),
        author: handle(&author.acct, &with.server),
    };
    let url = if status.url.is_empty() { &status.uri } else { &status.url };
    Incoming {
        remote_id: cut(&status.id, 500),
        kind,
        text: cut(&seen_text(status), TEXT),
        lang: cut(&status.language, 35),
        url: cut(url, 2_000),
        reference: reference.to_text(),
        parent_remote_id: status.in_reply_to_id.as_deref().map(|id| cut(id, 500)),
        written_at: moment(&status.created_at)
            .or_else(|| moment(&one.created_at))
            .unwrap_or_else(|| with.ground.clock.now()),
        ..from(author, with)
    }
}

/// Somebody liked, shared or followed. The notification's own id is not used: servers merge and renumber them.
fn gesture(
    kind: IncomingKind,
    one: &Notification,
    about: Option<&Status>,
    author: &Account,
    with: &Connection,
) -> Incoming {
    let id = about.map_or("", |status| status.id.as_str());
    Incoming {
        remote_id: cut(&format!("{}/{id}/{}", one.kind, author.id), 500),
        kind,
        parent_remote_id: about.map(|status| cut(&status.id, 500)),
        written_at: moment(&one.created_at).unwrap_or_else(|| with.ground.clock.now()),
        ..from(author, with)
    }
}

/// The parts that tell of the author; the rest is empty.
fn from(author: &Account, with: &Connection) -> Incoming {
    Incoming {
        remote_id: String::new(),
        kind: IncomingKind::Follow,
        author_handle: cut(&handle(&author.acct, &with.server), 320),
        author_name: cut(if author.display_name.is_empty() { &author.username } else { &author.display_name }, 200),
        text: String::new(),
        lang: String::new(),
        url: cut(&author.url, 2_000),
        reference: String::new(),
        parent_remote_id: None,
        written_at: Timestamp::UNIX_EPOCH,
    }
}

/// What a reader sees: the content warning, the text, and what pictures are said to show.
fn seen_text(status: &Status) -> String {
    let mut parts = Vec::new();
    if !status.spoiler_text.trim().is_empty() {
        parts.push(format!("[{}]", status.spoiler_text.trim()));
    }
    parts.push(text_of(&status.content));
    parts.extend(status.media_attachments.iter().map(|media| match media.description.trim() {
        "" => "[attachment without a description]".to_owned(),
        said => format!("[attachment: {said}]"),
    }));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn moment(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// Counts what people did with our messages. One that cannot be counted now is left out: its old numbers stay.
async fn count(caller: &Caller<'_>, ours: &[String]) -> Vec<Numbers> {
    let mut numbers = Vec::new();
    for remote_id in ours.iter().take(MOST_COUNTED) {
        match caller.get::<Status>(&status_path(remote_id), &[]).await {
            Ok(status) => numbers.push(Numbers {
                remote_id: remote_id.clone(),
                replies: status.replies_count,
                favourites: status.favourites_count,
                shares: status.reblogs_count,
            }),
            Err(refusal) if matches!(refusal.status, Some(404 | 410)) => {}
            Err(_) => break,
        }
    }
    numbers
}
