//! Every query of messages. Practice id first.

use bedside_platform::database::{Database, DatabaseError};
use sqlx::{Any, Transaction};

use super::{Kind, Message, Sorted, State, plain};
use crate::networks::Incoming;

/// How many steps of a conversation are tied together in one reading.
const LONGEST_CHAIN: usize = 6;

/// Keeps a message that was read. `None` when it is there already.
///
/// # Errors
/// When the database refuses.
pub async fn keep(
    tx: &mut Transaction<'static, Any>,
    (practice_id, account_id): (&str, &str),
    id: String,
    incoming: &Incoming,
    sorted: &Sorted,
    now: i64,
) -> Result<Option<String>, sqlx::Error> {
    let kind = Kind::from(incoming.kind);
    let state = if kind.has_words() { State::Open } else { State::Quiet };
    let done = sqlx::query(
        "INSERT INTO messages (practice_id, id, account_id, remote_id, kind, author_handle, author_name, text, lang, remote_url,
            reply_reference, parent_remote_id, sort, urgent, state, written_at, received_at, handled_how, care_taken_how)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '', '')
         ON CONFLICT (practice_id, account_id, remote_id) DO NOTHING",
    )
    .bind(practice_id)
    .bind(&id)
    .bind(account_id)
    .bind(&incoming.remote_id)
    .bind(kind.as_str())
    .bind(plain::line(incoming.author_handle.trim_start_matches('@'), plain::NAME))
    .bind(plain::line(&incoming.author_name, plain::NAME))
    .bind(plain::words(&incoming.text, plain::TEXT))
    .bind(plain::line(&incoming.lang, 35))
    .bind(plain::address(&incoming.url))
    .bind(&incoming.reference)
    .bind(&incoming.parent_remote_id)
    .bind(&sorted.sort)
    .bind(plain::line(sorted.urgent.as_deref().unwrap_or_default(), plain::NAME))
    .bind(state.as_str())
    .bind(incoming.written_at.as_microsecond())
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok((done.rows_affected() == 1).then_some(id))
}

/// The post that a message's parent belongs to: the parent is a delivery of ours (of a post, or of an answer that
/// stands in a conversation), or a message that is tied already.
macro_rules! root {
    () => {
        "COALESCE(
            (SELECT COALESCE(answered.post_id, d.post_id) FROM deliveries d
                JOIN posts p ON p.practice_id = d.practice_id AND p.id = d.post_id
                LEFT JOIN messages answered ON answered.practice_id = p.practice_id AND answered.id = p.reply_to
                WHERE d.practice_id = messages.practice_id AND d.account_id = messages.account_id
                    AND d.remote_id = messages.parent_remote_id LIMIT 1),
            (SELECT parent.post_id FROM messages parent
                WHERE parent.practice_id = messages.practice_id AND parent.account_id = messages.account_id
                    AND parent.remote_id = messages.parent_remote_id))"
    };
}

/// Ties messages received since `since` to the post they belong to. Also those whose post was not known to be out
/// when they came: an answer can be quicker than the network's own "accepted".
///
/// # Errors
/// When the database refuses.
pub async fn thread(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    account_id: &str,
    since: i64,
) -> Result<(), sqlx::Error> {
    for _ in 0..LONGEST_CHAIN {
        let tied = sqlx::query(concat!(
            "UPDATE messages SET post_id = ",
            root!(),
            " WHERE practice_id = $1 AND account_id = $2 AND received_at >= $3 AND post_id IS NULL AND parent_remote_id IS NOT NULL AND ",
            root!(),
            " IS NOT NULL"
        ))
        .bind(practice_id)
        .bind(account_id)
        .bind(since)
        .execute(&mut **tx)
        .await?;
        if tied.rows_affected() == 0 {
            break;
        }
    }
    Ok(())
}

/// Takes the turn to read an account, if nobody took one after `before`. Two processes never read one account at once.
///
/// # Errors
/// When the database refuses.
pub async fn take_turn(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    account_id: &str,
    before: i64,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE accounts SET read_at = $4 WHERE practice_id = $1 AND id = $2 AND removed_at IS NULL AND (read_at IS NULL OR read_at <= $3)",
    )
    .bind(practice_id)
    .bind(account_id)
    .bind(before)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One message.
///
/// # Errors
/// When the database refuses.
pub async fn find(database: &Database, practice_id: &str, id: &str) -> Result<Option<Message>, DatabaseError> {
    Ok(sqlx::query_as("SELECT * FROM messages WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(id)
        .fetch_optional(database.read())
        .await?)
}

/// What waits for a person: messages in which somebody may be in danger first, then the oldest.
///
/// # Errors
/// When the database refuses.
pub async fn waiting(database: &Database, practice_id: &str, most: i64) -> Result<Vec<Message>, DatabaseError> {
    Ok(sqlx::query_as(
        "SELECT * FROM messages WHERE practice_id = $1 AND (state = 'open' OR (urgent <> '' AND care_taken_at IS NULL))
         ORDER BY CASE WHEN urgent <> '' AND care_taken_at IS NULL THEN 0 ELSE 1 END, received_at, written_at, id LIMIT $2",
    )
    .bind(practice_id)
    .bind(most)
    .fetch_all(database.read())
    .await?)
}

/// What was answered or handled, the latest first.
///
/// # Errors
/// When the database refuses.
pub async fn settled(database: &Database, practice_id: &str, most: i64) -> Result<Vec<Message>, DatabaseError> {
    Ok(sqlx::query_as(
        "SELECT * FROM messages WHERE practice_id = $1 AND state IN ('answered', 'handled') AND (urgent = '' OR care_taken_at IS NOT NULL)
         ORDER BY handled_at DESC, id DESC LIMIT $2",
    )
    .bind(practice_id)
    .bind(most)
    .fetch_all(database.read())
    .await?)
}

/// All messages with words under a post, in the order in which they were written.
///
/// # Errors
/// When the database refuses.
pub async fn under(database: &Database, practice_id: &str, post_id: &str) -> Result<Vec<Message>, DatabaseError> {
    Ok(sqlx::query_as(
        "SELECT * FROM messages WHERE practice_id = $1 AND post_id = $2 AND state <> 'quiet' ORDER BY written_at, id",
    )
    .bind(practice_id)
    .bind(post_id)
    .fetch_all(database.read())
    .await?)
}

/// How many messages wait for a person.
///
/// # Errors
/// When the database refuses.
pub async fn open_count(database: &Database, practice_id: &str) -> Result<u32, DatabaseError> {
    let count: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM messages WHERE practice_id = $1 AND (state = 'open' OR (urgent <> '' AND care_taken_at IS NULL))",
    )
    .bind(practice_id)
    .fetch_one(database.read())
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Closes an open message as answered or handled. False when it is not open: somebody was quicker.
///
/// # Errors
/// When the database refuses.
pub async fn settle(
    tx: &mut Transaction<'static, Any>,
    (practice_id, id): (&str, &str),
    state: State,
    member_id: &str,
    how: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE messages SET state = $3, handled_by = $4, handled_how = $5, handled_at = $6
         WHERE practice_id = $1 AND id = $2 AND state = 'open'",
    )
    .bind(practice_id)
    .bind(id)
    .bind(state.as_str())
    .bind(member_id)
    .bind(how)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Opens a settled message again.
///
/// # Errors
/// When the database refuses.
pub async fn reopen(tx: &mut Transaction<'static, Any>, practice_id: &str, id: &str) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE messages SET state = 'open', handled_by = NULL, handled_how = '', handled_at = NULL
         WHERE practice_id = $1 AND id = $2 AND state IN ('answered', 'handled')",
    )
    .bind(practice_id)
    .bind(id)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A member confirms that somebody took care of an urgent message. False when somebody has already.
///
/// # Errors
/// When the database refuses.
pub async fn take_care(
    tx: &mut Transaction<'static, Any>,
    (practice_id, id): (&str, &str),
    member_id: &str,
    how: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE messages SET care_taken_at = $5, care_taken_by = $3, care_taken_how = $4
         WHERE practice_id = $1 AND id = $2 AND urgent <> '' AND care_taken_at IS NULL",
    )
    .bind(practice_id)
    .bind(id)
    .bind(member_id)
    .bind(how)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A person says what a message is about. What made it urgent stays: only care ends an alarm.
///
/// # Errors
/// When the database refuses.
pub async fn sort_again(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    id: &str,
    sort: &str,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("UPDATE messages SET sort = $3 WHERE practice_id = $1 AND id = $2 AND state = 'open'")
        .bind(practice_id)
        .bind(id)
        .bind(sort)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}
