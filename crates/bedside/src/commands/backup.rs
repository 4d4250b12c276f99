//! `bedside backup` and `bedside restore`: the whole installation as a folder.
//!
//! On SQLite the database is copied by the engine itself (`VACUUM INTO`), whole at one moment, also while Bedside
//! runs. A PostgreSQL database is its server's affair (pg_dump); then only media and key are copied, and we say so.
//! A restored installation sends nothing blindly: the engine looks on the networks for what fell due in the gap.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context, bail};
use bedside_platform::database::Engine;
use bedside_publishing::delivery::claims;

use super::say;
use crate::{
    config::{Config, Options},
    house,
};

const DATABASE_FILE: &str = "bedside.db";
const MEDIA: &str = "media";

pub(super) async fn backup(options: Options, folder: &Path) -> anyhow::Result<ExitCode> {
    if folder.exists() {
        bail!("{} is there already. Name a folder that does not exist yet, so that no older backup is overwritten.", folder.display());
    }
    let config = Config::decide(options)?;
    let ground = house::open(&config).await?;
    let data = &config.settings.data;
    fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    match ground.database.engine() {
        Engine::Sqlite => {
            let path = folder.join(DATABASE_FILE);
            sqlx::query("VACUUM INTO $1").bind(path.display().to_string()).execute(ground.database.read()).await.context("the database cannot be copied")?;
        }
        Engine::Postgres => say("The database is on PostgreSQL: back it up with pg_dump. Media and key are copied here."),
    }
    let files = copy_folder(&data.join(MEDIA), &folder.join(MEDIA))?;
    fs::copy(data.join(house::KEY_FILE), folder.join(house::KEY_FILE)).context("the key cannot be copied")?;
    say(&format!("Backed up to {} with {files} pictures. It holds the key that opens your networks' tokens: keep it where you keep the practice's keys.", folder.display()));
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn restore(options: Options, folder: &Path) -> anyhow::Result<ExitCode> {
    let config = Config::decide(options)?;
    let data = &config.settings.data;
    if data.join(DATABASE_FILE).exists() || data.join(house::KEY_FILE).exists() {
        bail!("{} holds an installation already. Name an empty folder with --data, or move the old one away first.", data.display());
    }
    if !folder.join(house::KEY_FILE).exists() {
        bail!("{} is not a folder that `bedside backup` made: the key is missing.", folder.display());
    }
    fs::create_dir_all(data).with_context(|| format!("the folder {} cannot be made", data.display()))?;
    if folder.join(DATABASE_FILE).exists() {
        fs::copy(folder.join(DATABASE_FILE), data.join(DATABASE_FILE)).context("the database cannot be copied")?;
    }
    let files = copy_folder(&folder.join(MEDIA), &data.join(MEDIA))?;
    fs::copy(folder.join(house::KEY_FILE), data.join(house::KEY_FILE)).context("the key cannot be copied")?;
    let ground = house::open(&config).await.context("the restored installation does not open")?;
    claims::after_restore(&ground.database, ground.clock.now()).await?;
    say(&format!("Restored with {files} pictures. At the next start Bedside first looks on the networks for what fell due since the backup; what it cannot find and is late waits for you as missed. Nothing is sent twice."));
    Ok(ExitCode::SUCCESS)
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<u64> {
    if !from.exists() {
        return Ok(0);
    }
    fs::create_dir_all(to).with_context(|| format!("the folder {} cannot be made", to.display()))?;
    let mut count = 0;
    for entry in fs::read_dir(from).with_context(|| format!("the folder {} cannot be read", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            count += copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).with_context(|| format!("a picture cannot be copied to {}", target.display()))?;
            count += 1;
        }
    }
    Ok(count)
}
