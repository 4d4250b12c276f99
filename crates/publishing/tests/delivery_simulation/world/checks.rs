//! What must hold at the end of a life.

use bedside_publishing::delivery::state::State;

use super::{Broken, Row, World};

impl World {
    /// The checks at the end of a life, after days of calm.
    pub(super) fn verdict(&self) -> Option<Broken> {
        self.rows.iter().enumerate().find_map(|(row, Row { delivery, .. })| {
            let stands = self.network.stands(row, self.real);
            // A restored database says "in doubt" of what it may have forgotten.
            let forgotten = self.was_restored && delivery.doubt_since.is_some();
            match delivery.state {
                State::Published if self.network.arrived(row, self.real) == 1 => None,
                State::Published => Some(Broken::Wrong),
                State::Refused | State::Missed | State::Withdrawn if !stands || self.left_unknown[row] || forgotten => {
                    None
                }
                State::Refused | State::Missed | State::Withdrawn => Some(Broken::Wrong),
                State::Unknown if delivery.next_try_at.is_none() && !delivery.person_text.is_empty() => None,
                State::Waiting | State::Armed | State::Unknown | State::ByHand => Some(Broken::Lost),
            }
        })
    }
}
