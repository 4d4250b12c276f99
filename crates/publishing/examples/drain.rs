//! How fast the engine drains deliveries that are due, and how late deliveries with a time of their own start. Only
//! for measuring (`bench/run queue`); prints one line of JSON.
//!
//! `cargo run --release -p bedside-publishing --example drain FOLDER DELIVERIES TIMED`
//!
//! Everything is the program's own, on a SQLite file in FOLDER, but the network: it takes every message at once and
//! notes when. Texts pass the guard for each delivery, as they do in the program.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a measuring program")]

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use bedside_guard::{Cleared, Context, Guard, Profile};
use bedside_platform::{
    Ground, chance::SystemChance, clock::SystemClock, database::Database, door::Door, files::Files, migrations,
    settings::Settings, vault::Vault,
};
use bedside_publishing::{
    MIGRATIONS,
    accounts::{self, Connection},
    delivery::{
        Accounts, Engine, Row, Texts, plan,
        rows::Key,
        state::{Delivery, Rules},
    },
    networks::{
        Capabilities, Health, Length, Network, Networks, Outcome, Outgoing, Published, Reading, Refusal, Settling,
    },
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, watch};

const PRACTICE: &str = "cedar-hollow";
/// One falls due every this many milliseconds.
const EVERY_MS: usize = 20;

/// Takes everything, and notes when.
#[derive(Clone)]
struct Sink {
    capabilities: Capabilities,
    taken: Arc<Mutex<Vec<(String, Timestamp)>>>,
}

impl Sink {
    fn new() -> Self {
        let capabilities = Capabilities {
            id: "sink",
            name: "Sink",
            length: Length::Unlimited,
            pictures: 0,
            picture_bytes: 0,
            alt: 0,
            edits: false,
            deletes: false,
            reads: false,
            by_hand: false,
            settling: Settling::RecordKey,
            at_once: 128,
            label: "measuring",
        };
        Self { capabilities, taken: Arc::default() }
    }
}

#[async_trait]
impl Network for Sink {
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn record_key(&self, _: Timestamp, random: [u8; 8]) -> String {
        format!("{:016x}", u64::from_be_bytes(random))
    }

    async fn publish(&self, with: &Connection, key: &str, _: &Cleared<Outgoing>) -> Outcome {
        self.taken.lock().unwrap().push((key.to_owned(), with.ground.clock.now()));
        Outcome::Accepted(Published { remote_id: key.to_owned(), url: String::new(), version: String::new() })
    }

    async fn find(&self, _: &Connection, _: &str, _: &Outgoing, _: Timestamp) -> Result<Option<Published>, Refusal> {
        Ok(None)
    }

    async fn edit(&self, _: &Connection, published: &Published, _: &Cleared<Outgoing>) -> Outcome {
        Outcome::Accepted(published.clone())
    }

    async fn delete(&self, _: &Connection, published: &Published) -> Outcome {
        Outcome::Accepted(published.clone())
    }

    async fn read(&self, _: &Connection, _: &str, _: &[String]) -> Result<Reading, Refusal> {
        Ok(Reading::default())
    }

    async fn check(&self, with: &Connection) -> Result<Health, Refusal> {
        let handle = with.handle.clone();
        Ok(Health { works: Vec::new(), token_ends_at: None, handle, display_name: String::new() })
    }
}

/// One text for all, read by the guard each time.
struct Words(Guard);

#[async_trait]
impl Texts for Words {
    async fn cleared(&self, practice: &str, post: &str, account: &str) -> Result<Cleared<Outgoing>, Refusal> {
        let message = self.to_recognise(practice, post, account).await?;
        Ok(self.0.clear(message, Context::Post, &[]).unwrap())
    }

    async fn to_recognise(&self, _: &str, post: &str, _: &str) -> Result<Outgoing, Refusal> {
        Ok(Outgoing {
            post_id: post.to_owned(),
            title: String::new(),
            text: "Rinse canned beans and vegetables: about a third of the salt goes down the drain.".into(),
            lang: "en".into(),
            spanish: None,
            pictures: Vec::new(),
            sources: Vec::new(),
            signed_by: None,
            reply_to: None,
            challenge_id: None,
        })
    }
}

struct Open(Ground);

#[async_trait]
impl Accounts for Open {
    async fn connection(&self, practice: &str, account: &str) -> Result<Connection, Refusal> {
        Ok(accounts::connection(&self.0, practice, account).await.unwrap())
    }
}

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, deliveries, timed] = words.as_slice() else { panic!("needs a folder and two counts") };
    let (deliveries, timed): (usize, usize) = (deliveries.parse().unwrap(), timed.parse().unwrap());
    let ground = ground(folder.into()).await;
    account(&ground).await;

    let sink = Sink::new();
    let texts = Arc::new(Words(Guard::new(&Profile::default())));
    let networks = Networks::new(vec![Arc::new(sink.clone())]);
    let engine = Engine::new(ground.clone(), networks, texts, Arc::new(Open(ground.clone())), Arc::new(Notify::new()));

    let now = ground.clock.now();
    let due = vec![now; deliveries];
    insert(&ground, &sink, &due).await;
    let (stop, stopped) = watch::channel(false);
    let began = ground.clock.now();
    let work = tokio::spawn({
        let engine = engine.clone();
        async move { engine.run(stopped).await }
    });
    settled(&ground, deliveries).await;
    let seconds = began.duration_until(ground.clock.now()).as_secs_f64();

    sink.taken.lock().unwrap().clear();
    let first = ground.clock.now() + SignedDuration::from_secs(2);
    let due: Vec<_> = (0..timed).map(|n| first + Duration::from_millis((n * EVERY_MS) as u64)).collect();
    let keys = insert(&ground, &sink, &due).await;
    engine.bell.notify_one();
    settled(&ground, deliveries + timed).await;
    stop.send_replace(true);
    work.await.unwrap().unwrap();

    let mut late: Vec<f64> = sink
        .taken
        .lock()
        .unwrap()
        .iter()
        .filter_map(|(key, at)| {
            let n = keys.iter().position(|planned| planned == key)?;
            Some(due[n].duration_until(*at).as_secs_f64() * 1000.0)
        })
        .collect();
    assert_eq!(late.len(), timed, "every delivery is published once");
    late.sort_by(f64::total_cmp);
    let at = |part: f64| late[((timed as f64 * part) as usize).min(timed - 1)];
    println!(
        "{{\"drain_per_s\":{:.0},\"late_p50_ms\":{:.2},\"late_p99_ms\":{:.2},\"late_max_ms\":{:.2}}}",
        deliveries as f64 / seconds,
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

async fn ground(data: PathBuf) -> Ground {
    let ground = Ground {
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        database: Database::open_file(&data.join("drain.db")).await.unwrap(),
        vault: Arc::new(Vault::new(&[0; 32])),
        door: Door::new(Vec::new()),
        files: Files::new(data.join("media")),
        settings: Arc::new(Settings {
            public_url: "http://127.0.0.1".parse().unwrap(),
            data,
            allowed_hosts: Vec::new(),
            practice_mode: false,
        }),
    };
    migrations::run(&ground.database, ground.now(), MIGRATIONS).await.unwrap();
    ground
}

async fn account(ground: &Ground) {
    let mut tx = ground.database.begin_write().await.unwrap();
    sqlx::query(
        "INSERT INTO accounts (practice_id, id, network, server, handle, display_name, remote_id, state, state_text, \
         state_since, held_until, read_cursor, created_at) VALUES ($1, 'a', 'sink', '', 'a', '', '', 'works', '', 0, 0, '', 0)",
    )
    .bind(PRACTICE)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// Plans a delivery for each moment, in one commit. Gives their record keys.
async fn insert(ground: &Ground, sink: &Sink, due: &[Timestamp]) -> Vec<String> {
    let now = ground.clock.now();
    let rows: Vec<Row> = due
        .iter()
        .map(|due| {
            let mut random = [0; 8];
            ground.chance.fill(&mut random);
            Row {
                key: Key { practice_id: PRACTICE.into(), id: ground.new_id() },
                post_id: ground.new_id(),
                account_id: "a".into(),
                network: sink.capabilities.id.into(),
                server: String::new(),
                record_key: sink.record_key(now, random),
                delivery: Delivery::planned(*due, &Rules::of(&sink.capabilities)),
                paused: false,
            }
        })
        .collect();
    let mut tx = ground.database.begin_write().await.unwrap();
    plan::insert(&mut tx, &rows, now).await.unwrap();
    tx.commit().await.unwrap();
    rows.into_iter().map(|row| row.record_key).collect()
}

/// Returns when so many are published, as the database says.
async fn settled(ground: &Ground, count: usize) {
    let count = i64::try_from(count).unwrap();
    loop {
        let published: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM deliveries WHERE state = 'published'")
            .fetch_one(ground.database.read())
            .await
            .unwrap();
        if published >= count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
