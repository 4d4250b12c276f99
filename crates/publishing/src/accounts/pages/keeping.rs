//! What a person does with an account that is connected: test it now, switch it off and on, remove it.

use axum::extract::{Path, State as Desked};
use bedside_platform::database::DatabaseError;
use bedside_practice::SignedIn;
use bedside_web::{Answer, Failure, Flash, Posted, SeeOther};
use serde::Deserialize;
use serde_json::json;

use crate::{
    accounts::{Account, AccountError, State, connection, store},
    desk::Desk,
    networks::{Next, Settling},
};

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// Asks the network now whether the account works.
pub(super) async fn test_now(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Answer<SeeOther> {
    let account = the_account(&desk, &signed_in, &id).await?;
    let Some(network) = desk.networks.get(&account.network) else { return Err(Failure::not_found()) };
    let open = connection(&desk.ground, &signed_in.practice.id, &id).await;
    let (state, words, health) = match open {
        Ok(open) => match network.check(&open).await {
            Ok(health) => (State::Works, String::new(), Some(health)),
            Err(refusal) if refusal.next == Next::Reconnect => (State::NeedsReconnect, refusal.person, None),
            Err(refusal) => (State::Failing, refusal.person, None),
        },
        Err(AccountError::Database(error)) => return Err(error.into()),
        Err(_) => (State::NeedsReconnect, "Its sign-in cannot be opened. Connect it again.".to_owned(), None),
    };
    let now = desk.ground.now();
    let mut tx = desk.ground.database.begin_write().await?;
    store::set_state(&mut tx, &signed_in.practice.id, &id, state, &words, now).await?;
    if let Some(health) = &health {
        store::note_check(&mut tx, &signed_in.practice.id, &id, health, now).await?;
    }
    tx.commit().await?;
    let flash = match health {
        Some(health) => Flash::done(format!("{} works. {}", account.handle, health.works.join(" "))),
        None => Flash::look(words),
    };
    Ok(SeeOther::to("/accounts").saying(flash))
}

/// Off, or on again.
pub(super) async fn switch(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Answer<SeeOther> {
    signed_in.must_own()?;
    let account = the_account(&desk, &signed_in, &id).await?;
    let on = account.state == State::Off;
    let action = if on { "account.switched_on" } else { "account.switched_off" };
    let mut tx = desk.ground.database.begin_write().await?;
    store::switch(&mut tx, &signed_in.practice.id, &id, on, desk.ground.now()).await?;
    signed_in.record(&desk.ground, &mut tx, action, &id, json!({})).await?;
    tx.commit().await?;
    desk.bell.notify_one();
    let words = if on {
        "It is on again. What was missed meanwhile waits for you; nothing is sent late by itself."
    } else {
        "It is off. Nothing goes there until you switch it on."
    };
    Ok(SeeOther::to("/accounts").saying(Flash::done(words)))
}

/// Removes the account here; what is published stays.
pub(super) async fn remove(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Answer<SeeOther> {
    signed_in.must_own()?;
    let account = the_account(&desk, &signed_in, &id).await?;
    if desk.capabilities(&account).is_some_and(|network| network.settling == Settling::Ours) {
        return Ok(SeeOther::to("/accounts")
            .saying(Flash::look("The own page is always on. Choose for each post whether it goes there.")));
    }
    let mut tx = desk.ground.database.begin_write().await?;
    store::remove(&mut tx, &signed_in.practice.id, &id, desk.ground.now()).await?;
    signed_in.record(&desk.ground, &mut tx, "account.removed", &id, json!({ "network": account.network })).await?;
    tx.commit().await?;
    Ok(SeeOther::to("/accounts").saying(Flash::done(format!(
        "{} is removed and its sign-in is deleted here. What is published stays published; connect it again to go on.",
        account.handle
    ))))
}

async fn the_account(desk: &Desk, signed_in: &SignedIn, id: &str) -> Result<Account, Failure> {
    let found: Result<Option<Account>, DatabaseError> = store::find(&desk.ground, &signed_in.practice.id, id).await;
    found?.filter(|account| account.removed_at.is_none()).ok_or_else(Failure::not_found)
}
