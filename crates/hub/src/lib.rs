//! The hub: the practice's own public page, which is the original of everything that networks get as copies.
//!
//! Reading order: [`pages`] (what a page is, how it is published, edited and withdrawn, and how each looks),
//! `masthead` (the practice's facts as the public sees them), `shelf` (finished answers kept in memory),
//! `feeds` (Atom, RSS, JSON Feed, sitemap), `cards` (the picture for link previews), `media` (pictures on pages).
//!
//! No cookie, no script, nothing fetched from anybody else; a reader leaves no trace. The hub knows nothing of
//! networks or deliveries: whoever publishes hands in a [`pages::PublicPage`] that the guard has read.

mod cards;
mod feeds;
mod masthead;
mod media;
pub mod pages;
mod shelf;
mod words;

use std::sync::Arc;

use axum::{Extension, Router, extract::FromRef, routing::get};
use bedside_platform::{Ground, migrations::Migration};

use crate::{pages::public, shelf::Shelf};

/// The tables of this crate, in order.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "pages/1-pages", sql: include_str!("migrations/1-pages.sql") }];

/// All public addresses. The caller lays `bedside_web::frame::around_public` around them.
pub fn routes<S>() -> Router<S>
where
    Ground: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    routes_keeping(shelf::MOST_BYTES)
}

/// The same with room for this many bytes of finished answers; 0 makes each answer from the database.
pub fn routes_keeping<S>(most_bytes: usize) -> Router<S>
where
    Ground: FromRef<S>,
    S: Clone + Send + Sync + 'static,
{
    Router::new()
        .route("/robots.txt", get(feeds::robots))
        .route("/p/{practice}", get(public::home))
        .route("/p/{practice}/posts", get(public::posts))
        .route("/p/{practice}/posts/{page}", get(public::post))
        .route("/p/{practice}/challenges/{page}", get(public::challenge))
        .route("/p/{practice}/card.png", get(cards::home))
        .route("/p/{practice}/posts/{page}/card.png", get(cards::post))
        .route("/p/{practice}/challenges/{page}/card.png", get(cards::challenge))
        .route("/p/{practice}/feed.atom", get(feeds::atom))
        .route("/p/{practice}/feed.rss", get(feeds::rss))
        .route("/p/{practice}/feed.json", get(feeds::json))
        .route("/p/{practice}/sitemap.xml", get(feeds::sitemap))
        .route("/p/{practice}/media/{hash}", get(media::serve))
        .layer(Extension(Arc::new(Shelf::keeping(most_bytes))))
}
