//! What a person decides: about one delivery, or about a whole post.

use axum::extract::{Path, State as Desked};
use bedside_practice::SignedIn;
use bedside_web::{Answer, Failure, Flash, Posted, SeeOther};
use serde::Deserialize;
use serde_json::json;

use super::{the_delivery, the_post};
use crate::{
    delivery::{
        machine::Verdict,
        people::{self, Decided, Wish},
    },
    desk::Desk,
    networks::by_hand,
    posts,
};

#[derive(Deserialize)]
pub(super) struct Spoken {
    #[serde(default)]
    verdict: String,
    #[serde(default)]
    link: String,
}

/// A person says where a delivery is, or what is to become of it.
pub(super) async fn decide(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    posted: Posted<Spoken>,
) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let row = the_delivery(&desk, &signed_in, &id).await?;
    let verdict = match posted.form.verdict.as_str() {
        "there" => match by_hand::connect::link(&posted.form.link) {
            Ok(link) => Verdict::ItIsThere { link },
            Err(mistake) => {
                return Ok(SeeOther::to(format!("/posts/{}", row.post_id)).saying(Flash::look(mistake.person)));
            }
        },
        "again" => Verdict::TryAgain,
        "leave" => Verdict::LeaveIt,
        _ => return Err(Failure::bad_request("an unknown verdict")),
    };
    let mut tx = desk.ground.database.begin_write().await?;
    let decided =
        people::decide(&desk.ground.database, &mut tx, &desk.networks, &row.key, verdict, desk.ground.clock.now())
            .await?;
    let detail = json!({ "verdict": posted.form.verdict });
    signed_in.record(&desk.ground, &mut tx, "delivery.decided", &row.key.id, detail).await?;
    tx.commit().await?;
    desk.bell.notify_one();
    Ok(SeeOther::to(format!("/posts/{}", row.post_id)).saying(told(decided, "Noted.")))
}

/// A person posted it by hand.
pub(super) async fn tick(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    posted: Posted<Spoken>,
) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let row = the_delivery(&desk, &signed_in, &id).await?;
    let back = SeeOther::to(format!("/posts/{}", row.post_id));
    let link = match by_hand::connect::link(&posted.form.link) {
        Ok(link) => link,
        Err(mistake) => return Ok(back.saying(Flash::look(mistake.person))),
    };
    let mut tx = desk.ground.database.begin_write().await?;
    let decided =
        people::tick(&desk.ground.database, &mut tx, &desk.networks, &row.key, &link, desk.ground.clock.now()).await?;
    signed_in.record(&desk.ground, &mut tx, "delivery.ticked", &row.key.id, json!({})).await?;
    tx.commit().await?;
    Ok(back.saying(told(decided, "Ticked. It counts as out now.")))
}

fn told(decided: Decided, done: &str) -> Flash {
    match decided {
        Decided::Done => Flash::done(done),
        Decided::Busy => Flash::look("It is being sent at this moment. Look again in a minute."),
        Decided::Past => Flash::look("There was nothing left to decide; it came to rest meanwhile."),
    }
}

#[derive(Deserialize)]
pub(super) struct Sure {
    #[serde(default)]
    sure: String,
}

/// It is not to go out any more.
pub(super) async fn withdraw(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Sure>,
) -> Answer<SeeOther> {
    take_back(&desk, &signed_in, &id, Wish::Withdrawn, "It will not go out any more. What is out already stays.").await
}

/// It is to be gone everywhere.
pub(super) async fn delete(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    posted: Posted<Sure>,
) -> Answer<SeeOther> {
    if posted.form.sure.is_empty() {
        return Ok(SeeOther::to(format!("/posts/{id}#delete"))
            .saying(Flash::look("Tick that you are sure first; a deleted post cannot be brought back.")));
    }
    take_back(&desk, &signed_in, &id, Wish::Deleted, "It is being deleted wherever the network allows it.").await
}

async fn take_back(desk: &Desk, signed_in: &SignedIn, id: &str, wish: Wish, words: &str) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let whole = the_post(desk, signed_in, id).await?;
    let (database, practice_id, now) = (&desk.ground.database, &signed_in.practice.id, desk.ground.now());
    let action = if wish == Wish::Deleted { "post.deleted" } else { "post.withdrawn" };
    let mut tx = database.begin_write().await?;
    posts::store::withdraw(&mut tx, practice_id, &whole.post.id, now).await?;
    people::wish(
        database,
        &mut tx,
        &desk.networks,
        practice_id,
        std::slice::from_ref(&whole.post.id),
        wish,
        desk.ground.clock.now(),
    )
    .await?;
    signed_in.record(&desk.ground, &mut tx, action, id, json!({})).await?;
    tx.commit().await?;
    desk.bell.notify_one();
    Ok(SeeOther::to(format!("/posts/{id}")).saying(Flash::done(words)))
}
