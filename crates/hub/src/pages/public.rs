//! What readers ask for. Each answer is made once for an edition and then comes from the shelf.

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use bedside_platform::Ground;
use bedside_web::{Answer, PublicShell};

use super::{Kind, Page, home, month, post, store};
use crate::{
    shelf::{Asked, Desk, Leaf, Shelf},
    words::{say, say_of},
};

/// `GET /p/{practice}`
pub(crate) async fn home(
    State(ground): State<Ground>,
    Extension(shelf): Extension<Arc<Shelf>>,
    asked: Asked,
) -> Response {
    shelf.answer(&ground, &asked, async |desk| home::first(&desk).await).await
}

/// `GET /p/{practice}/posts`
pub(crate) async fn posts(
    State(ground): State<Ground>,
    Extension(shelf): Extension<Arc<Shelf>>,
    asked: Asked,
) -> Response {
    shelf.answer(&ground, &asked, async |desk| home::all(&desk).await).await
}

/// `GET /p/{practice}/posts/{page}`
pub(crate) async fn post(
    State(ground): State<Ground>,
    Extension(shelf): Extension<Arc<Shelf>>,
    Path((_, slug)): Path<(String, String)>,
    asked: Asked,
) -> Response {
    shelf
        .answer(&ground, &asked, async |desk| match look(&desk, Kind::Post, &slug).await? {
            Found::Page(page) => post::show(&desk, &page).await,
            Found::Elsewhere(leaf) => Ok(leaf),
        })
        .await
}

/// `GET /p/{practice}/challenges/{page}`
pub(crate) async fn challenge(
    State(ground): State<Ground>,
    Extension(shelf): Extension<Arc<Shelf>>,
    Path((_, slug)): Path<(String, String)>,
    asked: Asked,
) -> Response {
    shelf
        .answer(&ground, &asked, async |desk| match look(&desk, Kind::Challenge, &slug).await? {
            Found::Page(page) => month::show(&desk, &page),
            Found::Elsewhere(leaf) => Ok(leaf),
        })
        .await
}

/// What stands at an address.
pub(crate) enum Found {
    /// A page that is up.
    Page(Box<Page>),
    /// Another answer: moved, gone, or nothing.
    Elsewhere(Leaf),
}

/// Looks for a page by the last part of its address.
pub(crate) async fn look(desk: &Desk<'_>, kind: Kind, slug: &str) -> Answer<Found> {
    let Some(page) = store::of_slug(desk.ground, &desk.edition.practice.id, kind, slug).await? else {
        return Ok(Found::Elsewhere(absent(desk, StatusCode::NOT_FOUND)?));
    };
    if page.withdrawn_at.is_some() {
        return Ok(Found::Elsewhere(absent(desk, StatusCode::GONE)?));
    }
    if page.content.slug != slug {
        return Ok(Found::Elsewhere(Leaf::moved(desk.edition.path(desk.lang, &page.rest()))));
    }
    Ok(Found::Page(Box::new(page)))
}

/// A sentence in place of a page.
#[derive(Template)]
#[template(path = "pages/views/absent.html")]
struct AbsentPage {
    shell: PublicShell,
    title: String,
    words: String,
    home: String,
}

fn absent(desk: &Desk<'_>, status: StatusCode) -> Answer<Leaf> {
    let (lang, practice) = (desk.lang, &desk.edition.practice);
    let (title, words) = match status {
        StatusCode::GONE => (say(lang, "gone-title"), say_of(lang, "gone", &[("practice", practice.name())])),
        _ => (say(lang, "missing-title"), say(lang, "missing")),
    };
    let shell = desk.edition.shell(&desk.ground.settings, lang, "", false);
    let shell = PublicShell { canonical_url: String::new(), og_image: None, ..shell };
    let page = AbsentPage { shell, title, words, home: say(lang, "to-home") };
    Ok(Leaf { status, ..Leaf::page(&page)? })
}
