//! Every query of the 911 sentence: the switch, and the answers it gave. Practice id first.

use bedside_platform::database::{Database, DatabaseError};
use bedside_publishing::inbound::Message;
use sqlx::{Any, Transaction};

/// The switch, when it is on. It is off while there is none; who moved it before stands in the audit log.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(in crate::inbox) struct Switch {
    /// Since when, microseconds UTC.
    pub(in crate::inbox) switched_on_at: i64,
    /// Who switched it on: a member's id.
    pub(in crate::inbox) switched_on_by: String,
}

const SWITCH: &str = "SELECT switched_on_at, switched_on_by FROM emergency_sentence WHERE practice_id = $1";

/// The switch as it stands.
pub(in crate::inbox) async fn switch(database: &Database, practice_id: &str) -> Result<Option<Switch>, DatabaseError> {
    Ok(sqlx::query_as(SWITCH).bind(practice_id).fetch_optional(database.read()).await?)
}

/// Whether it is on. Until the transaction ends it stays so, and no other answer of the practice is decided.
pub(super) async fn holds(
    database: &Database,
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
) -> Result<bool, sqlx::Error> {
    let row = sqlx::query(database.locked(SWITCH)).bind(practice_id).fetch_optional(&mut **tx).await?;
    Ok(row.is_some())
}

/// Switches it on. False when it was on already.
pub(super) async fn switch_on(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    member_id: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "INSERT INTO emergency_sentence (practice_id, switched_on_at, switched_on_by) VALUES ($1, $2, $3)
         ON CONFLICT (practice_id) DO NOTHING",
    )
    .bind(practice_id)
    .bind(now)
    .bind(member_id)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Switches it off. False when it was off already.
pub(super) async fn switch_off(tx: &mut Transaction<'static, Any>, practice_id: &str) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("DELETE FROM emergency_sentence WHERE practice_id = $1")
        .bind(practice_id)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether the sentence was given after `since` where this message stands: under the same post of ours, to the same
/// words, beside it, or to the same person.
pub(super) async fn was_said_here(
    tx: &mut Transaction<'static, Any>,
    message: &Message,
    since: i64,
) -> Result<bool, sqlx::Error> {
    let said: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM emergency_sentence_answers given
            JOIN messages said ON said.practice_id = given.practice_id AND said.id = given.message_id
         WHERE given.practice_id = $1 AND given.answered_at > $2 AND said.account_id = $3
            AND (said.author_handle = $4 OR said.post_id = $5 OR given.post_id = $5 OR said.parent_remote_id = $6
                OR said.remote_id = $6)",
    )
    .bind(&message.practice_id)
    .bind(since)
    .bind(&message.account_id)
    .bind(&message.author_handle)
    .bind(&message.post_id)
    .bind(&message.parent_remote_id)
    .fetch_one(&mut **tx)
    .await?;
    Ok(said > 0)
}

/// Notes that a message gets the sentence. False when it got it already.
pub(super) async fn say(
    tx: &mut Transaction<'static, Any>,
    message: &Message,
    post_id: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "INSERT INTO emergency_sentence_answers (practice_id, message_id, post_id, answered_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (practice_id, message_id) DO NOTHING",
    )
    .bind(&message.practice_id)
    .bind(&message.id)
    .bind(post_id)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
