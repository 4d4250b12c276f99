//! Time is passed in. This is the only module that reads the system's clock.
//!
//! [`SystemClock`] serves the program; [`StoppedClock`] serves tests and the simulator, which move it by hand.
//! A wait is asked of the clock too ([`Clock::wait_until`]), so that a test can let a month pass in a millisecond.

use std::sync::Mutex;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

/// Tells the time and wakes those who wait for one.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// Returns when `moment` has come; at once if it is past.
    async fn wait_until(&self, moment: Timestamp);
}

/// The machine's own clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

/// A wait is cut into pieces so that a clock that was set forward is noticed within this time.
const LONGEST_NAP: SignedDuration = SignedDuration::from_secs(5);

#[async_trait]
impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the system clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    #[allow(clippy::disallowed_methods, reason = "the one place that sleeps")]
    async fn wait_until(&self, moment: Timestamp) {
        loop {
            let left = self.now().duration_until(moment);
            if left <= SignedDuration::ZERO {
                return;
            }
            tokio::time::sleep(left.min(LONGEST_NAP).unsigned_abs()).await;
        }
    }
}

/// A clock that only moves when told to.
#[derive(Debug)]
pub struct StoppedClock {
    hand: watch::Sender<Timestamp>,
    moving: Mutex<()>,
}

impl StoppedClock {
    /// A clock that stands at `moment`.
    pub fn at(moment: Timestamp) -> Self {
        Self { hand: watch::Sender::new(moment), moving: Mutex::new(()) }
    }

    /// Moves the hand forward (or back, for tests of a clock that jumps).
    pub fn advance(&self, by: SignedDuration) {
        let _one_at_a_time = self.moving.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let moment = *self.hand.borrow();
        self.hand.send_replace(moment + by);
    }

    /// Sets the hand to `moment`.
    pub fn set(&self, moment: Timestamp) {
        self.hand.send_replace(moment);
    }
}

#[async_trait]
impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        *self.hand.borrow()
    }

    async fn wait_until(&self, moment: Timestamp) {
        let mut hand = self.hand.subscribe();
        // The sender lives as long as `self`, so this can only end by the hand reaching the moment.
        let _ = hand.wait_for(|now| *now >= moment).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_stopped_clock_wakes_those_who_wait() {
        let clock = std::sync::Arc::new(StoppedClock::at(Timestamp::UNIX_EPOCH));
        let waiting = tokio::spawn({
            let clock = clock.clone();
            async move {
                clock.wait_until(Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24)).await;
                clock.now()
            }
        });
        clock.advance(SignedDuration::from_hours(25));
        let woke = waiting.await.ok();
        assert_eq!(woke, Some(Timestamp::UNIX_EPOCH + SignedDuration::from_hours(25)));
    }
}
