//! Writers beside each other: nothing is lost, nothing half done is seen, no row is claimed twice.

use std::time::Duration;

use bedside_platform::database::{Database, Engine, is_duplicate};
use sqlx::{Any, AssertSqlSafe, Transaction};
use tokio::time::timeout;

use crate::world::{add, another_process, committed, count, world};

/// Longer than any step of these tests takes.
const SOON: Duration = Duration::from_secs(10);
/// How long a writer that must wait is watched waiting.
const A_WHILE: Duration = Duration::from_millis(200);

async fn number(tx: &mut Transaction<'static, Any>, database: &Database, id: &str) -> i64 {
    let select = database.locked("SELECT n FROM rows WHERE id = $1");
    sqlx::query_scalar(select).bind(id).fetch_one(&mut **tx).await.unwrap()
}

async fn set(tx: &mut Transaction<'static, Any>, id: &str, n: i64) {
    sqlx::query("UPDATE rows SET n = $1 WHERE id = $2").bind(n).bind(id).execute(&mut **tx).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_that_count_in_one_row_lose_nothing() {
    let world = world().await;
    committed(&world.ground.database, &["a"]).await;
    let beside = another_process(&world).await.unwrap();
    let mut writers = Vec::new();
    for database in [&world.ground.database, &beside, &world.ground.database, &beside] {
        let database = database.clone();
        writers.push(tokio::spawn(async move {
            for _ in 0..10 {
                let mut tx = database.begin_write().await.unwrap();
                let n = number(&mut tx, &database, "a").await;
                tokio::task::yield_now().await;
                set(&mut tx, "a", n + 1).await;
                tx.commit().await.unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let n: i64 = sqlx::query_scalar("SELECT n FROM rows").fetch_one(world.ground.database.read()).await.unwrap();
    assert_eq!(n, 40);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_reads_a_row_to_change_it_waits_for_its_turn_and_sees_the_change() {
    let world = world().await;
    let database = &world.ground.database;
    committed(database, &["a"]).await;
    let mut first = database.begin_write().await.unwrap();
    assert_eq!(number(&mut first, database, "a").await, 0);
    let beside = another_process(&world).await.unwrap();
    let mut second = tokio::spawn(async move {
        let mut tx = beside.begin_write().await.unwrap();
        number(&mut tx, &beside, "a").await
    });
    assert!(timeout(A_WHILE, &mut second).await.is_err(), "the second did not wait");
    set(&mut first, "a", 7).await;
    first.commit().await.unwrap();
    assert_eq!(timeout(SOON, second).await.unwrap().unwrap(), 7);
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing_and_the_next_one_begins() {
    let world = world().await;
    let database = &world.ground.database;
    let mut tx = database.begin_write().await.unwrap();
    add(&mut tx, "a", Some(1)).await.unwrap();
    drop(tx);
    committed(database, &["b"]).await;
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM rows").fetch_all(database.read()).await.unwrap();
    assert_eq!(ids, ["b"]);
}

#[tokio::test]
async fn a_reader_sees_only_what_is_committed() {
    let world = world().await;
    let database = &world.ground.database;
    let beside = another_process(&world).await.unwrap();
    let mut tx = database.begin_write().await.unwrap();
    add(&mut tx, "a", Some(1)).await.unwrap();
    for reader in [database, &beside] {
        assert_eq!(timeout(SOON, count(reader, "rows")).await.expect("a reader waited for a writer"), 0);
    }
    tx.commit().await.unwrap();
    for reader in [database, &beside] {
        assert_eq!(count(reader, "rows").await, 1);
    }
}

/// Claims two free rows, as a worker of the engine does.
async fn claim(tx: &mut Transaction<'static, Any>, database: &Database, worker: &str) -> Vec<String> {
    let select = database.skip_locked("SELECT id FROM rows WHERE worker IS NULL ORDER BY id LIMIT 2");
    let ids: Vec<String> = sqlx::query_scalar(AssertSqlSafe(select)).fetch_all(&mut **tx).await.unwrap();
    for id in &ids {
        let update = sqlx::query("UPDATE rows SET worker = $1 WHERE id = $2 AND worker IS NULL");
        let done = update.bind(worker).bind(id).execute(&mut **tx).await.unwrap();
        assert_eq!(done.rows_affected(), 1, "the count of a conditional update");
    }
    ids
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_workers_never_claim_the_same_row() {
    let world = world().await;
    let database = &world.ground.database;
    committed(database, &["a", "b", "c", "d", "e"]).await;
    let mut first = database.begin_write().await.unwrap();
    let mut claimed = claim(&mut first, database, "one").await;
    let beside = another_process(&world).await.unwrap();
    let second = tokio::spawn(async move {
        let mut tx = beside.begin_write().await.unwrap();
        let claimed = claim(&mut tx, &beside, "two").await;
        tx.commit().await.unwrap();
        claimed
    });
    let second = if database.engine() == Engine::Postgres {
        // The first is still at work.
        let claimed = timeout(SOON, second).await.expect("a worker waited for held rows").unwrap();
        first.commit().await.unwrap();
        claimed
    } else {
        first.commit().await.unwrap();
        timeout(SOON, second).await.unwrap().unwrap()
    };
    claimed.extend(second);
    assert_eq!(claimed, ["a", "b", "c", "d"]);
    let again = sqlx::query("UPDATE rows SET worker = 'three' WHERE id = 'a' AND worker IS NULL");
    let mut tx = database.begin_write().await.unwrap();
    assert_eq!(again.execute(&mut *tx).await.unwrap().rows_affected(), 0);
}

#[tokio::test]
async fn a_key_that_is_taken_is_told_from_every_other_mistake() {
    let world = world().await;
    let database = &world.ground.database;
    committed(database, &["a"]).await;
    for (id, n, duplicate) in [("a", 9, true), ("b", 0, true), ("c", 9, false)] {
        let mut tx = database.begin_write().await.unwrap();
        let added = add(&mut tx, id, Some(n)).await;
        assert_eq!(added.as_ref().is_err_and(is_duplicate), duplicate, "{id} {n}: {added:?}");
    }
    let mut tx = database.begin_write().await.unwrap();
    let wrong = sqlx::query("INSERT INTO nowhere (id) VALUES ('a')").execute(&mut *tx).await.unwrap_err();
    assert!(!is_duplicate(&wrong), "{wrong}");
}
