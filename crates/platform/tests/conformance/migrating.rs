//! Migrations: once, whole, and never another text.

use bedside_platform::{
    database::DatabaseError,
    migrations::{self, Migration},
};

use crate::world::{TABLES, another_process, committed, count, world};

const MORE: Migration = Migration {
    name: "conformance/2-more",
    sql: "CREATE TABLE more (id TEXT PRIMARY KEY);\nINSERT INTO more VALUES ('a');",
};

#[tokio::test]
async fn a_migration_runs_once_however_often_the_program_starts() {
    let world = world().await;
    let database = &world.ground.database;
    committed(database, &["a"]).await;
    let list = [TABLES, &[MORE]].concat();
    for _ in 0..2 {
        migrations::run(database, 1, &list).await.unwrap();
    }
    assert_eq!((count(database, "rows").await, count(database, "more").await), (1, 1));
    assert_eq!(count(database, "migrations").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_that_start_together_take_turns() {
    let world = world().await;
    let beside = another_process(&world).await.unwrap();
    let list = [TABLES, &[MORE]].concat();
    let (one, two) =
        tokio::join!(migrations::run(&world.ground.database, 1, &list), migrations::run(&beside, 2, &list));
    one.unwrap();
    two.unwrap();
    assert_eq!(count(&beside, "more").await, 1);
}

#[tokio::test]
async fn a_text_that_ran_and_was_changed_is_refused_and_nothing_else_runs() {
    let world = world().await;
    let changed = Migration { sql: "CREATE TABLE rows (id TEXT PRIMARY KEY);", ..TABLES[0] };
    let refused = migrations::run(&world.ground.database, 1, &[MORE, changed]).await.unwrap_err();
    assert!(matches!(refused, DatabaseError::ChangedMigration("conformance/1-rows")), "{refused}");
    assert_eq!(count(&world.ground.database, "migrations").await, 1);
}

#[tokio::test]
async fn a_migration_that_fails_half_way_leaves_nothing() {
    let world = world().await;
    let database = &world.ground.database;
    let broken =
        Migration { name: "conformance/3", sql: "CREATE TABLE half (id TEXT);\nINSERT INTO nowhere VALUES (1);" };
    migrations::run(database, 1, &[TABLES[0], MORE, broken]).await.unwrap_err();
    assert_eq!(count(database, "migrations").await, 1);
    for table in ["SELECT * FROM more", "SELECT * FROM half"] {
        let there = sqlx::query(table).fetch_optional(database.read()).await;
        assert!(there.is_err(), "{table}: it was left behind");
    }
    migrations::run(database, 1, &[TABLES[0], MORE]).await.unwrap();
    assert_eq!(count(database, "more").await, 1);
}
