//! What works without anybody asking: the delivery engine, the readers of answers, and the minute's round of
//! housekeeping. A list, as everything here.

use std::sync::{Arc, Mutex, PoisonError};

use bedside_engagement::{challenges, inbox};
use bedside_publishing::{
    Desk,
    delivery::{self, Engine},
    inbound,
    posts::texts::FromDesk,
};
use jiff::SignedDuration;
use tokio::{sync::watch, task::JoinHandle};

use crate::health::Pulse;

/// How often the house looks after itself.
const ROUND: SignedDuration = SignedDuration::from_mins(1);

/// The pulse of this process's worker, once it has one.
#[derive(Clone, Default)]
pub struct Pulses(Arc<Mutex<Option<delivery::Health>>>);

impl Pulses {
    /// What `/healthz` asks. A worker that has not beaten yet was only just started.
    pub fn as_pulse(&self) -> Pulse {
        let pulses = self.clone();
        Arc::new(move || pulses.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref()?.pulse())
    }
}

/// Starts all of it; each ends when `stopped` becomes true.
pub fn start(desk: &Desk, pulses: &Pulses, stopped: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
    let texts = FromDesk::shared(desk);
    let engine = Engine::new(desk.ground.clone(), desk.networks.clone(), texts.clone(), texts, desk.bell.clone());
    *pulses.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(engine.health.clone());
    let stop = stopped.clone();
    let deliver = tokio::spawn(async move {
        // The engine has told log and health; the pages go on, so that people can see what is wrong.
        let _ = engine.run(stop).await;
    });
    let read =
        tokio::spawn(inbound::reader::run(desk.clone(), Arc::new(inbox::Triage), desk.mail.clone(), stopped.clone()));
    vec![deliver, read, tokio::spawn(keep_house(desk.clone(), stopped.clone()))]
}

async fn keep_house(desk: Desk, mut stopped: watch::Receiver<bool>) {
    loop {
        if let Err(error) = challenges::open_pages(&desk).await {
            tracing::warn!("the round of the challenges failed: {error}");
        }
        let next = desk.ground.clock.now() + ROUND;
        tokio::select! {
            () = desk.ground.clock.wait_until(next) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
    }
}
