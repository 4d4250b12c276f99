//! Counts of what went out: how many people answered, liked and shared it. The latest reading stands; what a network
//! cannot count now keeps its old numbers, with their time.

use std::collections::HashMap;

use bedside_platform::database::{Database, DatabaseError};
use sqlx::{Any, Row, Transaction};

use crate::networks::Numbers;

/// The counts of one delivery. Times are microseconds UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Answers.
    pub replies: i64,
    /// Likes.
    pub favourites: i64,
    /// Boosts, reposts and quotes.
    pub shares: i64,
    /// Since when people could do so: when it went out.
    pub published_at: Option<i64>,
    /// When they were counted.
    pub read_at: i64,
}

impl Counted {
    /// "12 likes · 1 reply · 2 shares".
    pub fn words(&self) -> String {
        let of = |count: i64, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        [of(self.favourites, "like", "likes"), of(self.replies, "reply", "replies"), of(self.shares, "share", "shares")]
            .join(" · ")
    }
}

/// What was counted of a post, by delivery.
///
/// # Errors
/// When the database refuses.
pub async fn of_post(
    database: &Database,
    practice_id: &str,
    post_id: &str,
) -> Result<HashMap<String, Counted>, DatabaseError> {
    let rows = sqlx::query(
        "SELECT d.id, d.published_at, n.replies, n.favourites, n.shares, n.read_at FROM deliveries d
            JOIN numbers n ON n.practice_id = d.practice_id AND n.delivery_id = d.id
         WHERE d.practice_id = $1 AND d.post_id = $2",
    )
    .bind(practice_id)
    .bind(post_id)
    .fetch_all(database.read())
    .await?;
    let counted = rows.iter().map(|row| {
        let counted = Counted {
            replies: row.try_get("replies")?,
            favourites: row.try_get("favourites")?,
            shares: row.try_get("shares")?,
            published_at: row.try_get("published_at")?,
            read_at: row.try_get("read_at")?,
        };
        Ok((row.try_get("id")?, counted))
    });
    Ok(counted.collect::<Result<_, sqlx::Error>>()?)
}

/// Notes the counts of a published message. One that is not ours is passed over.
///
/// # Errors
/// When the database refuses.
pub async fn keep(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    account_id: &str,
    numbers: &Numbers,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO numbers (practice_id, delivery_id, replies, favourites, shares, read_at)
         SELECT practice_id, id, $4, $5, $6, $7 FROM deliveries WHERE practice_id = $1 AND account_id = $2 AND remote_id = $3
         ON CONFLICT (practice_id, delivery_id) DO UPDATE SET replies = excluded.replies, favourites = excluded.favourites,
            shares = excluded.shares, read_at = excluded.read_at",
    )
    .bind(practice_id)
    .bind(account_id)
    .bind(&numbers.remote_id)
    .bind(i64::from(numbers.replies))
    .bind(i64::from(numbers.favourites))
    .bind(i64::from(numbers.shares))
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The network's ids of what an account published since `since`, the newest first: what is counted.
///
/// # Errors
/// When the database refuses.
pub async fn published_since(
    database: &Database,
    practice_id: &str,
    account_id: &str,
    since: i64,
    most: i64,
) -> Result<Vec<String>, DatabaseError> {
    Ok(sqlx::query_scalar(
        "SELECT remote_id FROM deliveries WHERE practice_id = $1 AND account_id = $2 AND state = 'published'
            AND remote_id IS NOT NULL AND published_at >= $3 ORDER BY published_at DESC LIMIT $4",
    )
    .bind(practice_id)
    .bind(account_id)
    .bind(since)
    .bind(most)
    .fetch_all(database.read())
    .await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        let counted = Counted { replies: 1, favourites: 12, shares: 0, published_at: None, read_at: 0 };
        assert_eq!(counted.words(), "12 likes · 1 reply · 0 shares");
    }
}
