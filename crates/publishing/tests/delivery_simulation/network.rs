//! A model of a network: it accepts, refuses, loses answers, and acts on a request long after we gave up on it.
//! Its time is the real one; the worker's clock may be wrong.

use bedside_publishing::networks::{Doubt, Next, Outcome, Published, Refusal, Settling};
use jiff::{SignedDuration, Timestamp};

use crate::dice::Dice;

/// The longest a network works on a request whose answer was lost.
const LATEST_EFFECT_SECS: u64 = 58;

/// What arrived, or will arrive, for one delivery.
#[derive(Debug, Default, Clone)]
pub(crate) struct Shelf {
    arrivals: Vec<Timestamp>,
    deleted_at: Option<Timestamp>,
}

pub(crate) struct Network {
    pub(crate) settling: Settling,
    shelves: Vec<Shelf>,
}

/// How a call will end, and when.
pub(crate) struct Fate {
    pub(crate) outcome: Outcome,
    pub(crate) takes: SignedDuration,
}

impl Network {
    pub(crate) fn new(settling: Settling, deliveries: usize) -> Self {
        Self { settling, shelves: vec![Shelf::default(); deliveries] }
    }

    /// Messages that readers have ever seen of this delivery, by `real`.
    pub(crate) fn arrived(&self, row: usize, real: Timestamp) -> usize {
        self.shelves[row].arrivals.iter().filter(|at| **at <= real).count()
    }

    /// Whether readers see it now.
    pub(crate) fn stands(&self, row: usize, real: Timestamp) -> bool {
        self.arrived(row, real) > 0 && self.shelves[row].deleted_at.is_none()
    }

    pub(crate) fn publish(
        &mut self,
        row: usize,
        real: Timestamp,
        wall: Timestamp,
        dice: &mut Dice,
        faults: bool,
    ) -> Fate {
        let roll = if faults { dice.below(100) } else { 0 };
        match roll {
            0..62 => {
                self.arrive(row, real);
                Fate { outcome: accepted(row), takes: SignedDuration::from_millis(10 + dice.below(20_000) as i64) }
            }
            62..70 => {
                self.arrive(row, real);
                unknown(dice)
            }
            70..80 => {
                self.arrive(row, real + SignedDuration::from_secs(1 + dice.below(LATEST_EFFECT_SECS) as i64));
                unknown(dice)
            }
            80..84 => unknown(dice),
            84..91 => refused(Next::TryLater),
            91..94 => refused(Next::WaitUntil(wall + SignedDuration::from_mins(dice.below(200) as i64))),
            94..97 => refused(Next::Reconnect),
            _ => refused(Next::GiveUp),
        }
    }

    pub(crate) fn delete(&mut self, row: usize, real: Timestamp, dice: &mut Dice, faults: bool) -> Fate {
        let roll = if faults { dice.below(100) } else { 0 };
        if roll < 80 {
            self.shelves[row].deleted_at.get_or_insert(real);
        }
        match roll {
            0..70 => Fate { outcome: accepted(row), takes: SignedDuration::from_secs(1) },
            70..90 => unknown(dice),
            _ => refused(Next::TryLater),
        }
    }

    pub(crate) fn edit(row: usize, dice: &mut Dice, faults: bool) -> Fate {
        match if faults { dice.below(100) } else { 0 } {
            0..80 => Fate { outcome: accepted(row), takes: SignedDuration::from_secs(1) },
            80..90 => unknown(dice),
            _ => refused(Next::TryLater),
        }
    }

    /// A key of our own makes the second create of one message the same message.
    fn arrive(&mut self, row: usize, at: Timestamp) {
        let arrivals = &mut self.shelves[row].arrivals;
        match (self.settling, arrivals.first_mut()) {
            (Settling::RecordKey, Some(first)) => *first = (*first).min(at),
            _ => arrivals.push(at),
        }
    }
}

pub(crate) fn published(row: usize) -> Published {
    Published { remote_id: format!("post-{row}"), url: format!("https://net.example/{row}"), version: String::new() }
}

fn accepted(row: usize) -> Outcome {
    Outcome::Accepted(published(row))
}

fn unknown(dice: &mut Dice) -> Fate {
    let takes = SignedDuration::from_millis([200, 5_000, 30_000][dice.below(3) as usize]);
    Fate { outcome: Outcome::Unknown(Doubt { log: "no answer".into(), status: None }), takes }
}

fn refused(next: Next) -> Fate {
    Fate { outcome: Outcome::Refused(refusal(next)), takes: SignedDuration::from_millis(300) }
}

pub(crate) fn refusal(next: Next) -> Refusal {
    Refusal { log: "no".into(), person: "The network said no.".into(), status: Some(400), next }
}
