//! Opening the page: for a new draft, of which nothing exists before it is saved first, and for a stored one.

use axum::extract::{Path, Query, State};
use bedside_practice::SignedIn;
use bedside_web::{Answer, Failure, Html, StaffShell};
use serde::Deserialize;

use super::{material::Material, page::Page, typed::Typed};
use crate::{
    desk::Desk,
    posts::{Post, PostKind, Whole, store},
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// A day, for example from the calendar.
    day: String,
}

/// An empty page, with every account ticked.
pub(super) async fn new(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Query(wanted): Query<Wanted>,
) -> Answer<Html<Page>> {
    signed_in.must_write()?;
    let base = empty(&desk, &signed_in, desk.ground.new_id());
    let mut typed = Typed { version: 0, day: wanted.day, ..Typed::from_whole(&base, &signed_in.practice.time_zone) };
    let material = Material::load(&desk, &signed_in, &typed).await?;
    typed.accounts = material.accounts.iter().map(|account| account.id.clone()).collect();
    Ok(Html(Page::of(&desk, &signed_in, shell, typed, &base, material).await?))
}

/// A stored post.
pub(super) async fn stored(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Path(id): Path<String>,
) -> Answer<Html<Page>> {
    signed_in.must_write()?;
    let whole = find(&desk, &signed_in, &id).await?.ok_or_else(Failure::not_found)?;
    Ok(Html(of_stored(&desk, &signed_in, shell, &whole).await?))
}

/// The page for a post as it is stored.
pub(super) async fn of_stored(desk: &Desk, signed_in: &SignedIn, shell: StaffShell, whole: &Whole) -> Answer<Page> {
    let typed = Typed::from_whole(whole, &signed_in.practice.time_zone);
    let material = Material::load(desk, signed_in, &typed).await?;
    Page::of(desk, signed_in, shell, typed, whole, material).await
}

/// A post of the practice that is written here; answers to messages are written in the inbox.
pub(super) async fn find(desk: &Desk, signed_in: &SignedIn, id: &str) -> Answer<Option<Whole>> {
    let whole = store::whole(&desk.ground.database, &signed_in.practice.id, id).await?;
    Ok(whole.filter(|whole| whole.post.kind == PostKind::Post))
}

/// A draft of which nothing is stored yet.
pub(super) fn empty(desk: &Desk, signed_in: &SignedIn, id: String) -> Whole {
    let lang = signed_in.practice.languages.first().map_or("en", String::as_str);
    let post = Post::draft(&signed_in.practice.id, id, &signed_in.member.id, lang, desk.ground.now());
    Whole { post, variants: Vec::new(), pictures: Vec::new(), sources: Vec::new(), kept: Vec::new() }
}
