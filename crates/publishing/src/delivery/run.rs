//! One run of a worker: what it has in hand between two looks at the database. See [`worker`](super::worker).

use std::collections::{HashMap, VecDeque};

use bedside_platform::database::DatabaseError;
use jiff::Timestamp;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};

use super::{
    call::{Ended, Point, Ready, call, make_ready},
    claims::{self, Beat},
    commit::{self, Able, Applied, Asked},
    machine::{Action, Effect, Event, step},
    rows::{Key, Row},
    state::LEASE,
    worker::{BEAT, Engine, GRACE, Servers, earlier},
};
use crate::networks::Refusal;

/// A server with more deliveries waiting in hand than this gets no more claimed: others come first.
const CROWD: usize = 64;

/// What a task brings back.
enum News {
    /// Ready for the call (or, with nothing to call, for the decision alone).
    Ready { row: Row, plan: Option<(Action, Box<Ready>)> },
    /// Something certain stopped it before the call.
    Stopped { row: Row, refusal: Refusal },
    /// The call ended.
    Ended { row: Row, ended: Ended },
}

impl News {
    fn row(&self) -> &Row {
        match self {
            Self::Ready { row, .. } | Self::Stopped { row, .. } | Self::Ended { row, .. } => row,
        }
    }
}

pub(super) struct Run {
    engine: Engine,
    me: String,
    /// Claimed, and waiting for a place at their server.
    room: VecDeque<Row>,
    /// How many have a place: being made ready, or being called.
    busy: usize,
    servers: Servers,
    tasks: JoinSet<()>,
    sender: mpsc::UnboundedSender<News>,
    receiver: mpsc::UnboundedReceiver<News>,
    /// Brought back, and not yet on disk.
    news: Vec<News>,
    next_beat: Timestamp,
    next_claim: Timestamp,
    /// The last claim left out servers that had too many waiting.
    left_out: bool,
}

impl Run {
    pub(super) fn new(engine: Engine) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        let me = engine.ground.new_id();
        Self {
            engine,
            me,
            room: VecDeque::new(),
            busy: 0,
            servers: Servers::default(),
            tasks: JoinSet::new(),
            sender,
            receiver,
            news: Vec::new(),
            next_beat: Timestamp::MIN,
            next_claim: Timestamp::MIN,
            left_out: false,
        }
    }

    fn now(&self) -> Timestamp {
        self.engine.ground.clock.now()
    }

    /// One turn: beat, write down what came back, claim, begin; then sleep until something happens.
    pub(super) async fn turn(&mut self, stop: &mut watch::Receiver<bool>) -> Result<(), DatabaseError> {
        self.beat().await?;
        self.write_down().await?;
        self.claim().await?;
        self.begin();
        self.sleep(stop).await;
        Ok(())
    }

    /// Also when the clock jumped either way: what a gap puts in doubt must be marked before anything is claimed.
    async fn beat(&mut self) -> Result<(), DatabaseError> {
        let now = self.now();
        if now < self.next_beat && now + BEAT >= self.next_beat {
            return Ok(());
        }
        match claims::beat(&self.engine.ground.database, &self.me, now).await? {
            Beat::Steady => {}
            Beat::AfterGap(from) => {
                tracing::warn!(%from, "no worker ran since then: what fell due meanwhile is looked for before it is sent");
            }
            Beat::ClockWentBack => tracing::warn!("the clock was set back; leases from the future are ended"),
        }
        self.next_beat = now + BEAT;
        self.next_claim = self.next_claim.min(now + self.engine.options.poll);
        self.engine.health.beat(now);
        Ok(())
    }

    async fn claim(&mut self) -> Result<(), DatabaseError> {
        let now = self.now();
        let options = self.engine.options;
        let space = options.in_hand.saturating_sub(self.room.len() + self.busy).min(options.group);
        if now < self.next_claim || space == 0 {
            return Ok(());
        }
        let crowded = self.crowded();
        self.left_out = !crowded.is_empty();
        let database = &self.engine.ground.database;
        let claimed = claims::claim(database, &self.me, now, space, &crowded).await?;
        let (some, full) = (!claimed.is_empty(), claimed.len() == space);
        self.room.extend(claimed);
        if !full {
            let next = claims::next_due(database, now).await?;
            self.next_claim = earlier(now + options.poll, next);
        }
        if some {
            self.engine.probe.reached(Point::Claimed).await;
        }
        Ok(())
    }

    fn crowded(&self) -> Vec<(String, String)> {
        let mut waiting: HashMap<(&str, &str), usize> = HashMap::new();
        for row in &self.room {
            *waiting.entry((&row.network, &row.server)).or_default() += 1;
        }
        let crowded = waiting.into_iter().filter(|(_, waiting)| *waiting >= CROWD);
        crowded.map(|((network, server), _)| (network.to_owned(), server.to_owned())).collect()
    }

    /// Starts making ready whatever has a place at its server.
    fn begin(&mut self) {
        for row in std::mem::take(&mut self.room) {
            let at_once = self.engine.networks.get(&row.network).map_or(1, |network| network.capabilities().at_once);
            if self.servers.enter(&server(&row), at_once) {
                self.busy += 1;
                self.start_making_ready(row);
            } else {
                self.room.push_back(row);
            }
        }
    }

    fn start_making_ready(&mut self, row: Row) {
        let event = self.claimed_event(None);
        let rules = commit::rules(&self.engine.networks, &row);
        let action = call_of(&step(&row.delivery, &event, &rules).effects);
        let (engine, sender) = (self.engine.clone(), self.sender.clone());
        self.tasks.spawn(async move {
            let news = match action {
                None => News::Ready { row, plan: None },
                Some(action) => match make_ready(&engine, &row, action).await {
                    Ok(ready) => News::Ready { row, plan: Some((action, Box::new(ready))) },
                    Err(refusal) => News::Stopped { row, refusal },
                },
            };
            // Nobody listens only when the run is over.
            let _ = sender.send(news);
        });
    }

    fn claimed_event(&self, hash: Option<String>) -> Event {
        let at = self.now();
        Event::Claimed { at, by: self.me.clone(), until: at + LEASE, paused: false, hash }
    }

    /// Sleeps until a task brings news, the bell rings, or the clock says so.
    async fn sleep(&mut self, stop: &mut watch::Receiver<bool>) {
        let space = self.room.len() + self.busy < self.engine.options.in_hand;
        let alarm = if space { self.next_beat.min(self.next_claim) } else { self.next_beat };
        let clock = self.engine.ground.clock.clone();
        tokio::select! {
            biased;
            count = self.receiver.recv_many(&mut self.news, 1024) => {
                debug_assert!(count > 0, "the run holds a sender itself");
            }
            _ = stop.wait_for(|stop| *stop) => {}
            () = self.engine.bell.notified() => self.next_claim = Timestamp::MIN,
            () = clock.wait_until(alarm) => {}
        }
        while let Ok(news) = self.receiver.try_recv() {
            self.news.push(news);
        }
        while self.tasks.try_join_next().is_some() {}
    }

    /// Commits what came back: answers are settled, what is ready is armed, all in one commit; then the calls begin.
    /// When the commit fails, everything stays in hand. Should it have come through all the same, a second attempt finds
    /// answers fenced off, and intents as calls whose outcome is open: they are looked for.
    async fn write_down(&mut self) -> Result<(), DatabaseError> {
        if self.news.is_empty() {
            return Ok(());
        }
        let answers = self.news.iter().any(|news| matches!(news, News::Ended { .. }));
        if answers {
            self.engine.probe.reached(Point::Answered).await;
        }
        let asked = self.news.iter().map(|news| self.asked(news)).collect();
        let now = self.now();
        let Engine { ground, networks, .. } = &self.engine;
        let mut tx = ground.database.begin_write().await?;
        let applied = commit::apply(&ground.database, &mut tx, networks, asked, now).await?;
        tx.commit().await?;
        self.go_on(applied);
        self.engine.probe.reached(Point::Settled).await;
        Ok(())
    }

    fn asked(&self, news: &News) -> Asked {
        let (at, by) = (self.now(), self.me.clone());
        let key = news.row().key.clone();
        let call = news.row().delivery.calls;
        match news {
            News::Ready { plan, .. } => {
                let hash = plan.as_ref().and_then(|(_, ready)| ready.hash());
                let able = Able::Only(plan.as_ref().map(|(action, _)| *action));
                Asked { key, event: self.claimed_event(hash), able }
            }
            News::Stopped { refusal, .. } => Asked::new(key, Event::Stopped { at, by, refusal: refusal.clone() }),
            News::Ended { ended: Ended::Call(outcome), .. } => {
                Asked::new(key, Event::Answered { at, by, call, outcome: outcome.clone() })
            }
            News::Ended { ended: Ended::Look(sight), .. } => {
                Asked::new(key, Event::Looked { at, by, call, sight: sight.clone() })
            }
        }
    }

    /// The new states are on disk: makes the calls they ask for, and gives free the places of those that came to rest.
    fn go_on(&mut self, applied: Vec<Applied>) {
        let mut after: HashMap<Key, Applied> =
            applied.into_iter().map(|applied| (applied.row.key.clone(), applied)).collect();
        for news in std::mem::take(&mut self.news) {
            let place = server(news.row());
            let after = after.remove(&news.row().key);
            let next = after.as_ref().and_then(|after| after.row.delivery.next_try_at);
            match (news, after) {
                (News::Ready { plan: Some((action, ready)), .. }, Some(Applied { row, effects }))
                    if call_of(&effects).is_some() =>
                {
                    // The place is kept for the call.
                    self.start_call(row, call_of(&effects).unwrap_or(action), ready);
                    continue;
                }
                _ => {}
            }
            self.next_claim = earlier(self.next_claim, next);
            self.busy -= 1;
            self.servers.leave(&place);
        }
        if self.left_out && self.crowded().is_empty() {
            self.next_claim = Timestamp::MIN;
        }
    }

    fn start_call(&mut self, row: Row, action: Action, ready: Box<Ready>) {
        let (engine, sender) = (self.engine.clone(), self.sender.clone());
        let until = row.delivery.lease.as_ref().map_or(Timestamp::MIN, |lease| lease.until);
        self.tasks.spawn(async move {
            engine.probe.reached(Point::Armed).await;
            let ended = call(&engine, &row, action, &ready, until).await;
            engine.probe.reached(Point::Called).await;
            // Nobody listens only when the run is over.
            let _ = sender.send(News::Ended { row, ended });
        });
    }

    /// Ends gracefully: waits for calls under way as long as [`GRACE`], writes their answers down, lets go of the rest.
    pub(super) async fn finish(mut self) -> Result<(), DatabaseError> {
        let clock = self.engine.ground.clock.clone();
        let end = self.now() + GRACE;
        self.let_ready_go();
        self.write_down().await?;
        while self.busy > 0 {
            tokio::select! {
                _ = self.receiver.recv_many(&mut self.news, 1024) => {
                    self.let_ready_go();
                    self.write_down().await?;
                }
                () = clock.wait_until(end) => break,
            }
        }
        self.tasks.abort_all();
        claims::release(&self.engine.ground.database, &self.me).await
    }

    /// What was only made ready is not begun any more.
    fn let_ready_go(&mut self) {
        let before = self.news.len();
        self.news.retain(|news| !matches!(news, News::Ready { .. }));
        self.busy -= before - self.news.len();
    }
}

fn server(row: &Row) -> (String, String) {
    (row.network.clone(), row.server.clone())
}

fn call_of(effects: &[Effect]) -> Option<Action> {
    effects.iter().find_map(|effect| match effect {
        Effect::Call(action) => Some(*action),
        _ => None,
    })
}
