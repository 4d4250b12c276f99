//! The program as an operator meets it when something is wrong: what it says, and with which exit code. Every case
//! starts the built program on a folder of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test world that cannot be built fails the test")]

use std::{
    fs,
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use bedside::{
    config::{Config, Options},
    house,
};
use bedside_platform::{
    Ground,
    clock::{Clock, SystemClock},
};
use bedside_practice::audit::{self, Decision};
use bedside_publishing::accounts;
use bedside_testkit::cedar_hollow;
use serde_json::json;
use sqlx::{AssertSqlSafe, Row};
use tempfile::TempDir;

/// What must never leave the house with an export.
const TOKEN: &str = "app-password-of-cedar-hollow";

struct Said {
    code: Option<i32>,
    words: String,
}

impl Said {
    #[track_caller]
    fn says(&self, words: &str) -> &Self {
        assert!(self.words.contains(words), "{words:?} is not in:\n{}", self.words);
        self
    }

    #[track_caller]
    fn fails(&self) -> &Self {
        assert!(matches!(self.code, Some(1 | 2)), "ended with {:?}:\n{}", self.code, self.words);
        for trace in ["panicked", "RUST_BACKTRACE", "stack backtrace", ".rs:"] {
            assert!(!self.words.contains(trace), "a person must not read {trace}:\n{}", self.words);
        }
        self
    }

    #[track_caller]
    fn succeeds(&self) -> &Self {
        assert_eq!(self.code, Some(0), "{}", self.words);
        self
    }
}

fn bedside(words: &[&str], data: &Path) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bedside"));
    let output = command.args(words).arg("--data").arg(data).env_remove("BEDSIDE_DATABASE").output().unwrap();
    let words = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    Said { code: output.status.code(), words }
}

/// An installation with one practice, some decisions and an account with a token; nothing runs.
struct House {
    folder: TempDir,
    practice_id: String,
}

impl House {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ground = open(&folder.path().join("data")).await;
        let cast = cedar_hollow(&ground).await;
        let practice_id = cast.practice.id.clone();
        let mut tx = ground.database.begin_write().await.unwrap();
        for n in 1..=5 {
            let decision =
                Decision { actor: &cast.maria.id, action: "post.signed", subject: "a-post", detail: json!({ "n": n }) };
            audit::record(&ground.database, &mut tx, &practice_id, &decision, ground.now()).await.unwrap();
        }
        let mut account = bedside_publishing::networks::by_hand::connect::account("facebook", "Cedar Hollow").unwrap();
        account.secret = Some(json!({ "app_password": TOKEN }));
        accounts::store::keep(&ground, &mut tx, &practice_id, &account).await.unwrap();
        tx.commit().await.unwrap();
        ground.database.close().await;
        Self { folder, practice_id }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn sql(&self, sql: &str) {
        let ground = open(&self.data()).await;
        sqlx::query(AssertSqlSafe(sql.to_owned())).execute(ground.database.read()).await.unwrap();
        ground.database.close().await;
    }
}

async fn open(data: &Path) -> Ground {
    house::open(&Config::decide(Options { data: Some(data.to_owned()), ..Options::default() }).unwrap()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_or_removed_decision_is_named() {
    let house = House::new().await;
    bedside(&["audit", "verify"], &house.data()).succeeds().says("5 entries, unbroken");
    house.sql("UPDATE audit SET detail = '{\"n\":7}' WHERE n = 3").await;
    bedside(&["audit", "verify"], &house.data()).fails().says("entry 3 was changed");
    bedside(&["doctor"], &house.data()).fails().says("breaks at entry 3");
    house.sql("UPDATE audit SET detail = '{\"n\":3}' WHERE n = 3").await;
    bedside(&["audit", "verify"], &house.data()).succeeds();
    house.sql("DELETE FROM audit WHERE n = 2").await;
    bedside(&["audit", "verify"], &house.data()).fails().says("entry");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_tells_well_from_broken() {
    let house = House::new().await;
    let data = house.data();
    let healthy = bedside(&["doctor"], &data);
    healthy
        .succeeds()
        .says("Nothing is broken")
        .says("database file is whole")
        .says("unbroken (5 entries)")
        .says("Bedside is not running now");
    bedside(&["doctor", "--public-url", "http://cedarhollow.example"], &data).fails().says("is not https");

    let beat = SystemClock.now().as_microsecond();
    house.sql(&format!("INSERT INTO heartbeats (worker, began_at, beat_at) VALUES ('w', {beat}, {beat})")).await;
    bedside(&["doctor"], &data).succeeds().says("worker was at work");
    house.sql("UPDATE heartbeats SET beat_at = beat_at - 600000000").await;
    bedside(&["doctor"], &data).succeeds().says("Bedside is not running now");

    let key = data.join(house::KEY_FILE);
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    bedside(&["doctor"], &data).fails().says("Other users of this machine can read the key file. Run: chmod 600");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    bedside(&["doctor"], &data).succeeds();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_a_damaged_database_and_a_lost_key() {
    let house = House::new().await;
    let (data, file) = (house.data(), house.data().join("bedside.db"));
    let whole = fs::read(&file).unwrap();
    let mut scratched = whole.clone();
    // Pages in the middle, not the first: the file still opens.
    let (from, until) = (whole.len() / 2, whole.len() - 4096);
    scratched[from..until].fill(0xA5);
    fs::write(&file, &scratched).unwrap();
    bedside(&["doctor"], &data).fails().says("BROKEN").says("bedside restore");
    fs::write(&file, b"not a database at all, but long enough to be read as one".repeat(100)).unwrap();
    bedside(&["doctor"], &data).fails().says("file is not a database").says("restore the newest backup");
    bedside(&["serve", "--listen", "127.0.0.1:0"], &data).fails().says("the database cannot be opened");
    fs::write(&file, &whole).unwrap();
    bedside(&["doctor"], &data).succeeds();
    fs::remove_file(data.join(house::KEY_FILE)).unwrap();
    bedside(&["doctor"], &data).fails().says("There is no key file");
    assert!(!data.join(house::KEY_FILE).exists(), "a command that looks makes no new key");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_every_table_of_the_practice_and_no_secret() {
    let house = House::new().await;
    let to = house.beside("export");
    bedside(&["export", &to.display().to_string()], &house.data()).succeeds();
    let folder = to.join("cedar-hollow-family-medicine");
    let audit: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.join("audit.json")).unwrap()).unwrap();
    assert_eq!(audit.as_array().unwrap().len(), 5);
    // Sessions, links and half-made connections open something; the number of a page's edition is counted anew.
    let nobodys = ["sessions", "connecting", "new_password_links", "page_editions"];
    for table in tables_of_a_practice(&house.data()).await {
        assert_eq!(folder.join(format!("{table}.json")).exists(), !nobodys.contains(&table.as_str()), "{table}");
    }
    for file in fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for secret in [TOKEN, "$argon2", "\"secret\"", "password_hash", "invitation_hash", "token_hash"] {
            assert!(!text.contains(secret), "{} holds {secret}", path.display());
        }
    }
    bedside(&["export", &to.display().to_string()], &house.data()).fails().says("is there already");
}

async fn tables_of_a_practice(data: &Path) -> Vec<String> {
    let ground = open(data).await;
    let sql = "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'practice_id' WHERE m.type = 'table'";
    let rows = sqlx::query(sql).fetch_all(ground.database.read()).await.unwrap();
    let tables: Vec<String> = rows.iter().map(|row| row.try_get(0).unwrap()).collect();
    assert!(tables.len() > 20, "{tables:?}");
    tables
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_comes_back_whole_and_never_over_something() {
    let house = House::new().await;
    let backup = house.beside("backup").display().to_string();
    bedside(&["backup", &backup], &house.data()).succeeds();
    let rights = fs::metadata(&backup).unwrap().permissions().mode() & 0o777;
    assert_eq!(rights, 0o700, "only its owner looks into a backup");
    bedside(&["backup", &backup], &house.data()).fails().says("is there already");
    bedside(&["restore", &backup], &house.data()).fails().says("holds an installation already");
    let (again, elsewhere) = (house.beside("again"), house.beside("elsewhere"));
    fs::set_permissions(Path::new(&backup).join(house::KEY_FILE), fs::Permissions::from_mode(0o644)).unwrap();
    bedside(&["restore", &backup], &again).succeeds();
    bedside(&["doctor"], &again).succeeds().says("unbroken (5 entries)");
    bedside(&["restore", "nowhere"], &elsewhere).fails().says("is not a folder that `bedside backup` made");
    fs::create_dir_all(&elsewhere).unwrap();
    fs::write(elsewhere.join("bedside.db-wal"), b"of another database").unwrap();
    bedside(&["restore", &backup], &elsewhere).fails().says("holds an installation already");
    let ground = open(&again).await;
    let accounts = accounts::store::list(&ground, &house.practice_id).await.unwrap();
    let sealed: Vec<u8> =
        sqlx::query_scalar("SELECT secret FROM accounts").fetch_one(ground.database.read()).await.unwrap();
    let opened = ground.vault.open(&format!("account/{}", accounts[0].id), &sealed).unwrap();
    assert!(String::from_utf8(opened).unwrap().contains(TOKEN), "the key came along");
    let mode = fs::metadata(again.join(house::KEY_FILE)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "the key is the owner's again");
}

#[test]
fn commands_that_look_make_no_installation() {
    let folder = tempfile::tempdir().unwrap();
    let (wrong, to) = (folder.path().join("wrong"), folder.path().join("to"));
    let to = to.display().to_string();
    for words in [&["audit", "verify"][..], &["backup", &to], &["export", &to]] {
        bedside(words, &wrong).fails().says("There is no installation in");
        assert!(!wrong.exists() && !Path::new(&to).exists(), "{words:?}");
    }
}

#[test]
fn what_cannot_start_says_why_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    bedside(&["serve", "--listen", &address], &data).fails().says(&format!("{address} is taken.")).says("--listen");
    bedside(&["serve", "--dta"], &data).fails().says("unexpected argument '--dta'").says("--data");
    bedside(&["serve", "--listen", "here"], &data).fails().says("invalid value 'here'");
    bedside(&["serve", "--public-url", "ftp://cedarhollow.example"], &data).fails().says("must begin with http");
    bedside(&["serve", "--database", "mysql://x/y"], &data).fails().says("must begin with sqlite: or postgres:");
    for (mistake, words) in
        [("lissten = 1", "unknown field `lissten`"), ("listen = \"", "line 1"), ("role = \"boss\"", "`worker`")]
    {
        fs::write(data.join("bedside.toml"), mistake).unwrap();
        bedside(&["serve"], &data).fails().says("bedside.toml has a mistake").says(words);
    }
}

#[test]
fn a_folder_that_takes_no_files_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, b"x").unwrap();
    for data in [file.clone(), file.join("below")] {
        bedside(&["serve", "--listen", "127.0.0.1:0"], &data).fails().says("the data folder").says("cannot be made");
        bedside(&["doctor"], &data).fails().says("does not take files");
    }
}
