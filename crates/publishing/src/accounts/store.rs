//! Every query of accounts. The practice comes first in each. What writes takes the caller's transaction, so
//! that the engine can settle many things in one commit.

use bedside_platform::{Ground, database::DatabaseError};
use sqlx::AnyConnection;

use super::{Account, AccountError, NewAccount, State, limits_to_store, owner};

/// The columns of an [`Account`]: everything but the secret.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT practice_id, id, network, server, handle, display_name, remote_id, state, state_text, \
             state_since, token_ends_at, checked_at, limits, held_until, read_cursor, read_at, created_at, removed_at \
             FROM accounts WHERE practice_id = $1 ",
            $rest
        )
    };
}

/// The accounts of a practice that were not removed, the oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(ground: &Ground, practice_id: &str) -> Result<Vec<Account>, DatabaseError> {
    Ok(sqlx::query_as(select!("AND removed_at IS NULL ORDER BY created_at, id"))
        .bind(practice_id)
        .fetch_all(ground.database.read())
        .await?)
}

/// One account, also a removed one.
///
/// # Errors
/// When the database refuses.
pub async fn find(ground: &Ground, practice_id: &str, id: &str) -> Result<Option<Account>, DatabaseError> {
    Ok(sqlx::query_as(select!("AND id = $2")).bind(practice_id).bind(id).fetch_optional(ground.database.read()).await?)
}

/// Keeps a freshly connected account and returns its id. An account that the practice has, or once had and
/// removed, is connected again under its old id: what it published still belongs to it.
///
/// # Errors
/// When the database refuses.
pub async fn keep(
    ground: &Ground,
    tx: &mut AnyConnection,
    practice_id: &str,
    new: &NewAccount,
) -> Result<String, AccountError> {
    let known = known(ground, tx, practice_id, new).await?;
    let id = known.clone().unwrap_or_else(|| ground.new_id());
    let sealed = seal(ground, &id, new.secret.as_ref())?;
    let sql = if known.is_some() {
        "UPDATE accounts SET server = $3, handle = $4, display_name = $5, remote_id = $6, secret = $7, \
         token_ends_at = $8, state = $9, state_text = '', state_since = $10, checked_at = $10, limits = $11, held_until = 0, \
         renewing_until = NULL, removed_at = NULL \
         WHERE practice_id = $1 AND id = $2"
    } else {
        "INSERT INTO accounts (practice_id, id, server, handle, display_name, remote_id, secret, token_ends_at, \
         state, state_text, state_since, checked_at, limits, held_until, read_cursor, created_at, network) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10, $10, $11, 0, '', $10, $12)"
    };
    let query = sqlx::query(sql)
        .bind(practice_id)
        .bind(&id)
        .bind(&new.server)
        .bind(&new.handle)
        .bind(&new.display_name)
        .bind(&new.remote_id)
        .bind(sealed)
        .bind(new.token_ends_at)
        .bind(State::Works.as_str())
        .bind(ground.now())
        .bind(limits_to_store(new.limits));
    let query = if known.is_some() { query } else { query.bind(new.network) };
    query.execute(tx).await?;
    Ok(id)
}

/// The id under which the practice already has this account. A DID names an account wherever it lives; other
/// ids only mean something on their server.
async fn known(
    ground: &Ground,
    tx: &mut AnyConnection,
    practice_id: &str,
    new: &NewAccount,
) -> Result<Option<String>, sqlx::Error> {
    if new.remote_id.is_empty() {
        return Ok(None);
    }
    let select = ground.database.locked(
        "SELECT id FROM accounts WHERE practice_id = $1 AND network = $2 AND remote_id = $3 \
         AND (server = $4 OR remote_id LIKE 'did:%')",
    );
    sqlx::query_scalar(select)
        .bind(practice_id)
        .bind(new.network)
        .bind(&new.remote_id)
        .bind(&new.server)
        .fetch_optional(tx)
        .await
}

fn seal(ground: &Ground, id: &str, secret: Option<&serde_json::Value>) -> Result<Option<Vec<u8>>, AccountError> {
    let Some(secret) = secret else { return Ok(None) };
    let json = serde_json::to_vec(secret).map_err(|_| AccountError::NoSecret)?;
    Ok(Some(ground.vault.seal(&owner(id), &json, ground.chance.as_ref())))
}

/// Removes an account: the secret is wiped, the row stays. Returns whether there was one to remove.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &mut AnyConnection, practice_id: &str, id: &str, now: i64) -> Result<bool, DatabaseError> {
    let done = sqlx::query(
        "UPDATE accounts SET removed_at = $3, secret = NULL, token_ends_at = NULL, renewing_until = NULL, \
         state = 'off', state_text = '', state_since = $3 \
         WHERE practice_id = $1 AND id = $2 AND removed_at IS NULL",
    )
    .bind(practice_id)
    .bind(id)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets how an account stands, with a sentence for the person. "Since" moves only when the state changes.
/// An account that was switched off or removed stays so: a late answer from the network does not wake it.
///
/// # Errors
/// When the database refuses.
pub async fn set_state(
    tx: &mut AnyConnection,
    practice_id: &str,
    id: &str,
    state: State,
    person: &str,
    now: i64,
) -> Result<(), DatabaseError> {
    sqlx::query(
        "UPDATE accounts SET state_since = CASE WHEN state = $3 THEN state_since ELSE $5 END, \
         state = $3, state_text = $4 \
         WHERE practice_id = $1 AND id = $2 AND removed_at IS NULL AND state <> 'off'",
    )
    .bind(practice_id)
    .bind(id)
    .bind(state.as_str())
    .bind(person)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Switches an account off, or on again. Returns whether anything changed.
///
/// # Errors
/// When the database refuses.
pub async fn switch(
    tx: &mut AnyConnection,
    practice_id: &str,
    id: &str,
    on: bool,
    now: i64,
) -> Result<bool, DatabaseError> {
    let (from, to) = if on { ("off", State::Works) } else { ("on", State::Off) };
    let done = sqlx::query(
        "UPDATE accounts SET state = $3, state_text = '', state_since = $4 \
         WHERE practice_id = $1 AND id = $2 AND removed_at IS NULL \
         AND CASE WHEN state = 'off' THEN 'off' ELSE 'on' END = $5",
    )
    .bind(practice_id)
    .bind(id)
    .bind(to.as_str())
    .bind(now)
    .bind(from)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Holds everything for this account until `until` (microseconds UTC). A later hold stands.
///
/// # Errors
/// When the database refuses.
pub async fn hold(tx: &mut AnyConnection, practice_id: &str, id: &str, until: i64) -> Result<(), DatabaseError> {
    sqlx::query("UPDATE accounts SET held_until = $3 WHERE practice_id = $1 AND id = $2 AND held_until < $3")
        .bind(practice_id)
        .bind(id)
        .bind(until)
        .execute(tx)
        .await?;
    Ok(())
}

/// Notes where reading goes on next time.
///
/// # Errors
/// When the database refuses.
pub async fn note_reading(
    tx: &mut AnyConnection,
    practice_id: &str,
    id: &str,
    cursor: &str,
    now: i64,
) -> Result<(), DatabaseError> {
    sqlx::query("UPDATE accounts SET read_cursor = $3, read_at = $4 WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(id)
        .bind(cursor)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// Notes what a test of the account found.
///
/// # Errors
/// When the database refuses.
pub async fn note_check(
    tx: &mut AnyConnection,
    practice_id: &str,
    id: &str,
    health: &crate::networks::Health,
    now: i64,
) -> Result<(), DatabaseError> {
    sqlx::query(
        "UPDATE accounts SET handle = $3, display_name = $4, token_ends_at = $5, checked_at = $6 \
         WHERE practice_id = $1 AND id = $2 AND removed_at IS NULL",
    )
    .bind(practice_id)
    .bind(id)
    .bind(&health.handle)
    .bind(&health.display_name)
    .bind(health.token_ends_at.map(jiff::Timestamp::as_microsecond))
    .bind(now)
    .execute(&mut *tx)
    .await?;
    set_state(tx, practice_id, id, State::Works, "", now).await
}
