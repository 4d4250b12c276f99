//! A place that is served by hand. Nothing of ours stands there until a person posts it.

use async_trait::async_trait;
use bedside_publishing::{
    MIGRATIONS,
    accounts::Connection,
    networks::{
        Network, Published,
        by_hand::{ByHand, ID},
    },
};
use bedside_testkit::TestGround;

use super::{open, plain};
use crate::partner::{Call, Fault, Partner, Stands};

pub(crate) struct Place {
    with: Connection,
    _world: TestGround,
}

pub(crate) async fn partner() -> Place {
    let world = TestGround::new(MIGRATIONS).await;
    Place { with: open(&world.ground, "p", &plain(ID, "linkedin")).await, _world: world }
}

#[async_trait]
impl Partner for Place {
    fn network(&self) -> &dyn Network {
        &ByHand
    }

    fn account(&self) -> &Connection {
        &self.with
    }

    async fn standing(&self) -> Vec<Stands> {
        Vec::new()
    }

    fn fail_next(&self, _call: Call, _fault: Fault) -> bool {
        false
    }

    async fn receive(&self, _words: &str, _to: &Published) {
        unreachable!("nothing is read there");
    }

    async fn like(&self, _what: &Published) {
        unreachable!("nobody likes anything there");
    }

    fn secrets(&self) -> Vec<String> {
        vec![self.with.handle.clone()]
    }
}
