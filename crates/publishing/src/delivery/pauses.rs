//! The one switch that pauses everything of a practice. It is a row with who, when and why. What is held past its window
//! becomes missed when the pause ends, so that a person decides; it never goes out in a burst.

use bedside_platform::{
    Ground,
    database::{Database, DatabaseError},
};
use bedside_practice::Practice;
use sqlx::AnyConnection;

/// A pause that is on. Times are microseconds UTC.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Pause {
    /// Its id.
    pub id: String,
    /// Who paused.
    pub member_id: String,
    /// Why; may be empty.
    pub reason: String,
    /// Since when.
    pub paused_at: i64,
}

/// Pauses everything. Returns false when it was paused already.
///
/// # Errors
/// When the database refuses.
pub async fn begin(
    ground: &Ground,
    tx: &mut AnyConnection,
    practice_id: &str,
    member_id: &str,
    reason: &str,
) -> Result<bool, DatabaseError> {
    let done = sqlx::query(
        "INSERT INTO pauses (practice_id, id, member_id, reason, paused_at) \
         SELECT p.* FROM (VALUES ($1, $2, $3, $4, $5)) AS p WHERE NOT EXISTS \
         (SELECT 1 FROM pauses WHERE practice_id = $1 AND ended_at IS NULL)",
    )
    .bind(practice_id.to_owned())
    .bind(ground.new_id())
    .bind(member_id.to_owned())
    .bind(reason.to_owned())
    .bind(ground.now())
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends the pause. Returns false when there was none. Ring the desk's bell after the commit.
///
/// # Errors
/// When the database refuses.
pub async fn end(
    ground: &Ground,
    tx: &mut AnyConnection,
    practice_id: &str,
    member_id: &str,
) -> Result<bool, DatabaseError> {
    let done =
        sqlx::query("UPDATE pauses SET ended_at = $2, ended_by = $3 WHERE practice_id = $1 AND ended_at IS NULL")
            .bind(practice_id.to_owned())
            .bind(ground.now())
            .bind(member_id.to_owned())
            .execute(tx)
            .await?;
    Ok(done.rows_affected() > 0)
}

/// The pause that is on, if one is.
///
/// # Errors
/// When the database refuses.
pub async fn current(database: &Database, practice_id: &str) -> Result<Option<Pause>, DatabaseError> {
    Ok(sqlx::query_as(
        "SELECT id, member_id, reason, paused_at FROM pauses WHERE practice_id = $1 AND ended_at IS NULL \
         ORDER BY paused_at LIMIT 1",
    )
    .bind(practice_id.to_owned())
    .fetch_optional(database.read())
    .await?)
}

/// The sentence that stands on every page while everything is paused.
///
/// # Errors
/// When the database refuses.
pub async fn paused_sentence(ground: &Ground, practice: &Practice) -> Result<Option<String>, DatabaseError> {
    let Some(pause) = current(&ground.database, &practice.id).await? else { return Ok(None) };
    let why = if pause.reason.is_empty() { String::new() } else { format!(" ({})", pause.reason) };
    Ok(Some(format!("Everything is paused{why}. Nothing goes out until somebody ends the pause.")))
}
