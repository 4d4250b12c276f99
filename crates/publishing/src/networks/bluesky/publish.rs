//! Publishing, looking and deleting.
//!
//! Everything up to `createRecord` can be repeated: an uploaded picture that no record names is thrown away by the
//! server. `createRecord` under the delivery's own key is the one step that counts.

use bedside_guard::Cleared;
use bedside_platform::door::{Reply, Request};
use serde_json::{Value, json};

use super::{
    facets::{What, facets},
    record::{self, COLLECTION, Parts},
    said::{self, Trouble, never},
    session::{method, send},
    tid::is_tid,
    wire::{Resolved, Stored, Uploaded, at_uri, is_did},
};
use crate::networks::{Connection, Doubt, Next, Outcome, Outgoing, Picture, Published, Refusal};

/// How long uploading one picture may take.
const UPLOAD_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(60);

/// Sends a message as the record `key`.
pub(super) async fn publish(with: &Connection, key: &str, message: &Cleared<Outgoing>) -> Outcome {
    match prepare(with, key, message).await {
        Ok(record) => create(with, key, record).await,
        Err(refusal) => Outcome::Refused(refusal),
    }
}

/// All that may be repeated: limits, pictures, mentions.
async fn prepare(with: &Connection, key: &str, message: &Outgoing) -> Result<Value, Refusal> {
    if !is_tid(key) {
        return Err(never("record key is not a TID", "Bedside made a mistake with this delivery. Plan the post anew."));
    }
    record::fits(message)?;
    let reply = message.reply_to.as_ref().map(record::reply).transpose()?;
    let mut blobs = Vec::with_capacity(message.pictures.len());
    for picture in &message.pictures {
        blobs.push(upload(with, picture).await?);
    }
    let mut touchable = Vec::new();
    for facet in facets(&message.text) {
        let did = match &facet.what {
            What::Mention(handle) => resolve(with, handle).await?,
            What::Link(_) | What::Tag(_) => None,
        };
        touchable.extend(record::facet(&facet, did.as_deref()));
    }
    let created_at = with.ground.clock.now();
    Ok(record::record(message, Parts { created_at, facets: touchable, blobs, reply }))
}

async fn upload(with: &Connection, picture: &Picture) -> Result<Value, Refusal> {
    let bytes = with.ground.files.read(&with.practice_id, &picture.hash).await.map_err(|error| Refusal {
        log: format!("picture not readable: {}", error.kind()),
        person: "Bedside cannot read a picture of this post. Add the picture again.".to_owned(),
        status: None,
        next: Next::TryLater,
    })?;
    let size = bytes.len();
    let request = Request::post(method(&with.server, "com.atproto.repo.uploadBlob"))
        .body(&picture.mime, bytes)
        .timeout(UPLOAD_TIMEOUT);
    let reply = send(with, request).await.map_err(Trouble::harmless)?;
    if !reply.status.is_success() {
        return Err(said::refusal(&reply, with.ground.clock.now()));
    }
    let uploaded = reply.json::<Uploaded>().ok().and_then(|uploaded| uploaded.checked(size));
    uploaded.ok_or_else(|| said::later("uploadBlob: answer not readable".to_owned(), Some(reply.status.as_u16())))
}

/// The DID of a handle; `None` when nobody has that handle, then it stays plain text.
async fn resolve(with: &Connection, handle: &str) -> Result<Option<String>, Refusal> {
    let request = Request::get(method(&with.server, "com.atproto.identity.resolveHandle")).query(&[("handle", handle)]);
    let reply = send(with, request).await.map_err(Trouble::harmless)?;
    match reply.status.as_u16() {
        200 => Ok(reply.json::<Resolved>().ok().map(|resolved| resolved.did).filter(|did| is_did(did))),
        400 | 404 => Ok(None),
        _ => Err(said::refusal(&reply, with.ground.clock.now())),
    }
}

/// The one step that counts.
async fn create(with: &Connection, key: &str, record: Value) -> Outcome {
    let request = Request::post_json(
        method(&with.server, "com.atproto.repo.createRecord"),
        &json!({ "repo": with.remote_id, "collection": COLLECTION, "rkey": key, "record": record }),
    );
    let reply = match send(with, request).await {
        Ok(reply) => reply,
        Err(Trouble::Refused(refusal)) => return Outcome::Refused(refusal),
        Err(Trouble::Doubtful(doubt)) => return Outcome::Unknown(doubt),
    };
    if reply.status.is_success() {
        if let Some(published) = stored(with, key, &reply).map(|(published, _)| published) {
            return Outcome::Accepted(published);
        }
    } else if is_certain(&reply) {
        return Outcome::Refused(said::refusal(&reply, with.ground.clock.now()));
    }
    settle(with, key, &record, &reply).await
}

/// Whether an answer that is not a success says that nothing was done. Only an answer of the protocol itself does: a
/// proxy's page may stand in front of a server that is still at work.
fn is_certain(reply: &Reply) -> bool {
    let status = reply.status.as_u16();
    status == 429 || ((400..500).contains(&status) && said::error_name(reply).is_some())
}

/// The server answered, but not clearly. The reference server answers a key that is taken with 500, like any fault of
/// its own, so we look.
async fn settle(with: &Connection, key: &str, ours: &Value, reply: &Reply) -> Outcome {
    let doubt = |log: &str| Outcome::Unknown(Doubt { log: log.to_owned(), status: Some(reply.status.as_u16()) });
    match look(with, key).await {
        Ok(Some((published, there))) if record::is_same(&there, ours) => Outcome::Accepted(published),
        Ok(Some(_)) => Outcome::Refused(never(
            "the record key holds another text",
            "An earlier text of this post is already on Bluesky. Delete it there, then publish this one as a new post.",
        )),
        Ok(None) => doubt("createRecord: answer not clear, not there yet"),
        Err(_) => doubt("createRecord: answer not clear, looking failed"),
    }
}

/// What lies under `key`: where it stands, and the record.
///
/// # Errors
/// When looking failed.
pub(super) async fn look(with: &Connection, key: &str) -> Result<Option<(Published, Value)>, Refusal> {
    let request = Request::get(method(&with.server, "com.atproto.repo.getRecord")).query(&[
        ("repo", with.remote_id.as_str()),
        ("collection", COLLECTION),
        ("rkey", key),
    ]);
    let reply = send(with, request).await.map_err(Trouble::harmless)?;
    if reply.status.is_success() {
        let unreadable = || said::later("getRecord: answer not readable".to_owned(), Some(reply.status.as_u16()));
        return Ok(Some(stored(with, key, &reply).ok_or_else(unreadable)?));
    }
    // "RecordNotFound" is the lexicon's name; nothing else says that it is certainly not there.
    match said::error_name(&reply).as_deref() {
        Some("RecordNotFound") => Ok(None),
        _ => Err(said::refusal(&reply, with.ground.clock.now())),
    }
}

/// Where a record stands, when the answer is about ours.
fn stored(with: &Connection, key: &str, reply: &Reply) -> Option<(Published, Value)> {
    let stored: Stored = reply.json().ok()?;
    let (repo, collection, found_key) = at_uri(&stored.uri)?;
    let is_ours = repo == with.remote_id && collection == COLLECTION && found_key == key;
    let version_fits = stored.cid.len() <= 200 && stored.cid.is_ascii();
    let url = format!("https://bsky.app/profile/{repo}/post/{key}");
    (is_ours && version_fits)
        .then(|| (Published { remote_id: stored.uri.clone(), url, version: stored.cid }, stored.value))
}

/// Deletes a record. The server answers the same whether it was still there or not.
pub(super) async fn delete(with: &Connection, published: &Published) -> Outcome {
    let Some((repo, collection, key)) = at_uri(&published.remote_id) else {
        return Outcome::Refused(never(
            "remote id is not an AT URI",
            "Bedside does not know where this post is. Delete it on Bluesky.",
        ));
    };
    if repo != with.remote_id || collection != COLLECTION {
        return Outcome::Refused(never(
            "the record is not this account's",
            "This post belongs to another account. Delete it there.",
        ));
    }
    let request = Request::post_json(
        method(&with.server, "com.atproto.repo.deleteRecord"),
        &json!({ "repo": repo, "collection": collection, "rkey": key }),
    );
    match send(with, request).await {
        // A page for people comes from a proxy, and says nothing of the server.
        Ok(reply) if reply.status.is_success() && !reply.is_page() => Outcome::Accepted(published.clone()),
        Ok(reply) if is_certain(&reply) => Outcome::Refused(said::refusal(&reply, with.ground.clock.now())),
        Ok(reply) => Outcome::Unknown(Doubt {
            log: "deleteRecord: answer not clear".to_owned(),
            status: Some(reply.status.as_u16()),
        }),
        Err(Trouble::Refused(refusal)) => Outcome::Refused(refusal),
        Err(Trouble::Doubtful(doubt)) => Outcome::Unknown(doubt),
    }
}
