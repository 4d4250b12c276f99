//! The one switch that pauses everything.

use askama::Template;
use axum::extract::State as Desked;
use bedside_practice::SignedIn;
use bedside_web::{Answer, Flash, Html, Lang, Posted, SeeOther, StaffShell, dates};
use serde::Deserialize;
use serde_json::json;

use crate::{
    delivery::{pauses, people},
    desk::Desk,
    posts,
};

#[derive(Template)]
#[template(path = "delivery/views/pause.html")]
pub(super) struct PausePage {
    shell: StaffShell,
    held: Vec<(String, String, String)>,
}

/// The page: what a pause holds back.
pub(super) async fn show(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
) -> Answer<Html<PausePage>> {
    let (database, practice) = (&desk.ground.database, &signed_in.practice);
    let mut held = Vec::new();
    for row in people::held(database, &practice.id).await? {
        let Some(post) = posts::store::find(database, &practice.id, &row.post_id).await? else { continue };
        let network =
            desk.networks.get(&row.network).map_or("a network", |network| network.capabilities_for(&row.server).name);
        let due = dates::date_and_hour(Lang::En, practice.local(row.delivery.due_at.as_microsecond()).datetime());
        held.push((post.name(), due, network.to_owned()));
    }
    Ok(Html(PausePage { shell, held }))
}

#[derive(Deserialize)]
pub(super) struct Reason {
    #[serde(default)]
    reason: String,
}

/// Pauses everything.
pub(super) async fn begin(Desked(desk): Desked<Desk>, signed_in: SignedIn, posted: Posted<Reason>) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let (practice_id, member_id) = (&signed_in.practice.id, &signed_in.member.id);
    let reason: String = posted.form.reason.trim().chars().take(200).collect();
    let mut tx = desk.ground.database.begin_write().await?;
    if pauses::begin(&desk.ground, &mut tx, practice_id, member_id, &reason).await? {
        signed_in.record(&desk.ground, &mut tx, "practice.paused", practice_id, json!({})).await?;
    }
    tx.commit().await?;
    Ok(SeeOther::to("/pause")
        .saying(Flash::done("Everything is paused. Nothing goes out until somebody ends the pause.")))
}

/// Ends the pause.
pub(super) async fn end(Desked(desk): Desked<Desk>, signed_in: SignedIn, _: Posted<Reason>) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let (practice_id, member_id) = (&signed_in.practice.id, &signed_in.member.id);
    let mut tx = desk.ground.database.begin_write().await?;
    if pauses::end(&desk.ground, &mut tx, practice_id, member_id).await? {
        signed_in.record(&desk.ground, &mut tx, "practice.resumed", practice_id, json!({})).await?;
    }
    tx.commit().await?;
    desk.bell.notify_one();
    Ok(SeeOther::to("/rounds").saying(Flash::done(
        "The pause is over. What was missed meanwhile waits for you; nothing goes out in a burst.",
    )))
}
