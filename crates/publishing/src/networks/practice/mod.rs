//! Practice: a network inside the process. Nothing leaves the machine.
//!
//! `bedside demo` shows it in the place of real accounts, and tests make it fail on purpose. It keeps the one
//! promise that an exactly-once engine needs, a record key of our own: a second publishing under the same key is
//! the first one. Reading order: [`Practice`] here, [`store`] (what it holds), [`fault`] (how it can fail).

pub mod fault;
pub mod store;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use bedside_guard::Cleared;
use jiff::Timestamp;

use self::{
    fault::{Call, Fault},
    store::{Held, Store},
};
use super::{
    Capabilities, Connection, Doubt, Health, Incoming, Length, Network, Next, Outcome, Outgoing, Published, Reading,
    Refusal, Settling,
};

/// The word in the database and in URLs.
pub const ID: &str = "practice";
/// What every screen says.
pub const LABEL: &str = "practice: nothing leaves this machine";

/// The network. Clones share one store, as two processes share one real network.
#[derive(Clone)]
pub struct Practice {
    capabilities: Capabilities,
    store: Arc<Mutex<Store>>,
}

impl Default for Practice {
    fn default() -> Self {
        Self::with(Capabilities {
            id: ID,
            name: "Practice",
            length: Length::Characters { most: 500, link: 23 },
            pictures: 4,
            picture_bytes: 8_000_000,
            alt: 1_500,
            edits: true,
            deletes: true,
            reads: true,
            by_hand: false,
            settling: Settling::RecordKey,
            at_once: 8,
            label: LABEL,
        })
    }
}

impl Practice {
    /// A stand-in for another network: its word, name and limits, our label. For `bedside demo`, where the
    /// accounts of the example practice keep the names of their networks.
    pub fn instead_of(network: &Capabilities) -> Self {
        Self::with(Capabilities { settling: Settling::RecordKey, label: LABEL, ..network.clone() })
    }

    fn with(capabilities: Capabilities) -> Self {
        Self { capabilities, store: Arc::default() }
    }

    /// Every message that is there now, oldest first.
    pub fn messages(&self) -> Vec<Held> {
        self.store().messages.clone()
    }

    /// How many publishing calls arrived for each key, in the order of the first. One that came twice is no double
    /// here, but would be on a network without record keys.
    pub fn arrivals(&self) -> Vec<(String, u32)> {
        self.store().arrivals.clone()
    }

    /// The next call of this kind fails so. Faults of one kind are used up in order.
    pub fn fail_next(&self, call: Call, fault: Fault) {
        self.store().faults.push((call, fault));
    }

    /// Faults that were not used up; a test that ends with some did not test what it meant to.
    pub fn unused_faults(&self) -> usize {
        self.store().faults.len()
    }

    /// Somebody writes to the account `account_id`, or likes what it published; the next reading brings it.
    pub fn receive(&self, account_id: &str, message: Incoming) {
        self.store().receive(account_id, message);
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Carries out `deed` as the next fault of this kind of call demands; without one, simply carries it out.
    async fn irreversible(
        &self,
        with: &Connection,
        call: Call,
        deed: impl FnOnce(&mut Store) -> Result<Published, Refusal> + Send,
    ) -> Outcome {
        let fault = self.store().next_fault(call);
        let outcome = |done: Result<Published, Refusal>| done.map_or_else(Outcome::Refused, Outcome::Accepted);
        match fault {
            None => outcome(deed(&mut self.store())),
            Some(Fault::Late(by)) => {
                let clock = &with.ground.clock;
                clock.wait_until(clock.now() + by).await;
                outcome(deed(&mut self.store()))
            }
            Some(Fault::LoseAnswer) => match deed(&mut self.store()) {
                Ok(_) => unknown("the answer was lost"),
                Err(refusal) => Outcome::Refused(refusal),
            },
            Some(Fault::LoseRequest) => unknown("the request was lost"),
            Some(Fault::Refuse(next)) => Outcome::Refused(fault::refusal(next)),
        }
    }

    /// The same for calls that only look.
    async fn harmless(&self, with: &Connection, call: Call) -> Result<(), Refusal> {
        let fault = self.store().next_fault(call);
        match fault {
            None => Ok(()),
            Some(Fault::Late(by)) => {
                let clock = &with.ground.clock;
                clock.wait_until(clock.now() + by).await;
                Ok(())
            }
            Some(Fault::LoseAnswer | Fault::LoseRequest) => Err(fault::refusal(Next::TryLater)),
            Some(Fault::Refuse(next)) => Err(fault::refusal(next)),
        }
    }
}

fn unknown(log: &str) -> Outcome {
    Outcome::Unknown(Doubt { log: log.to_owned(), status: None })
}

#[async_trait]
impl Network for Practice {
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn record_key(&self, now: Timestamp, random: [u8; 8]) -> String {
        format!("{:x}-{}", now.as_microsecond(), hex::encode(random))
    }

    async fn publish(&self, with: &Connection, key: &str, message: &Cleared<Outgoing>) -> Outcome {
        let now = with.ground.clock.now();
        let deed = |store: &mut Store| store.publish(with, key, message, &self.capabilities, now);
        self.irreversible(with, Call::Publish, deed).await
    }

    async fn find(
        &self,
        with: &Connection,
        key: &str,
        _message: &Outgoing,
        _since: Timestamp,
    ) -> Result<Option<Published>, Refusal> {
        self.harmless(with, Call::Find).await?;
        Ok(self.store().find(&with.account_id, key).map(|held| held.published.clone()))
    }

    async fn edit(&self, with: &Connection, published: &Published, message: &Cleared<Outgoing>) -> Outcome {
        let deed = |store: &mut Store| store.edit(with, published, message, &self.capabilities);
        self.irreversible(with, Call::Edit, deed).await
    }

    async fn delete(&self, with: &Connection, published: &Published) -> Outcome {
        let deed = |store: &mut Store| Ok(store.delete(&with.account_id, published));
        self.irreversible(with, Call::Delete, deed).await
    }

    async fn read(&self, with: &Connection, cursor: &str, ours: &[String]) -> Result<Reading, Refusal> {
        self.harmless(with, Call::Read).await?;
        Ok(self.store().read(&with.account_id, cursor, ours))
    }

    async fn check(&self, with: &Connection) -> Result<Health, Refusal> {
        self.harmless(with, Call::Check).await?;
        Ok(Health {
            works: vec![format!("This is {LABEL}.")],
            token_ends_at: None,
            handle: with.handle.clone(),
            display_name: self.capabilities.name.to_owned(),
        })
    }
}
