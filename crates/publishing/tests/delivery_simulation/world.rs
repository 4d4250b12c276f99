//! The world around the state machine: a database that can be restored to yesterday, workers that die or stall at
//! every point, people who press buttons, clocks that jump. It plays one life from a seed and reports what broke.

mod checks;
mod fate;

use bedside_publishing::{
    delivery::{
        machine::{Action, Effect, Event, Sight, Step},
        state::{Delivery, LEASE, Lease, Rules, State, Wanted},
    },
    networks::{Next, Outcome, Settling},
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    dice::Dice,
    network::{Network, published, refusal},
};

/// The decider under test.
pub(crate) type Decide = fn(&Delivery, &Event, &Rules) -> Step;

const FAULTS_LAST: SignedDuration = SignedDuration::from_hours(30);
const CALM_LASTS: SignedDuration = SignedDuration::from_hours(72);
const MOST_TURNS: u32 = 20_000;

/// What a life may break. The words are what a failing test prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Broken {
    Doubled,
    Lost,
    Wrong,
    Early,
    Late,
    Paused,
    Endless,
}

#[derive(Clone)]
struct Row {
    delivery: Delivery,
    may_be_sent_until: Timestamp,
}

struct Pending {
    row: usize,
    by: String,
    call: u32,
    ends_at: Timestamp,
    answer: Answer,
}

enum Answer {
    Call(Outcome),
    Look(Sight),
}

pub(crate) struct World {
    decide: Decide,
    rules: Rules,
    dice: Dice,
    real: Timestamp,
    skew: SignedDuration,
    rows: Vec<Row>,
    left_unknown: Vec<bool>,
    network: Network,
    pending: Vec<Pending>,
    runs: u32,
    alive: bool,
    starts_at: Timestamp,
    beat_at: Timestamp,
    held_until: Timestamp,
    paused: bool,
    backup: Option<(Vec<Row>, Timestamp)>,
    was_restored: bool,
    clock_was_mended: bool,
    restoring: bool,
    faults: bool,
    broken: Option<Broken>,
    story: Option<String>,
}

impl World {
    pub(crate) fn new(seed: u64, decide: Decide) -> Self {
        let mut dice = Dice::new(seed);
        let settling =
            [Settling::RecordKey, Settling::ReadBack, Settling::ReadBack, Settling::Person][(seed % 4) as usize];
        let rules = Rules {
            settling,
            edits: dice.in_thousand(500),
            deletes: dice.in_thousand(800),
            by_hand: false,
            window: SignedDuration::from_hours(6),
            most_tries: 12,
        };
        let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 50);
        let rows = (0..1 + dice.below(3))
            .map(|_| {
                let due = start + SignedDuration::from_mins(dice.below(20 * 60) as i64);
                let delivery = Delivery::planned(due, &rules);
                Row { may_be_sent_until: delivery.window_ends_at, delivery }
            })
            .collect::<Vec<_>>();
        Self {
            decide,
            rules,
            dice,
            real: start,
            skew: SignedDuration::ZERO,
            left_unknown: vec![false; rows.len()],
            network: Network::new(settling, rows.len()),
            rows,
            pending: Vec::new(),
            runs: 0,
            alive: true,
            starts_at: start,
            beat_at: start,
            held_until: start,
            paused: false,
            backup: None,
            was_restored: false,
            clock_was_mended: false,
            restoring: false,
            faults: true,
            broken: None,
            story: None,
        }
    }

    /// Plays the whole life again and tells it.
    pub(crate) fn told(mut self) -> String {
        self.story = Some(String::new());
        self.live();
        self.story.unwrap_or_default()
    }

    /// Plays the whole life.
    pub(crate) fn play(mut self) -> Option<Broken> {
        self.live()
    }

    fn tell(&mut self, line: impl FnOnce() -> String) {
        if let Some(story) = &mut self.story {
            story.push_str(&format!("{} (off by {:#}): {}\n", self.real, self.skew, line()));
        }
    }

    fn live(&mut self) -> Option<Broken> {
        let faults_end = self.real + FAULTS_LAST;
        let end = faults_end + CALM_LASTS;
        let mut turns = 0;
        while self.real < end && self.broken.is_none() {
            if self.faults && self.real >= faults_end {
                self.calm();
            }
            if self.faults {
                self.happen();
            }
            self.people();
            self.turn();
            self.pass_time();
            if !self.faults && self.at_rest() {
                break;
            }
            turns += 1;
            if turns > MOST_TURNS {
                return Some(Broken::Endless);
            }
        }
        self.broken.or_else(|| self.verdict())
    }

    /// Nothing will happen any more (a late effect of the last call included).
    fn at_rest(&self) -> bool {
        let quiet = self.rows.iter().all(|row| {
            let settled = row.delivery.settled_at.is_none_or(|at| at + SignedDuration::from_mins(3) < self.wall());
            row.delivery.next_try_at.is_none() && row.delivery.state != State::Unknown && settled
        });
        quiet && self.pending.is_empty()
    }

    fn wall(&self) -> Timestamp {
        self.real + self.skew
    }

    fn calm(&mut self) {
        self.faults = false;
        self.paused = false;
        if !self.alive {
            self.starts_at = self.real;
        }
    }

    fn apply(&mut self, row: usize, event: &Event) -> Vec<Effect> {
        let Step { next, effects } = (self.decide)(&self.rows[row].delivery, event, &self.rules);
        let before = std::mem::replace(&mut self.rows[row].delivery, next);
        if self.story.is_some() {
            let now = self.rows[row].delivery.clone();
            self.tell(|| {
                format!(
                    "{row}: {event:?}\n    {:?} {:?} -> {:?} {:?} doubt {:?} looked {:?} next {:?} lease {:?}",
                    before.state,
                    before.wanted,
                    now.state,
                    now.wanted,
                    now.doubt_since,
                    now.looked_at,
                    now.next_try_at,
                    now.lease
                )
            });
        }
        for effect in &effects {
            if let Effect::HoldAccount { until, .. } = effect {
                self.held_until = self.held_until.max(*until);
            }
        }
        effects
    }

    /// One turn of the worker: start, beat, settle, claim, call.
    fn turn(&mut self) {
        if !self.alive {
            if self.real < self.starts_at {
                return;
            }
            self.alive = true;
            self.runs += 1;
        }
        self.beat();
        self.settle();
        for row in 0..self.rows.len() {
            if self.alive && self.broken.is_none() && self.claimable(row) {
                self.work_on(row);
            }
        }
    }

    fn beat(&mut self) {
        let (at, from, restored) = (self.wall(), self.beat_at, self.restoring);
        if restored || at.duration_since(from) > LEASE {
            for row in 0..self.rows.len() {
                self.apply(row, &Event::Gap { at, from, restored });
            }
            self.restoring = false;
        }
        self.beat_at = at;
        let me = self.me();
        for pending in self.pending.iter().filter(|pending| pending.by == me) {
            let delivery = &mut self.rows[pending.row].delivery;
            if let Some(lease) = delivery.lease.as_mut().filter(|lease| lease.holder == me) {
                lease.until = at + LEASE;
            }
        }
    }

    fn me(&self) -> String {
        format!("run-{}", self.runs)
    }

    /// The claim query.
    fn claimable(&self, row: usize) -> bool {
        let (delivery, now) = (&self.rows[row].delivery, self.wall());
        let live = matches!(delivery.state, State::Waiting | State::Armed | State::Unknown);
        let free = delivery.lease.as_ref().is_none_or(|lease| lease.until < now);
        let doubtful = delivery.state != State::Waiting || delivery.wanted == Wanted::Deleted;
        let held = self.held_until > now && (delivery.state != State::Waiting || delivery.window_ends_at > now);
        live && free && delivery.next_try_at.is_some_and(|at| at <= now) && (doubtful || !self.paused) && !held
    }

    fn work_on(&mut self, row: usize) {
        let (at, by) = (self.wall(), self.me());
        self.rows[row].delivery.lease = Some(Lease { holder: by.clone(), until: at + LEASE });
        if self.may_crash() {
            return;
        }
        if self.faults && self.dice.in_thousand(10) {
            // Somebody pauses everything between the claim and the intent.
            self.paused = true;
        }
        let claimed = Event::Claimed { at, by: by.clone(), until: at + LEASE, paused: self.paused, hash: None };
        let effects = self.apply(row, &claimed);
        let Some(action) = effects.iter().find_map(|effect| match effect {
            Effect::Call(action) => Some(*action),
            _ => None,
        }) else {
            return;
        };
        if self.may_crash() {
            return;
        }
        let pending = self.call(row, by, action);
        self.pending.push(pending);
        self.may_crash();
    }

    fn call(&mut self, row: usize, by: String, action: Action) -> Pending {
        self.tell(|| format!("{row}: {by} calls {action:?}"));
        let (real, wall) = (self.real, self.wall());
        let (answer, takes) = match action {
            Action::Look { .. } => (Answer::Look(self.look(row)), SignedDuration::from_secs(1)),
            Action::Publish => {
                self.watch_sending(row);
                let fate = self.network.publish(row, real, wall, &mut self.dice, self.faults);
                (Answer::Call(fate.outcome), fate.takes)
            }
            Action::Edit => {
                let fate = Network::edit(row, &mut self.dice, self.faults);
                (Answer::Call(fate.outcome), fate.takes)
            }
            Action::Delete => {
                let fate = self.network.delete(row, real, &mut self.dice, self.faults);
                (Answer::Call(fate.outcome), fate.takes)
            }
        };
        Pending { row, by, call: self.rows[row].delivery.calls, ends_at: real + takes, answer }
    }

    fn look(&mut self, row: usize) -> Sight {
        let roll = if self.faults { self.dice.below(100) } else { 0 };
        match roll {
            90..98 => Sight::Failed(refusal(Next::TryLater)),
            98.. => Sight::Failed(refusal(Next::Reconnect)),
            _ if self.network.arrived(row, self.real) > 0 => Sight::There(published(row)),
            _ => Sight::NotSeen,
        }
    }

    /// The checks at the moment of sending.
    fn watch_sending(&mut self, row: usize) {
        let (now, row) = (self.wall(), &self.rows[row]);
        if now < row.delivery.due_at {
            self.broken = Some(Broken::Early);
        } else if now >= row.may_be_sent_until {
            self.broken = Some(Broken::Late);
        } else if self.paused {
            self.broken = Some(Broken::Paused);
        }
    }

    fn settle(&mut self) {
        let real = self.real;
        while let Some(n) = self.pending.iter().position(|pending| pending.ends_at <= real) {
            if self.may_crash() {
                return;
            }
            let Pending { row, by, call, answer, .. } = self.pending.swap_remove(n);
            let at = self.wall();
            let event = match answer {
                Answer::Call(outcome) => Event::Answered { at, by, call, outcome },
                Answer::Look(sight) => Event::Looked { at, by, call, sight },
            };
            self.apply(row, &event);
        }
    }

    fn may_crash(&mut self) -> bool {
        let dies = self.faults && self.dice.in_thousand(60);
        if dies {
            self.crash();
        }
        dies
    }

    fn pass_time(&mut self) {
        for row in 0..self.rows.len() {
            if self.network.arrived(row, self.real) > 1 {
                self.broken = Some(Broken::Doubled);
            }
        }
        let longest = if self.pending.is_empty() { 20 * 60_000 } else { 15_000 };
        let mut step = SignedDuration::from_millis(1 + self.dice.below(longest) as i64);
        let wall = self.wall();
        let soon = self.rows.iter().filter_map(|row| row.delivery.next_try_at).filter(|at| *at > wall).min();
        if let Some(at) = soon.filter(|_| self.dice.in_thousand(700)) {
            step = step.min(at.duration_since(wall));
        }
        self.real += step;
        if self.alive && step > LEASE && self.dice.in_thousand(950) {
            // A worker that is alive beats while nothing happens.
            self.beat_at = self.beat_at.max(self.wall());
        }
    }
}
