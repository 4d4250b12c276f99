//! The network inside the process.

use std::sync::Arc;

use async_trait::async_trait;
use bedside_platform::clock::StoppedClock;
use bedside_publishing::{
    MIGRATIONS,
    accounts::Connection,
    networks::{
        Incoming, IncomingKind, Network, Next, Published,
        practice::{
            ID, Practice,
            fault::{Call as Kind, Fault as Planned},
        },
    },
};
use bedside_testkit::TestGround;
use jiff::SignedDuration;

use super::{open, plain};
use crate::partner::{Call, Fault, LINK, PAUSE, Partner, Stands};

pub(crate) struct Rehearsal {
    network: Practice,
    with: Connection,
    world: TestGround,
}

pub(crate) async fn partner() -> Rehearsal {
    let world = TestGround::new(MIGRATIONS).await;
    Rehearsal { network: Practice::default(), with: open(&world.ground, "p", &plain(ID, "")).await, world }
}

impl Rehearsal {
    fn come(&self, kind: IncomingKind, words: &str, to: &Published) {
        let id = format!("{kind:?}-{words}");
        let message = Incoming {
            remote_id: id.clone(),
            kind,
            author_handle: "neighbor".into(),
            author_name: "A neighbor".into(),
            text: words.into(),
            lang: "en".into(),
            url: String::new(),
            reference: id,
            parent_remote_id: Some(to.remote_id.clone()),
            written_at: self.world.now(),
        };
        self.network.receive(&self.with.account_id, message);
    }
}

#[async_trait]
impl Partner for Rehearsal {
    fn network(&self) -> &dyn Network {
        &self.network
    }

    fn account(&self) -> &Connection {
        &self.with
    }

    async fn standing(&self) -> Vec<Stands> {
        let stands = |text: String, alts| Stands {
            links: if text.contains(LINK) { vec![LINK.to_owned()] } else { Vec::new() },
            text,
            alts,
        };
        let alts = |pictures: &[bedside_publishing::networks::Picture]| {
            pictures.iter().map(|picture| picture.alt.clone()).collect()
        };
        let held = self.network.messages().into_iter().map(|held| held.message);
        held.map(|message| stands(message.text.clone(), alts(&message.pictures))).collect()
    }

    fn fail_next(&self, call: Call, fault: Fault) -> bool {
        let planned = match fault {
            Fault::Refuse => Planned::Refuse(Next::GiveUp),
            Fault::RateLimit => Planned::Refuse(Next::WaitUntil(self.world.now() + SignedDuration::from_secs(PAUSE))),
            Fault::Revoke => Planned::Refuse(Next::Reconnect),
            Fault::LoseAnswer => Planned::LoseAnswer,
            Fault::LoseRequest => Planned::LoseRequest,
            Fault::Slow => {
                tokio::spawn(let_time_pass(self.world.clock.clone()));
                Planned::Late(SignedDuration::from_mins(1))
            }
            Fault::Page | Fault::ErrorPage => return false,
        };
        let kind = match call {
            Call::Publish => Kind::Publish,
            Call::Delete => Kind::Delete,
            Call::Read => Kind::Read,
            Call::Check => Kind::Check,
        };
        self.network.fail_next(kind, planned);
        true
    }

    async fn receive(&self, words: &str, to: &Published) {
        self.come(IncomingKind::Reply, words, to);
    }

    async fn like(&self, what: &Published) {
        self.come(IncomingKind::Favourite, "", what);
    }

    fn secrets(&self) -> Vec<String> {
        vec![self.with.handle.clone()]
    }
}

/// Moves the stopped clock on beside a call that waits for it.
async fn let_time_pass(clock: Arc<StoppedClock>) {
    for _ in 0..200 {
        tokio::task::yield_now().await;
        clock.advance(SignedDuration::from_secs(1));
    }
}
