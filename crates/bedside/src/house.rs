//! The parts put together once, for the server, the commands and the tests alike.

use std::{path::Path, sync::Arc};

use anyhow::{Context, bail};
use bedside_platform::{
    Ground, chance::SystemChance, clock::SystemClock, database::Database, door::Door, files::Files, migrations,
    vault::Vault,
};

use crate::config::Config;

/// Name of the key file in the data folder.
pub const KEY_FILE: &str = "secret.key";

/// Opens the installation that `config` names: folder, key, database, tables.
///
/// # Errors
/// With a sentence that says what is in the way.
pub async fn open(config: &Config) -> anyhow::Result<Ground> {
    let settings = &config.settings;
    private_folder(&settings.data)
        .with_context(|| format!("the data folder {} cannot be made", settings.data.display()))?;
    let chance = Arc::new(SystemChance);
    let vault = vault(&settings.data, chance.as_ref())?;
    let database = Database::connect(&config.database).await.context("the database cannot be opened")?;
    let ground = Ground {
        clock: Arc::new(SystemClock),
        vault: Arc::new(vault),
        door: Door::new(settings.allowed_hosts.clone()),
        files: Files::new(settings.data.join("media")),
        settings: Arc::new(settings.clone()),
        database,
        chance,
    };
    migrations::run(&ground.database, ground.now(), &crate::migrations::all())
        .await
        .context("the tables cannot be brought up to date")?;
    Ok(ground)
}

/// Opens an installation that must be there already: commands that only look, or copy, make none by a slip of the pen.
///
/// # Errors
/// With a sentence, also when there is none.
pub async fn open_existing(config: &Config) -> anyhow::Result<Ground> {
    let data = &config.settings.data;
    if !data.join(KEY_FILE).exists() {
        bail!(
            "There is no installation in {}: its key file is missing. Name the right folder with --data.",
            data.display()
        );
    }
    open(config).await
}

/// Makes a folder, with what is missing above it, that only its owner can look into. One that is there stays as it is:
/// its rights are the operator's affair.
///
/// # Errors
/// When the disk refuses.
pub fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn vault(data: &Path, chance: &SystemChance) -> anyhow::Result<Vault> {
    let path = data.join(KEY_FILE);
    Vault::at(&path, chance).with_context(|| format!("the key file {} cannot be used", path.display()))
}
