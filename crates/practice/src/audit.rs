//! The audit log: decisions that must be provable. Entries are only added, each carries the hash of the one
//! before, so that a changed, removed or inserted row breaks the chain; [`verify`] finds the first that does.
//!
//! An entry is written in the same transaction as what it records. It holds ids, never texts or names of people
//! outside the practice. Kept for 6 years (45 CFR 164.316(b)(2)).

use bedside_platform::database::{Database, DatabaseError};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction, any::AnyRow};

/// Something a member, or the program itself, decided.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    /// Member id, or `bedside` for the program.
    pub actor: &'a str,
    /// A verb in the past with its feature, for example `post.signed`.
    pub action: &'a str,
    /// Id of what it is about.
    pub subject: &'a str,
    /// What else must be provable later.
    pub detail: Value,
}

/// The actor when no person decided.
pub const PROGRAM: &str = "bedside";

/// Adds an entry to the practice's chain.
///
/// # Errors
/// When the database refuses.
pub async fn record(
    database: &Database,
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    decision: &Decision<'_>,
    now: i64,
) -> Result<(), sqlx::Error> {
    // The practice's row is the lock of its chain: two entries at once take turns on PostgreSQL too.
    sqlx::query(database.locked("SELECT id FROM practices WHERE id = $1"))
        .bind(practice_id)
        .fetch_optional(&mut **tx)
        .await?;
    let last = sqlx::query("SELECT n, hash FROM audit WHERE practice_id = $1 ORDER BY n DESC LIMIT 1")
        .bind(practice_id)
        .fetch_optional(&mut **tx)
        .await?;
    let (n, previous) = match last {
        Some(row) => (row.try_get::<i64, _>(0)? + 1, row.try_get(1)?),
        None => (1, String::new()),
    };
    let entry = Entry {
        practice_id: practice_id.to_owned(),
        n,
        at: now,
        actor: decision.actor.to_owned(),
        action: decision.action.to_owned(),
        subject: decision.subject.to_owned(),
        detail: decision.detail.to_string(),
        previous,
    };
    sqlx::query(
        "INSERT INTO audit (practice_id, n, at, actor, action, subject, detail, previous, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&entry.practice_id)
    .bind(entry.n)
    .bind(entry.at)
    .bind(&entry.actor)
    .bind(&entry.action)
    .bind(&entry.subject)
    .bind(&entry.detail)
    .bind(&entry.previous)
    .bind(entry.hash())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// One entry of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    practice_id: String,
    /// Place in the chain, from 1.
    pub n: i64,
    /// When, microseconds UTC.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// About what.
    pub subject: String,
    /// The rest, JSON.
    pub detail: String,
    previous: String,
}

impl Entry {
    /// SHA-256 over all fields, each preceded by its length, so that no two entries read alike.
    fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        let (n, at) = (self.n.to_string(), self.at.to_string());
        for field in
            [&self.practice_id, &n, &at, &self.actor, &self.action, &self.subject, &self.detail, &self.previous]
        {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field.as_bytes());
        }
        hex::encode(hasher.finalize())
    }

    fn from_row(row: &AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            practice_id: row.try_get("practice_id")?,
            n: row.try_get("n")?,
            at: row.try_get("at")?,
            actor: row.try_get("actor")?,
            action: row.try_get("action")?,
            subject: row.try_get("subject")?,
            detail: row.try_get("detail")?,
            previous: row.try_get("previous")?,
        })
    }
}

/// The newest entries about one subject, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn about(database: &Database, practice_id: &str, subject: &str) -> Result<Vec<Entry>, DatabaseError> {
    let rows = sqlx::query("SELECT * FROM audit WHERE practice_id = $1 AND subject = $2 ORDER BY n DESC LIMIT 200")
        .bind(practice_id)
        .bind(subject)
        .fetch_all(database.read())
        .await?;
    Ok(rows.iter().map(Entry::from_row).collect::<Result<_, _>>()?)
}

/// What [`verify`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every entry is as it was written; this many.
    Whole(i64),
    /// The chain breaks at this entry.
    Broken(i64),
}

/// Reads a practice's whole chain and proves it, or names the first entry that does not fit.
///
/// # Errors
/// When the database refuses.
pub async fn verify(database: &Database, practice_id: &str) -> Result<Verdict, DatabaseError> {
    /// Entries read at once.
    const PAGE: i64 = 1_000;
    let (mut expected, mut previous) = (1, String::new());
    loop {
        let rows = sqlx::query("SELECT * FROM audit WHERE practice_id = $1 AND n >= $2 ORDER BY n LIMIT $3")
            .bind(practice_id)
            .bind(expected)
            .bind(PAGE)
            .fetch_all(database.read())
            .await?;
        if rows.is_empty() {
            return Ok(Verdict::Whole(expected - 1));
        }
        for row in rows {
            let entry = Entry::from_row(&row)?;
            let hash: String = row.try_get("hash")?;
            if entry.n != expected || entry.previous != previous || entry.hash() != hash {
                return Ok(Verdict::Broken(expected));
            }
            (expected, previous) = (expected + 1, hash);
        }
    }
}
