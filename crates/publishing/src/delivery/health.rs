//! Whether the worker of this process lives: what `/healthz` shows.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

/// How the worker is. Cheap to clone; all clones show the same.
#[derive(Debug, Clone, Default)]
pub struct Health(Arc<Mutex<Report>>);

/// What the worker last said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Its last heartbeat that reached the database.
    pub beat_at: Option<Timestamp>,
    /// Its present trouble, for the log and the operator; `None` when all is well.
    pub trouble: Option<String>,
    /// Whether it ended: because it was told to, or because of the trouble.
    pub stopped: bool,
}

impl Health {
    /// What the worker last said.
    pub fn report(&self) -> Report {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The last beat in microseconds, or why the worker stands still; `None` before its first beat.
    pub fn pulse(&self) -> Option<Result<i64, String>> {
        let report = self.report();
        match (report.trouble, report.beat_at) {
            (Some(trouble), _) => Some(Err(trouble)),
            (None, beat_at) => beat_at.map(|at| Ok(at.as_microsecond())),
        }
    }

    pub(super) fn beat(&self, at: Timestamp) {
        self.change(|report| {
            report.beat_at = Some(at);
            report.trouble = None;
            report.stopped = false;
        });
    }

    pub(super) fn trouble(&self, log: String) {
        self.change(|report| report.trouble = Some(log));
    }

    pub(super) fn stopped(&self) {
        self.change(|report| report.stopped = true);
    }

    fn change(&self, change: impl FnOnce(&mut Report)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
