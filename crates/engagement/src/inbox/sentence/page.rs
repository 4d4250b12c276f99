//! The page of the switch: what the 911 sentence does and does not do, and for an owner the switch.

use askama::Template;
use axum::{Router, extract::State, routing::get, routing::post};
use bedside_practice::{SignedIn, members};
use bedside_publishing::Desk;
use bedside_web::{Answer, Flash, Html, Posted, SeeOther, StaffShell, ui};
use serde::Deserialize;
use serde_json::Value;

use super::store;
use crate::inbox::{playbook, view};

/// The routes of the switch.
pub(in crate::inbox) fn routes() -> Router<Desk> {
    Router::new().route("/inbox/sentence", get(show).post(switch_on)).route("/inbox/sentence/end", post(switch_off))
}

#[derive(Template)]
#[template(path = "inbox/views/sentence.html")]
struct Page {
    shell: StaffShell,
    /// Since when and by whom it is on.
    on: Option<String>,
    is_owner: bool,
    english: &'static str,
    spanish: &'static str,
    /// The networks on which it speaks.
    networks: String,
}

#[derive(Deserialize)]
struct Nothing {}

async fn show(State(desk): State<Desk>, signed_in: SignedIn, shell: StaffShell) -> Answer<Html<Page>> {
    let (database, practice) = (&desk.ground.database, &signed_in.practice);
    let on = match store::switch(database, &practice.id).await? {
        Some(switch) => {
            let name = members::name(database, &practice.id, &switch.switched_on_by).await?;
            let when = view::when(practice, switch.switched_on_at, desk.ground.now()).replace("Yesterday", "yesterday");
            Some(format!("since {when}, by {name}"))
        }
        None => None,
    };
    let networks = desk.networks.iter().map(|network| network.capabilities()).filter(|network| network.reads);
    Ok(Html(Page {
        shell,
        on,
        is_owner: signed_in.member.rights.owner,
        english: playbook::emergency(false),
        spanish: playbook::emergency(true),
        networks: networks.map(|network| network.name).collect::<Vec<_>>().join(", "),
    }))
}

async fn switch_on(State(desk): State<Desk>, signed_in: SignedIn, _: Posted<Nothing>) -> Answer<SeeOther> {
    signed_in.must_own()?;
    let (ground, practice_id) = (&desk.ground, &signed_in.practice.id);
    let mut tx = ground.database.begin_write().await?;
    if store::switch_on(&mut tx, practice_id, &signed_in.member.id, ground.now()).await? {
        signed_in.record(ground, &mut tx, "sentence.switched_on", practice_id, Value::Null).await?;
        tx.commit().await?;
    }
    Ok(SeeOther::to("/inbox/sentence").saying(Flash::done("The 911 sentence is on.")))
}

async fn switch_off(State(desk): State<Desk>, signed_in: SignedIn, _: Posted<Nothing>) -> Answer<SeeOther> {
    signed_in.must_own()?;
    let (ground, practice_id) = (&desk.ground, &signed_in.practice.id);
    let mut tx = ground.database.begin_write().await?;
    if store::switch_off(&mut tx, practice_id).await? {
        signed_in.record(ground, &mut tx, "sentence.switched_off", practice_id, Value::Null).await?;
        tx.commit().await?;
    }
    Ok(SeeOther::to("/inbox/sentence").saying(Flash::done("The 911 sentence is off. People answer.")))
}
