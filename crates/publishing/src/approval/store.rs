//! Every query of signatures. Practice id first.

use bedside_platform::database::{Database, DatabaseError};
use sqlx::{Any, Transaction};

/// A signature. Times are microseconds UTC.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Signature {
    /// The practice.
    pub practice_id: String,
    /// Its id.
    pub id: String,
    /// The post.
    pub post_id: String,
    /// Who signed.
    pub member_id: String,
    /// What was signed, in the stored form of [`super::Coverage`].
    pub covers: String,
    /// When.
    pub signed_at: i64,
    /// What the record must say of it, for example that author and signer are one.
    pub note: String,
    /// When it ended.
    pub revoked_at: Option<i64>,
    /// Why.
    pub revoked_why: Option<String>,
}

impl Signature {
    /// What was signed.
    pub fn coverage(&self) -> super::Coverage {
        super::Coverage::from_stored(&self.covers)
    }
}

/// Adds a signature.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut Transaction<'static, Any>, signature: &Signature) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO signatures (practice_id, id, post_id, member_id, covers, signed_at, note) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(&signature.practice_id)
        .bind(&signature.id)
        .bind(&signature.post_id)
        .bind(&signature.member_id)
        .bind(&signature.covers)
        .bind(signature.signed_at)
        .bind(&signature.note)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The signature that holds now.
///
/// # Errors
/// When the database refuses.
pub async fn current(
    database: &Database,
    practice_id: &str,
    post_id: &str,
) -> Result<Option<Signature>, DatabaseError> {
    Ok(sqlx::query_as("SELECT * FROM signatures WHERE practice_id = $1 AND post_id = $2 AND revoked_at IS NULL ORDER BY signed_at DESC, id DESC LIMIT 1")
        .bind(practice_id)
        .bind(post_id)
        .fetch_optional(database.read())
        .await?)
}

/// All signatures of a post, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_post(database: &Database, practice_id: &str, post_id: &str) -> Result<Vec<Signature>, DatabaseError> {
    Ok(sqlx::query_as(
        "SELECT * FROM signatures WHERE practice_id = $1 AND post_id = $2 ORDER BY signed_at DESC, id DESC",
    )
    .bind(practice_id)
    .bind(post_id)
    .fetch_all(database.read())
    .await?)
}

/// Ends the signatures of a post. Says how many there were.
///
/// # Errors
/// When the database refuses.
pub async fn revoke(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    post_id: &str,
    why: &str,
    now: i64,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query("UPDATE signatures SET revoked_at = $3, revoked_why = $4 WHERE practice_id = $1 AND post_id = $2 AND revoked_at IS NULL")
        .bind(practice_id)
        .bind(post_id)
        .bind(now)
        .bind(why)
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected())
}
