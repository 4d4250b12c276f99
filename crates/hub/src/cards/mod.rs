//! The picture that networks show beside a link to us (Open Graph, 1200 × 630 pixels), drawn from an SVG of our
//! own, with the fonts of our pages inside the program. Nothing a person typed but the title and the name is on it.

mod draw;
mod lines;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use bedside_platform::Ground;
use bedside_web::{Answer, Failure, Lang, dates};
use tokio::sync::Semaphore;

use crate::{
    pages::{self, ChallengePage, Kind, Marks},
    shelf::{AN_HOUR, Asked, Desk, Leaf, Shelf},
    words::{say, say_of},
};

/// `GET /p/{practice}/card.png`
pub(crate) async fn home(
    State(ground): State<Ground>,
    Extension(shelf): Extension<Arc<Shelf>>,
    asked: Asked,
) -> Response {
    shelf
        .answer(&ground, &asked, async |desk| {
            let name = desk.edition.practice.name().to_owned();
            drawn(Card {
                above: String::new(),
                title: name.clone(),
                below: vec![say(desk.lang, "home-lede")],
                practice: name,
                marks: None,
            })
            .await
        })
        .await
}

/// `GET /p/{practice}/posts/{page}/card.png`
pub(crate) async fn post(
    State(ground): State<Ground>,
    Extension(shelf): Extension<Arc<Shelf>>,
    Path((_, slug)): Path<(String, String)>,
    asked: Asked,
) -> Response {
    shelf.answer(&ground, &asked, async |desk| of_page(&desk, Kind::Post, &slug).await).await
}

/// `GET /p/{practice}/challenges/{page}/card.png`
pub(crate) async fn challenge(
    State(ground): State<Ground>,
    Extension(shelf): Extension<Arc<Shelf>>,
    Path((_, slug)): Path<(String, String)>,
    asked: Asked,
) -> Response {
    shelf.answer(&ground, &asked, async |desk| of_page(&desk, Kind::Challenge, &slug).await).await
}

/// What stands on a card.
struct Card {
    /// A small line above the title.
    above: String,
    title: String,
    /// Lines under the title.
    below: Vec<String>,
    practice: String,
    marks: Option<Marks>,
}

async fn of_page(desk: &Desk<'_>, kind: Kind, slug: &str) -> Answer<Leaf> {
    let page = pages::of_slug(desk.ground, &desk.edition.practice.id, kind, slug).await?;
    let page = page.filter(|page| page.withdrawn_at.is_none()).ok_or_else(Failure::not_found)?;
    let lang = page.in_lang(desk.lang).2;
    let signed = page.content.signed_by.as_ref().map(|who| format!("{} {who}", say(lang, "reviewed-by")));
    let (above, below, marks) = match &page.content.challenge {
        Some(challenge) => (when(lang, challenge), vec![say(lang, "card-action")], Marks::read(&challenge.marks)),
        None => (dates::full_date(lang, desk.edition.day_of(page.published_at)), signed.into_iter().collect(), None),
    };
    drawn(Card { above, title: page.heading(lang), below, practice: desk.edition.practice.name().to_owned(), marks })
        .await
}

fn when(lang: Lang, challenge: &ChallengePage) -> String {
    say_of(
        lang,
        "card-days",
        &[("date", &dates::full_date(lang, challenge.start)), ("days", &challenge.days().to_string())],
    )
}

/// Drawing takes tens of milliseconds of computing, so it is done beside the threads that answer.
/// One card is drawn at a time: each takes some megabytes, and a crowd of robots asks for all of them at once.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

async fn drawn(card: Card) -> Answer<Leaf> {
    let _turn = ONE_AT_A_TIME.acquire().await;
    let png = tokio::task::spawn_blocking(move || draw::png(&card)).await;
    let png = png.map_err(|error| Failure::internal(format!("a card: {error}")))??;
    Ok(Leaf { keep: AN_HOUR, ..Leaf::of("image/png", png) })
}
