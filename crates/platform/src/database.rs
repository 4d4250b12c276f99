//! One database, two engines: SQLite (embedded, the default) and PostgreSQL, from one SQL text.
//!
//! What makes "one text" true is kept here. Placeholders are `$1`, ids are text, times are BIGINT microseconds,
//! JSON is text. Every write transaction begins through [`Database::begin_write`]: on SQLite that is `BEGIN
//! IMMEDIATE` on the one writing connection, so writers wait in a queue instead of failing half-way with
//! "database is locked"; on PostgreSQL rows that are read to be changed are locked with [`Database::locked`].
//! State changes are conditional updates (`WHERE state = …`) whose count of rows is looked at.
//!
//! SQLite runs with WAL and `synchronous = FULL`: a commit that was acknowledged survives power loss.

use std::{path::Path, str::FromStr, sync::Once, time::Duration};

use sqlx::{
    Any, AnyConnection, AnyPool, AssertSqlSafe, Connection, Transaction,
    any::{AnyConnectOptions, AnyPoolOptions},
};

/// How long a writer waits for another process that holds the file, before it gives up.
const BUSY_TIMEOUT_MS: u32 = 10_000;
/// Readers side by side. SQLite readers do not wait for the writer.
const READERS: u32 = 4;
/// Connections to PostgreSQL of one process.
const POSTGRES_CONNECTIONS: u32 = 16;
/// How long a request waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(20);

/// Which engine is below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one file.
    Sqlite,
    /// A PostgreSQL server, version 15 or later.
    Postgres,
}

/// What can go wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The engine's own error.
    #[error(transparent)]
    Engine(#[from] sqlx::Error),
    /// A migration that already ran has another text now.
    #[error("migration {0} was changed after it ran")]
    ChangedMigration(&'static str),
    /// An address that is neither SQLite nor PostgreSQL.
    #[error("not a database address: it must begin with sqlite: or postgres:")]
    UnknownAddress,
}

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    engine: Engine,
    read: AnyPool,
    write: AnyPool,
}

static DRIVERS: Once = Once::new();

impl Database {
    /// Opens the SQLite file at `path`, making it when it is not there.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub async fn open_file(path: &Path) -> Result<Self, DatabaseError> {
        Self::connect(&format!("sqlite:{}?mode=rwc", path.display())).await
    }

    /// Opens the database at `address` (`sqlite:…` or `postgres://…`).
    ///
    /// # Errors
    /// When the address is of neither engine, or the engine does not answer.
    pub async fn connect(address: &str) -> Result<Self, DatabaseError> {
        DRIVERS.call_once(sqlx::any::install_default_drivers);
        let options = AnyConnectOptions::from_str(address)?;
        if address.starts_with("postgres") {
            let pool = AnyPoolOptions::new()
                .max_connections(POSTGRES_CONNECTIONS)
                .acquire_timeout(ACQUIRE_TIMEOUT)
                .connect_with(options)
                .await?;
            return Ok(Self { engine: Engine::Postgres, read: pool.clone(), write: pool });
        }
        if !address.starts_with("sqlite:") {
            return Err(DatabaseError::UnknownAddress);
        }
        // A pool tries again for a while and then only says that time ran out; one connection says at once what is wrong.
        let mut first = AnyConnection::connect_with(&options).await?;
        prepare(&mut first).await?;
        let write = sqlite_pool(1).connect_with(options.clone()).await?;
        let read = sqlite_pool(READERS).connect_with(options).await?;
        first.close().await?;
        Ok(Self { engine: Engine::Sqlite, read, write })
    }

    /// Which engine is below.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// For reading outside a transaction.
    pub fn read(&self) -> &AnyPool {
        &self.read
    }

    /// Begins a transaction that may write. Dropping it without `commit` undoes it.
    ///
    /// # Errors
    /// When no connection is free in time, or the engine refuses.
    pub async fn begin_write(&self) -> Result<Transaction<'static, Any>, DatabaseError> {
        Ok(match self.engine {
            Engine::Sqlite => self.pen().await?,
            Engine::Postgres => self.write.begin().await?,
        })
    }

    /// When a commit fails because the disk is full, SQLite ends the transaction by itself; the driver goes on to count it as
    /// open, and that connection would never begin another one. It is replaced.
    async fn pen(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        match self.write.begin_with("BEGIN IMMEDIATE").await {
            Err(sqlx::Error::InvalidSavePointStatement | sqlx::Error::BeginFailed) => {
                // That a broken connection does not close well is no reason to keep it.
                let _ = self.write.acquire().await?.close().await;
                self.write.begin_with("BEGIN IMMEDIATE").await
            }
            begun => begun,
        }
    }

    /// `SELECT … FOR UPDATE` on PostgreSQL; the same text without the clause on SQLite, where the
    /// transaction already holds the only pen.
    pub fn locked(&self, select: &str) -> AssertSqlSafe<String> {
        AssertSqlSafe(match self.engine {
            Engine::Sqlite => select.to_owned(),
            Engine::Postgres => format!("{select} FOR UPDATE"),
        })
    }

    /// The rows of a select as one JSON array of arrays, in one row: for lists, where handing over each value by itself
    /// costs far more than reading it. `rest` is everything from `FROM` on; the rows keep its order.
    pub fn as_json(&self, columns: &str, rest: &str) -> AssertSqlSafe<String> {
        AssertSqlSafe(match self.engine {
            Engine::Sqlite => {
                format!("SELECT json_group_array(json_array({columns})) FROM (SELECT {columns} {rest})")
            }
            Engine::Postgres => format!(
                "SELECT CAST(COALESCE(json_agg(json_build_array({columns})), '[]') AS TEXT) FROM (SELECT {columns} {rest}) AS listed"
            ),
        })
    }

    /// Like [`locked`](Self::locked), but passes over rows that another worker holds.
    pub fn skip_locked(&self, select: &str) -> String {
        match self.engine {
            Engine::Sqlite => select.to_owned(),
            Engine::Postgres => format!("{select} FOR UPDATE SKIP LOCKED"),
        }
    }

    /// Closes all connections; on SQLite this also folds the write-ahead log into the file.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

fn sqlite_pool(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A pooled connection lives as long as the process: re-opening a file gains nothing.
        .max_lifetime(None)
        .idle_timeout(None)
        // A file does not hang up, and asking whether it did costs as much as a query.
        .test_before_acquire(false)
        .after_connect(|connection, _| Box::pin(prepare(connection)))
}

async fn prepare(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    for pragma in [
        format!("PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}"),
        "PRAGMA journal_mode = WAL".to_owned(),
        "PRAGMA synchronous = FULL".to_owned(),
        "PRAGMA foreign_keys = ON".to_owned(),
    ] {
        sqlx::query(AssertSqlSafe(pragma)).execute(&mut *connection).await?;
    }
    Ok(())
}

/// `$from, $from+1, …` for `count` values: the list of an `IN (…)`.
pub fn placeholders(from: usize, count: usize) -> String {
    (from..from + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// What the machine below the database lacks, where an error tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Room on the disk.
    Space,
    /// Its turn: somebody else holds the file or the rows.
    Turn,
    /// A disk that can be written and read.
    Disk,
}

/// What an error says about the machine. Codes: sqlite.org/rescode.html (5 busy, 6 locked, 8 read-only, 10 input or
/// output, 13 full, 14 cannot open; extended codes keep the low byte), postgresql.org/docs/current/errcodes-appendix.html.
pub fn lack(error: &sqlx::Error) -> Option<Lack> {
    let code = error.as_database_error()?.code()?;
    if code.len() == 5 {
        return match code.as_ref() {
            "53100" => Some(Lack::Space),
            "40001" | "40P01" | "55P03" => Some(Lack::Turn),
            "58030" | "25006" => Some(Lack::Disk),
            _ => None,
        };
    }
    match code.parse::<u32>().ok()? & 0xff {
        13 => Some(Lack::Space),
        5 | 6 => Some(Lack::Turn),
        8 | 10 | 14 => Some(Lack::Disk),
        _ => None,
    }
}

/// Whether the error says that a row with this key is already there.
pub fn is_duplicate(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_transaction_that_ended_by_itself_does_not_break_the_pen() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open_file(&folder.path().join("bedside.db")).await.unwrap();
        let mut tx = database.begin_write().await.unwrap();
        // What SQLite does by itself when the disk is full.
        sqlx::query("ROLLBACK").execute(&mut *tx).await.unwrap();
        assert!(tx.commit().await.is_err());
        let mut tx = database.begin_write().await.unwrap();
        sqlx::query("CREATE TABLE t (n BIGINT)").execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        let answer: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(database.read()).await.unwrap();
        assert_eq!(answer, "wal");
    }

    #[tokio::test]
    async fn a_file_that_is_no_database_is_said_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bedside.db");
        std::fs::write(&path, b"not a database at all, but long enough to be read as one".repeat(100)).unwrap();
        let error = Database::open_file(&path).await.unwrap_err().to_string();
        assert!(error.contains("not a database"), "{error}");
    }
}
