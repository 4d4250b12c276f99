//! Migrations only go forward and keep data. Each feature hands in its own, as named SQL texts; they run once,
//! in the order of the list, each in a transaction with the note that it ran.
//!
//! The SQL is one text for both databases. The one type that has two names is written `BLOB` and becomes
//! `BYTEA` on PostgreSQL. A text that already ran must never change: its hash is kept and compared.

use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Row};

use crate::database::{Database, DatabaseError, Engine};

/// A named step. The name begins with its feature, for example `posts/1-first`.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Unique and final.
    pub name: &'static str,
    /// Statements separated by `;` at the end of a line.
    pub sql: &'static str,
}

/// Brings the database up to date.
///
/// # Errors
/// When a statement fails, or when a migration that ran before has another text now.
pub async fn run(database: &Database, now: i64, list: &[Migration]) -> Result<(), DatabaseError> {
    let mut tx = database.begin_write().await?;
    sqlx::query(
        "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, hash TEXT NOT NULL, ran_at BIGINT NOT NULL)",
    )
    .execute(&mut *tx)
    .await?;
    if database.engine() == Engine::Postgres {
        // Two processes that start together take turns.
        sqlx::query("LOCK TABLE migrations IN EXCLUSIVE MODE").execute(&mut *tx).await?;
    }
    for migration in list {
        let hash = hex::encode(Sha256::digest(migration.sql.as_bytes()));
        let ran = sqlx::query("SELECT hash FROM migrations WHERE name = $1")
            .bind(migration.name)
            .fetch_optional(&mut *tx)
            .await?;
        if let Some(row) = ran {
            if row.try_get::<String, _>(0)? != hash {
                return Err(DatabaseError::ChangedMigration(migration.name));
            }
            continue;
        }
        for statement in statements(migration.sql, database.engine()) {
            sqlx::query(AssertSqlSafe(statement)).execute(&mut *tx).await?;
        }
        sqlx::query("INSERT INTO migrations (name, hash, ran_at) VALUES ($1, $2, $3)")
            .bind(migration.name)
            .bind(hash)
            .bind(now)
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    Ok(())
}

fn statements(sql: &str, engine: Engine) -> Vec<String> {
    sql.split(";\n")
        .map(|statement| statement.trim().trim_end_matches(';'))
        .filter(|statement| !statement.is_empty())
        .map(|statement| match engine {
            Engine::Sqlite => statement.to_owned(),
            Engine::Postgres => statement.replace(" BLOB", " BYTEA"),
        })
        .collect()
}
