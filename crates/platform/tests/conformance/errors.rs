//! What an error says about the machine: a row that is held is told from a database that cannot be written, and both from
//! a mistake of ours.

use bedside_platform::database::{Engine, Lack, lack};
use sqlx::AssertSqlSafe;

use crate::world::{another_process, committed, world};

/// What an update of row `a` meets in a session that was told `settings` first.
async fn update_after(settings: [&'static str; 2], is_held: bool) -> sqlx::Error {
    let world = world().await;
    let database = &world.ground.database;
    committed(database, &["a"]).await;
    let beside = another_process(&world).await.unwrap();
    let mut holder = database.begin_write().await.unwrap();
    if is_held {
        sqlx::query("UPDATE rows SET n = 7 WHERE id = 'a'").execute(&mut *holder).await.unwrap();
    } else {
        holder.rollback().await.unwrap();
    }
    let mut session = beside.read().acquire().await.unwrap();
    let setting = settings[usize::from(database.engine() == Engine::Postgres)];
    sqlx::query(AssertSqlSafe(setting.to_owned())).execute(&mut *session).await.unwrap();
    sqlx::query("UPDATE rows SET n = 8 WHERE id = 'a'").execute(&mut *session).await.unwrap_err()
}

#[tokio::test]
async fn a_row_that_somebody_holds_is_a_matter_of_turns() {
    let error = update_after(["PRAGMA busy_timeout = 0", "SET lock_timeout = '50ms'"], true).await;
    assert_eq!(lack(&error), Some(Lack::Turn), "{error}");
}

#[tokio::test]
async fn a_database_that_can_only_be_read_is_a_matter_of_the_disk() {
    let error = update_after(["PRAGMA query_only = ON", "SET default_transaction_read_only = on"], false).await;
    assert_eq!(lack(&error), Some(Lack::Disk), "{error}");
}

#[tokio::test]
async fn our_own_mistakes_lack_nothing() {
    let world = world().await;
    let database = &world.ground.database;
    committed(database, &["a"]).await;
    for wrong in ["INSERT INTO nowhere (id) VALUES ('b')", "INSERT INTO rows (id) VALUES ('a')", "SELEC 1"] {
        let mut tx = database.begin_write().await.unwrap();
        let error = sqlx::query(wrong).execute(&mut *tx).await.unwrap_err();
        assert_eq!(lack(&error), None, "{wrong}: {error}");
    }
    assert_eq!(lack(&sqlx::Error::PoolTimedOut), None);
}
