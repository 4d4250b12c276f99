//! Connecting an account: one form for each way.

use askama::Template;
use axum::{
    extract::{Query, State as Desked},
    response::{IntoResponse, Response},
};
use bedside_practice::SignedIn;
use bedside_web::{Answer, Failure, Flash, Html, Mistakes, PlainShell, Posted, SeeOther, StaffShell, answer::mistaken};
use serde_json::json;

use super::{Typed, page};
use crate::{
    accounts::{AccountError, Mistake, NewAccount, connecting, store},
    desk::Desk,
    networks::{
        bluesky, by_hand,
        mastodon::{
            self,
            connect::{ConnectingSecret, Returned},
        },
    },
};

/// A page of our own on the way to a server: browsers apply the policy for forms (`form-action`) to redirects that
/// answer a form, and that policy names no server but ours.
#[derive(Template)]
#[template(path = "accounts/views/over_there.html")]
struct OverThere {
    shell: PlainShell,
    server: String,
    address: String,
}

/// With handle and app password.
pub(super) async fn bluesky(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    posted: Posted<Typed>,
) -> Answer<Response> {
    signed_in.must_own()?;
    let typed = posted.form;
    let form = bluesky::connect::Form {
        server: typed.bluesky_server.clone(),
        handle: typed.bluesky_handle.clone(),
        password: typed.bluesky_password.clone(),
    };
    match bluesky::connect::connect(&desk.ground, &form).await {
        Ok(new) => connected(&desk, &signed_in, &new).await,
        Err(mistake) => come_back(&desk, &signed_in, shell, typed, "bluesky_", mistake).await,
    }
}

/// The first half: the person is sent to the server to agree.
pub(super) async fn mastodon(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    plain: PlainShell,
    posted: Posted<Typed>,
) -> Answer<Response> {
    signed_in.must_own()?;
    let typed = posted.form;
    let secret = match mastodon::connect::begin(&desk.ground, &typed.mastodon_server).await {
        Ok(secret) => secret,
        Err(mistake) => return come_back(&desk, &signed_in, shell, typed, "mastodon_", mistake).await,
    };
    let (practice_id, member_id) = (&signed_in.practice.id, &signed_in.member.id);
    let mut tx = desk.ground.database.begin_write().await?;
    let state = connecting::begin(&desk.ground, &mut tx, practice_id, member_id, "mastodon", &secret.server, &secret)
        .await
        .map_err(failure)?;
    tx.commit().await?;
    let server = secret.server.split_once("://").map_or(secret.server.as_str(), |(_, host)| host).to_owned();
    Ok(Html(OverThere { shell: plain, server, address: secret.authorize_url(&state) }).into_response())
}

/// The second half: the person is back with a code.
pub(super) async fn mastodon_returned(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Query(returned): Query<Returned>,
) -> Answer<Response> {
    signed_in.must_own()?;
    let state = returned.state.clone().unwrap_or_default();
    let mut tx = desk.ground.database.begin_write().await?;
    let journey = connecting::take::<ConnectingSecret>(
        &desk.ground,
        &mut tx,
        &signed_in.practice.id,
        &signed_in.member.id,
        &state,
    )
    .await
    .map_err(failure)?;
    tx.commit().await?;
    let outcome = match journey {
        Some(journey) => mastodon::connect::finish(&desk.ground, &journey.secret, &returned).await,
        None => Err(mastodon::connect::not_begun_here()),
    };
    match outcome {
        Ok(new) => connected(&desk, &signed_in, &new).await,
        Err(mistake) => come_back(&desk, &signed_in, shell, Typed::default(), "mastodon_", mistake).await,
    }
}

/// A place where a person posts.
pub(super) async fn by_hand(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    posted: Posted<Typed>,
) -> Answer<Response> {
    signed_in.must_own()?;
    let typed = posted.form;
    match by_hand::connect::account(&typed.platform, &typed.by_hand_name) {
        Ok(new) => connected(&desk, &signed_in, &new).await,
        Err(mistake) => come_back(&desk, &signed_in, shell, typed, "by_hand_", mistake).await,
    }
}

async fn connected(desk: &Desk, signed_in: &SignedIn, new: &NewAccount) -> Answer<Response> {
    let mut tx = desk.ground.database.begin_write().await?;
    let id = store::keep(&desk.ground, &mut tx, &signed_in.practice.id, new).await.map_err(failure)?;
    signed_in.record(&desk.ground, &mut tx, "account.connected", &id, json!({ "network": new.network })).await?;
    tx.commit().await?;
    // What waited for this account goes on.
    desk.bell.notify_one();
    Ok(SeeOther::to("/accounts").saying(Flash::done(format!("{} is connected.", new.handle))).into_response())
}

async fn come_back(
    desk: &Desk,
    signed_in: &SignedIn,
    shell: StaffShell,
    typed: Typed,
    prefix: &str,
    mistake: Mistake,
) -> Answer<Response> {
    tracing::info!("an account was not connected: {}", mistake.log);
    let mut mistakes = Mistakes::default();
    mistakes.add(format!("{prefix}{}", mistake.field), mistake.person);
    let page = page(desk, signed_in, shell, typed, mistakes).await?;
    Ok(mistaken(page))
}

fn failure(error: AccountError) -> Failure {
    match error {
        AccountError::Database(error) => error.into(),
        other => Failure::internal(other.to_string()),
    }
}
