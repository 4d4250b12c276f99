//! The attempt log: a line before each call, completed after it, in sentences that a person can read.

use bedside_platform::database::{Database, DatabaseError};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::{
    machine::{Action, Note},
    rows::{Key, values},
};

/// Lines in one statement.
const GROUP: usize = 100;

/// A line to be written: its beginning, its end, or both.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) key: Key,
    pub(super) n: u32,
    pub(super) began: Option<(Action, i64)>,
    pub(super) ended: Option<Note>,
}

/// Writes these lines; one that has begun before is completed. No two have the same number.
pub(super) async fn write(tx: &mut AnyConnection, lines: &[Line]) -> Result<(), DatabaseError> {
    for group in lines.chunks(GROUP) {
        let sql = format!(
            "INSERT INTO attempts (practice_id, delivery_id, n, action, began_at, ended_at, outcome, status, log_text, \
             person_text) VALUES {} ON CONFLICT (practice_id, delivery_id, n) DO UPDATE SET \
             ended_at = excluded.ended_at, outcome = excluded.outcome, status = excluded.status, \
             log_text = excluded.log_text, person_text = excluded.person_text",
            values(group.len(), 10)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(false);
        for Line { key, n, began, ended } in group {
            let ended_at = ended.as_ref().map(|note| note.at.as_microsecond());
            query = query
                .bind(key.practice_id.clone())
                .bind(key.id.clone())
                .bind(i64::from(*n))
                .bind(began.map_or("", |(action, _)| action.as_str()))
                .bind(began.map_or(ended_at.unwrap_or(0), |(_, at)| at))
                .bind(ended_at)
                .bind(ended.as_ref().map_or("", |note| note.outcome))
                .bind(ended.as_ref().and_then(|note| note.status).map(i64::from))
                .bind(ended.as_ref().map_or_else(String::new, |note| note.log.clone()))
                .bind(ended.as_ref().map_or_else(String::new, |note| note.person.clone()));
        }
        query.execute(&mut *tx).await?;
    }
    Ok(())
}

/// A line as it is shown. Times are microseconds UTC.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Attempt {
    /// Its number within the delivery.
    pub n: i64,
    /// `send`, `change`, `delete` or `look`.
    pub action: String,
    /// When the call began.
    pub began_at: i64,
    /// When the answer came; `None` while it is under way.
    pub ended_at: Option<i64>,
    /// `accepted`, `refused`, `unknown`, `there`, `not seen`, `failed`, `stopped`; empty while it is under way.
    pub outcome: String,
    /// HTTP status, where there was one.
    pub status: Option<i64>,
    /// What the network said, for the log.
    pub log_text: String,
    /// What happened, for the person.
    pub person_text: String,
}

/// The log of one delivery, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn of(database: &Database, practice_id: &str, delivery_id: &str) -> Result<Vec<Attempt>, DatabaseError> {
    Ok(sqlx::query_as(
        "SELECT n, action, began_at, ended_at, outcome, status, log_text, person_text FROM attempts \
         WHERE practice_id = $1 AND delivery_id = $2 ORDER BY n",
    )
    .bind(practice_id)
    .bind(delivery_id)
    .fetch_all(database.read())
    .await?)
}
