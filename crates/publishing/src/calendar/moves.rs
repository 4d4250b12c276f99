//! Moving a post to another day: its hour stays.

use axum::extract::State;
use bedside_practice::SignedIn;
use bedside_web::{Answer, Failure, Flash, Lang, Posted, SeeOther, dates};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;

use super::{month, store};
use crate::{
    delivery::{self, state::State as Delivered},
    desk::Desk,
    posts::{self, Post, PostState},
};

#[derive(Deserialize)]
pub(super) struct Move {
    #[serde(default)]
    post: String,
    #[serde(default)]
    date: String,
}

/// Moves a post.
pub(super) async fn create(State(desk): State<Desk>, signed_in: SignedIn, posted: Posted<Move>) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let practice = &signed_in.practice;
    let database = &desk.ground.database;
    let whole = posts::store::whole(database, &practice.id, &posted.form.post).await?.ok_or_else(Failure::not_found)?;
    let Ok(date) = posted.form.date.parse::<Date>() else {
        return Ok(SeeOther::to("/calendar").saying(Flash::look("Choose the day as a date, for example 2027-02-18.")));
    };
    let back = SeeOther::to(format!("/calendar?month={}", month::to_text(date)));
    let Some(due) = whole.post.due_at else {
        return Ok(back.saying(Flash::look("This post has no time yet. Open it and choose one.")));
    };
    let standing = store::standing(database, &practice.id, &[&whole.post.id]).await?;
    if standing.values().flatten().any(|one| !matches!(one.state, Delivered::Waiting | Delivered::ByHand)) {
        return Ok(back.saying(Flash::look("It is out already, or on its way, so it stays on its day.")));
    }
    let moved =
        practice.local(due).with().date(date).build().map_err(|_| Failure::bad_request("a day beyond the calendar"))?;
    let moved = moved.timestamp().as_microsecond();
    if moved < desk.ground.now() {
        return Ok(back.saying(Flash::look("That hour has passed. Choose a day that is still to come.")));
    }
    let changed = Post { due_at: Some(moved), ..whole.post.clone() };
    let copies = desk.copies(practice, &whole, None, None).await?;
    let mut tx = database.begin_write().await?;
    if !posts::store::change(&mut tx, &changed, desk.ground.now()).await? {
        return Ok(back.saying(Flash::look("Somebody changed this post a moment ago. Look again.")));
    }
    if changed.state == PostState::Signed {
        delivery::plan(&desk, &mut tx, &changed, &copies).await?;
    }
    let detail = json!({ "from": due, "to": moved });
    signed_in.record(&desk.ground, &mut tx, "post.moved", &changed.id, detail).await?;
    tx.commit().await?;
    desk.bell.notify_one();
    let words = format!(
        "“{}” goes out on {}.",
        changed.name(),
        dates::day_and_hour(Lang::En, practice.local(moved).datetime())
    );
    Ok(back.saying(Flash::done(words)))
}
