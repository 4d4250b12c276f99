//! An account opened for calls: where it is, who it is, and its secret.
//!
//! Tokens that can be used once only (the refresh tokens of Bluesky) are renewed through [`Connection::renew`]:
//! tasks of one process wait for each other, processes see each other by a lease in the account's row, and
//! whoever comes second takes what the first one brought home. The row is not locked while the network is
//! asked: on SQLite that would hold up every writer.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, LazyLock, Mutex, PoisonError, Weak},
};

use bedside_platform::Ground;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::Row;

use super::{AccountError, limits_from, limits_to_store, owner};
use crate::networks::{Limits, Next, Refusal};

/// How long one worker may take to renew a token before another may try, in microseconds. Longer than the
/// calls inside, so it only ends early for a worker that died.
const RENEWAL_LEASE: i64 = 90_000_000;

/// An account as a network needs it for a call.
pub struct Connection {
    /// The practice.
    pub practice_id: String,
    /// Our id of the account.
    pub account_id: String,
    /// The network's word.
    pub network: String,
    /// Origin of the server, without a slash at the end.
    pub server: String,
    /// The handle, without `@`.
    pub handle: String,
    /// The network's id of the account.
    pub remote_id: String,
    /// Clock, chance, door and files for the call.
    pub ground: Ground,
    /// What the server allows, as far as it was asked.
    limits: Mutex<Option<Limits>>,
    /// The opened secret as JSON, as this connection last saw it.
    secret: Mutex<Option<Vec<u8>>>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("account_id", &self.account_id).finish_non_exhaustive()
    }
}

/// Opens an account of a practice.
///
/// # Errors
/// When it is not there or was removed, when its secret does not open, or when the database refuses.
pub async fn connection(ground: &Ground, practice_id: &str, account_id: &str) -> Result<Connection, AccountError> {
    let row = sqlx::query(
        "SELECT network, server, handle, remote_id, limits, secret FROM accounts \
         WHERE practice_id = $1 AND id = $2 AND removed_at IS NULL",
    )
    .bind(practice_id)
    .bind(account_id)
    .fetch_optional(ground.database.read())
    .await?
    .ok_or(AccountError::Gone)?;
    Ok(Connection {
        practice_id: practice_id.to_owned(),
        account_id: account_id.to_owned(),
        network: row.try_get("network")?,
        server: row.try_get("server")?,
        handle: row.try_get("handle")?,
        remote_id: row.try_get("remote_id")?,
        limits: Mutex::new(limits_from(row.try_get("limits")?)),
        secret: Mutex::new(opened(ground, account_id, row.try_get("secret")?)?),
        ground: ground.clone(),
    })
}

fn opened(ground: &Ground, account_id: &str, sealed: Option<Vec<u8>>) -> Result<Option<Vec<u8>>, AccountError> {
    sealed.map(|sealed| Ok(ground.vault.open(&owner(account_id), &sealed)?)).transpose()
}

impl Connection {
    /// The secret in the network's own form.
    ///
    /// # Errors
    /// When there is none, or it has another form.
    pub fn secret<T: DeserializeOwned>(&self) -> Result<T, AccountError> {
        let secret = self.secret.lock().unwrap_or_else(PoisonError::into_inner);
        let json = secret.as_ref().ok_or(AccountError::NoSecret)?;
        serde_json::from_slice(json).map_err(|_| AccountError::NoSecret)
    }

    /// What the server allows; `None` where servers do not differ, or while it was not asked.
    pub fn limits(&self) -> Option<Limits> {
        *self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what the server says it allows now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_limits(&self, limits: Limits) -> Result<(), AccountError> {
        let before = self.limits.lock().unwrap_or_else(PoisonError::into_inner).replace(limits);
        if before == Some(limits) {
            return Ok(());
        }
        let mut tx = self.ground.database.begin_write().await?;
        sqlx::query("UPDATE accounts SET limits = $3 WHERE practice_id = $1 AND id = $2")
            .bind(&self.practice_id)
            .bind(&self.account_id)
            .bind(limits_to_store(Some(limits)))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Seals a renewed secret and stores it at once, before anything else happens with it.
    ///
    /// # Errors
    /// When the account was removed meanwhile, or the database refuses. This connection goes on with the new
    /// secret all the same: the old one may be worth nothing any more.
    pub async fn save<T: Serialize>(&self, secret: &T) -> Result<(), AccountError> {
        let json = serde_json::to_vec(secret).map_err(|_| AccountError::NoSecret)?;
        let sealed = self.ground.vault.seal(&owner(&self.account_id), &json, self.ground.chance.as_ref());
        *self.secret.lock().unwrap_or_else(PoisonError::into_inner) = Some(json);
        let mut tx = self.ground.database.begin_write().await?;
        let done = sqlx::query(
            "UPDATE accounts SET secret = $3, renewing_until = NULL \
             WHERE practice_id = $1 AND id = $2 AND removed_at IS NULL",
        )
        .bind(&self.practice_id)
        .bind(&self.account_id)
        .bind(sealed)
        .execute(&mut *tx)
        .await?;
        tx.commit().await.map_err(AccountError::from)?;
        if done.rows_affected() == 0 { Err(AccountError::Gone) } else { Ok(()) }
    }

    /// Renews a secret that the network does not take any more. Only one worker at a time asks the network;
    /// when somebody else already renewed `stale`, theirs is returned. `ask` gets the newest stored secret and
    /// gives the renewed one, which is stored before it is used.
    ///
    /// # Errors
    /// What `ask` refused, or that another process is at it just now; nothing was sent then.
    pub async fn renew<T, F>(&self, stale: &T, ask: impl FnOnce(T) -> F) -> Result<T, Refusal>
    where
        T: Serialize + DeserializeOwned + PartialEq,
        F: Future<Output = Result<T, Refusal>>,
    {
        let turn = turn_of(&self.account_id);
        let _turn = turn.lock().await;
        let newest: T = self.stored().await.map_err(refused)?;
        if newest != *stale {
            return Ok(newest);
        }
        if !self.claim_renewal().await.map_err(refused)? {
            return Err(Refusal {
                log: "another worker renews the sign-in".to_owned(),
                person: "Bedside is renewing its sign-in to this account. It goes on by itself in a minute.".to_owned(),
                status: None,
                next: Next::TryLater,
            });
        }
        // Read again: another process may have renewed and let go between our look and our claim.
        let newest: T = self.stored().await.map_err(refused)?;
        let renewed = if newest == *stale { ask(newest).await } else { Ok(newest) };
        match renewed {
            Ok(renewed) => {
                self.save(&renewed).await.map_err(refused)?;
                Ok(renewed)
            }
            Err(refusal) => {
                self.release_renewal().await.map_err(refused)?;
                Err(refusal)
            }
        }
    }

    /// The secret as it stands in the database now.
    async fn stored<T: DeserializeOwned>(&self) -> Result<T, AccountError> {
        let sealed: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT secret FROM accounts WHERE practice_id = $1 AND id = $2 AND removed_at IS NULL")
                .bind(&self.practice_id)
                .bind(&self.account_id)
                .fetch_optional(self.ground.database.read())
                .await?
                .ok_or(AccountError::Gone)?;
        *self.secret.lock().unwrap_or_else(PoisonError::into_inner) = opened(&self.ground, &self.account_id, sealed)?;
        self.secret()
    }

    async fn claim_renewal(&self) -> Result<bool, AccountError> {
        let now = self.ground.now();
        let mut tx = self.ground.database.begin_write().await?;
        let done = sqlx::query(
            "UPDATE accounts SET renewing_until = $3 WHERE practice_id = $1 AND id = $2 AND removed_at IS NULL \
             AND (renewing_until IS NULL OR renewing_until < $4)",
        )
        .bind(&self.practice_id)
        .bind(&self.account_id)
        .bind(now + RENEWAL_LEASE)
        .bind(now)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    async fn release_renewal(&self) -> Result<(), AccountError> {
        let mut tx = self.ground.database.begin_write().await?;
        sqlx::query("UPDATE accounts SET renewing_until = NULL WHERE practice_id = $1 AND id = $2")
            .bind(&self.practice_id)
            .bind(&self.account_id)
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }
}

/// What follows when an account's secret cannot be read or stored.
pub fn refused(error: AccountError) -> Refusal {
    let (person, next) = match &error {
        AccountError::Gone => ("This account was removed.", Next::GiveUp),
        AccountError::NoSecret | AccountError::Unopened(_) => {
            ("Bedside cannot open its sign-in to this account. Connect the account again.", Next::Reconnect)
        }
        AccountError::Database(_) => ("Bedside could not reach its own database. It tries again.", Next::TryLater),
    };
    Refusal { log: format!("account: {error}"), person: person.to_owned(), status: None, next }
}

type Turn = Arc<tokio::sync::Mutex<()>>;

/// The turns of this process, by account id. An entry lives as long as somebody waits for it.
static TURNS: LazyLock<Mutex<HashMap<String, Weak<tokio::sync::Mutex<()>>>>> = LazyLock::new(Mutex::default);

fn turn_of(account_id: &str) -> Turn {
    let mut turns = TURNS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(turn) = turns.get(account_id).and_then(Weak::upgrade) {
        return turn;
    }
    turns.retain(|_, turn| turn.strong_count() > 0);
    let turn = Turn::default();
    turns.insert(account_id.to_owned(), Arc::downgrade(&turn));
    turn
}
