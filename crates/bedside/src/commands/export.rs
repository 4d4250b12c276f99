//! `bedside export`: all data of each practice as JSON, without secrets. Nobody is locked in.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context, bail};
use bedside_practice::practice;
use serde_json::{Map, Value};
use sqlx::{AssertSqlSafe, Column, Row, ValueRef, any::AnyRow};

use super::say;
use crate::{
    config::{Config, Options},
    house,
};

/// Tables with a practice id in front. Sessions, sealed secrets and half-made connections are nobody's data.
const TABLES: [&str; 22] = [
    "members",
    "audit",
    "accounts",
    "posts",
    "variants",
    "media",
    "post_media",
    "sources",
    "post_sources",
    "kept_findings",
    "signatures",
    "deliveries",
    "attempts",
    "pauses",
    "messages",
    "numbers",
    "pages",
    "page_pictures",
    "challenges",
    "challenge_templates",
    "emergency_sentence",
    "emergency_sentence_answers",
];
/// Columns that open something.
const SECRET: [&str; 3] = ["secret", "password_hash", "invitation_hash"];

pub(super) async fn export(options: Options, folder: &Path) -> anyhow::Result<ExitCode> {
    if folder.exists() {
        bail!("{} is there already. Name a folder that does not exist yet.", folder.display());
    }
    let ground = house::open_existing(&Config::decide(options)?).await?;
    for practice in practice::all(&ground.database).await? {
        let to = folder.join(&practice.slug);
        house::private_folder(&to).with_context(|| format!("the folder {} cannot be made", to.display()))?;
        let mut total = 0;
        for table in TABLES {
            let sql = AssertSqlSafe(format!("SELECT * FROM {table} WHERE practice_id = $1"));
            let rows = sqlx::query(sql)
                .bind(&practice.id)
                .fetch_all(ground.database.read())
                .await
                .with_context(|| format!("the table {table} cannot be read"))?;
            total += rows.len();
            let rows: Vec<Value> = rows.iter().map(row).collect();
            fs::write(to.join(format!("{table}.json")), serde_json::to_string_pretty(&rows)?)?;
        }
        fs::write(to.join("practice.json"), serde_json::to_string_pretty(&practice.facts)?)?;
        say(&format!(
            "{}: {total} rows in {}. Pictures are in the media folder, named by their hash.",
            practice.slug,
            to.display()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn row(row: &AnyRow) -> Value {
    let columns = row.columns().iter().filter(|column| !SECRET.contains(&column.name()));
    let pairs = columns.map(|column| (column.name().to_owned(), value(row, column.ordinal())));
    Value::Object(pairs.collect::<Map<_, _>>())
}

fn value(row: &AnyRow, at: usize) -> Value {
    if row.try_get_raw(at).is_ok_and(|raw| raw.is_null()) {
        return Value::Null;
    }
    if let Ok(number) = row.try_get::<i64, _>(at) {
        return number.into();
    }
    row.try_get::<String, _>(at).map_or(Value::Null, Value::String)
}
