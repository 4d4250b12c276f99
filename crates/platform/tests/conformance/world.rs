//! A database with one table, and a second process beside it.

use bedside_platform::{
    database::{Database, DatabaseError},
    migrations::Migration,
};
use bedside_testkit::{TestGround, ground::POSTGRES};
use sqlx::{Any, AssertSqlSafe, Transaction};

/// The table of these tests.
pub(crate) const TABLES: &[Migration] = &[Migration {
    name: "conformance/1-rows",
    sql: "CREATE TABLE rows (id TEXT PRIMARY KEY, n BIGINT, body TEXT, raw BLOB, worker TEXT);\n\
          CREATE UNIQUE INDEX rows_n ON rows (n);",
}];

pub(crate) async fn world() -> TestGround {
    TestGround::new(TABLES).await
}

/// The same database as another process of Bedside has it: with connections of its own.
#[allow(clippy::disallowed_methods, reason = "tests choose their database by the environment")]
pub(crate) async fn another_process(world: &TestGround) -> Result<Database, DatabaseError> {
    let Ok(server) = std::env::var(POSTGRES) else {
        return Database::open_file(&world.folder().join("bedside.db")).await;
    };
    let name: String =
        sqlx::query_scalar("SELECT current_database()::text").fetch_one(world.ground.database.read()).await?;
    Database::connect(&format!("{}/{name}", server.trim_end_matches('/'))).await
}

/// Adds a row with this number.
pub(crate) async fn add(tx: &mut Transaction<'static, Any>, id: &str, n: Option<i64>) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO rows (id, n) VALUES ($1, $2)").bind(id).bind(n).execute(&mut **tx).await.map(|_| ())
}

/// Rows that were committed already.
pub(crate) async fn committed(database: &Database, ids: &[&str]) {
    let mut tx = database.begin_write().await.unwrap();
    for (n, id) in (0_i64..).zip(ids) {
        add(&mut tx, id, Some(n)).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// How many rows a reader sees.
pub(crate) async fn count(database: &Database, table: &str) -> i64 {
    let sql = AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
    sqlx::query_scalar(sql).fetch_one(database.read()).await.unwrap()
}
