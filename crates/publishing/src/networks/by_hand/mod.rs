//! By hand: a network that never calls out. Bedside gets everything ready, a person posts it wherever they have a
//! profile, ticks it off, and leaves the link. Until that tick nothing counts as published.
//!
//! Reading order: [`ByHand`] here, [`platforms`] (the places and what fits into them), [`connect`] (adding a place,
//! and the link that a tick leaves).

pub mod connect;
pub mod platforms;

use async_trait::async_trait;
use bedside_guard::Cleared;
use jiff::Timestamp;

use super::{
    Capabilities, Connection, Health, Length, Network, Next, Outcome, Outgoing, Published, Reading, Refusal, Settling,
};

/// The word in the database and in URLs.
pub const ID: &str = "by_hand";

/// Longest description of a picture that is offered for copying, in characters.
const ALT: usize = 1_000;

/// What holds at every place; a single one's is in [`Network::capabilities_for`].
const CAPABILITIES: Capabilities = Capabilities {
    id: ID,
    name: "By hand",
    length: Length::Unlimited,
    pictures: 10,
    picture_bytes: 8_000_000,
    alt: ALT,
    edits: false,
    deletes: false,
    reads: false,
    by_hand: true,
    settling: Settling::Person,
    at_once: 1,
    label: "copy and tick by hand",
};

/// The network.
#[derive(Debug, Clone, Copy, Default)]
pub struct ByHand;

#[async_trait]
impl Network for ByHand {
    fn capabilities(&self) -> &Capabilities {
        &CAPABILITIES
    }

    fn capabilities_for(&self, server: &str) -> Capabilities {
        let platform = platforms::platform(server);
        Capabilities { name: platform.name, length: platform.length, pictures: platform.pictures, ..CAPABILITIES }
    }

    /// Nothing over there ever carries it; it only names the delivery.
    fn record_key(&self, now: Timestamp, random: [u8; 8]) -> String {
        format!("by-hand-{:x}-{}", now.as_microsecond(), hex::encode(random))
    }

    /// The engine never calls this: a delivery by hand waits for its tick.
    async fn publish(&self, with: &Connection, _key: &str, _message: &Cleared<Outgoing>) -> Outcome {
        Outcome::Refused(only_a_person(&with.server, "post it there, then tick it off and leave the link"))
    }

    async fn find(
        &self,
        with: &Connection,
        _key: &str,
        _message: &Outgoing,
        _since: Timestamp,
    ) -> Result<Option<Published>, Refusal> {
        Err(only_a_person(&with.server, "look there whether it was posted"))
    }

    async fn edit(&self, with: &Connection, _published: &Published, _message: &Cleared<Outgoing>) -> Outcome {
        Outcome::Refused(only_a_person(&with.server, "change it there"))
    }

    async fn delete(&self, with: &Connection, _published: &Published) -> Outcome {
        Outcome::Refused(only_a_person(&with.server, "delete it there"))
    }

    async fn read(&self, _with: &Connection, cursor: &str, _ours: &[String]) -> Result<Reading, Refusal> {
        Ok(Reading { cursor: cursor.to_owned(), ..Reading::default() })
    }

    async fn check(&self, with: &Connection) -> Result<Health, Refusal> {
        let name = platforms::platform(&with.server).name;
        Ok(Health {
            works: vec![format!(
                "Bedside prepares texts and pictures for {name}; a person posts them and ticks them off."
            )],
            token_ends_at: None,
            handle: with.handle.clone(),
            display_name: name.to_owned(),
        })
    }
}

fn only_a_person(server: &str, do_this: &str) -> Refusal {
    Refusal {
        log: "only a person acts at a place that is served by hand".into(),
        person: format!("Bedside cannot act on {} by itself: {do_this}.", platforms::platform(server).name),
        status: None,
        next: Next::GiveUp,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_its_own_limits_and_an_unknown_one_has_none() {
        let of = |server| ByHand.capabilities_for(server);
        assert_eq!(of("x").length, Length::Characters { most: 280, link: 23 });
        assert_eq!((of("linkedin").name, of("google-business").pictures), ("LinkedIn", 1));
        assert_eq!((of("").length, of("myspace").name), (Length::Unlimited, "Another network"));
        for platform in platforms::PLATFORMS {
            let capabilities = of(platform.id);
            assert!(capabilities.by_hand && !capabilities.reads, "{}", platform.id);
            assert_eq!(capabilities.id, ID);
        }
    }
}
