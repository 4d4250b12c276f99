//! What happens to the engine from outside: deaths, stalls, restored backups, clocks that jump, and people.

use bedside_publishing::delivery::{
    machine::{Event, Verdict},
    state::{LEASE, State},
};
use jiff::SignedDuration;

use super::World;

impl World {
    /// What fate does.
    pub(super) fn happen(&mut self) {
        if self.dice.in_thousand(8) {
            self.crash();
        }
        if !self.pending.is_empty() && self.dice.in_thousand(80) {
            // The worker stalls with its calls under way; another takes over; the first comes back.
            self.runs += 1;
            let stall = SignedDuration::from_secs(90 + self.dice.below(90) as i64);
            for pending in &mut self.pending {
                pending.ends_at += stall;
            }
        }
        if self.dice.in_thousand(5) {
            self.paused = !self.paused;
        }
        if self.dice.in_thousand(6) {
            self.backup = Some((self.rows.clone(), self.beat_at));
        }
        if self.backup.is_some() && self.dice.in_thousand(4) {
            self.restore();
        }
        if self.dice.in_thousand(2) {
            let hours = self.dice.below(5) as i64 - 2;
            self.skew += SignedDuration::from_hours(hours);
            if hours < 0 {
                self.clock_went_back();
            }
        }
        let row = self.dice.below(self.rows.len() as u64) as usize;
        let at = self.wall();
        match self.dice.below(1000) {
            0..3 => self.apply(row, &Event::Edited { at }),
            3..6 => self.apply(row, &Event::Deleted { at }),
            6..8 => self.apply(row, &Event::Withdrawn { at }),
            _ => Vec::new(),
        };
    }

    pub(super) fn crash(&mut self) {
        self.tell(|| "the worker dies".to_owned());
        self.alive = false;
        self.pending.clear();
        let down = match self.dice.below(3) {
            0 => SignedDuration::from_secs(self.dice.below(5) as i64),
            1 => SignedDuration::from_mins(self.dice.below(10) as i64),
            _ => SignedDuration::from_mins(self.dice.below(12 * 60) as i64),
        };
        self.starts_at = self.real + down;
    }

    fn restore(&mut self) {
        let Some((rows, beat_at)) = self.backup.clone() else { return };
        self.tell(|| format!("the backup of {beat_at} is restored"));
        // A clock that was hours ahead may have sent what is not due yet by the mended one. Only `bedside restore`,
        // which puts everything in doubt, covers that.
        let tellable = self.wall().duration_since(beat_at) > LEASE && !self.clock_was_mended;
        let copied_by_hand = tellable && self.dice.in_thousand(500);
        self.crash();
        self.rows = rows;
        self.beat_at = beat_at;
        self.was_restored = true;
        // `bedside restore` says so; a file that was copied by hand shows it only by its old heartbeat.
        self.restoring = !copied_by_hand;
    }

    /// What the store does when its heartbeat lies in the future.
    fn clock_went_back(&mut self) {
        let now = self.wall();
        self.clock_was_mended = true;
        self.beat_at = self.beat_at.min(now);
        for row in &mut self.rows {
            row.delivery.lease = None;
            if matches!(row.delivery.state, State::Armed | State::Unknown) {
                row.delivery.next_try_at = row.delivery.next_try_at.map(|at| at.min(now));
            }
        }
        self.held_until = self.held_until.min(now);
    }

    /// What people do when something asks them.
    pub(super) fn people(&mut self) {
        for row in 0..self.rows.len() {
            let delivery = &self.rows[row].delivery;
            let asks = matches!(delivery.state, State::Unknown | State::Missed | State::Refused)
                && delivery.next_try_at.is_none();
            if !asks
                || delivery.settled_at.is_some_and(|at| self.wall() < at + SignedDuration::from_mins(3))
                || !self.dice.in_thousand(50)
            {
                continue;
            }
            let at = self.wall();
            let verdict = match delivery.state {
                _ if self.dice.in_thousand(200) => Verdict::LeaveIt,
                State::Unknown if self.network.arrived(row, self.real) > 0 => {
                    Verdict::ItIsThere { link: String::new() }
                }
                _ => Verdict::TryAgain,
            };
            if verdict == Verdict::LeaveIt && delivery.state == State::Unknown {
                self.left_unknown[row] = true;
            }
            if verdict == Verdict::TryAgain {
                self.rows[row].may_be_sent_until = at.max(delivery.due_at) + self.rules.window;
            }
            self.apply(row, &Event::PersonSays { at, verdict });
        }
    }
}
