//! JSON Feed 1.1 (jsonfeed.org/version/1.1).

use bedside_web::Answer;
use serde_json::{Value, json};

use super::{Entry, Feed, rfc3339};
use crate::shelf::Leaf;

/// The feed as a document.
pub(super) fn write(feed: &Feed) -> Answer<Leaf> {
    let document = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.json,
        "language": feed.lang.code(),
        "authors": [{ "name": feed.practice }],
        "items": feed.entries.iter().map(item).collect::<Vec<_>>(),
    });
    Ok(Leaf::of("application/feed+json; charset=utf-8", document.to_string()))
}

fn item(entry: &Entry) -> Value {
    let mut item = json!({
        "id": entry.url,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "language": entry.lang.code(),
        "date_published": rfc3339(entry.published_at),
        "date_modified": rfc3339(entry.updated_at),
    });
    if let Some(author) = &entry.author {
        item["authors"] = json!([{ "name": author }]);
    }
    if !entry.pictures.is_empty() {
        item["attachments"] =
            entry.pictures.iter().map(|picture| json!({ "url": picture.url, "mime_type": picture.mime })).collect();
    }
    item
}
