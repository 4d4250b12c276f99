//! The feeds: what is new, for feed readers, search engines and other servers. One file for each format.
//!
//! A feed has one language: the posts that exist in it. The English feed also has posts written only in
//! Spanish when the practice wrote no English, and each entry says its language where the format can.

mod atom;
mod json;
mod rss;
mod sitemap;

use std::sync::Arc;

use axum::{Extension, extract::State, response::Response};
use bedside_platform::Ground;
use bedside_web::{Answer, Lang};

pub(crate) use sitemap::robots;

use crate::{
    pages::{self, Kind, Page},
    shelf::{Asked, Desk, Shelf},
    words::say_of,
};

/// Entries in a feed.
const ENTRIES: usize = 30;

/// `GET /p/{practice}/feed.atom`
pub(crate) async fn atom(
    State(ground): State<Ground>,
    Extension(shelf): Extension<Arc<Shelf>>,
    asked: Asked,
) -> Response {
    shelf.answer(&ground, &asked, async |desk| atom::write(&Feed::read(&desk).await?)).await
}

/// `GET /p/{practice}/feed.rss`
pub(crate) async fn rss(
    State(ground): State<Ground>,
    Extension(shelf): Extension<Arc<Shelf>>,
    asked: Asked,
) -> Response {
    shelf.answer(&ground, &asked, async |desk| rss::write(&Feed::read(&desk).await?)).await
}

/// `GET /p/{practice}/feed.json`
pub(crate) async fn json(
    State(ground): State<Ground>,
    Extension(shelf): Extension<Arc<Shelf>>,
    asked: Asked,
) -> Response {
    shelf.answer(&ground, &asked, async |desk| json::write(&Feed::read(&desk).await?)).await
}

/// `GET /p/{practice}/sitemap.xml`
pub(crate) async fn sitemap(
    State(ground): State<Ground>,
    Extension(shelf): Extension<Arc<Shelf>>,
    asked: Asked,
) -> Response {
    shelf.answer(&ground, &asked, async |desk| sitemap::write(&desk).await).await
}

/// What every format says.
struct Feed {
    lang: Lang,
    title: String,
    practice: String,
    home: String,
    /// Addresses of this feed in the three formats.
    atom: String,
    rss: String,
    json: String,
    /// The last change, microseconds.
    updated_at: i64,
    entries: Vec<Entry>,
}

/// One post.
struct Entry {
    url: String,
    lang: Lang,
    title: String,
    summary: String,
    html: String,
    author: Option<String>,
    published_at: i64,
    updated_at: i64,
    pictures: Vec<Enclosed>,
}

/// A picture of a post.
struct Enclosed {
    url: String,
    mime: String,
}

impl Feed {
    async fn read(desk: &Desk<'_>) -> Answer<Self> {
        let (edition, settings, lang) = (desk.edition, &desk.ground.settings, desk.lang);
        let pages = pages::latest(desk.ground, &edition.practice.id, Kind::Post, ENTRIES).await?;
        let entries: Vec<_> = pages
            .iter()
            .filter(|page| lang == Lang::En || page.speaks(lang))
            .map(|page| Entry::of(desk, page))
            .collect();
        Ok(Self {
            lang,
            title: say_of(lang, "posts-of", &[("practice", edition.practice.name())]),
            practice: edition.practice.name().to_owned(),
            home: edition.url(settings, lang, ""),
            atom: edition.url(settings, lang, "/feed.atom"),
            rss: edition.url(settings, lang, "/feed.rss"),
            json: edition.url(settings, lang, "/feed.json"),
            updated_at: entries.iter().map(|entry| entry.updated_at).max().unwrap_or_default(),
            entries,
        })
    }
}

impl Entry {
    fn of(desk: &Desk<'_>, page: &Page) -> Self {
        let (edition, settings) = (desk.edition, &desk.ground.settings);
        let (_, text, lang) = page.in_lang(desk.lang);
        let pictures = page.content.pictures.iter().map(|picture| Enclosed {
            url: edition.url(settings, Lang::En, &format!("/media/{}", picture.hash)),
            mime: picture.mime.clone(),
        });
        Self {
            url: edition.url(settings, lang, &page.rest()),
            lang,
            title: page.heading(desk.lang),
            summary: page.beginning(desk.lang),
            html: pages::prose_html(text),
            author: page.content.signed_by.clone(),
            published_at: page.published_at,
            updated_at: page.edited_at.unwrap_or(page.published_at),
            pictures: pictures.collect(),
        }
    }
}

/// RFC 3339, for Atom, JSON Feed and the sitemap.
fn rfc3339(micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros).unwrap_or_default().to_string()
}
