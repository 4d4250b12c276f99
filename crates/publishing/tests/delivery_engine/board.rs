//! A network that pins every message that arrives on a board, twice if it arrives twice, unless its kind knows record
//! keys. Faults are planned for an account.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use bedside_guard::Cleared;
use bedside_publishing::networks::{
    Capabilities, Connection, Doubt, Health, Length, Network, Next, Outcome, Outgoing, Published, Reading, Refusal,
    Settling,
};
use jiff::Timestamp;

/// What goes wrong with a publishing call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    Refuse(Next),
    LoseAnswer,
    LoseRequest,
}

#[derive(Clone)]
pub(crate) struct Board {
    capabilities: Capabilities,
    pins: Arc<Mutex<Vec<Pin>>>,
    faults: Arc<Mutex<HashMap<String, VecDeque<Fault>>>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Pin {
    pub(crate) key: String,
    pub(crate) text: String,
    pub(crate) at: Timestamp,
}

impl Board {
    pub(crate) fn new(id: &'static str, settling: Settling) -> Self {
        let capabilities = Capabilities {
            id,
            name: "Board",
            length: Length::Unlimited,
            pictures: 4,
            picture_bytes: 1_000_000,
            alt: 1000,
            edits: true,
            deletes: true,
            reads: false,
            by_hand: false,
            settling,
            at_once: 128,
            label: "test",
        };
        Self { capabilities, pins: Arc::default(), faults: Arc::default() }
    }

    pub(crate) fn pins(&self) -> Vec<Pin> {
        self.pins.lock().unwrap().clone()
    }

    pub(crate) fn plan(&self, account: &str, fault: Fault) {
        self.faults.lock().unwrap().entry(account.to_owned()).or_default().push_back(fault);
    }

    fn pin(&self, with: &Connection, key: &str, text: &str) -> Published {
        let mut pins = self.pins.lock().unwrap();
        let known = self.capabilities.settling == Settling::RecordKey && pins.iter().any(|pin| pin.key == key);
        if !known {
            let at = with.ground.clock.now();
            pins.push(Pin { key: key.to_owned(), text: text.to_owned(), at });
        }
        published(key)
    }
}

fn published(key: &str) -> Published {
    Published { remote_id: key.to_owned(), url: format!("https://board.example/{key}"), version: String::new() }
}

fn refusal(next: Next) -> Refusal {
    Refusal { log: "planned".into(), person: "The board said no.".into(), status: Some(422), next }
}

#[async_trait]
impl Network for Board {
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn record_key(&self, _: Timestamp, random: [u8; 8]) -> String {
        format!("{random:?}")
    }

    async fn publish(&self, with: &Connection, key: &str, message: &Cleared<Outgoing>) -> Outcome {
        tokio::task::yield_now().await;
        let fault = self.faults.lock().unwrap().get_mut(&with.account_id).and_then(VecDeque::pop_front);
        let lost = Outcome::Unknown(Doubt { log: "planned".into(), status: None });
        match fault {
            Some(Fault::Refuse(next)) => Outcome::Refused(refusal(next)),
            Some(Fault::LoseRequest) => lost,
            Some(Fault::LoseAnswer) => {
                self.pin(with, key, &message.text);
                lost
            }
            None => Outcome::Accepted(self.pin(with, key, &message.text)),
        }
    }

    async fn find(&self, _: &Connection, key: &str, _: &Outgoing, _: Timestamp) -> Result<Option<Published>, Refusal> {
        Ok(self.pins.lock().unwrap().iter().any(|pin| pin.key == key).then(|| published(key)))
    }

    async fn edit(&self, _: &Connection, published: &Published, message: &Cleared<Outgoing>) -> Outcome {
        for pin in self.pins.lock().unwrap().iter_mut().filter(|pin| pin.key == published.remote_id) {
            pin.text.clone_from(&message.text);
        }
        Outcome::Accepted(published.clone())
    }

    async fn delete(&self, _: &Connection, published: &Published) -> Outcome {
        self.pins.lock().unwrap().retain(|pin| pin.key != published.remote_id);
        Outcome::Accepted(published.clone())
    }

    async fn read(&self, _: &Connection, _: &str, _: &[String]) -> Result<Reading, Refusal> {
        Ok(Reading::default())
    }

    async fn check(&self, with: &Connection) -> Result<Health, Refusal> {
        Ok(Health { works: Vec::new(), token_ends_at: None, handle: with.handle.clone(), display_name: String::new() })
    }
}
