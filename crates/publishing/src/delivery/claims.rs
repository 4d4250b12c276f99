//! Who works on what: claims with a lease, their renewal, the heartbeat, and what a gap in it puts in doubt.
//! These are the queries that serve all practices at once; they hold no texts and show nothing to anybody.

use bedside_platform::database::{Database, DatabaseError, placeholders};
use jiff::{SignedDuration, Timestamp};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::{
    rows::{self, NEVER, Row, moment},
    state::LEASE,
};

/// A heartbeat older than this than the newest is of a worker that is gone for good.
const FORGET_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// What may be worked on: due by its retry time, leased by nobody, not paused, and its account neither held nor off. What
/// may be out already is looked at even in a pause, deletions go out even then, and what is late is called late
/// even when its account is held.
const DUE: &str = "d.state IN ('waiting', 'armed', 'unknown') AND d.next_try_at <= $1 AND d.lease_until < $1 \
     AND (d.state <> 'waiting' OR d.wanted = 'deleted' OR (d.doubt_since IS NOT NULL AND d.looked_at IS NULL) OR NOT EXISTS \
          (SELECT 1 FROM pauses p WHERE p.practice_id = d.practice_id AND p.ended_at IS NULL)) \
     AND ((d.state = 'waiting' AND d.wanted = 'published' AND d.doubt_since IS NULL AND d.window_ends_at <= $1) \
          OR NOT EXISTS (SELECT 1 FROM accounts a WHERE a.practice_id = d.practice_id AND a.id = d.account_id \
          AND (a.held_until > $1 OR a.state IN ('off', 'needs_reconnect'))))";

/// Takes up to `most` deliveries for `holder` until `until`. Servers in `crowded` (network and server) are left out: the
/// holder has enough waiting for them already.
///
/// # Errors
/// When the database refuses.
pub(super) async fn claim(
    database: &Database,
    holder: &str,
    now: Timestamp,
    most: usize,
    crowded: &[(String, String)],
) -> Result<Vec<Row>, DatabaseError> {
    let mut select = format!("SELECT d.practice_id AS p, d.id AS i FROM deliveries d WHERE {DUE}");
    for n in 0..crowded.len() {
        select += &format!(" AND NOT (d.network = ${} AND d.server = ${})", 5 + 2 * n, 6 + 2 * n);
    }
    select += " ORDER BY d.next_try_at LIMIT $2";
    let sql = format!(
        "WITH due AS MATERIALIZED ({}) UPDATE deliveries SET lease_holder = $3, lease_until = $4 FROM due \
         WHERE deliveries.practice_id = due.p AND deliveries.id = due.i RETURNING {}",
        database.skip_locked(&select),
        rows::COLUMNS,
    );
    let mut query = sqlx::query(AssertSqlSafe(sql))
        .bind(now.as_microsecond())
        .bind(i64::try_from(most).unwrap_or(i64::MAX))
        .bind(holder.to_owned())
        .bind((now + LEASE).as_microsecond());
    for (network, server) in crowded {
        query = query.bind(network.clone()).bind(server.clone());
    }
    let mut tx = database.begin_write().await?;
    let found = query.fetch_all(&mut *tx).await?;
    tx.commit().await?;
    found.iter().map(rows::from).collect()
}

/// When the next delivery falls due, after `now`.
pub(super) async fn next_due(database: &Database, now: Timestamp) -> Result<Option<Timestamp>, DatabaseError> {
    let next: Option<i64> = sqlx::query_scalar(
        "SELECT MIN(next_try_at) FROM deliveries WHERE next_try_at > $1 AND next_try_at < $2 \
         AND state IN ('waiting', 'armed', 'unknown')",
    )
    .bind(now.as_microsecond())
    .bind(NEVER)
    .fetch_one(database.read())
    .await?;
    Ok(next.map(moment))
}

/// Lets go of everything that `holder` claimed and has not begun. What is armed keeps its lease: its outcome is open.
pub(super) async fn release(database: &Database, holder: &str) -> Result<(), DatabaseError> {
    let mut tx = database.begin_write().await?;
    sqlx::query(
        "UPDATE deliveries SET lease_holder = NULL, lease_until = 0 WHERE lease_holder = $1 AND state <> 'armed'",
    )
    .bind(holder)
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit().await?)
}

/// What a heartbeat noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beat {
    /// All is well.
    Steady,
    /// Nobody worked since then: what fell due is looked for first.
    AfterGap(Timestamp),
    /// The clock was set back; leases and pauses from the future are ended.
    ClockWentBack,
}

/// Notes that `holder` lives, renews its leases, and tells whether there was a gap. All in one commit, so that what
/// is in doubt is marked before anything can be claimed.
pub(super) async fn beat(database: &Database, holder: &str, now: Timestamp) -> Result<Beat, DatabaseError> {
    let mut tx = database.begin_write().await?;
    let last: Option<i64> = sqlx::query_scalar("SELECT MAX(beat_at) FROM heartbeats").fetch_one(&mut *tx).await?;
    let last = last.map(moment);
    let noticed = match last {
        Some(last) if now.duration_since(last) > LEASE => Beat::AfterGap(last),
        Some(last) if last.duration_since(now) > LEASE => Beat::ClockWentBack,
        _ => Beat::Steady,
    };
    match noticed {
        Beat::Steady => {}
        Beat::AfterGap(from) => doubt(&mut tx, from, now, false).await?,
        Beat::ClockWentBack => mend_future(&mut tx, now).await?,
    }
    sqlx::query(
        "INSERT INTO heartbeats (worker, began_at, beat_at) VALUES ($1, $2, $2) \
         ON CONFLICT (worker) DO UPDATE SET beat_at = excluded.beat_at",
    )
    .bind(holder)
    .bind(now.as_microsecond())
    .execute(&mut *tx)
    .await?;
    sqlx::query("DELETE FROM heartbeats WHERE beat_at < $1")
        .bind((now - FORGET_AFTER).as_microsecond())
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE deliveries SET lease_until = $2 WHERE lease_holder = $1")
        .bind(holder)
        .bind((now + LEASE).as_microsecond())
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(noticed)
}

/// The set form of [`Event::Gap`](super::machine::Event): see `decisions::gap`.
async fn doubt(tx: &mut AnyConnection, from: Timestamp, now: Timestamp, restored: bool) -> Result<(), DatabaseError> {
    sqlx::query(
        "UPDATE deliveries SET doubt_since = CASE WHEN doubt_since < $1 THEN doubt_since ELSE $1 END, looked_at = NULL \
         WHERE state NOT IN ('armed', 'published', 'by_hand') AND remote_id IS NULL AND (due_at <= $2 OR $3 = 1)",
    )
    .bind(from.as_microsecond())
    .bind(now.as_microsecond())
    .bind(i64::from(restored))
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// After a backup was put in place: everything that is not out by its knowledge may have been sent by the life that
/// was lost. `bedside restore` calls this before anything else runs.
///
/// # Errors
/// When the database refuses.
pub async fn after_restore(database: &Database, now: Timestamp) -> Result<(), DatabaseError> {
    let mut tx = database.begin_write().await?;
    let last: Option<i64> = sqlx::query_scalar("SELECT MAX(beat_at) FROM heartbeats").fetch_one(&mut *tx).await?;
    doubt(&mut tx, last.map_or(now, moment).min(now), now, true).await?;
    Ok(tx.commit().await?)
}

async fn mend_future(tx: &mut AnyConnection, now: Timestamp) -> Result<(), DatabaseError> {
    let now = now.as_microsecond();
    for sql in [
        "DELETE FROM heartbeats WHERE beat_at > $1",
        "UPDATE deliveries SET lease_holder = NULL, lease_until = 0 WHERE lease_until > $1",
        "UPDATE deliveries SET next_try_at = $1 WHERE state IN ('armed', 'unknown') AND next_try_at > $1 \
         AND next_try_at < 9223372036854775807",
        "UPDATE accounts SET held_until = $1 WHERE held_until > $1",
    ] {
        sqlx::query(sql).bind(now).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Ends the leases of earlier runs, where certainly no other worker lives (one process on one file): what they had
/// under way is taken up at once instead of after a minute.
pub(super) async fn end_leases_of_the_dead(database: &Database) -> Result<(), DatabaseError> {
    let mut tx = database.begin_write().await?;
    sqlx::query("UPDATE deliveries SET lease_until = 0 WHERE lease_until > 0").execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}

/// How many deliveries of these are in a state; for tests and the drain measurement.
///
/// # Errors
/// When the database refuses.
pub async fn count(database: &Database, states: &[super::state::State]) -> Result<i64, DatabaseError> {
    let sql = format!("SELECT COUNT(*) AS n FROM deliveries WHERE state IN ({})", placeholders(1, states.len()));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for state in states {
        query = query.bind(state.as_str());
    }
    Ok(query.fetch_one(database.read()).await?.try_get("n")?)
}
