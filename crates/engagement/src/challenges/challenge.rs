//! A challenge of one practice and the states it moves through:
//! planned → launched → running → finished, and withdrawn from any of the first three.
//!
//! A state says who and when, not just that it is so. A move that is not allowed is refused with both words.

use jiff::Timestamp;
use jiff::civil::Date;

/// A challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Its id.
    pub id: String,
    /// The template it was made from.
    pub template_id: String,
    /// That template's version.
    pub template_version: u32,
    /// Day 1.
    pub start: Date,
    /// Day 28.
    pub end: Date,
    /// Where it is.
    pub state: State,
}

/// Where a challenge is, since when, and who moved it there. People are ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The month can be looked at and edited; nothing goes out.
    Planned {
        /// Who planned it.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Its posts are scheduled; members can join.
    Launched {
        /// Who launched it.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Day 1 has come.
    Running {
        /// When it opened.
        at: Timestamp,
    },
    /// Day 28 is over.
    Finished {
        /// When it ended.
        at: Timestamp,
    },
    /// Taken back: what had not gone out never will.
    Withdrawn {
        /// Who withdrew it.
        by: String,
        /// When.
        at: Timestamp,
        /// Why, in their words; may be empty.
        reason: String,
    },
}

impl State {
    /// The word for screens, logs and the store.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Planned { .. } => "planned",
            Self::Launched { .. } => "launched",
            Self::Running { .. } => "running",
            Self::Finished { .. } => "finished",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

/// A move that this challenge cannot make now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a challenge that is {from} cannot become {to}")]
pub struct MoveRefused {
    /// The word of its state.
    pub from: &'static str,
    /// The word of the state it should have moved to.
    pub to: &'static str,
}

impl Challenge {
    /// Schedules the posts and opens the doors.
    ///
    /// # Errors
    /// [`MoveRefused`] unless it is planned.
    pub fn launch(&mut self, by: &str, at: Timestamp) -> Result<(), MoveRefused> {
        let allowed = matches!(self.state, State::Planned { .. });
        self.become_if(allowed, State::Launched { by: by.to_owned(), at })
    }

    /// Opens day 1.
    ///
    /// # Errors
    /// [`MoveRefused`] unless it is launched.
    pub fn run(&mut self, at: Timestamp) -> Result<(), MoveRefused> {
        let allowed = matches!(self.state, State::Launched { .. });
        self.become_if(allowed, State::Running { at })
    }

    /// Ends it after day 28.
    ///
    /// # Errors
    /// [`MoveRefused`] unless it is running.
    pub fn finish(&mut self, at: Timestamp) -> Result<(), MoveRefused> {
        let allowed = matches!(self.state, State::Running { .. });
        self.become_if(allowed, State::Finished { at })
    }

    /// Takes it back.
    ///
    /// # Errors
    /// [`MoveRefused`] when it is finished or already withdrawn.
    pub fn withdraw(&mut self, by: &str, at: Timestamp, reason: &str) -> Result<(), MoveRefused> {
        let allowed = matches!(self.state, State::Planned { .. } | State::Launched { .. } | State::Running { .. });
        self.become_if(allowed, State::Withdrawn { by: by.to_owned(), at, reason: reason.to_owned() })
    }

    /// Whether members can join and check in.
    #[must_use]
    pub fn takes_members(&self) -> bool {
        matches!(self.state, State::Launched { .. } | State::Running { .. })
    }

    fn become_if(&mut self, allowed: bool, next: State) -> Result<(), MoveRefused> {
        if !allowed {
            return Err(MoveRefused { from: self.state.word(), to: next.word() });
        }
        self.state = next;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use jiff::civil::date;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    type Move = fn(&mut Challenge) -> Result<(), MoveRefused>;

    const MOVES: [(&str, Move); 4] = [
        ("launched", |challenge| challenge.launch("priya", NOW)),
        ("running", |challenge| challenge.run(NOW)),
        ("finished", |challenge| challenge.finish(NOW)),
        ("withdrawn", |challenge| challenge.withdraw("priya", NOW, "wrong month")),
    ];

    fn planned() -> Challenge {
        Challenge {
            id: "c1".into(),
            template_id: "less-salt".into(),
            template_version: 2,
            start: date(2027, 2, 1),
            end: date(2027, 2, 28),
            state: State::Planned { by: "priya".into(), at: NOW },
        }
    }

    #[test]
    fn exactly_these_moves_are_allowed() {
        let allowed = [
            ("planned", "launched"),
            ("planned", "withdrawn"),
            ("launched", "running"),
            ("launched", "withdrawn"),
            ("running", "finished"),
            ("running", "withdrawn"),
        ];
        let states = [&[] as &[usize], &[0], &[0, 1], &[0, 1, 2], &[3]];
        for path in states {
            let mut from = planned();
            for step in path {
                MOVES[*step].1(&mut from).unwrap();
            }
            for (to, make) in MOVES {
                let mut challenge = from.clone();
                let result = make(&mut challenge);
                if allowed.contains(&(from.state.word(), to)) {
                    assert_eq!((result, challenge.state.word()), (Ok(()), to));
                } else {
                    assert_eq!(result, Err(MoveRefused { from: from.state.word(), to }));
                    assert_eq!(challenge, from, "a refused move changes nothing");
                }
            }
        }
    }

    #[test]
    fn members_join_between_launch_and_end() {
        let mut challenge = planned();
        let mut open = vec![challenge.takes_members()];
        for (_, make) in &MOVES[..3] {
            make(&mut challenge).unwrap();
            open.push(challenge.takes_members());
        }
        assert_eq!(open, [false, true, true, false]);
    }
}
