//! `bedside backup` and `bedside restore`: the whole installation as a folder.
//!
//! On SQLite the database is copied by the engine itself (`VACUUM INTO`), whole at one moment, also while Bedside
//! runs. A PostgreSQL database is its server's affair (pg_dump); then only media and key are copied, and we say so.
//! A restored installation sends nothing blindly: the engine looks on the networks for what fell due in the gap.

use std::{
    fs::{self, File},
    path::Path,
    process::ExitCode,
};

use anyhow::{Context, bail};
use bedside_platform::{
    Ground,
    clock::{Clock, SystemClock},
    database::{Database, DatabaseError, Engine},
    migrations,
};
use bedside_publishing::delivery::claims;

use super::say;
use crate::{
    config::{Config, Options},
    house,
};

const DATABASE_FILE: &str = "bedside.db";
/// The restored database before it may be used.
const UNFINISHED: &str = "bedside.db-restoring";
const MEDIA: &str = "media";

pub(super) async fn backup(options: Options, folder: &Path) -> anyhow::Result<ExitCode> {
    if folder.exists() {
        bail!(
            "{} is there already. Name a folder that does not exist yet, so that no older backup is overwritten.",
            folder.display()
        );
    }
    let config = Config::decide(options)?;
    let ground = house::open_existing(&config).await?;
    house::private_folder(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    match copy_out(&ground, &config.settings.data, folder).await {
        Ok(files) => {
            say(&format!(
                "Backed up to {} with {files} pictures. It holds the key that opens your networks' tokens: keep it where you keep the practice's keys.",
                folder.display()
            ));
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            // Half a backup must not be taken for one.
            let _ = fs::remove_dir_all(folder);
            Err(error.context("nothing was backed up"))
        }
    }
}

async fn copy_out(ground: &Ground, data: &Path, folder: &Path) -> anyhow::Result<u64> {
    match ground.database.engine() {
        Engine::Sqlite => {
            let path = folder.join(DATABASE_FILE);
            sqlx::query("VACUUM INTO $1")
                .bind(path.display().to_string())
                .execute(ground.database.read())
                .await
                .context("the database cannot be copied")?;
            File::open(&path)
                .and_then(|file| file.sync_all())
                .context("the copy of the database cannot be written to disk")?;
        }
        Engine::Postgres => {
            say("The database is on PostgreSQL: back it up with pg_dump. Media and key are copied here.")
        }
    }
    // After the database: it then names no picture that is not here.
    let files = copy_folder(&data.join(MEDIA), &folder.join(MEDIA))?;
    copy_key(data, folder)?;
    Ok(files)
}

pub(super) async fn restore(options: Options, folder: &Path) -> anyhow::Result<ExitCode> {
    let config = Config::decide(options)?;
    let data = &config.settings.data;
    // A write-ahead log left behind by another database would be read into the restored one.
    if [DATABASE_FILE, "bedside.db-wal", house::KEY_FILE].iter().any(|name| data.join(name).exists()) {
        bail!(
            "{} holds an installation already. Name an empty folder with --data, or move the old one away first.",
            data.display()
        );
    }
    if !folder.join(house::KEY_FILE).exists() {
        bail!("{} is not a folder that `bedside backup` made: the key is missing.", folder.display());
    }
    let own_file = folder.join(DATABASE_FILE).exists();
    if own_file && config.database.starts_with("postgres") {
        bail!(
            "{} holds a database of its own, which does not go into PostgreSQL. Restore it without --database.",
            folder.display()
        );
    }
    house::private_folder(data).with_context(|| format!("the folder {} cannot be made", data.display()))?;
    let files = copy_folder(&folder.join(MEDIA), &data.join(MEDIA))?;
    if own_file {
        let unfinished = data.join(UNFINISHED);
        fs::copy(folder.join(DATABASE_FILE), &unfinished).context("the database cannot be copied")?;
        doubt(&format!("sqlite:{}", unfinished.display())).await?;
        copy_key(folder, data)?;
        // Only now can anything start on it: a restore that was broken off leaves no database that would send.
        fs::rename(&unfinished, data.join(DATABASE_FILE)).context("the database cannot be put in its place")?;
    } else {
        doubt(&config.database).await?;
        copy_key(folder, data)?;
    }
    say(&format!(
        "Restored with {files} pictures. At the next start Bedside first looks on the networks for what fell due since the backup; what it cannot find and is late waits for you as missed. Nothing is sent twice."
    ));
    Ok(ExitCode::SUCCESS)
}

/// Everything that this database does not know to be out may be out.
async fn doubt(address: &str) -> anyhow::Result<()> {
    let mended = async {
        let database = Database::connect(address).await?;
        let now = SystemClock.now();
        migrations::run(&database, now.as_microsecond(), &crate::migrations::all()).await?;
        claims::after_restore(&database, now).await?;
        database.close().await;
        Ok::<_, DatabaseError>(())
    };
    mended.await.context("the restored database does not open")
}

fn copy_key(from: &Path, to: &Path) -> anyhow::Result<()> {
    let copy = to.join(house::KEY_FILE);
    fs::copy(from.join(house::KEY_FILE), &copy).context("the key cannot be copied")?;
    // A backup may have lain where files have no owner.
    #[cfg(unix)]
    fs::set_permissions(&copy, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .context("the key cannot be kept from other users")?;
    Ok(())
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
            fs::copy(entry.path(), &target)
                .with_context(|| format!("a picture cannot be copied to {}", target.display()))?;
            count += 1;
        }
    }
    Ok(count)
}
