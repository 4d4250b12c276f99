//! The weeks before the start, lived through on a clock that is wound forward: the real engine publishes, the real reader
//! reads, and what people see afterwards has come about as it always does.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use async_trait::async_trait;
use bedside_engagement::{challenges, inbox};
use bedside_platform::clock::StoppedClock;
use bedside_publishing::{
    Desk,
    delivery::{
        Engine,
        call::{Point, Probe},
        worker::Stopped,
    },
    inbound::{Sorter, reader},
    posts::texts::FromDesk,
};
use jiff::Timestamp;
use tokio::{
    sync::{Notify, watch},
    task::JoinHandle,
};

/// The longest that one moment of the past may take now.
const PATIENCE: Duration = Duration::from_secs(60);

/// A past under way.
pub(super) struct Past {
    pub(super) desk: Desk,
    clock: Arc<StoppedClock>,
    settled: Arc<Notify>,
    stop: watch::Sender<bool>,
    engine: JoinHandle<Result<(), Stopped>>,
    sorter: Arc<dyn Sorter>,
}

impl Past {
    /// Begins where `clock` stands; `clock` must be the one of the desk.
    pub(super) fn begin(desk: Desk, clock: Arc<StoppedClock>) -> Self {
        let settled = Arc::new(Notify::new());
        let texts = FromDesk::shared(&desk);
        let engine = Engine::new(desk.ground.clone(), desk.networks.clone(), texts.clone(), texts, desk.bell.clone());
        let engine = Engine { probe: Arc::new(Tells(settled.clone())), ..engine };
        let (stop, stopped) = watch::channel(false);
        let engine = tokio::spawn(async move { engine.run(stopped).await });
        Self { desk, clock, settled, stop, engine, sorter: Arc::new(inbox::Triage) }
    }

    /// Lets time pass until `moment`, and everything happen that falls due at it. What fell due in between happens at it, too:
    /// the caller stops wherever something does.
    pub(super) async fn reach(&self, moment: Timestamp) -> anyhow::Result<()> {
        self.nobody_slept(moment).await?;
        self.clock.set(moment);
        self.settle().await
    }

    /// Waits until nothing is due any more.
    pub(super) async fn settle(&self) -> anyhow::Result<()> {
        self.desk.bell.notify_one();
        let nothing_due = async {
            while self.due().await? > 0 {
                self.settled.notified().await;
            }
            anyhow::Ok(())
        };
        tokio::time::timeout(PATIENCE, nothing_due).await.context("the demonstration's past does not pass")?
    }

    /// Reads what people wrote, opens pages of challenges: what the program does every few minutes.
    pub(super) async fn look_around(&self) -> anyhow::Result<()> {
        reader::read_all(&self.desk, &self.sorter, self.desk.ground.clock.now()).await?;
        challenges::open_pages(&self.desk).await?;
        Ok(())
    }

    /// Ends the past.
    pub(super) async fn end(self) -> anyhow::Result<()> {
        self.stop.send_replace(true);
        self.engine.await.context("the engine of the past")??;
        Ok(())
    }

    /// The engine of the past lived all the time, although the clock jumps: without this heartbeat it would take each jump
    /// for a time in which another worker may have sent.
    async fn nobody_slept(&self, until: Timestamp) -> anyhow::Result<()> {
        let mut tx = self.desk.ground.database.begin_write().await?;
        sqlx::query(
            "INSERT INTO heartbeats (worker, began_at, beat_at) VALUES ('demonstration', $1, $1) \
             ON CONFLICT (worker) DO UPDATE SET beat_at = excluded.beat_at",
        )
        .bind(until.as_microsecond())
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    /// Deliveries that the engine would take up now.
    async fn due(&self) -> anyhow::Result<i64> {
        let due = sqlx::query_scalar(
            "SELECT COUNT(*) FROM deliveries d WHERE d.state IN ('waiting', 'armed', 'unknown') AND d.next_try_at <= $1 \
             AND (d.window_ends_at <= $1 OR NOT EXISTS (SELECT 1 FROM accounts a \
             WHERE a.practice_id = d.practice_id AND a.id = d.account_id AND a.held_until > $1))",
        )
        .bind(self.desk.ground.now())
        .fetch_one(self.desk.ground.database.read())
        .await?;
        Ok(due)
    }
}

/// Rings whenever something came to rest.
struct Tells(Arc<Notify>);

#[async_trait]
impl Probe for Tells {
    async fn reached(&self, point: Point) {
        if point == Point::Settled {
            self.0.notify_one();
        }
    }
}
