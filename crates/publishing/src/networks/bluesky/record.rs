//! The post as the network stores it: a record of the lexicon `app.bsky.feed.post`. Pure.

use jiff::Timestamp;
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

use super::{
    MOST_ALT, MOST_BYTES, MOST_GRAPHEMES, MOST_PICTURE_BYTES, MOST_PICTURES,
    facets::{Touchable, What},
    said::never,
    wire::{ReplyRef, StrongRef},
};
use crate::networks::{Outgoing, Picture, Refusal, ReplyTo};

/// The collection of posts.
pub(super) const COLLECTION: &str = "app.bsky.feed.post";

/// What goes into a record besides the words.
pub(super) struct Parts {
    /// When it is sent.
    pub(super) created_at: Timestamp,
    /// Facets, mentions already resolved, as [`facet`] makes them.
    pub(super) facets: Vec<Value>,
    /// The uploaded pictures' blob references, in the order of the pictures.
    pub(super) blobs: Vec<Value>,
    /// What it answers.
    pub(super) reply: Option<ReplyRef>,
}

/// The record.
pub(super) fn record(message: &Outgoing, parts: Parts) -> Value {
    let mut record = json!({
        "$type": COLLECTION,
        "text": message.text,
        // The protocol wants RFC 3339 with a time zone and prefers milliseconds: https://atproto.com/specs/lexicon#datetime
        "createdAt": format!("{:.3}", parts.created_at),
        "langs": [message.lang],
    });
    if !parts.facets.is_empty() {
        record["facets"] = Value::Array(parts.facets);
    }
    if let Some(reply) = parts.reply {
        record["reply"] = json!(reply);
    }
    if !parts.blobs.is_empty() {
        let images = message.pictures.iter().zip(parts.blobs).map(|(picture, blob)| image(picture, blob));
        record["embed"] = json!({ "$type": "app.bsky.embed.images", "images": images.collect::<Vec<_>>() });
    }
    record
}

fn image(picture: &Picture, blob: Value) -> Value {
    json!({
        "image": blob,
        "alt": picture.alt,
        "aspectRatio": { "width": picture.width.max(1), "height": picture.height.max(1) },
    })
}

/// A facet. `did` is the account that a mention's handle stands for; a mention without one stays plain text.
pub(super) fn facet(touchable: &Touchable, did: Option<&str>) -> Option<Value> {
    let feature = match &touchable.what {
        What::Link(uri) => json!({ "$type": "app.bsky.richtext.facet#link", "uri": uri }),
        What::Tag(tag) => json!({ "$type": "app.bsky.richtext.facet#tag", "tag": tag }),
        What::Mention(_) => json!({ "$type": "app.bsky.richtext.facet#mention", "did": did? }),
    };
    let range = json!({ "byteStart": touchable.bytes.start, "byteEnd": touchable.bytes.end });
    Some(json!({ "index": range, "features": [feature] }))
}

/// Reads the reference that `read` handed out with a message.
pub(super) fn reply(to: &ReplyTo) -> Result<ReplyRef, Refusal> {
    let unreadable = || {
        never("reply reference not readable", "Bedside does not know which message this answers. Answer it on Bluesky.")
    };
    let value: Value = serde_json::from_str(&to.reference).map_err(|_| unreadable())?;
    let part = |name| value.get(name).and_then(StrongRef::from_value).ok_or_else(unreadable);
    Ok(ReplyRef { root: part("root")?, parent: part("parent")? })
}

/// Refuses what the network would refuse, before anything is uploaded.
pub(super) fn fits(message: &Outgoing) -> Result<(), Refusal> {
    if message.text.len() > MOST_BYTES || message.text.graphemes(true).count() > MOST_GRAPHEMES {
        return Err(never(
            "text too long",
            format!(
                "The text is longer than the {MOST_GRAPHEMES} characters Bluesky takes. Shorten it for this account."
            ),
        ));
    }
    if message.text.trim().is_empty() && message.pictures.is_empty() {
        return Err(never("nothing to send", "There is neither text nor picture to publish on Bluesky."));
    }
    if message.pictures.len() > MOST_PICTURES {
        return Err(never(
            "too many pictures",
            format!("Bluesky takes at most {MOST_PICTURES} pictures in a post. Leave some out for this account."),
        ));
    }
    if message.pictures.iter().any(|picture| picture.bytes > MOST_PICTURE_BYTES) {
        return Err(never("picture too large", "A picture is too large for Bluesky. Choose a smaller one."));
    }
    if message.pictures.iter().any(|picture| picture.alt.graphemes(true).count() > MOST_ALT) {
        return Err(never(
            "alt text too long",
            format!("A picture's description is longer than the {MOST_ALT} characters Bluesky takes. Shorten it."),
        ));
    }
    Ok(())
}

/// Whether the record over there says the same: words, pictures' descriptions, and what it answers. Its time and its
/// facets may differ, they are made anew at each try.
pub(super) fn is_same(there: &Value, ours: &Value) -> bool {
    let alts = |record: &Value| -> Vec<Value> {
        let images = record.pointer("/embed/images").and_then(Value::as_array);
        images.into_iter().flatten().map(|image| image["alt"].clone()).collect()
    };
    let parent = |record: &Value| record.pointer("/reply/parent/uri").cloned();
    there["text"] == ours["text"] && alts(there) == alts(ours) && parent(there) == parent(ours)
}
