//! A world for one test.

use std::sync::Arc;

use bedside_platform::{
    Ground,
    chance::SeededChance,
    clock::StoppedClock,
    database::Database,
    door::Door,
    files::Files,
    migrations::{self, Migration},
    settings::Settings,
    vault::Vault,
};
use jiff::{SignedDuration, Timestamp};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tempfile::TempDir;

/// The variable that moves the tests to PostgreSQL: an address without a database name.
pub const POSTGRES: &str = "BEDSIDE_TEST_DATABASE";

/// Where the hand of a test's clock stands at first: Monday, February 1, 2027, 8:00 in Oregon.
pub const MORNING: &str = "2027-02-01T16:00:00Z";

/// Ground with its own database, clock and folder. All of it goes with the value.
pub struct TestGround {
    /// The ground.
    pub ground: Ground,
    /// The clock behind it.
    pub clock: Arc<StoppedClock>,
    folder: TempDir,
    postgres: Option<(String, String)>,
}

impl TestGround {
    /// A world with the given tables. Hosts on this machine may be talked to.
    pub async fn new(list: &[Migration]) -> Self {
        Self::with_seed(list, 1).await
    }

    /// A world whose chance deals the hand number `seed`: real servers are shared by tests, so ids must differ.
    pub async fn with_seed(list: &[Migration], seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("no folder for the test");
        let (database, postgres) = database(&folder).await;
        let clock = Arc::new(StoppedClock::at(MORNING.parse().expect("a moment")));
        let chance = Arc::new(SeededChance::new(seed));
        let ground = Ground {
            clock: clock.clone(),
            vault: Arc::new(Vault::new(&[7; 32])),
            database,
            door: Door::new(vec!["localhost".into(), "127.0.0.1".into()]),
            files: Files::new(folder.path().join("media")),
            settings: Arc::new(Settings {
                public_url: "http://cedarhollow.example".parse().expect("an address"),
                data: folder.path().to_owned(),
                allowed_hosts: vec!["localhost".into(), "127.0.0.1".into()],
                practice_mode: false,
            }),
            chance,
        };
        migrations::run(&ground.database, ground.now(), list).await.expect("the migrations run");
        Self { ground, clock, folder, postgres }
    }

    /// Lets time pass.
    pub fn pass(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// The present moment of this world.
    pub fn now(&self) -> Timestamp {
        self.ground.clock.now()
    }

    /// The world's folder.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

impl Drop for TestGround {
    fn drop(&mut self) {
        let Some((server, name)) = self.postgres.take() else { return };
        let database = self.ground.database.clone();
        // A runtime of its own: the test's may be shutting down.
        let drop_it = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
            runtime.block_on(async move {
                drop(database);
                let mut connection = AnyConnection::connect(&format!("{server}/postgres")).await.ok()?;
                let sql = AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
                sqlx::query(sql).execute(&mut connection).await.ok()
            })
        });
        let _ = drop_it.join();
    }
}

#[allow(clippy::disallowed_methods, reason = "tests choose their database by the environment")]
async fn database(folder: &TempDir) -> (Database, Option<(String, String)>) {
    let Ok(server) = std::env::var(POSTGRES) else {
        return (Database::open_file(&folder.path().join("bedside.db")).await.expect("a database file"), None);
    };
    sqlx::any::install_default_drivers();
    let server = server.trim_end_matches('/').to_owned();
    let mut id = [0; 8];
    bedside_platform::chance::Chance::fill(&bedside_platform::chance::SystemChance, &mut id);
    let name = format!("bedside_test_{:016x}", u64::from_be_bytes(id));
    let mut connection = AnyConnection::connect(&format!("{server}/postgres")).await.expect("PostgreSQL answers");
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut connection)
        .await
        .expect("a new database");
    let database = Database::connect(&format!("{server}/{name}")).await.expect("the new database opens");
    (database, Some((server, name)))
}
