//! The reader: asks every network for what came in, every two minutes and whenever somebody rings.
//!
//! Each account is read on its own: one that is broken says so on the accounts page and holds up nobody. The turn to
//! read is taken in the database, so two processes never ask for one account at once; and since a message is kept once
//! whatever happens, a process that dies while reading loses nothing: the cursor moves with the messages, in one commit.

use std::sync::Arc;

use bedside_platform::database::DatabaseError;
use bedside_practice::practice;
use futures_util::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, watch};

use super::{Message, Sorter, numbers, store};
use crate::{
    Desk,
    accounts::{self, Account, State},
    networks::{Next, Reading, Refusal},
};

/// How often every account is read.
pub const EVERY: SignedDuration = SignedDuration::from_mins(2);
/// How soon after a reading somebody may ask for another one: no network is asked more often than that.
const AT_ONCE: SignedDuration = SignedDuration::from_secs(10);
/// Accounts read side by side.
const SIDE_BY_SIDE: usize = 4;
/// How old a message of ours may be to be counted.
const COUNTED: SignedDuration = SignedDuration::from_hours(24 * 35);
/// Most messages counted at one reading of an account.
const MOST_COUNTED: i64 = 50;
/// How long a message may wait for its post to be known.
const TIED_WITHIN: SignedDuration = SignedDuration::from_hours(48);

/// Reads until `stopped` says so.
pub async fn run(desk: Desk, sorter: Arc<dyn Sorter>, wake: Arc<Notify>, mut stopped: watch::Receiver<bool>) {
    let mut rung = false;
    while !*stopped.borrow() {
        let began = desk.ground.clock.now();
        let pause = if rung { AT_ONCE } else { EVERY };
        if let Err(error) = read_all(&desk, &sorter, began - pause).await {
            tracing::warn!("the inbox could not be read: {error}");
        }
        let clock = desk.ground.clock.clone();
        rung = tokio::select! {
            () = clock.wait_until(began + EVERY) => false,
            () = wake.notified() => true,
            _ = stopped.wait_for(|stop| *stop) => break,
        };
    }
}

/// Reads every account of every practice that nobody has read after `before`.
///
/// # Errors
/// When the database refuses. What a network refuses is noted at its account.
pub async fn read_all(desk: &Desk, sorter: &Arc<dyn Sorter>, before: Timestamp) -> Result<(), DatabaseError> {
    let mut accounts = Vec::new();
    for practice in practice::all(&desk.ground.database).await? {
        accounts.extend(accounts::store::list(&desk.ground, &practice.id).await?);
    }
    let readable = accounts.into_iter().filter(|account| {
        account.state.is_usable() && desk.capabilities(account).is_some_and(|capabilities| capabilities.reads)
    });
    stream::iter(readable)
        .for_each_concurrent(SIDE_BY_SIDE, |account| async move {
            if let Err(error) = read(desk, sorter, &account, before).await {
                tracing::warn!(account = account.id, "an account could not be read: {error}");
            }
        })
        .await;
    Ok(())
}

/// Reads one account, unless somebody has after `before`.
///
/// # Errors
/// When the database refuses.
pub async fn read(
    desk: &Desk,
    sorter: &Arc<dyn Sorter>,
    account: &Account,
    before: Timestamp,
) -> Result<(), DatabaseError> {
    let ground = &desk.ground;
    let mut tx = ground.database.begin_write().await?;
    let is_our_turn =
        store::take_turn(&mut tx, &account.practice_id, &account.id, before.as_microsecond(), ground.now()).await?;
    tx.commit().await?;
    if !is_our_turn {
        return Ok(());
    }
    match ask(desk, account).await? {
        Ok(reading) => {
            for urgent in keep(desk, sorter.as_ref(), account, &reading).await? {
                sorter.urgent_arrived(desk, &urgent).await;
            }
            Ok(())
        }
        Err(refusal) => note_refusal(desk, account, &refusal).await,
    }
}

async fn ask(desk: &Desk, account: &Account) -> Result<Result<Reading, Refusal>, DatabaseError> {
    let Some(network) = desk.networks.get(&account.network) else { return Ok(Ok(Reading::default())) };
    let connection = match accounts::connection(&desk.ground, &account.practice_id, &account.id).await {
        Ok(connection) => connection,
        Err(accounts::AccountError::Database(error)) => return Err(error),
        Err(error) => return Ok(Err(unopened(&error))),
    };
    let since = (desk.ground.clock.now() - COUNTED).as_microsecond();
    let ours =
        numbers::published_since(&desk.ground.database, &account.practice_id, &account.id, since, MOST_COUNTED).await?;
    Ok(network.read(&connection, &account.read_cursor, &ours).await)
}

fn unopened(error: &accounts::AccountError) -> Refusal {
    Refusal {
        log: error.to_string(),
        person: "The stored sign-in of this account cannot be opened. Connect the account again.".to_owned(),
        status: None,
        next: Next::Reconnect,
    }
}

/// Keeps what was read, in one commit with the cursor. Gives the urgent messages that are new.
async fn keep(
    desk: &Desk,
    sorter: &dyn Sorter,
    account: &Account,
    reading: &Reading,
) -> Result<Vec<Message>, DatabaseError> {
    let (ground, now) = (&desk.ground, desk.ground.now());
    let owner = (account.practice_id.as_str(), account.id.as_str());
    let mut urgent = Vec::new();
    let mut tx = ground.database.begin_write().await?;
    for incoming in reading.messages.iter().filter(|incoming| !incoming.remote_id.is_empty()) {
        let sorted = sorter.sort(&incoming.text, &incoming.lang, incoming.kind.into());
        let kept = store::keep(&mut tx, owner, ground.new_id(), incoming, &sorted, now).await?;
        urgent.extend(kept.filter(|_| sorted.urgent.is_some()));
    }
    let since = (ground.clock.now() - TIED_WITHIN).as_microsecond();
    store::thread(&mut tx, owner.0, owner.1, since).await?;
    for counted in &reading.numbers {
        numbers::keep(&mut tx, owner.0, owner.1, counted, now).await?;
    }
    accounts::store::note_reading(&mut tx, owner.0, owner.1, &reading.cursor, now).await?;
    if account.state == State::Failing {
        accounts::store::set_state(&mut tx, owner.0, owner.1, State::Works, "", now).await?;
    }
    tx.commit().await?;
    let mut messages = Vec::new();
    for id in urgent {
        messages.extend(store::find(&ground.database, owner.0, &id).await?);
    }
    Ok(messages)
}

/// Says at the account what is wrong, so that a person sees it there.
async fn note_refusal(desk: &Desk, account: &Account, refusal: &Refusal) -> Result<(), DatabaseError> {
    tracing::info!(account = account.id, status = refusal.status, "reading was refused: {}", refusal.log);
    let (id, now) = ((account.practice_id.as_str(), account.id.as_str()), desk.ground.now());
    let mut tx = desk.ground.database.begin_write().await?;
    match refusal.next {
        Next::WaitUntil(until) => accounts::store::hold(&mut tx, id.0, id.1, until.as_microsecond()).await?,
        Next::Reconnect => {
            accounts::store::set_state(&mut tx, id.0, id.1, State::NeedsReconnect, &refusal.person, now).await?
        }
        Next::GiveUp | Next::TryLater => {
            accounts::store::set_state(&mut tx, id.0, id.1, State::Failing, &refusal.person, now).await?
        }
    }
    Ok(tx.commit().await?)
}
