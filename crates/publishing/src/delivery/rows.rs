//! Deliveries in the database: reading a group with a lock, and writing a group back in one statement.

use bedside_platform::database::{Database, DatabaseError};
use jiff::Timestamp;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Row as _, any::AnyRow, query::Query};

use super::state::{Delivery, Lease, State, Wanted};
use crate::networks::Published;

/// "Not before something changes it", as a time in the database.
pub(super) const NEVER: i64 = i64::MAX;
/// Rows in one statement.
const GROUP: usize = 100;

/// Names one delivery: practice first.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The practice.
    pub practice_id: String,
    /// The delivery.
    pub id: String,
}

/// A delivery with what it delivers, and where to.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its name.
    pub key: Key,
    /// The post.
    pub post_id: String,
    /// The account.
    pub account_id: String,
    /// The network's word.
    pub network: String,
    /// The account's server: calls to one server are limited together.
    pub server: String,
    /// The key that makes a second create the same message, where the network knows such keys.
    pub record_key: String,
    /// How it stands.
    pub delivery: Delivery,
    /// Whether the practice had everything paused when the row was read with [`lock`].
    pub paused: bool,
}

/// Every column of a [`Row`], in no order that matters.
pub(super) const COLUMNS: &str = "practice_id, id, post_id, account_id, network, server, record_key, wanted, state, \
     due_at, window_ends_at, next_try_at, tries, calls, lease_holder, lease_until, armed_at, doubt_since, looked_at, \
     remote_id, remote_url, remote_version, sent_hash, published_at, settled_at, person_text";

/// Reads these deliveries and locks them until the transaction ends; in one order, so that two who lock groups never
/// wait for each other in a ring.
pub(super) async fn lock(
    database: &Database,
    tx: &mut AnyConnection,
    keys: &[&Key],
) -> Result<Vec<Row>, DatabaseError> {
    let mut rows = Vec::with_capacity(keys.len());
    let mut sorted = keys.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    for group in sorted.chunks(GROUP) {
        let sql = format!(
            "SELECT {COLUMNS}, (SELECT COUNT(*) FROM pauses p WHERE p.practice_id = d.practice_id AND p.ended_at IS NULL) \
             AS pauses FROM deliveries d WHERE (practice_id, id) IN (VALUES {}) ORDER BY practice_id, id",
            values(group.len(), 2)
        );
        let mut query = sqlx::query(database.locked(&sql)).persistent(false);
        for key in group {
            query = query.bind(key.practice_id.clone()).bind(key.id.clone());
        }
        for row in query.fetch_all(&mut *tx).await? {
            let mut read = from(&row)?;
            read.paused = row.try_get::<i64, _>("pauses")? > 0;
            rows.push(read);
        }
    }
    Ok(rows)
}

/// Writes these deliveries back, one statement for a group. The caller holds their locks.
pub(super) async fn save(tx: &mut AnyConnection, rows: &[Row]) -> Result<(), DatabaseError> {
    for group in rows.chunks(GROUP) {
        let sql = format!(
            "WITH v (p, i, due_at, wanted, state, window_ends_at, next_try_at, tries, calls, lease_holder, lease_until, armed_at, \
             doubt_since, looked_at, remote_id, remote_url, remote_version, sent_hash, published_at, settled_at, \
             person_text) AS (VALUES {}) \
             UPDATE deliveries SET due_at = v.due_at, wanted = v.wanted, state = v.state, window_ends_at = v.window_ends_at, \
             next_try_at = v.next_try_at, tries = v.tries, calls = v.calls, lease_holder = v.lease_holder, \
             lease_until = v.lease_until, armed_at = v.armed_at, doubt_since = v.doubt_since, looked_at = v.looked_at, \
             remote_id = v.remote_id, remote_url = v.remote_url, remote_version = v.remote_version, \
             sent_hash = v.sent_hash, published_at = v.published_at, settled_at = v.settled_at, \
             person_text = v.person_text FROM v WHERE deliveries.practice_id = v.p AND deliveries.id = v.i",
            values(group.len(), 21)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(false);
        for row in group {
            query = bind(query, row);
        }
        query.execute(&mut *tx).await?;
    }
    Ok(())
}

fn bind<'q>(query: Query<'q, Any, sqlx::any::AnyArguments>, row: &Row) -> Query<'q, Any, sqlx::any::AnyArguments> {
    let Delivery { wanted, state, due_at, window_ends_at, next_try_at, tries, calls, .. } = row.delivery;
    let delivery = &row.delivery;
    let micros = |time: Option<Timestamp>| time.map(Timestamp::as_microsecond);
    let remote = |part: fn(&Published) -> &String| delivery.remote.as_ref().map(|remote| part(remote).clone());
    query
        .bind(row.key.practice_id.clone())
        .bind(row.key.id.clone())
        .bind(due_at.as_microsecond())
        .bind(wanted.as_str())
        .bind(state.as_str())
        .bind(window_ends_at.as_microsecond())
        .bind(micros(next_try_at).unwrap_or(NEVER))
        .bind(i64::from(tries))
        .bind(i64::from(calls))
        .bind(delivery.lease.as_ref().map(|lease| lease.holder.clone()))
        .bind(delivery.lease.as_ref().map_or(0, |lease| lease.until.as_microsecond()))
        .bind(micros(delivery.armed_at))
        .bind(micros(delivery.doubt_since))
        .bind(micros(delivery.looked_at))
        .bind(remote(|remote| &remote.remote_id))
        .bind(remote(|remote| &remote.url))
        .bind(remote(|remote| &remote.version))
        .bind(delivery.sent_hash.clone())
        .bind(micros(delivery.published_at))
        .bind(micros(delivery.settled_at))
        .bind(delivery.person_text.clone())
}

/// Reads a row that has all [`COLUMNS`].
pub(super) fn from(row: &AnyRow) -> Result<Row, DatabaseError> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let maybe = |name: &str| row.try_get::<Option<String>, _>(name);
    let number = |name: &str| row.try_get::<i64, _>(name);
    let time = |name: &str| Ok::<_, sqlx::Error>(row.try_get::<Option<i64>, _>(name)?.map(moment));
    let holder = maybe("lease_holder")?;
    let until = number("lease_until")?;
    let remote = match maybe("remote_id")? {
        Some(remote_id) => Some(Published {
            remote_id,
            url: maybe("remote_url")?.unwrap_or_default(),
            version: maybe("remote_version")?.unwrap_or_default(),
        }),
        None => None,
    };
    let next = number("next_try_at")?;
    Ok(Row {
        key: Key { practice_id: text("practice_id")?, id: text("id")? },
        post_id: text("post_id")?,
        account_id: text("account_id")?,
        network: text("network")?,
        server: text("server")?,
        record_key: text("record_key")?,
        delivery: Delivery {
            state: State::from_word(&text("state")?).ok_or_else(|| odd("state"))?,
            wanted: Wanted::from_word(&text("wanted")?).ok_or_else(|| odd("wanted"))?,
            due_at: moment(number("due_at")?),
            window_ends_at: moment(number("window_ends_at")?),
            next_try_at: (next != NEVER).then(|| moment(next)),
            tries: u32::try_from(number("tries")?).unwrap_or(u32::MAX),
            calls: u32::try_from(number("calls")?).unwrap_or(u32::MAX),
            lease: holder.map(|holder| Lease { holder, until: moment(until) }),
            armed_at: time("armed_at")?,
            doubt_since: time("doubt_since")?,
            looked_at: time("looked_at")?,
            remote,
            sent_hash: maybe("sent_hash")?,
            published_at: time("published_at")?,
            settled_at: time("settled_at")?,
            person_text: text("person_text")?,
        },
        paused: false,
    })
}

/// A time of the database; one that no calendar has becomes the latest there is.
pub(super) fn moment(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
}

fn odd(column: &str) -> DatabaseError {
    DatabaseError::Engine(sqlx::Error::ColumnDecode { index: column.to_owned(), source: "not a word of ours".into() })
}

/// `($1, $2), ($3, $4) …`: `rows` groups of `width` placeholders.
pub(super) fn values(rows: usize, width: usize) -> String {
    (0..rows)
        .map(|row| format!("({})", bedside_platform::database::placeholders(row * width + 1, width)))
        .collect::<Vec<_>>()
        .join(", ")
}
