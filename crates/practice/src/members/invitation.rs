//! What the database knows of invitations: a token, of which only the hash is kept, that lets a member choose the first
//! password.

use bedside_platform::database::{Database, DatabaseError};
use sqlx::{Any, Transaction};

use super::{Member, hash, normal_email};

/// How long an invitation can be used, in microseconds (14 days).
pub const INVITATION_MICROS: i64 = 14 * 24 * 3_600_000_000;

/// Writes an invitation for a member, replacing an older one.
///
/// # Errors
/// When the database refuses.
pub async fn invite(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    id: &str,
    email: &str,
    token: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE members SET email = $3, invitation_hash = $4, invitation_ends_at = $5
         WHERE practice_id = $1 AND id = $2 AND left_at IS NULL AND password_hash IS NULL",
    )
    .bind(practice_id)
    .bind(id)
    .bind(normal_email(email))
    .bind(hash(token))
    .bind(now + INVITATION_MICROS)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The member an invitation token belongs to, while it can be used.
///
/// # Errors
/// When the database refuses.
pub async fn invited(database: &Database, token: &str, now: i64) -> Result<Option<Member>, DatabaseError> {
    let row =
        sqlx::query("SELECT * FROM members WHERE invitation_hash = $1 AND invitation_ends_at > $2 AND left_at IS NULL")
            .bind(hash(token))
            .bind(now)
            .fetch_optional(database.read())
            .await?;
    Ok(row.as_ref().map(Member::from_row).transpose()?)
}

/// Takes an invitation up: sets the password and uses the token up. False when somebody was quicker.
///
/// # Errors
/// When the database refuses.
pub async fn accept(
    tx: &mut Transaction<'static, Any>,
    token: &str,
    password_hash: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE members SET password_hash = $3, invitation_hash = NULL, invitation_ends_at = NULL
         WHERE invitation_hash = $1 AND invitation_ends_at > $2 AND left_at IS NULL",
    )
    .bind(hash(token))
    .bind(now)
    .bind(password_hash)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
