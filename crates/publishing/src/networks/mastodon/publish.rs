//! Publishing, changing and deleting a status.
//!
//! Pictures go up first and bind nothing: an upload that is not used is thrown away by the server. Only the
//! status call is irreversible. It carries the delivery's key as `Idempotency-Key`, which Mastodon honours for an
//! hour and several other servers do not know; `find` looks for what neither could settle.

use std::time::Duration;

use bedside_platform::door::{Part, Reply, Request};
use bytes::Bytes;
use http::HeaderName;
use jiff::SignedDuration;

use super::{
    answering::address,
    call::{Caller, no_reply, refusal},
    limits::objection,
    wire::{ChangedStatus, Media, NewStatus, Status},
};
use crate::networks::{Connection, Doubt, Next, Outcome, Outgoing, Picture, Published, Refusal};

/// <https://docs.joinmastodon.org/methods/statuses/#create>.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// How long one picture may travel.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(120);
/// How often, and how many times, a server is asked whether it is done with a picture.
const PICTURE_PAUSE: SignedDuration = SignedDuration::from_secs(1);
const PICTURE_LOOKS: u32 = 60;

/// Publishes a message under the key of its delivery.
pub(super) async fn publish(with: &Connection, key: &str, message: &Outgoing) -> Outcome {
    let (caller, media_ids) = match prepare(with, message).await {
        Ok(prepared) => prepared,
        Err(refusal) => return Outcome::Refused(refusal),
    };
    let addressed = address(message);
    let status = NewStatus {
        status: &addressed.text,
        media_ids: &media_ids,
        in_reply_to_id: addressed.answers.as_deref(),
        language: &message.lang,
        visibility: addressed.visibility,
    };
    let request = Request::post_json(caller.at("/api/v1/statuses"), &status).header(IDEMPOTENCY_KEY, key);
    match caller.sort::<Status>(caller.send(request).await) {
        Ok(status) => Outcome::Accepted(published(&status)),
        Err(outcome) => outcome,
    }
}

/// Changes a status. Doing it twice is the same as once, so an unknown outcome is simply tried again.
pub(super) async fn edit(with: &Connection, there: &Published, message: &Outgoing) -> Outcome {
    let (caller, media_ids) = match prepare(with, message).await {
        Ok(prepared) => prepared,
        Err(refusal) => return Outcome::Refused(refusal),
    };
    let text = address(message).text;
    let changed = ChangedStatus { status: &text, media_ids: &media_ids, language: &message.lang };
    let request = Request::put(caller.at(&status_path(&there.remote_id))).json(&changed);
    match caller.sort::<Status>(caller.send(request).await) {
        // snac 2.96 changes the words and keeps the old pictures.
        Ok(status) if !shows_pictures_of(&status, message) => Outcome::Refused(Refusal {
            log: "the server changed the text and not the pictures".into(),
            person: "The text was changed, but this server keeps the old pictures. Delete the message there and publish it again.".into(),
            status: Some(200),
            next: Next::GiveUp,
        }),
        // snac gives a changed status a new id (the old one still leads to it), so the answer's id counts.
        Ok(status) => Outcome::Accepted(published(&status)),
        Err(outcome) => outcome,
    }
}

/// Deletes a status. A server that says 404 is asked once more, by reading: snac before 2.96 says 404 because it
/// cannot delete, not because the status is gone.
pub(super) async fn delete(with: &Connection, there: &Published) -> Outcome {
    let caller = match Caller::of(with) {
        Ok(caller) => caller,
        Err(refusal) => return Outcome::Refused(refusal),
    };
    let path = caller.at(&status_path(&there.remote_id));
    let reply = match caller.send(Request::delete(&path)).await {
        Ok(reply) if matches!(reply.status.as_u16(), 404 | 410) => {
            return gone_or_undeletable(&caller, &path, there).await;
        }
        other => other,
    };
    match reply {
        // A page for people comes from a proxy, and says nothing of the server.
        Ok(reply) if reply.status.is_success() && !reply.is_page() => Outcome::Accepted(there.clone()),
        answer => match caller.sort::<serde_json::Value>(answer) {
            Ok(_) => Outcome::Accepted(there.clone()),
            Err(outcome) => outcome,
        },
    }
}

async fn gone_or_undeletable(caller: &Caller<'_>, path: &str, there: &Published) -> Outcome {
    match caller.send(Request::get(path)).await {
        Ok(reply) if matches!(reply.status.as_u16(), 404 | 410) => Outcome::Accepted(there.clone()),
        Ok(reply) if reply.status.is_success() => Outcome::Refused(Refusal {
            log: "the server has no way to delete a status".into(),
            person: format!(
                "This server cannot delete for other programs. Delete the message there yourself: {}",
                there.url
            ),
            status: Some(404),
            next: Next::GiveUp,
        }),
        Ok(reply) => Outcome::Refused(refusal(&reply, caller.clock.now())),
        Err(error) => Outcome::Unknown(Doubt { log: error.to_string(), status: None }),
    }
}

/// Everything before the irreversible call: the account's key, the server's limits, the pictures.
async fn prepare<'a>(with: &'a Connection, message: &Outgoing) -> Result<(Caller<'a>, Vec<String>), Refusal> {
    let caller = Caller::of(with)?;
    // A server that was not asked yet says itself what is too much for it.
    let objection = with.limits().and_then(|limits| objection(limits, message, &address(message).text));
    if let Some(person) = objection {
        let log = "the message is beyond this server's limits".into();
        return Err(Refusal { log, person, status: None, next: Next::GiveUp });
    }
    let mut media_ids = Vec::with_capacity(message.pictures.len());
    for picture in &message.pictures {
        let bytes = with.ground.files.read(&with.practice_id, &picture.hash).await.map_err(|error| unread(&error))?;
        media_ids.push(upload(&caller, picture, bytes.into()).await?);
    }
    Ok((caller, media_ids))
}

/// Uploads a picture with its description and waits until the server is done with it.
async fn upload(caller: &Caller<'_>, picture: &Picture, bytes: Bytes) -> Result<String, Refusal> {
    let parts = [Part::file("file", &picture.file_name, &picture.mime, bytes), Part::text("description", &picture.alt)];
    let mut reply = send_upload(caller, "/api/v2/media", &parts).await?;
    if reply.status.as_u16() == 404 {
        // Servers from before 2020 and some small ones have only the first version.
        reply = send_upload(caller, "/api/v1/media", &parts).await?;
    }
    let media: Media = caller.json_of(&reply)?;
    if reply.status.as_u16() == 202 {
        wait_until_processed(caller, &media.id).await?;
    }
    Ok(media.id)
}

async fn send_upload(caller: &Caller<'_>, path: &str, parts: &[Part]) -> Result<Reply, Refusal> {
    let request = Request::post(caller.at(path)).multipart(parts).timeout(UPLOAD_TIMEOUT);
    caller.send(request).await.map_err(|error| no_reply(&error))
}

/// `GET /api/v1/media/:id` answers 206 while the server works, 200 when it is done.
async fn wait_until_processed(caller: &Caller<'_>, id: &str) -> Result<(), Refusal> {
    for _ in 0..PICTURE_LOOKS {
        caller.clock.wait_until(caller.clock.now() + PICTURE_PAUSE).await;
        let reply = caller.send(Request::get(caller.at(&format!("/api/v1/media/{}", segment(id))))).await;
        let reply = reply.map_err(|error| no_reply(&error))?;
        match reply.status.as_u16() {
            206 => {}
            200..=299 => return Ok(()),
            _ => return Err(refusal(&reply, caller.clock.now())),
        }
    }
    Err(Refusal {
        log: "the server did not finish a picture in time".into(),
        person: "The server takes very long over a picture. Bedside tries again by itself.".into(),
        status: None,
        next: Next::TryLater,
    })
}

fn shows_pictures_of(status: &Status, message: &Outgoing) -> bool {
    let there = status.media_attachments.iter().map(|media| media.description.trim());
    there.eq(message.pictures.iter().map(|picture| picture.alt.trim()))
}

/// Where a status stands.
pub(super) fn published(status: &Status) -> Published {
    let url = if status.url.is_empty() { &status.uri } else { &status.url };
    Published { remote_id: status.id.clone(), url: url.clone(), version: status.edited_at.clone() }
}

/// The path of one status.
pub(super) fn status_path(id: &str) -> String {
    format!("/api/v1/statuses/{}", segment(id))
}

/// An id from outside as one segment of a path, so that it can reach nothing else.
pub(super) fn segment(id: &str) -> String {
    url::form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>().replace('+', "%20")
}

fn unread(error: &std::io::Error) -> Refusal {
    Refusal {
        log: format!("a picture could not be read: {}", error.kind()),
        person: "A picture of this message is no longer in the media folder. Add it again.".into(),
        status: None,
        next: Next::GiveUp,
    }
}
