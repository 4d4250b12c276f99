//! A database with accounts and deliveries, texts from a closure-free source, and workers that a test can stop at any
//! named point.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use bedside_guard::{Cleared, Context, Guard, Profile};
use bedside_publishing::{
    MIGRATIONS,
    accounts::{self, Connection},
    delivery::{
        Accounts, Engine, Row, Texts,
        call::{Point, Probe},
        commit::{Asked, apply},
        machine::Event,
        people, plan,
        rows::Key,
        state::{Delivery, Rules, State},
        worker::Stopped,
    },
    networks::{Network, Networks, Next, Outgoing, Refusal},
};
use bedside_testkit::TestGround;
use jiff::SignedDuration;
use tokio::{
    sync::{Notify, watch},
    task::JoinHandle,
};

use crate::board::Board;

pub(crate) const PRACTICE: &str = "cedar-hollow";

/// The words of every post; a test can change or hold them.
pub(crate) struct Words {
    guard: Guard,
    pub(crate) text: Mutex<String>,
    pub(crate) held: Mutex<bool>,
}

#[async_trait]
impl Texts for Words {
    async fn cleared(&self, practice: &str, post: &str, account: &str) -> Result<Cleared<Outgoing>, Refusal> {
        if *self.held.lock().unwrap() {
            let person = "The signature was revoked. Ask for a new one.".into();
            return Err(Refusal { log: "revoked".into(), person, status: None, next: Next::GiveUp });
        }
        let message = self.to_recognise(practice, post, account).await?;
        Ok(self.guard.clear(message, Context::Post, &[]).expect("the guard lets it pass"))
    }

    async fn to_recognise(&self, _: &str, post: &str, _: &str) -> Result<Outgoing, Refusal> {
        Ok(Outgoing {
            post_id: post.to_owned(),
            title: String::new(),
            text: self.text.lock().unwrap().clone(),
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

struct Open(bedside_platform::Ground);

#[async_trait]
impl Accounts for Open {
    async fn connection(&self, practice: &str, account: &str) -> Result<Connection, Refusal> {
        Ok(accounts::connection(&self.0, practice, account).await.expect("an account"))
    }
}

/// Rings at every point; stops the worker for ever at the first `stop_at`.
struct Watcher {
    stop_at: Mutex<Option<Point>>,
    stopped: Notify,
    settled: Arc<Notify>,
}

#[async_trait]
impl Probe for Watcher {
    async fn reached(&self, point: Point) {
        let stop = {
            let mut stop_at = self.stop_at.lock().unwrap();
            *stop_at == Some(point) && stop_at.take().is_some()
        };
        if stop {
            self.stopped.notify_one();
            std::future::pending::<()>().await;
        }
        if point == Point::Settled {
            self.settled.notify_one();
        }
    }
}

pub(crate) struct Worker {
    stop: watch::Sender<bool>,
    task: JoinHandle<Result<(), Stopped>>,
    watcher: Arc<Watcher>,
}

impl Worker {
    /// Waits until it hangs at its point, and kills it there.
    pub(crate) async fn dies(self) {
        self.watcher.stopped.notified().await;
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
    }

    pub(crate) async fn stops(self) -> Result<(), Stopped> {
        self.stop.send_replace(true);
        self.task.await.unwrap()
    }

    /// Waits until it ends by itself.
    pub(crate) async fn ends(self) -> Result<(), Stopped> {
        self.task.await.unwrap()
    }
}

pub(crate) struct World {
    pub(crate) test: TestGround,
    pub(crate) board: Board,
    pub(crate) words: Arc<Words>,
    pub(crate) engine: Engine,
    settled: Arc<Notify>,
}

impl World {
    pub(crate) async fn new(board: Board) -> Self {
        let test = TestGround::new(MIGRATIONS).await;
        let words = Arc::new(Words {
            guard: Guard::new(&Profile::default()),
            text: Mutex::new("Taste before you salt.".into()),
            held: Mutex::new(false),
        });
        let networks = Networks::new(vec![Arc::new(board.clone())]);
        let accounts = Arc::new(Open(test.ground.clone()));
        let engine = Engine::new(test.ground.clone(), networks, words.clone(), accounts, Arc::new(Notify::new()));
        Self { test, board, words, engine, settled: Arc::new(Notify::new()) }
    }

    pub(crate) async fn account(&self, id: &str) {
        let mut tx = self.test.ground.database.begin_write().await.unwrap();
        sqlx::query(
            "INSERT INTO accounts (practice_id, id, network, server, handle, display_name, remote_id, state, state_text, \
             state_since, held_until, read_cursor, created_at) VALUES ($1, $2, $3, '', $2, '', '', 'works', '', 0, 0, '', 0)",
        )
        .bind(PRACTICE)
        .bind(id.to_owned())
        .bind(self.board.capabilities().id)
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    /// Plans a delivery for each post, due after `wait`, and rings.
    pub(crate) async fn plan(&self, account: &str, posts: std::ops::Range<usize>, wait: SignedDuration) -> Vec<Key> {
        let now = self.test.now();
        let network = self.board.capabilities();
        let rows: Vec<Row> = posts
            .map(|n| {
                let mut random = [0; 8];
                self.test.ground.chance.fill(&mut random);
                Row {
                    key: Key { practice_id: PRACTICE.into(), id: self.test.ground.new_id() },
                    post_id: format!("post-{n}"),
                    account_id: account.into(),
                    network: network.id.into(),
                    server: String::new(),
                    record_key: self.board.record_key(now, random),
                    delivery: Delivery::planned(now + wait, &Rules::of(network)),
                    paused: false,
                }
            })
            .collect();
        let mut tx = self.test.ground.database.begin_write().await.unwrap();
        plan::insert(&mut tx, &rows, now).await.unwrap();
        tx.commit().await.unwrap();
        self.engine.bell.notify_one();
        rows.into_iter().map(|row| row.key).collect()
    }

    pub(crate) fn worker(&self) -> Worker {
        self.worker_that_stops_at(None)
    }

    pub(crate) fn worker_that_stops_at(&self, stop_at: Option<Point>) -> Worker {
        let watcher =
            Arc::new(Watcher { stop_at: Mutex::new(stop_at), stopped: Notify::new(), settled: self.settled.clone() });
        let engine = Engine { probe: watcher.clone(), ..self.engine.clone() };
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(async move { engine.run(stopped).await });
        Worker { stop, task, watcher }
    }

    pub(crate) async fn row(&self, key: &Key) -> Row {
        people::find(&self.test.ground.database, key).await.unwrap().expect("a delivery")
    }

    /// Waits until the delivery is in this state. Time only passes when the test says so.
    pub(crate) async fn comes_to(&self, key: &Key, state: State) -> Row {
        let reaching = async {
            loop {
                let row = self.row(key).await;
                if row.delivery.state == state && row.delivery.lease.is_none() {
                    return row;
                }
                self.settled.notified().await;
            }
        };
        let reached = tokio::time::timeout(Duration::from_secs(60), reaching).await;
        match reached {
            Ok(row) => row,
            Err(_) => panic!("not {state:?} but {:#?}", self.row(key).await),
        }
    }

    /// Lets time pass in short steps until the delivery is in this state.
    pub(crate) async fn comes_to_in_time(&self, key: &Key, state: State, longest: SignedDuration) -> Row {
        let end = self.test.now() + longest;
        loop {
            let row = self.row(key).await;
            if row.delivery.state == state {
                return row;
            }
            assert!(self.test.now() < end, "not {state:?} but {row:#?}");
            self.test.pass(SignedDuration::from_secs(10));
            // The worker beats every ten seconds; it has seen the new time when its beat is on disk.
            self.has_seen_the_time().await;
        }
    }

    async fn has_seen_the_time(&self) {
        let now = self.test.now();
        let seen = async {
            while self.engine.health.report().beat_at != Some(now) {
                tokio::task::yield_now().await;
            }
            for _ in 0..200 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), seen).await.expect("the worker beats");
    }

    /// Lets time pass while a worker lives, so that there is no gap.
    pub(crate) async fn time_passes(&self, by: SignedDuration) {
        let end = self.test.now() + by;
        while self.test.now() < end {
            let step = SignedDuration::from_secs(50).min(self.test.now().duration_until(end));
            self.test.pass(step.max(SignedDuration::from_secs(10)));
            self.has_seen_the_time().await;
        }
    }

    pub(crate) async fn happens(&self, key: &Key, event: Event) {
        let database = &self.test.ground.database;
        let mut tx = database.begin_write().await.unwrap();
        apply(database, &mut tx, &self.engine.networks, vec![Asked::new(key.clone(), event)], self.test.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        self.engine.bell.notify_one();
    }

    pub(crate) async fn sql(&self, sql: &'static str) {
        let mut tx = self.test.ground.database.begin_write().await.unwrap();
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}
