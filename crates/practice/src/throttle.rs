//! The door gets slower with every wrong password, for an address and for the network it comes from. Rows in the
//! database, so that a restart does not forget and two processes count together.

use std::{convert::Infallible, net::SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::request::Parts,
};
use bedside_platform::database::{Database, DatabaseError};
use sha2::{Digest, Sha256};
use sqlx::Row;

/// Wrong passwords for one address that cost nothing.
pub const FREE_FOR_ADDRESS: i64 = 5;
/// Wrong passwords from one network that cost nothing: a practice, or everybody behind a proxy, shares one.
pub const FREE_FOR_NETWORK: i64 = 60;
/// After this long without a wrong password the earlier ones are forgotten, in microseconds (one day).
const FORGOTTEN_MICROS: i64 = 24 * 3_600_000_000;
/// The longest wait, in microseconds (15 minutes).
const LONGEST_MICROS: i64 = 15 * 60_000_000;

/// The network a request comes from, when the server knows it: a door is also closed for the network, so that
/// one guesser cannot try every address. Behind a proxy all share one, which is why it is only counted at a
/// higher number.
pub struct Network(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for Network {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(info.map(|info| format!("from {}", info.0.ip()))))
    }
}

/// The subject of wrong passwords for an e-mail address.
pub fn of_address(email: &str) -> String {
    format!("email {}", email.trim())
}

/// When `subject` may try again, microseconds; `None` when it may now.
///
/// # Errors
/// When the database refuses.
pub async fn closed_until(database: &Database, subject: &str, now: i64) -> Result<Option<i64>, DatabaseError> {
    let row = sqlx::query("SELECT closed_until FROM throttles WHERE subject = $1 AND closed_until > $2")
        .bind(key(subject))
        .bind(now)
        .fetch_optional(database.read())
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// Counts a wrong password and, beyond the `free` ones, closes the door for a while that doubles each time.
///
/// # Errors
/// When the database refuses.
pub async fn failed(database: &Database, subject: &str, free: i64, now: i64) -> Result<(), DatabaseError> {
    let mut tx = database.begin_write().await?;
    let row = sqlx::query(
        "INSERT INTO throttles (subject, failures, closed_until, failed_at) VALUES ($1, 1, 0, $2)
         ON CONFLICT (subject) DO UPDATE SET failed_at = $2,
            failures = CASE WHEN throttles.failed_at < $3 THEN 1 ELSE throttles.failures + 1 END
         RETURNING failures",
    )
    .bind(key(subject))
    .bind(now)
    .bind(now - FORGOTTEN_MICROS)
    .fetch_one(&mut *tx)
    .await?;
    let wait = wait_after(row.try_get(0)?, free);
    sqlx::query("UPDATE throttles SET closed_until = $2 WHERE subject = $1")
        .bind(key(subject))
        .bind(now + wait)
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit().await?)
}

/// A right password forgets the wrong ones.
///
/// # Errors
/// When the database refuses.
pub async fn succeeded(database: &Database, subject: &str) -> Result<(), DatabaseError> {
    let mut tx = database.begin_write().await?;
    sqlx::query("DELETE FROM throttles WHERE subject = $1").bind(key(subject)).execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}

/// Microseconds to wait after the `failures`-th wrong password: nothing, then 2, 4, 8 … seconds.
fn wait_after(failures: i64, free: i64) -> i64 {
    let beyond = failures - free;
    if beyond <= 0 { 0 } else { (1_000_000_i64 << beyond.min(20)).min(LONGEST_MICROS) }
}

/// The time from `now` to `until` in words, both in microseconds.
pub fn wait_words(until: i64, now: i64) -> String {
    match (until - now) / 1_000_000 + 1 {
        ..=1 => "a second".to_owned(),
        seconds @ 2..=90 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", (seconds + 59) / 60),
    }
}

/// Addresses are personal: only their hash is kept.
fn key(subject: &str) -> String {
    hex::encode(Sha256::digest(subject.to_lowercase().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_has_an_end() {
        assert_eq!(wait_after(5, 5), 0);
        assert_eq!(wait_after(6, 5), 2_000_000);
        assert_eq!(wait_after(7, 5), 4_000_000);
        assert_eq!(wait_after(500, 5), LONGEST_MICROS);
    }

    #[test]
    fn waits_are_told_in_words() {
        assert_eq!(wait_words(0, 0), "a second");
        assert_eq!(wait_words(31_000_000, 0), "32 seconds");
        assert_eq!(wait_words(899_000_000, 0), "15 minutes");
    }
}
