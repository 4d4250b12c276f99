//! The one-time links that set a practice up, and what was typed behind each so far.

use bedside_platform::{Ground, chance, database::DatabaseError};
use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction};

use super::form::TypedSetUp;

/// How long a link works, in microseconds (3 days).
pub const LINK_MICROS: i64 = 3 * 24 * 3_600_000_000;

/// Makes a link when the installation has no practice yet. Only the newest one works.
///
/// # Errors
/// When the database refuses.
pub async fn new_link_if_empty(ground: &Ground) -> Result<Option<String>, DatabaseError> {
    if is_empty(ground).await? { first_link(ground).await.map(Some) } else { Ok(None) }
}

/// Makes a link: for the first practice while there is none, else for one more. Links for further practices stand side
/// by side and know nothing of each other, because different people hold them.
///
/// # Errors
/// When the database refuses.
pub async fn new_link(ground: &Ground) -> Result<String, DatabaseError> {
    if is_empty(ground).await? {
        return first_link(ground).await;
    }
    let mut tx = ground.database.begin_write().await?;
    let link = add(ground, &mut tx, "{}").await?;
    tx.commit().await?;
    Ok(link)
}

async fn is_empty(ground: &Ground) -> Result<bool, DatabaseError> {
    let practices: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM practices").fetch_one(ground.database.read()).await?;
    Ok(practices == 0)
}

/// The same person asks again, so what was typed behind the older link is taken over and that link ends.
async fn first_link(ground: &Ground) -> Result<String, DatabaseError> {
    let mut tx = ground.database.begin_write().await?;
    let draft: Option<String> =
        sqlx::query_scalar("SELECT draft FROM set_up_links WHERE used_at IS NULL ORDER BY created_at DESC LIMIT 1")
            .fetch_optional(&mut *tx)
            .await?;
    sqlx::query("DELETE FROM set_up_links WHERE used_at IS NULL").execute(&mut *tx).await?;
    let link = add(ground, &mut tx, draft.as_deref().unwrap_or("{}")).await?;
    tx.commit().await?;
    Ok(link)
}

/// Writes a link, and clears away those that ended without being used, with what was typed behind them.
async fn add(ground: &Ground, tx: &mut Transaction<'static, Any>, draft: &str) -> Result<String, sqlx::Error> {
    let (token, now) = (chance::token(ground.chance.as_ref()), ground.now());
    sqlx::query("DELETE FROM set_up_links WHERE used_at IS NULL AND ends_at <= $1")
        .bind(now)
        .execute(&mut **tx)
        .await?;
    sqlx::query("INSERT INTO set_up_links (token_hash, draft, created_at, ends_at) VALUES ($1, $2, $3, $4)")
        .bind(hash(&token))
        .bind(draft)
        .bind(now)
        .bind(now + LINK_MICROS)
        .execute(&mut **tx)
        .await?;
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
