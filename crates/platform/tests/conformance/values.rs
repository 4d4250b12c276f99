//! What is put in comes out the same, and is sorted the same.

use bedside_platform::database::placeholders;
use serde_json::json;
use sqlx::{AssertSqlSafe, Row as _};

use crate::world::{committed, world};

/// Id, text, number and bytes of a row.
type Row<'a> = (&'a str, Option<&'a str>, Option<i64>, Option<&'a [u8]>);

#[tokio::test]
async fn texts_numbers_bytes_and_nothing_come_back_as_they_were() {
    let world = world().await;
    let database = &world.ground.database;
    let long = "salt & señor 🧂 ".repeat(60_000);
    assert!(long.len() > 1_000_000);
    let raw: Vec<u8> = (0..=255).collect();
    let values: [Row; 6] = [
        ("nothing", None, None, None),
        ("empty", Some(""), Some(0), Some(b"")),
        ("least", Some("it's \"quoted\" \\ % _ $1 ?\n\ttab"), Some(i64::MIN), Some(&raw)),
        ("most", Some("👩🏽‍⚕️ ñ 漢字 \u{202e}عربى"), Some(i64::MAX), Some(&[0])),
        ("long", Some(&long), Some(-1), None),
        ("nothing again", None, None, None),
    ];
    let mut tx = database.begin_write().await.unwrap();
    for (id, body, n, raw) in &values {
        let insert = sqlx::query("INSERT INTO rows (id, body, n, raw) VALUES ($1, $2, $3, $4)");
        let insert = insert.bind(*id).bind(*body).bind(*n).bind(raw.map(<[u8]>::to_vec));
        insert.execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    for (id, body, n, raw) in &values {
        let row = sqlx::query("SELECT body, n, raw FROM rows WHERE id = $1").bind(*id);
        let row = row.fetch_one(database.read()).await.unwrap();
        assert!(row.get::<Option<String>, _>(0).as_deref() == *body, "{id}: the text");
        assert_eq!(row.get::<Option<i64>, _>(1), *n, "{id}");
        assert_eq!(row.get::<Option<Vec<u8>>, _>(2).as_deref(), *raw, "{id}");
    }
}

#[tokio::test]
async fn ids_are_sorted_by_their_bytes_and_a_page_goes_on_where_the_last_one_ended() {
    let world = world().await;
    let database = &world.ground.database;
    let mut ids = vec![
        "b", "B", "a", "A", "a-b", "ab", "a_b", "a b", "10", "9", "Z", "z", "~", "-", "_", "0198-aa", "0198a", "é",
    ];
    committed(database, &ids).await;
    ids.sort_unstable();
    let all: Vec<String> =
        sqlx::query_scalar("SELECT id FROM rows ORDER BY id").fetch_all(database.read()).await.unwrap();
    assert_eq!(all, ids);
    let (mut after, mut walked) = (String::new(), Vec::new());
    loop {
        let page = sqlx::query_scalar("SELECT id FROM rows WHERE id > $1 ORDER BY id LIMIT 4").bind(&after);
        let page: Vec<String> = page.fetch_all(database.read()).await.unwrap();
        let Some(last) = page.last() else { break };
        after.clone_from(last);
        walked.extend(page);
    }
    assert_eq!(walked, ids);
    let down: Vec<String> =
        sqlx::query_scalar("SELECT id FROM rows ORDER BY id DESC").fetch_all(database.read()).await.unwrap();
    assert!(down.iter().rev().eq(&all));
}

#[tokio::test]
async fn numbered_placeholders_stand_in_any_order_and_more_than_once() {
    let world = world().await;
    let database = &world.ground.database;
    committed(database, &["a", "b", "c", "d"]).await;
    assert_eq!(placeholders(2, 3), "$2, $3, $4");
    let sql = format!("SELECT id FROM rows WHERE id IN ({}) AND id <> $1 AND (n > $5 OR $1 = 'd')", placeholders(2, 3));
    let found = sqlx::query_scalar::<_, String>(AssertSqlSafe(sql)).bind("b").bind("a").bind("b").bind("c").bind(0_i64);
    assert_eq!(found.fetch_all(database.read()).await.unwrap(), ["c".to_owned()]);
    let swapped = sqlx::query_scalar::<_, String>("SELECT id FROM rows WHERE n = $2 AND id = $1").bind("c").bind(2_i64);
    assert_eq!(swapped.fetch_all(database.read()).await.unwrap(), ["c".to_owned()]);
}

#[tokio::test]
async fn rows_as_json_keep_their_order_their_kinds_and_their_words() {
    let world = world().await;
    let database = &world.ground.database;
    let list = |rest: &'static str| {
        let select = database.as_json("id, n, body", rest);
        async { sqlx::query_scalar::<_, String>(select).fetch_one(database.read()).await.unwrap() }
    };
    let parsed = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
    assert_eq!(parsed(&list("FROM rows ORDER BY n").await), json!([]), "no rows are an empty list");
    let mut tx = database.begin_write().await.unwrap();
    for (id, n, body) in [
        ("middle", Some(0), None),
        ("least", Some(i64::MIN), Some("it's \"quoted\" \\ <b> \n\ttab")),
        ("most", Some(i64::MAX), Some("👩🏽‍⚕️ ñ 漢字 \u{202e}عربى")),
        ("digits", Some(7), Some("7")),
    ] {
        let insert = sqlx::query("INSERT INTO rows (id, n, body) VALUES ($1, $2, $3)").bind(id).bind(n).bind(body);
        insert.execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut rows = vec![
        json!(["most", i64::MAX, "👩🏽‍⚕️ ñ 漢字 \u{202e}عربى"]),
        json!(["digits", 7, "7"]),
        json!(["middle", 0, null]),
        json!(["least", i64::MIN, "it's \"quoted\" \\ <b> \n\ttab"]),
    ];
    assert_eq!(parsed(&list("FROM rows ORDER BY n DESC").await), json!(rows));
    assert_eq!(parsed(&list("FROM rows ORDER BY n DESC LIMIT 2").await), json!(rows[..2]));
    rows.reverse();
    assert_eq!(parsed(&list("FROM rows ORDER BY n").await), json!(rows));
}
