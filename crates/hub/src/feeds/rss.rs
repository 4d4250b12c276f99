//! RSS 2.0 (rssboard.org/rss-specification).

use bedside_web::Answer;
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};
use rss::{
    Channel, Guid, Item,
    extension::atom::{AtomExtension, Link},
};

use super::{Entry, Feed};
use crate::shelf::Leaf;

/// The feed as a document.
pub(super) fn write(feed: &Feed) -> Answer<Leaf> {
    let itself = Link {
        href: feed.rss.clone(),
        rel: "self".to_owned(),
        mime_type: Some("application/rss+xml".to_owned()),
        ..Link::default()
    };
    let channel = Channel {
        title: feed.title.clone(),
        link: feed.home.clone(),
        description: feed.title.clone(),
        language: Some(feed.lang.code().to_owned()),
        generator: Some("Bedside".to_owned()),
        last_build_date: time(feed.updated_at),
        items: feed.entries.iter().map(item).collect(),
        atom_ext: Some(AtomExtension { links: vec![itself] }),
        namespaces: [("atom".to_owned(), "http://www.w3.org/2005/Atom".to_owned())].into(),
        ..Channel::default()
    };
    Ok(Leaf::of("application/rss+xml; charset=utf-8", channel.to_string()))
}

fn item(entry: &Entry) -> Item {
    // `author` would have to be an e-mail address, and an enclosure needs a length; both are left to Atom.
    Item {
        title: Some(entry.title.clone()),
        link: Some(entry.url.clone()),
        description: Some(entry.html.clone()),
        guid: Some(Guid { value: entry.url.clone(), permalink: true }),
        pub_date: time(entry.published_at),
        ..Item::default()
    }
}

fn time(micros: i64) -> Option<String> {
    DateTimePrinter::new().timestamp_to_string(&Timestamp::from_microsecond(micros).ok()?).ok()
}
