//! Atom (RFC 4287).

use atom_syndication::{Content, Entry as AtomEntry, Feed as AtomFeed, FixedDateTime, Generator, Link, Person, Text};
use bedside_web::{Answer, Failure};

use super::{Entry, Feed, rfc3339};
use crate::shelf::Leaf;

/// The feed as a document.
pub(super) fn write(feed: &Feed) -> Answer<Leaf> {
    let document = AtomFeed {
        title: Text::plain(feed.title.clone()),
        id: feed.atom.clone(),
        updated: time(feed.updated_at)?,
        authors: vec![Person { name: feed.practice.clone(), ..Person::default() }],
        generator: Some(Generator { value: "Bedside".to_owned(), ..Generator::default() }),
        links: vec![link("self", &feed.atom, "application/atom+xml"), link("alternate", &feed.home, "text/html")],
        entries: feed.entries.iter().map(entry).collect::<Answer<_>>()?,
        lang: Some(feed.lang.code().to_owned()),
        ..AtomFeed::default()
    };
    let bytes = document.write_to(Vec::new()).map_err(|error| Failure::internal(format!("an Atom feed: {error}")))?;
    Ok(Leaf::of("application/atom+xml; charset=utf-8", bytes))
}

fn entry(entry: &Entry) -> Answer<AtomEntry> {
    let lang = Some(entry.lang.code().to_owned());
    let mut links = vec![link("alternate", &entry.url, "text/html")];
    links.extend(entry.pictures.iter().map(|picture| link("enclosure", &picture.url, &picture.mime)));
    Ok(AtomEntry {
        title: Text { lang: lang.clone(), ..Text::plain(entry.title.clone()) },
        id: entry.url.clone(),
        updated: time(entry.updated_at)?,
        published: Some(time(entry.published_at)?),
        authors: entry.author.iter().map(|name| Person { name: name.clone(), ..Person::default() }).collect(),
        links,
        summary: Some(Text { lang: lang.clone(), ..Text::plain(entry.summary.clone()) }),
        content: Some(Content {
            lang,
            value: Some(entry.html.clone()),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..AtomEntry::default()
    })
}

fn link(rel: &str, href: &str, mime: &str) -> Link {
    Link { rel: rel.to_owned(), href: href.to_owned(), mime_type: Some(mime.to_owned()), ..Link::default() }
}

fn time(micros: i64) -> Answer<FixedDateTime> {
    rfc3339(micros).parse().map_err(|_| Failure::internal("a time that an Atom feed cannot say"))
}
