//! Every query of posts; those of what a post carries are in [`parts`]. Practice id first.

mod parts;

use bedside_platform::database::{Database, DatabaseError};
use sqlx::{Any, Row, Transaction, any::AnyRow};

pub use self::parts::{keep_finding, set_pictures, set_sources, set_variants, whole, wholes};
use super::post::Post;
use crate::networks::ReplyTo;

/// Adds a post.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut Transaction<'static, Any>, post: &Post) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO posts (practice_id, id, kind, state, title, text, short_text, lang, spanish_title, spanish_text,
            health_content, link_home, author_id, challenge_id, challenge_day, part, reply_to, due_at, version,
            created_at, edited_at, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
    )
    .bind(&post.practice_id)
    .bind(&post.id)
    .bind(post.kind.as_str())
    .bind(post.state.as_str())
    .bind(&post.title)
    .bind(&post.text)
    .bind(&post.short_text)
    .bind(&post.lang)
    .bind(&post.spanish_title)
    .bind(&post.spanish_text)
    .bind(yes_no(post.health_content))
    .bind(yes_no(post.link_home))
    .bind(&post.author_id)
    .bind(&post.challenge_id)
    .bind(post.challenge_day)
    .bind(&post.part.0)
    .bind(&post.reply_to)
    .bind(post.due_at)
    .bind(post.version)
    .bind(post.created_at)
    .bind(post.edited_at)
    .bind(post.asked_at)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes what an author can change, if nobody else changed the post since `post.version` was read. The version goes
/// up by one. False when somebody was quicker: two tabs on one draft.
///
/// # Errors
/// When the database refuses.
pub async fn change(tx: &mut Transaction<'static, Any>, post: &Post, now: i64) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE posts SET state = $4, title = $5, text = $6, short_text = $7, lang = $8, spanish_title = $9, spanish_text = $10,
            health_content = $11, link_home = $12, due_at = $13, asked_at = $14, edited_at = $15, version = version + 1
         WHERE practice_id = $1 AND id = $2 AND version = $3",
    )
    .bind(&post.practice_id)
    .bind(&post.id)
    .bind(post.version)
    .bind(post.state.as_str())
    .bind(&post.title)
    .bind(&post.text)
    .bind(&post.short_text)
    .bind(&post.lang)
    .bind(&post.spanish_title)
    .bind(&post.spanish_text)
    .bind(yes_no(post.health_content))
    .bind(yes_no(post.link_home))
    .bind(post.due_at)
    .bind(post.asked_at)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks a post as taken back.
///
/// # Errors
/// When the database refuses.
pub async fn withdraw(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    id: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE posts SET state = 'withdrawn', withdrawn_at = $3, version = version + 1
         WHERE practice_id = $1 AND id = $2 AND state <> 'withdrawn'",
    )
    .bind(practice_id)
    .bind(id)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One post.
///
/// # Errors
/// When the database refuses.
pub async fn find(database: &Database, practice_id: &str, id: &str) -> Result<Option<Post>, DatabaseError> {
    let row = sqlx::query("SELECT * FROM posts WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(id)
        .fetch_optional(database.read())
        .await?;
    Ok(row.as_ref().map(Post::from_row).transpose()?)
}

/// Posts (not replies) that are due in a span of time, the earliest first. Withdrawn ones are left out.
///
/// # Errors
/// When the database refuses.
pub async fn due_between(
    database: &Database,
    practice_id: &str,
    from: i64,
    until: i64,
) -> Result<Vec<Post>, DatabaseError> {
    let rows = sqlx::query(
        "SELECT * FROM posts WHERE practice_id = $1 AND due_at >= $2 AND due_at < $3 AND kind = 'post' AND state <> 'withdrawn'
         ORDER BY due_at, id",
    )
    .bind(practice_id)
    .bind(from)
    .bind(until)
    .fetch_all(database.read())
    .await?;
    posts(&rows)
}

/// Posts in a state, the earliest due first and those without a time last.
///
/// # Errors
/// When the database refuses.
pub async fn in_state(
    database: &Database,
    practice_id: &str,
    state: super::PostState,
) -> Result<Vec<Post>, DatabaseError> {
    let rows = sqlx::query(
        "SELECT * FROM posts WHERE practice_id = $1 AND state = $2 AND kind = 'post'
         ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, edited_at DESC, id",
    )
    .bind(practice_id)
    .bind(state.as_str())
    .fetch_all(database.read())
    .await?;
    posts(&rows)
}

/// All posts of a challenge, in the order of the month.
///
/// # Errors
/// When the database refuses.
pub async fn of_challenge(
    database: &Database,
    practice_id: &str,
    challenge_id: &str,
) -> Result<Vec<Post>, DatabaseError> {
    let rows = sqlx::query(
        "SELECT * FROM posts WHERE practice_id = $1 AND challenge_id = $2 ORDER BY challenge_day, due_at, id",
    )
    .bind(practice_id)
    .bind(challenge_id)
    .fetch_all(database.read())
    .await?;
    posts(&rows)
}

/// Answers to a message, the oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn replies_to(database: &Database, practice_id: &str, message_id: &str) -> Result<Vec<Post>, DatabaseError> {
    let rows = sqlx::query("SELECT * FROM posts WHERE practice_id = $1 AND reply_to = $2 ORDER BY created_at, id")
        .bind(practice_id)
        .bind(message_id)
        .fetch_all(database.read())
        .await?;
    posts(&rows)
}

/// What a reply answers, as its network needs it.
///
/// # Errors
/// When the database refuses.
pub async fn answered(
    database: &Database,
    practice_id: &str,
    message_id: &str,
) -> Result<Option<ReplyTo>, DatabaseError> {
    let row = sqlx::query("SELECT reply_reference, text FROM messages WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(message_id)
        .fetch_optional(database.read())
        .await?;
    Ok(row
        .map(|row| Ok::<_, sqlx::Error>(ReplyTo { reference: row.try_get(0)?, text: row.try_get(1)? }))
        .transpose()?)
}

fn posts(rows: &[AnyRow]) -> Result<Vec<Post>, DatabaseError> {
    Ok(rows.iter().map(Post::from_row).collect::<Result<_, _>>()?)
}

/// The word in the database for a yes or no.
fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
