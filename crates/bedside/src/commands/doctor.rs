//! `bedside doctor`: says in plain words what is wrong with this installation and how to mend it.
//!
//! Each check is one function that gives one line. The exit code is 0 when nothing is broken; advice alone does not
//! count as broken.

use std::{fs, path::Path, process::ExitCode};

use bedside_platform::{
    Ground,
    database::{DatabaseError, Engine, Lack, lack},
};
use bedside_practice::{
    audit::{self, Verdict},
    practice,
};
use bedside_publishing::accounts;

use super::say;
use crate::{
    config::{Config, Options, Role},
    house,
};

/// What a check found.
enum Found {
    Well(String),
    Advice(String),
    Broken(String),
}

use Found::{Advice, Broken, Well};

/// A worker that has not been heard of for this long is not working, in microseconds (2 minutes).
const SILENT_MICROS: i64 = 120_000_000;

pub(super) async fn examine(options: Options) -> anyhow::Result<ExitCode> {
    let config = Config::decide(options)?;
    let mut found = vec![folder(&config.settings.data), key(&config.settings.data)];
    match house::open_existing(&config).await {
        Ok(ground) => {
            found.push(Well("The database opens and its tables are up to date.".to_owned()));
            found.push(whole(&ground).await);
            found.push(pen(&ground).await);
            found.push(worker(&ground, config.role).await);
            found.extend(practices(&ground).await);
        }
        Err(error) => found.push(Broken(shut(&error))),
    }
    found.push(address(&config));
    let mut broken = false;
    for line in found {
        match line {
            Well(words) => say(&format!("  well    {words}")),
            Advice(words) => say(&format!("  advice  {words}")),
            Broken(words) => {
                broken = true;
                say(&format!("  BROKEN  {words}"));
            }
        }
    }
    say(if broken {
        "Something is broken. Mend the lines above and run `bedside doctor` again."
    } else {
        "Nothing is broken."
    });
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn shut(error: &anyhow::Error) -> String {
    let cause = error.chain().find_map(|cause| match cause.downcast_ref::<DatabaseError>() {
        Some(DatabaseError::Engine(engine)) => Some(engine),
        _ => cause.downcast_ref::<sqlx::Error>(),
    });
    let way = match cause.map(lack) {
        None => "",
        Some(Some(Lack::Space)) => " The disk is full: make room.",
        Some(Some(Lack::Turn)) => " Another program holds the file: stop it.",
        Some(Some(Lack::Disk)) => " The disk cannot be used: look at the machine's own log.",
        Some(None) => " Stop Bedside, keep a copy of the file, and restore the newest backup with `bedside restore`.",
    };
    format!("The installation does not open: {error:#}.{way}")
}

fn folder(data: &Path) -> Found {
    let probe = data.join(".doctor");
    match fs::create_dir_all(data).and_then(|()| fs::write(&probe, b"x")).and_then(|()| fs::remove_file(&probe)) {
        Ok(()) => Well(format!("The data folder {} takes files.", data.display())),
        Err(error) => Broken(format!(
            "The data folder {} does not take files ({error}). Free disk space, or give the user that runs Bedside the right to write there.",
            data.display()
        )),
    }
}

fn key(data: &Path) -> Found {
    let path = data.join(house::KEY_FILE);
    let Ok(about) = fs::metadata(&path) else {
        return Broken("There is no key file. If there was one, put it back from your backup: without it every network must be connected again. In an empty folder, the first start makes one.".to_owned());
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = about.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Broken(format!(
                "Other users of this machine can read the key file. Run: chmod 600 {}",
                path.display()
            ));
        }
    }
    let _ = about;
    Well("The key file is there and only its owner can read it.".to_owned())
}

async fn whole(ground: &Ground) -> Found {
    if ground.database.engine() == Engine::Postgres {
        return Well("PostgreSQL looks after its own files.".to_owned());
    }
    match sqlx::query_scalar::<_, String>("PRAGMA quick_check").fetch_one(ground.database.read()).await {
        Ok(word) if word == "ok" => Well("The database file is whole.".to_owned()),
        _ => Broken("The database file is damaged. Stop Bedside, keep a copy of the file, and restore the newest backup with `bedside restore`.".to_owned()),
    }
}

async fn pen(ground: &Ground) -> Found {
    let tried = async {
        let mut tx = ground.database.begin_write().await.ok()?;
        sqlx::query("INSERT INTO throttles (subject, failures, closed_until) VALUES ('doctor', 0, 0)")
            .execute(&mut *tx)
            .await
            .ok()?;
        tx.rollback().await.ok()
    };
    match tried.await {
        Some(()) => Well("The database takes writes.".to_owned()),
        None => Broken(
            "The database does not take writes. The disk may be full, or another program may hold the file.".to_owned(),
        ),
    }
}

async fn worker(ground: &Ground, role: Role) -> Found {
    let beat: Option<i64> = sqlx::query_scalar("SELECT MAX(beat_at) FROM heartbeats")
        .fetch_one(ground.database.read())
        .await
        .unwrap_or(None);
    let waiting: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM deliveries WHERE state IN ('waiting', 'unknown')")
        .fetch_one(ground.database.read())
        .await
        .unwrap_or(0);
    match beat {
        Some(beat) if ground.now() - beat < SILENT_MICROS => {
            Well(format!("The publishing worker was at work {} seconds ago.", (ground.now() - beat).max(0) / 1_000_000))
        }
        _ if role == Role::Web => {
            Advice("This process serves pages only; see that another one runs with --role worker.".to_owned())
        }
        _ if waiting > 0 => Advice(format!(
            "Bedside is not running now, and {waiting} messages wait for their time. Start it with `bedside serve`."
        )),
        _ => Advice("Bedside is not running now. Nothing waits to go out.".to_owned()),
    }
}

async fn practices(ground: &Ground) -> Vec<Found> {
    let Ok(all) = practice::all(&ground.database).await else {
        return vec![Broken("The practices cannot be read.".to_owned())];
    };
    if all.is_empty() {
        return vec![Advice("No practice is set up yet. Start Bedside and open the link it prints.".to_owned())];
    }
    let mut found = Vec::new();
    for practice in all {
        found.push(match audit::verify(&ground.database, &practice.id).await {
            Ok(Verdict::Whole(count)) => Well(format!("{}: the record of decisions is unbroken ({count} entries).", practice.slug)),
            Ok(Verdict::Broken(n)) => Broken(format!("{}: the record of decisions breaks at entry {n}. Compare with a backup; somebody changed the database by hand.", practice.slug)),
            Err(_) => Broken(format!("{}: the record of decisions cannot be read.", practice.slug)),
        });
        for account in accounts::store::list(ground, &practice.id).await.unwrap_or_default() {
            if !matches!(account.state, accounts::State::Works | accounts::State::Off) {
                found.push(Advice(format!(
                    "{}: an account on {} needs a person. Open Accounts: {}",
                    practice.slug, account.network, account.state_text
                )));
            }
        }
    }
    found
}

fn address(config: &Config) -> Found {
    let url = &config.settings.public_url;
    let home = url.host_str().is_some_and(|host| host == "localhost" || host.starts_with("127.") || host == "[::1]");
    match (url.scheme(), home) {
        ("https", _) => Well(format!("People reach Bedside at {url} over TLS.")),
        (_, true) => Advice("Only this machine reaches Bedside. To show the own page to others, put a web server with TLS in front and set --public-url.".to_owned()),
        _ => Broken(format!("{url} is not https: passwords would cross the network in the clear. Put a web server with TLS in front and set --public-url to its https address.")),
    }
}
