//! Every query of sources. Practice id first.

use bedside_platform::database::{Database, DatabaseError};
use sqlx::{Any, Transaction};

use super::Source;

/// Adds a source, or finds the one with the same address and claim, and gives its id.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut Transaction<'static, Any>, source: &Source, now: i64) -> Result<String, sqlx::Error> {
    let known: Option<String> = sqlx::query_scalar(
        "SELECT id FROM sources WHERE practice_id = $1 AND url = $2 AND claim = $3 ORDER BY id LIMIT 1",
    )
    .bind(&source.practice_id)
    .bind(&source.url)
    .bind(&source.claim)
    .fetch_optional(&mut **tx)
    .await?;
    if let Some(id) = known {
        return Ok(id);
    }
    sqlx::query("INSERT INTO sources (practice_id, id, url, title, publisher, claim, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(&source.practice_id)
        .bind(&source.id)
        .bind(&source.url)
        .bind(&source.title)
        .bind(&source.publisher)
        .bind(&source.claim)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    Ok(source.id.clone())
}

/// One source.
///
/// # Errors
/// When the database refuses.
pub async fn find(database: &Database, practice_id: &str, id: &str) -> Result<Option<Source>, DatabaseError> {
    Ok(sqlx::query_as("SELECT * FROM sources WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(id)
        .fetch_optional(database.read())
        .await?)
}

/// The practice's sources, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn all(database: &Database, practice_id: &str) -> Result<Vec<Source>, DatabaseError> {
    Ok(sqlx::query_as("SELECT * FROM sources WHERE practice_id = $1 ORDER BY created_at DESC, id DESC LIMIT 500")
        .bind(practice_id)
        .fetch_all(database.read())
        .await?)
}

/// Notes that a member opened the page.
///
/// # Errors
/// When the database refuses.
pub async fn note_opened(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    id: &str,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE sources SET opened_at = $3 WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(id)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ticks a source that was opened. False when nobody has opened it yet.
///
/// # Errors
/// When the database refuses.
pub async fn tick(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    id: &str,
    member_id: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("UPDATE sources SET checked_at = $3, checked_by = $4 WHERE practice_id = $1 AND id = $2 AND opened_at IS NOT NULL")
        .bind(practice_id)
        .bind(id)
        .bind(now)
        .bind(member_id)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}
