//! Tests: the records we write are what the published lexicons ask for (<https://atproto.com/specs/lexicon>).

#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

use super::{
    MOST_ALT, MOST_BYTES, MOST_GRAPHEMES, MOST_PICTURE_BYTES, MOST_PICTURES,
    facets::facets,
    record::{Parts, facet, fits, is_same, record},
    wire::{ReplyRef, StrongRef, is_at_uri, is_did},
};
use crate::networks::{Outgoing, Picture};

const POST: &str = include_str!("lexicons/app.bsky.feed.post.json");
const DOCUMENTS: [&str; 5] = [
    POST,
    include_str!("lexicons/app.bsky.embed.images.json"),
    include_str!("lexicons/app.bsky.embed.defs.json"),
    include_str!("lexicons/app.bsky.richtext.facet.json"),
    include_str!("lexicons/com.atproto.repo.strongRef.json"),
];

/// The definition a reference names, with the document it stands in.
fn definition(from: &str, reference: &str) -> Option<(String, Value)> {
    let (document, name) = reference.split_once('#').unwrap_or((reference, "main"));
    let document = if document.is_empty() { from } else { document };
    let read = |text: &&str| serde_json::from_str::<Value>(text).unwrap();
    let found = DOCUMENTS.iter().map(read).find(|read| read["id"] == document)?;
    Some((document.to_owned(), found["defs"][name].clone()))
}

/// What is wrong with `value`, or nothing.
fn check(value: &Value, schema: &Value, document: &str, at: &str) -> Result<(), String> {
    let wrong = |why: &str| Err(format!("{at}: {why}"));
    let most = |name: &str| schema[name].as_u64().map_or(usize::MAX, |most| most as usize);
    match schema["type"].as_str().unwrap() {
        "record" => check(value, &schema["record"], document, at),
        "object" => {
            let Some(object) = value.as_object() else { return wrong("not an object") };
            for name in schema["required"].as_array().into_iter().flatten() {
                if !object.contains_key(name.as_str().unwrap()) {
                    return wrong(&format!("{name} is missing"));
                }
            }
            for (name, inner) in object.iter().filter(|(name, _)| *name != "$type") {
                let Some(inner_schema) = schema["properties"].get(name) else {
                    return wrong(&format!("{name} is unknown"));
                };
                check(inner, inner_schema, document, &format!("{at}/{name}"))?;
            }
            Ok(())
        }
        "array" => {
            let Some(items) = value.as_array() else { return wrong("not an array") };
            if items.len() > most("maxLength") {
                return wrong("too many items");
            }
            items.iter().try_for_each(|item| check(item, &schema["items"], document, &format!("{at}/*")))
        }
        "string" => {
            let Some(text) = value.as_str() else { return wrong("not a string") };
            if text.len() > most("maxLength") || text.graphemes(true).count() > most("maxGraphemes") {
                return wrong("too long");
            }
            let is_fitting = match schema["format"].as_str() {
                Some("datetime") => text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok(),
                Some("did") => is_did(text),
                Some("at-uri") => is_at_uri(text),
                Some("uri") => url::Url::parse(text).is_ok(),
                Some("cid") => text.len() > 8 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()),
                Some("language") => (2..=35).contains(&text.len()) && text.is_ascii(),
                Some(other) => return wrong(&format!("format {other} is not known to this test")),
                None => true,
            };
            if is_fitting { Ok(()) } else { wrong("not of its format") }
        }
        "integer" => match value.as_i64() {
            Some(number) if number >= schema["minimum"].as_i64().unwrap_or(i64::MIN) => Ok(()),
            _ => wrong("not a number in range"),
        },
        "blob" => {
            let sound = value["$type"] == "blob"
                && value["ref"]["$link"].is_string()
                && value["mimeType"].as_str().is_some_and(|mime| mime.starts_with("image/"))
                && value["size"].as_u64().is_some_and(|size| size <= most("maxSize") as u64);
            if sound { Ok(()) } else { wrong("not a blob that fits") }
        }
        "ref" => {
            let (document, inner) = definition(document, schema["ref"].as_str().unwrap()).expect("a known lexicon");
            check(value, &inner, &document, at)
        }
        "union" => {
            let Some(kind) = value["$type"].as_str() else { return wrong("no $type") };
            let listed = schema["refs"].as_array().unwrap().iter().any(|known| {
                let known = known.as_str().unwrap();
                known == kind || (known.starts_with('#') && format!("{document}{known}") == kind)
            });
            let Some((document, inner)) = definition(document, kind).filter(|_| listed) else {
                return wrong("not in the union");
            };
            check(value, &inner, &document, at)
        }
        other => wrong(&format!("type {other} is not known to this test")),
    }
}

fn is_post(value: &Value) -> Result<(), String> {
    let (document, schema) = definition("", "app.bsky.feed.post").unwrap();
    check(value, &schema, &document, "")
}

fn message(text: &str, pictures: usize) -> Outgoing {
    let picture = Picture {
        hash: "00".repeat(32),
        mime: "image/jpeg".into(),
        width: 1200,
        height: 800,
        bytes: MOST_PICTURE_BYTES,
        alt: "A shaker of herbs beside an empty salt shaker".into(),
        file_name: "picture-1.jpg".into(),
    };
    Outgoing {
        post_id: String::new(),
        title: String::new(),
        text: text.into(),
        lang: "en".into(),
        spanish: None,
        pictures: vec![picture; pictures],
        sources: Vec::new(),
        signed_by: None,
        reply_to: None,
        challenge_id: None,
    }
}

fn written(message: &Outgoing) -> Value {
    let strong = StrongRef {
        uri: "at://did:plc:jczjcdqxbm37sgnysagq7mi7/app.bsky.feed.post/3jzfcijpj2z2a".into(),
        cid: "bafyreigz5lrw74julrxi4an2darpnbe5efz6zhvxoksvi2vejo2xz64oqe".into(),
    };
    let blob = json!({ "$type": "blob", "ref": { "$link": strong.cid }, "mimeType": "image/jpeg", "size": MOST_PICTURE_BYTES });
    record(
        message,
        Parts {
            created_at: "2026-11-25T09:00:00.123456Z".parse().unwrap(),
            facets: facets(&message.text)
                .iter()
                .filter_map(|touchable| facet(touchable, Some("did:plc:jczjcdqxbm37sgnysagq7mi7")))
                .collect(),
            blobs: vec![blob; message.pictures.len()],
            reply: Some(ReplyRef { root: strong.clone(), parent: strong }),
        },
    )
}

#[test]
fn the_fullest_record_we_write_is_a_post() {
    let message = message("🧂 Less salt: https://cedar.example/p with @maple.test #LessSalt", MOST_PICTURES);
    let record = written(&message);
    assert_eq!(is_post(&record), Ok(()));
    assert_eq!(record["createdAt"], "2026-11-25T09:00:00.123Z");
    assert_eq!(record["facets"].as_array().unwrap().len(), 3);
    let range = &record["facets"][0]["index"];
    assert_eq!((range["byteStart"].as_u64(), range["byteEnd"].as_u64()), (Some(16), Some(39)), "bytes, not characters");
}

#[test]
fn the_check_finds_what_is_wrong() {
    let good = written(&message("Less salt https://cedar.example", 1));
    let broken = |path: &str, value: Value| {
        let mut record = good.clone();
        *record.pointer_mut(path).unwrap() = value;
        is_post(&record).unwrap_err()
    };
    assert!(broken("/text", json!("a".repeat(301))).contains("too long"));
    assert!(broken("/createdAt", json!("yesterday")).contains("format"));
    assert!(broken("/facets/0/features/0", json!({ "$type": "app.bsky.richtext.facet#mention" })).contains("missing"));
    assert!(broken("/embed/images", json!([1, 2, 3, 4, 5])).contains("too many"));
    assert!(broken("/reply", json!({})).contains("missing"));
}

#[test]
fn our_limits_are_those_of_the_lexicon() {
    let post: Value = serde_json::from_str(POST).unwrap();
    let text = post.pointer("/defs/main/record/properties/text").unwrap();
    assert_eq!(
        (text["maxGraphemes"].as_u64(), text["maxLength"].as_u64()),
        (Some(MOST_GRAPHEMES as u64), Some(MOST_BYTES as u64))
    );
    let (_, images) = definition("", "app.bsky.embed.images").unwrap();
    assert_eq!(images.pointer("/properties/images/maxLength").unwrap(), MOST_PICTURES);
    let (_, image) = definition("", "app.bsky.embed.images#image").unwrap();
    assert!(image.pointer("/properties/image/maxSize").unwrap().as_u64() >= Some(MOST_PICTURE_BYTES));
}

#[test]
fn what_does_not_fit_is_refused_before_anything_is_sent() {
    assert!(fits(&message(&"é".repeat(300), 4)).is_ok());
    let mut long_alt = message("x", 1);
    long_alt.pictures[0].alt = "a".repeat(MOST_ALT + 1);
    let mut heavy = message("x", 1);
    heavy.pictures[0].bytes = MOST_PICTURE_BYTES + 1;
    let family = "👨‍👩‍👧‍👦".repeat(121); // 121 graphemes of 25 bytes
    for refused in
        [message(&"a".repeat(301), 0), message(&family, 0), message(" ", 0), message("x", 5), long_alt, heavy]
    {
        assert!(fits(&refused).is_err());
    }
}

#[test]
fn a_record_is_the_same_when_words_pictures_and_parent_are() {
    let ours = written(&message("Less salt", 1));
    let mut there = ours.clone();
    there["createdAt"] = json!("2020-01-01T00:00:00.000Z");
    assert!(is_same(&there, &ours));
    assert!(!is_same(&written(&message("Less salt!", 1)), &ours));
    assert!(!is_same(&written(&message("Less salt", 2)), &ours));
    there["reply"]["parent"]["uri"] = json!("at://did:plc:other/app.bsky.feed.post/3jzfcijpj2z2a");
    assert!(!is_same(&there, &ours));
}
