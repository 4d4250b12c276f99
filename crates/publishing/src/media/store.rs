//! Every query of pictures. Practice id first.

use bedside_platform::database::{Database, DatabaseError};
use sqlx::Row;

use super::picture::Ready;
use crate::posts::whole::Attached;

/// Adds the row of a picture whose bytes are kept already.
///
/// # Errors
/// When the database refuses.
pub async fn add(
    database: &Database,
    practice_id: &str,
    id: &str,
    hash: &str,
    ready: &Ready,
    now: i64,
) -> Result<(), DatabaseError> {
    let mut tx = database.begin_write().await?;
    sqlx::query("INSERT INTO media (practice_id, id, hash, mime, width, height, bytes, people, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8)")
        .bind(practice_id)
        .bind(id)
        .bind(hash)
        .bind(ready.mime)
        .bind(i64::from(ready.width))
        .bind(i64::from(ready.height))
        .bind(i64::try_from(ready.bytes.len()).unwrap_or(i64::MAX))
        .bind(now)
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit().await?)
}

/// Hash and media type of a picture.
///
/// # Errors
/// When the database refuses.
pub async fn find(database: &Database, practice_id: &str, id: &str) -> Result<Option<(String, String)>, DatabaseError> {
    let row = sqlx::query("SELECT hash, mime FROM media WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(id)
        .fetch_optional(database.read())
        .await?;
    Ok(row.map(|row| Ok::<_, sqlx::Error>((row.try_get(0)?, row.try_get(1)?))).transpose()?)
}

/// Notes who is in a picture: `none`, `team`, `model` or `authorization`.
///
/// # Errors
/// When the database refuses.
pub async fn note_people(
    tx: &mut sqlx::Transaction<'static, sqlx::Any>,
    practice_id: &str,
    id: &str,
    people: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE media SET people = $3 WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(id)
        .bind(people)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A picture as a post carries it, with an alt text still to be given.
///
/// # Errors
/// When the database refuses.
pub async fn attached(database: &Database, practice_id: &str, id: &str) -> Result<Option<Attached>, DatabaseError> {
    let row = sqlx::query(
        "SELECT id, hash, mime, width, height, bytes, people, '' AS alt FROM media WHERE practice_id = $1 AND id = $2",
    )
    .bind(practice_id)
    .bind(id)
    .fetch_optional(database.read())
    .await?;
    Ok(row.as_ref().map(Attached::from_row).transpose()?)
}
