//! The worker: a loop that is woken by the bell (something was planned) or by the clock (something falls due), claims
//! groups of deliveries, makes them ready side by side, commits their intents in one go, makes the calls side by side
//! (no more at once to one server than it likes), and commits the answers in groups.
//!
//! The loop alone talks to the delivery tables; the tasks it starts only read texts and call networks. A trouble that
//! passes (a lost connection, a deadlock, a full disk) is waited out with the answers in hand; any other error of the
//! database, above all one of writing to disk, stops the worker: nothing may be sent that could not be written down.

use std::{collections::HashMap, sync::Arc};

use bedside_platform::{
    Ground,
    database::{DatabaseError, Engine as DatabaseEngine},
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, watch};

use super::{
    Accounts, Health, Texts,
    call::{NoProbe, Probe},
    claims,
    run::Run,
};
use crate::networks::Networks;

/// How often a worker says that it lives, and renews its leases.
pub(super) const BEAT: SignedDuration = SignedDuration::from_secs(10);
/// How long calls under way may take to end when the program stops.
pub(super) const GRACE: SignedDuration = SignedDuration::from_secs(20);
/// How long a passing trouble of the database is waited out before the next attempt.
const TROUBLE_PAUSE: SignedDuration = SignedDuration::from_secs(1);
/// Every so many pauses the log is told again that the trouble lasts: a full disk may stay full over the weekend.
const TOLD_AGAIN: u32 = 60;

/// What an operator or a test may set.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Most deliveries in one worker's hands.
    pub in_hand: usize,
    /// Most deliveries in one claim.
    pub group: usize,
    /// How often the database is asked although nothing rang: what another process planned is noticed by then.
    pub poll: SignedDuration,
    /// No other worker can live on this database, so leases of earlier runs end at once.
    pub alone: bool,
}

impl Options {
    /// What suits a database: one process owns a SQLite file; PostgreSQL may have many workers.
    pub fn for_database(engine: DatabaseEngine) -> Self {
        let sqlite = engine == DatabaseEngine::Sqlite;
        let poll = if sqlite { BEAT } else { SignedDuration::from_secs(1) };
        Self { in_hand: 1024, group: 256, poll, alone: sqlite }
    }
}

/// The engine of a process. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    /// Clock, chance, database.
    pub ground: Ground,
    /// The networks this process knows.
    pub networks: Networks,
    /// Where texts come from.
    pub texts: Arc<dyn Texts>,
    /// Where open accounts come from.
    pub accounts: Arc<dyn Accounts>,
    /// Rung when something was planned.
    pub bell: Arc<Notify>,
    /// How the worker is.
    pub health: Health,
    /// What was set.
    pub options: Options,
    /// Told of every named point.
    pub probe: Arc<dyn Probe>,
}

/// Why a worker ended although nobody told it to.
#[derive(Debug, thiserror::Error)]
#[error("delivery stopped: {0}")]
pub struct Stopped(#[from] DatabaseError);

impl Engine {
    /// An engine with the options that suit the database.
    pub fn new(
        ground: Ground,
        networks: Networks,
        texts: Arc<dyn Texts>,
        accounts: Arc<dyn Accounts>,
        bell: Arc<Notify>,
    ) -> Self {
        let options = Options::for_database(ground.database.engine());
        Self { ground, networks, texts, accounts, bell, health: Health::default(), options, probe: Arc::new(NoProbe) }
    }

    /// Works until `stop` becomes true (or its sender is gone): ends the calls under way, lets go of the rest.
    ///
    /// # Errors
    /// When the database fails in a way that does not pass by itself.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) -> Result<(), Stopped> {
        let ended = self.work(&mut stop).await;
        if let Err(error) = &ended {
            tracing::error!(%error, "delivery stopped: nothing is sent until the program is started again");
            self.health.trouble(error.to_string());
        }
        self.health.stopped();
        Ok(ended?)
    }

    async fn work(&self, stop: &mut watch::Receiver<bool>) -> Result<(), DatabaseError> {
        let mut run = Run::new(self.clone());
        let mut troubles = 0;
        let mut started = false;
        while !has_ended(stop) {
            let turn = async {
                if !started && self.options.alone {
                    claims::end_leases_of_the_dead(&self.ground.database).await?;
                }
                started = true;
                run.turn(stop).await
            };
            match turn.await {
                Ok(()) => troubles = 0,
                Err(error) if passes(&error) => {
                    if troubles % TOLD_AGAIN == 0 {
                        tracing::warn!(%error, "the database does not answer well; delivery waits and tries again");
                    }
                    troubles = troubles.wrapping_add(1);
                    self.health.trouble(error.to_string());
                    self.wait(TROUBLE_PAUSE, stop).await;
                }
                Err(error) => return Err(error),
            }
        }
        run.finish().await
    }

    async fn wait(&self, pause: SignedDuration, stop: &mut watch::Receiver<bool>) {
        tokio::select! {
            () = self.ground.clock.wait_until(self.ground.clock.now() + pause) => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
}

fn has_ended(stop: &watch::Receiver<bool>) -> bool {
    *stop.borrow() || stop.has_changed().is_err()
}

/// Whether an error of the database passes by itself: a busy or full SQLite file, a lost or restarting PostgreSQL, a
/// deadlock that was broken in our disfavour. An error of reading or writing the disk never does.
/// Codes: sqlite.org/rescode.html (5 busy, 6 locked, 13 full; extended codes keep the low byte),
/// postgresql.org/docs/current/errcodes-appendix.html (class 08 connection, 40 rollback, 53 resources, 57P restart).
fn passes(error: &DatabaseError) -> bool {
    let DatabaseError::Engine(error) = error else { return false };
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::Tls(_) => true,
        sqlx::Error::Database(database) => database.code().is_some_and(|code| {
            ["08", "40", "53", "57P"].iter().any(|class| code.len() == 5 && code.starts_with(class))
                || code.len() < 5 && code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 13))
        }),
        _ => false,
    }
}

/// Calls side by side, counted by network and server.
#[derive(Debug, Default)]
pub(super) struct Servers(HashMap<(String, String), usize>);

impl Servers {
    /// Whether one more call fits; then it is counted.
    pub(super) fn enter(&mut self, server: &(String, String), at_once: usize) -> bool {
        let calls = self.0.entry(server.clone()).or_default();
        let fits = *calls < at_once.max(1);
        *calls += usize::from(fits);
        fits
    }

    /// A call ended.
    pub(super) fn leave(&mut self, server: &(String, String)) {
        if let Some(calls) = self.0.get_mut(server) {
            *calls -= 1;
            if *calls == 0 {
                self.0.remove(server);
            }
        }
    }
}

/// The earlier of a time and a maybe.
pub(super) fn earlier(one: Timestamp, other: Option<Timestamp>) -> Timestamp {
    other.map_or(one, |other| one.min(other))
}
