//! One delivery in a worker's hands: first everything is made ready (account, text, guard), then, once the intent is on
//! disk, the call is made.

use std::sync::Arc;

use async_trait::async_trait;
use bedside_guard::Cleared;
use jiff::{SignedDuration, Timestamp};

use super::{
    machine::{Action, Sight},
    rows::Row,
    worker::Engine,
};
use crate::{
    accounts::Connection,
    networks::{Doubt, Network, Next, Outcome, Outgoing, Refusal, Settling},
};

/// The longest call, whatever the network's own limits are.
const LONGEST_CALL: SignedDuration = SignedDuration::from_mins(5);
/// A call is not begun when the lease ends sooner than this.
const LEASE_LEFT: SignedDuration = SignedDuration::from_secs(5);

/// Named points on a delivery's way, for tests that stop the worker exactly there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Point {
    /// Leases are on disk.
    Claimed,
    /// The intent is on disk, the call not made.
    Armed,
    /// The network answered, the worker has not noticed.
    Called,
    /// The worker has the answer, the database not.
    Answered,
    /// What came back is on disk, and what follows from it has begun.
    Settled,
}

/// Told when a worker reaches a point. In production nobody listens.
#[async_trait]
pub trait Probe: Send + Sync {
    /// The worker is there; it goes on when this returns.
    async fn reached(&self, point: Point);
}

/// Nobody listens.
#[derive(Debug, Clone, Copy)]
pub struct NoProbe;

#[async_trait]
impl Probe for NoProbe {
    async fn reached(&self, _: Point) {}
}

/// Everything a call needs.
pub(super) struct Ready {
    network: Arc<dyn Network>,
    connection: Connection,
    text: Text,
}

enum Text {
    None,
    Cleared(Cleared<Outgoing>),
    ToRecognise(Outgoing),
}

/// How a call ended.
pub(super) enum Ended {
    Call(Outcome),
    Look(Sight),
}

/// Makes ready for `action`; nothing irreversible happens here.
pub(super) async fn make_ready(engine: &Engine, row: &Row, action: Action) -> Result<Ready, Refusal> {
    let Some(network) = engine.networks.get(&row.network).cloned() else {
        return Err(Refusal {
            log: "this program does not know the network".into(),
            person: "This version of Bedside does not know that network.".into(),
            status: None,
            next: Next::GiveUp,
        });
    };
    let (practice, post, account) = (&row.key.practice_id, &row.post_id, &row.account_id);
    let connection = engine.accounts.connection(practice, account).await?;
    let text = match action {
        Action::Publish | Action::Edit => Text::Cleared(engine.texts.cleared(practice, post, account).await?),
        Action::Look { .. } => Text::ToRecognise(engine.texts.to_recognise(practice, post, account).await?),
        Action::Delete => Text::None,
    };
    Ok(Ready { network, connection, text })
}

/// Makes the call. The intent is on disk; `lease_until` is how long the worker holds the delivery if nobody renews.
pub(super) async fn call(engine: &Engine, row: &Row, action: Action, ready: &Ready, lease_until: Timestamp) -> Ended {
    let clock = &engine.ground.clock;
    let now = clock.now();
    if now + LEASE_LEFT > lease_until {
        return too_late(action);
    }
    tokio::select! {
        ended = perform(row, action, ready) => ended,
        () = clock.wait_until(now + LONGEST_CALL) => no_end(action),
    }
}

async fn perform(row: &Row, action: Action, Ready { network, connection, text }: &Ready) -> Ended {
    let delivery = &row.delivery;
    match (action, text, &delivery.remote) {
        (Action::Publish, Text::Cleared(message), _) => {
            Ended::Call(network.publish(connection, &row.record_key, message).await)
        }
        (Action::Edit, Text::Cleared(message), Some(remote)) => {
            Ended::Call(network.edit(connection, remote, message).await)
        }
        (Action::Delete, _, Some(remote)) => Ended::Call(network.delete(connection, remote).await),
        (Action::Look { since }, Text::ToRecognise(message), _) => {
            Ended::Look(look(network.as_ref(), connection, row, message, since).await)
        }
        // The state machine gives no such call.
        _ => no_end(action),
    }
}

async fn look(
    network: &dyn Network,
    connection: &Connection,
    row: &Row,
    message: &Outgoing,
    since: Timestamp,
) -> Sight {
    match network.find(connection, &row.record_key, message, since).await {
        Ok(Some(published)) => Sight::There(published),
        Ok(None) if changed_since_sent(network, row, message) => Sight::CannotTell,
        Ok(None) => Sight::NotSeen,
        Err(refusal) => Sight::Failed(refusal),
    }
}

/// Where a message is recognised by its words, other words than those that were sent would be overlooked.
fn changed_since_sent(network: &dyn Network, row: &Row, message: &Outgoing) -> bool {
    use bedside_guard::{Screened, text_hash};
    network.capabilities().settling == Settling::ReadBack
        && row.delivery.sent_hash.as_ref().is_some_and(|sent| *sent != text_hash(&message.pieces()))
}

impl Ready {
    /// The hash of the text that the call will carry: noted with the intent, since the answer may never come.
    pub(super) fn hash(&self) -> Option<String> {
        match &self.text {
            Text::Cleared(message) => Some(message.clearance().text_hash.clone()),
            Text::None | Text::ToRecognise(_) => None,
        }
    }
}

fn too_late(action: Action) -> Ended {
    let refusal = Refusal {
        log: "the lease was about to end before the call".into(),
        person: "Bedside was held up and did not send; it tries again.".into(),
        status: None,
        next: Next::TryLater,
    };
    match action {
        Action::Look { .. } => Ended::Look(Sight::Failed(refusal)),
        _ => Ended::Call(Outcome::Refused(refusal)),
    }
}

fn no_end(action: Action) -> Ended {
    let log = "the call did not end in time";
    match action {
        Action::Look { .. } => Ended::Look(Sight::Failed(Refusal {
            log: log.into(),
            person: "The network did not answer.".into(),
            status: None,
            next: Next::TryLater,
        })),
        _ => Ended::Call(Outcome::Unknown(Doubt { log: log.into(), status: None })),
    }
}
