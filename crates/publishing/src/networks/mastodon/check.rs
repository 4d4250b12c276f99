//! Testing an account without publishing: who does the server say we are, and what does it allow?

use bedside_platform::door::Request;

use super::{
    address::handle,
    call::{Caller, no_reply},
    connect::read_instance,
    limits,
    plain::cut,
    wire::{Account, Notification},
};
use crate::{
    accounts::connection::refused,
    networks::{Connection, Health, Next, Refusal},
};

/// Tests an account.
pub(super) async fn check(with: &Connection) -> Result<Health, Refusal> {
    let caller = Caller::of(with)?;
    let reply = caller.send(Request::get(caller.at("/api/v1/accounts/verify_credentials"))).await;
    let reply = reply.map_err(|error| no_reply(&error))?;
    let account: Account = caller.json_of(&reply).map_err(|refusal| match refusal.status {
        // snac says 422 to a token that it does not know.
        Some(422) => Refusal {
            person: "The server no longer lets Bedside use this account. Connect the account again.".into(),
            next: Next::Reconnect,
            ..refusal
        },
        _ => refusal,
    })?;
    let handle = cut(&handle(&account.acct, &with.server), 320);
    let mut works = vec![format!("Signed in as @{handle}.")];
    let (_, instance) = read_instance(&with.ground, &with.server).await?;
    // It may have changed them since the account was connected.
    let limits = limits::said_by(&instance);
    with.note_limits(limits).await.map_err(refused)?;
    works.push(format!(
        "The server takes {} characters, {} pictures and picture descriptions of {} characters.",
        limits.characters, limits.pictures, limits.alt
    ));
    caller.get::<Vec<Notification>>("/api/v1/notifications", &[("limit", "1")]).await?;
    works.push("Replies, mentions and favourites can be read.".to_owned());
    let display_name = if account.display_name.is_empty() { &account.username } else { &account.display_name };
    Ok(Health { works, token_ends_at: None, display_name: cut(display_name, 200), handle })
}
