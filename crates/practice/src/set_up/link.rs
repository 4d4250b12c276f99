//! The one-time link of the first run, and what was typed behind it so far.

use bedside_platform::{Ground, chance, database::DatabaseError};
use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction};

use super::form::TypedSetUp;

/// How long a link works, in microseconds (3 days).
pub const LINK_MICROS: i64 = 3 * 24 * 3_600_000_000;

/// Makes a link when the installation has no practice yet. Only the newest link works.
///
/// # Errors
/// When the database refuses.
pub async fn new_link_if_empty(ground: &Ground) -> Result<Option<String>, DatabaseError> {
    let practices: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM practices").fetch_one(ground.database.read()).await?;
    if practices > 0 { Ok(None) } else { new_link(ground).await.map(Some) }
}

/// Makes a link for one more practice. What was typed behind an unused older one is taken over.
///
/// # Errors
/// When the database refuses.
pub async fn new_link(ground: &Ground) -> Result<String, DatabaseError> {
    let (token, now) = (chance::token(ground.chance.as_ref()), ground.now());
    let mut tx = ground.database.begin_write().await?;
    let draft: Option<String> =
        sqlx::query_scalar("SELECT draft FROM set_up_links WHERE used_at IS NULL ORDER BY created_at DESC LIMIT 1")
            .fetch_optional(&mut *tx)
            .await?;
    sqlx::query("DELETE FROM set_up_links WHERE used_at IS NULL").execute(&mut *tx).await?;
    sqlx::query("INSERT INTO set_up_links (token_hash, draft, created_at, ends_at) VALUES ($1, $2, $3, $4)")
        .bind(hash(&token))
        .bind(draft.unwrap_or_else(|| "{}".to_owned()))
        .bind(now)
        .bind(now + LINK_MICROS)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(ground.settings.address(&format!("/set-up/{token}")))
}

/// What was typed behind a link that still works.
pub(super) async fn draft(ground: &Ground, token: &str) -> Result<Option<String>, DatabaseError> {
    let row = sqlx::query("SELECT draft FROM set_up_links WHERE token_hash = $1 AND used_at IS NULL AND ends_at > $2")
        .bind(hash(token))
        .bind(ground.now())
        .fetch_optional(ground.database.read())
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// Keeps what was typed, without passwords.
pub(super) async fn keep_draft(ground: &Ground, token: &str, typed: &TypedSetUp) -> Result<(), DatabaseError> {
    let mut tx = ground.database.begin_write().await?;
    sqlx::query("UPDATE set_up_links SET draft = $2 WHERE token_hash = $1 AND used_at IS NULL")
        .bind(hash(token))
        .bind(serde_json::to_string(typed).unwrap_or_default())
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit().await?)
}

/// Uses a link up. False when somebody was quicker. What was typed goes with it: it lives in its tables now.
pub(super) async fn use_up(tx: &mut Transaction<'static, Any>, token: &str, now: i64) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE set_up_links SET used_at = $2, draft = '{}' WHERE token_hash = $1 AND used_at IS NULL AND ends_at > $2",
    )
    .bind(hash(token))
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
