//! The sitemap of a practice (sitemaps.org) with its languages, and the installation's robots.txt.

use askama::Template;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use bedside_platform::Ground;
use bedside_practice::practice;
use bedside_web::{Answer, Failure, Lang};

use super::rfc3339;
use crate::{
    masthead::practice_path,
    pages::{self, Kind, Page},
    shelf::{Desk, Leaf},
};

/// Most addresses of a kind; the protocol ends at 50,000 in all.
const MOST: usize = 10_000;

#[derive(Template)]
#[template(path = "feeds/views/sitemap.xml")]
struct Sitemap {
    places: Vec<Place>,
}

struct Place {
    url: String,
    changed: Option<String>,
    languages: Vec<(Lang, String)>,
}

/// Every page that is up.
pub(super) async fn write(desk: &Desk<'_>) -> Answer<Leaf> {
    let practice = &desk.edition.practice;
    let mut places = vec![place(desk, "", None, practice.speaks_spanish())];
    for kind in [Kind::Challenge, Kind::Post] {
        let pages = pages::latest(desk.ground, &practice.id, kind, MOST).await?;
        places.extend(pages.iter().map(|page| of_page(desk, page)));
    }
    let document = Sitemap { places }.render().map_err(|error| Failure::internal(format!("a sitemap: {error}")))?;
    Ok(Leaf::of("application/xml; charset=utf-8", document))
}

fn of_page(desk: &Desk<'_>, page: &Page) -> Place {
    let both = page.content.spanish.is_some();
    place(desk, &page.rest(), Some(rfc3339(page.edited_at.unwrap_or(page.published_at))), both)
}

fn place(desk: &Desk<'_>, rest: &str, changed: Option<String>, both: bool) -> Place {
    let url = |lang| desk.edition.url(&desk.ground.settings, lang, rest);
    let languages = if both { Lang::ALL.into_iter().map(|lang| (lang, url(lang))).collect() } else { Vec::new() };
    Place { url: url(Lang::En), changed, languages }
}

/// `GET /robots.txt`: search engines may read the public pages, and nothing else.
pub(crate) async fn robots(State(ground): State<Ground>) -> Answer<Response> {
    let mut text = "User-agent: *\nAllow: /p/\nAllow: /assets/\nDisallow: /\n".to_owned();
    for practice in practice::all(&ground.database).await? {
        let path = practice_path(&practice.slug, Lang::En, "/sitemap.xml");
        text.push_str(&format!("Sitemap: {}\n", ground.settings.address(&path)));
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}
