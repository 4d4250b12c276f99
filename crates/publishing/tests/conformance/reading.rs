//! What comes in: each message once and under the same id, and a test of the account that publishes nothing.

use std::time::Duration;

use bedside_publishing::networks::{Incoming, IncomingKind, Published, Reading};
use jiff::SignedDuration;
use tokio::time::timeout;

use crate::partner::{Partner, accepted, message, unique};

/// How long a message may take to come in.
const PATIENCE: Duration = Duration::from_secs(30);

/// All checks of reading.
pub(crate) async fn check(partner: &dyn Partner) {
    an_account_is_tested_without_publishing(partner).await;
    if !partner.can().reads {
        nothing_comes_in_and_the_cursor_stays(partner).await;
        return;
    }
    an_answer_comes_in_once_and_is_the_same_when_it_is_read_again(partner).await;
}

async fn an_account_is_tested_without_publishing(partner: &dyn Partner) {
    let before = partner.standing().await.len();
    let health = partner.network().check(partner.account()).await.unwrap();
    assert!(!health.works.is_empty() && health.works.iter().all(|sentence| sentence.ends_with('.')), "{health:?}");
    assert!(!health.handle.is_empty());
    let shown = format!("{health:?}");
    assert!(partner.tokens().iter().all(|token| !shown.contains(token)), "a token on the accounts page");
    assert_eq!(partner.standing().await.len(), before);
}

async fn nothing_comes_in_and_the_cursor_stays(partner: &dyn Partner) {
    let reading = partner.network().read(partner.account(), "here", &[]).await.unwrap();
    assert!(reading.messages.is_empty() && reading.numbers.is_empty());
    assert_eq!(reading.cursor, "here");
}

async fn an_answer_comes_in_once_and_is_the_same_when_it_is_read_again(partner: &dyn Partner) {
    let ours = accepted(partner.publish(&partner.key(), &message(&unique("Taste first"))).await);
    let start = read(partner, "", &ours).await.cursor;
    let (first, second) = (unique("Tasty & good"), unique("What about soup"));
    partner.receive(&first, &ours).await;
    let (one, cursor) = arrival(partner, &start, &first, &ours).await;
    assert_eq!((one.kind, one.parent_remote_id.as_deref()), (IncomingKind::Reply, Some(ours.remote_id.as_str())));
    assert!(!one.remote_id.is_empty() && !one.reference.is_empty() && !one.author_handle.is_empty(), "{one:?}");
    let (again, _) = arrival(partner, &start, &first, &ours).await;
    assert_eq!((again.remote_id, again.reference), (one.remote_id.clone(), one.reference), "read twice");

    partner.receive(&second, &ours).await;
    let (two, last) = arrival(partner, &cursor, &second, &ours).await;
    assert_ne!(two.remote_id, one.remote_id);
    assert!(two.written_at >= one.written_at);
    assert_ne!(last, start, "the cursor goes on");
    let rest = read(partner, &last, &ours).await;
    assert!(rest.messages.iter().all(|old| old.remote_id == one.remote_id || old.remote_id == two.remote_id));
    let numbers = rest.numbers.iter().find(|numbers| numbers.remote_id == ours.remote_id).expect("counts of ours");
    assert!(numbers.replies <= 2);
    assert_eq!((numbers.favourites, numbers.shares), (0, 0));
    likes_are_counted(partner, &last, &ours).await;
}

async fn likes_are_counted(partner: &dyn Partner, cursor: &str, ours: &Published) {
    partner.like(ours).await;
    let clock = &partner.account().ground.clock;
    let looking = async {
        loop {
            let numbers = read(partner, cursor, ours).await.numbers;
            assert!(numbers.len() <= 1 && numbers.iter().all(|one| one.favourites <= 1 && one.shares == 0));
            if numbers.iter().any(|one| one.favourites == 1) {
                return;
            }
            clock.wait_until(clock.now() + SignedDuration::from_millis(250)).await;
        }
    };
    timeout(PATIENCE, looking).await.expect("the like was never counted");
}

async fn read(partner: &dyn Partner, cursor: &str, ours: &Published) -> Reading {
    partner.network().read(partner.account(), cursor, std::slice::from_ref(&ours.remote_id)).await.unwrap()
}

/// Reads on from `cursor` until these words came in: a network's index follows after a second or two.
async fn arrival(partner: &dyn Partner, cursor: &str, words: &str, ours: &Published) -> (Incoming, String) {
    let clock = &partner.account().ground.clock;
    let looking = async {
        loop {
            let reading = read(partner, cursor, ours).await;
            let same: Vec<_> = reading.messages.iter().filter(|message| message.text == words).collect();
            assert!(same.len() <= 1, "twice in one reading");
            if let Some(found) = same.first() {
                return ((*found).clone(), reading.cursor);
            }
            clock.wait_until(clock.now() + SignedDuration::from_millis(250)).await;
        }
    };
    timeout(PATIENCE, looking).await.expect("it was never read")
}
