//! What goes wrong: a certain no says what may follow, everything else is unknown and found by looking.

use std::fmt::Debug;

use bedside_publishing::networks::{Doubt, Next, Outcome, Outgoing, Refusal};
use jiff::Timestamp;

use crate::partner::{Call, FAULTS, Fault, PAUSE, Partner, accepted, message, unique};

/// Lets the partner fail in every way it can; gives how many those were.
pub(crate) async fn check(partner: &dyn Partner) -> usize {
    let mut tried = 0;
    for fault in FAULTS {
        let attempt = Attempt { message: message(&unique("Taste first")), key: partner.key(), since: partner.now() };
        if partner.fail_next(Call::Publish, fault) {
            tried += 1;
            attempt.meets(partner, fault).await;
        }
    }
    tried
}

struct Attempt {
    message: Outgoing,
    key: String,
    since: Timestamp,
}

impl Attempt {
    async fn meets(&self, partner: &dyn Partner, fault: Fault) {
        let outcome = partner.publish(&self.key, &self.message).await;
        nothing_is_said_that_is_anybodys(partner, fault, &outcome);
        if let Outcome::Refused(Refusal { log, .. }) | Outcome::Unknown(Doubt { log, .. }) = &outcome {
            assert!(!log.contains(&self.message.text) && !log.contains(&self.key), "{fault:?}: {log}");
        }
        match (fault, &outcome) {
            (Fault::Refuse, Outcome::Refused(refusal)) => assert_eq!(refusal.next, Next::GiveUp),
            (Fault::Revoke, Outcome::Refused(refusal)) => assert_eq!(refusal.next, Next::Reconnect),
            (Fault::RateLimit, Outcome::Refused(refusal)) => {
                the_pause_is_the_servers(refusal, self.since);
            }
            (Fault::Slow, Outcome::Accepted(_)) | (Fault::LoseAnswer | Fault::LoseRequest, Outcome::Unknown(_)) => {}
            // The page may come from before or behind the server: never accepted, never a certain no.
            (Fault::Page | Fault::ErrorPage, Outcome::Unknown(_)) => {}
            _ => panic!("{fault:?}: {outcome:?}"),
        }
        let is_there = matches!(fault, Fault::LoseAnswer | Fault::Slow);
        assert_eq!(partner.times(&self.message.text).await, usize::from(is_there), "{fault:?}");
        let looked = partner.network().find(partner.account(), &self.key, &self.message, self.since).await;
        let looked = looked.unwrap_or_else(|refusal| panic!("{fault:?}: looking fails: {refusal:?}"));
        assert_eq!(looked.is_some(), is_there, "{fault:?}: what looking finds");
        if !is_there {
            // What was not done is done by the next call under the same key, and once.
            let published = accepted(partner.publish(&self.key, &self.message).await);
            let found = partner.network().find(partner.account(), &self.key, &self.message, self.since).await.unwrap();
            assert_eq!(found.map(|found| found.remote_id), Some(published.remote_id), "{fault:?}");
            assert_eq!(partner.times(&self.message.text).await, 1, "{fault:?}");
        }
    }
}

/// The log names nobody, and not even the person is shown a token, whatever the server repeats.
pub(crate) fn nothing_is_said_that_is_anybodys(partner: &dyn Partner, what: impl Debug, outcome: &Outcome) {
    let log = match outcome {
        Outcome::Accepted(_) => return,
        Outcome::Refused(refusal) => {
            assert!(!refusal.person.is_empty(), "{what:?}: nothing for the person");
            for token in partner.tokens() {
                assert!(!refusal.person.contains(&token), "{what:?}: a token for the person: {}", refusal.person);
            }
            &refusal.log
        }
        Outcome::Unknown(doubt) => &doubt.log,
    };
    assert!(!log.is_empty(), "{what:?}");
    for secret in partner.secrets() {
        assert!(!log.contains(&secret), "{what:?}: “{secret}” in the log: {log}");
    }
}

/// A rate limit holds as long as the server said.
pub(crate) fn the_pause_is_the_servers(refusal: &Refusal, since: Timestamp) {
    let Next::WaitUntil(end) = refusal.next else { panic!("{refusal:?}") };
    let pause = end.duration_since(since).as_secs();
    assert!((PAUSE - 2..=PAUSE + 10).contains(&pause), "the server's own time: {pause} s");
}
