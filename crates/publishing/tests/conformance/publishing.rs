//! What goes out: once, whole, found again, changed and deleted as the capabilities say.

use std::collections::HashSet;

use bedside_publishing::networks::{Length, Next, Outcome, Outgoing, Published, Refusal, Settling};
use jiff::SignedDuration;

use crate::partner::{LINK, Partner, accepted, cleared, message, unique};

/// A link that is longer than what some networks count for one.
const LONG_LINK: &str = "https://cedarhollow.example/p/less-salt-and-more-flavor-with-herbs-and-spices/day-one";

/// All checks of publishing.
pub(crate) async fn check(partner: &dyn Partner) {
    keys_are_of_one_form_and_never_the_same(partner);
    capabilities_agree_with_each_other(partner);
    if partner.can().by_hand {
        only_a_person_acts(partner).await;
        return;
    }
    a_full_message_arrives_as_written_and_once(partner).await;
    too_much_is_refused_and_not_cut(partner).await;
    it_is_changed_where_that_is_possible(partner).await;
    it_is_deleted_where_that_is_possible(partner).await;
}

fn keys_are_of_one_form_and_never_the_same(partner: &dyn Partner) {
    let (network, now) = (partner.network(), partner.now());
    assert_eq!(network.record_key(now, [7; 8]), network.record_key(now, [7; 8]), "nothing but time and chance");
    let mut keys = HashSet::new();
    for _ in 0..500 {
        keys.insert(partner.key());
    }
    for seconds in 1..=500 {
        keys.insert(network.record_key(now + SignedDuration::from_secs(seconds), [7; 8]));
    }
    assert_eq!(keys.len(), 1_000);
    let length = partner.key().len();
    for key in &keys {
        assert!(key.len() == length && length <= 64, "{key}");
        assert!(key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{key}");
    }
}

fn capabilities_agree_with_each_other(partner: &dyn Partner) {
    let can = partner.can();
    assert!(!can.id.is_empty() && !can.name.is_empty() && !can.label.is_empty());
    assert!(can.at_once > 0 && can.pictures > 0 && can.picture_bytes > 0 && can.alt > 0);
    assert_eq!(can.by_hand, can.settling == Settling::Person, "only a person settles what only a person does");
    assert!(!can.by_hand || !(can.edits || can.deletes || can.reads));
}

async fn only_a_person_acts(partner: &dyn Partner) {
    let (network, with) = (partner.network(), partner.account());
    let message = message(&unique("Taste before you salt"));
    let there = Published { remote_id: "1".into(), url: String::new(), version: String::new() };
    for outcome in [
        partner.publish(&partner.key(), &message).await,
        network.edit(with, &there, &cleared(&message)).await,
        network.delete(with, &there).await,
    ] {
        let refusal = never(outcome);
        assert!(!refusal.log.contains(&message.text));
    }
    assert_eq!(network.find(with, "k", &message, partner.now()).await.unwrap_err().next, Next::GiveUp);
    assert!(partner.standing().await.is_empty());
}

async fn a_full_message_arrives_as_written_and_once(partner: &dyn Partner) {
    let (network, with, can) = (partner.network(), partner.account(), partner.can());
    let mut full = message(&format!("{} {LINK}", unique("🧂 Less salt & more \"flavor\": jalapeño")));
    let alts: Vec<String> = (0..can.pictures.min(2)).map(|n| format!("A bowl of soup & greens, part {n}")).collect();
    for alt in &alts {
        full.pictures.push(partner.picture(alt).await);
    }
    let (key, since) = (partner.key(), partner.now());
    assert_eq!(network.find(with, &key, &full, since).await.unwrap(), None, "before anything was sent");
    let first = accepted(partner.publish(&key, &full).await);
    assert!(!first.remote_id.is_empty() && first.url.starts_with("http"), "{first:?}");
    let standing = partner.standing().await;
    let there: Vec<_> = standing.iter().filter(|one| one.text == full.text).collect();
    assert_eq!(there.len(), 1, "{standing:#?}");
    assert_eq!(there[0].alts, alts);
    assert!(there[0].links.iter().any(|link| link == LINK), "{there:?}");

    let found = network.find(with, &key, &full, since).await.unwrap().expect("it stands there");
    assert_eq!((&found.remote_id, &found.url), (&first.remote_id, &first.url));
    if matches!(can.settling, Settling::RecordKey | Settling::Ours) {
        assert_eq!(accepted(partner.publish(&key, &full).await).remote_id, first.remote_id);
        assert_eq!(partner.times(&full.text).await, 1, "one key is one message");
        let elsewhere = network.find(with, &partner.key(), &full, since).await.unwrap();
        assert_eq!(elsewhere, None, "the same text under another key is another message");
    }
    let other = Outgoing { text: unique("Another message"), ..full };
    assert_eq!(network.find(with, &partner.key(), &other, since).await.unwrap(), None, "another message");
}

async fn too_much_is_refused_and_not_cut(partner: &dyn Partner) {
    let can = partner.can();
    let Some((most, counted)) = most_and_link(can.length) else { return };
    let start = unique("Salt");
    // Plain letters; marks of several code points; a link, which may count less than it is long.
    for (words, counts, filler) in [
        (start.clone(), start.len(), "x"),
        (start.replace("Salt", "Sugar"), start.len() + 1, "🧑‍🍳"),
        (start.replace("Salt", LONG_LINK), start.len() - 4 + counted, "x"),
    ] {
        let marks = if filler == "x" { most - counts - 1 } else { 40 };
        let long = |more: usize| {
            let rest = most - counts - 1 - marks + more;
            format!("{words} {}{}", filler.repeat(marks), "y".repeat(rest))
        };
        let refusal = never(partner.publish(&partner.key(), &message(&long(1))).await);
        assert!(partner.standing().await.iter().all(|one| !one.text.starts_with(&words)), "a cut text stands there");
        let fitting = partner.publish(&partner.key(), &message(&long(0))).await;
        if partner.counts_as_promised() || words == start {
            accepted(fitting);
            assert_eq!(partner.times(&long(0)).await, 1, "what just fits goes: {}", long(0));
        } else {
            assert_eq!(refusal.status, None, "what is one too long is not even sent: {refusal:?}");
            assert!(never(fitting).status.is_some(), "what just fits is sent: {}", long(0));
        }
    }
    if let Length::Graphemes { most, most_bytes } = can.length {
        let heavy = format!("{} {}", unique("Heavy"), "👩‍👩‍👧‍👦".repeat(most - 30));
        assert!(heavy.len() > most_bytes);
        never(partner.publish(&partner.key(), &message(&heavy)).await);
    }

    let mut many = message(&unique("Many pictures"));
    for _ in 0..=can.pictures {
        many.pictures.push(partner.picture("A bowl of soup").await);
    }
    never(partner.publish(&partner.key(), &many).await);
    assert_eq!(partner.times(&many.text).await, 0);
}

/// The longest text, and what [`LONG_LINK`] counts in it.
fn most_and_link(length: Length) -> Option<(usize, usize)> {
    match length {
        Length::Unlimited => None,
        Length::Graphemes { most, .. } => Some((most, LONG_LINK.len())),
        Length::Characters { most, link } => Some((most, link)),
    }
}

async fn it_is_changed_where_that_is_possible(partner: &dyn Partner) {
    let (network, with) = (partner.network(), partner.account());
    let mut message = message(&unique("Before the change"));
    message.pictures.push(partner.picture("A bowl of soup").await);
    let there = accepted(partner.publish(&partner.key(), &message).await);
    let before = message.text.clone();
    message.text = unique("After the change");
    let outcome = network.edit(with, &there, &cleared(&message)).await;
    if !partner.can().edits {
        never(outcome);
        assert_eq!((partner.times(&before).await, partner.times(&message.text).await), (1, 0));
        return;
    }
    accepted(outcome);
    assert_eq!((partner.times(&before).await, partner.times(&message.text).await), (0, 1));
    let standing = partner.standing().await;
    let changed = standing.iter().find(|one| one.text == message.text).unwrap();
    assert_eq!(changed.alts, ["A bowl of soup"], "the picture stays");
}

async fn it_is_deleted_where_that_is_possible(partner: &dyn Partner) {
    let (network, with) = (partner.network(), partner.account());
    let (message, key, since) = (message(&unique("For a while")), partner.key(), partner.now());
    let there = accepted(partner.publish(&key, &message).await);
    if !partner.can().deletes {
        never(network.delete(with, &there).await);
        assert_eq!(partner.times(&message.text).await, 1);
        return;
    }
    for time in ["first", "second"] {
        let outcome = network.delete(with, &there).await;
        assert!(matches!(outcome, Outcome::Accepted(_)), "the {time} time: {outcome:?}");
        assert_eq!(partner.times(&message.text).await, 0);
    }
    assert_eq!(network.find(with, &key, &message, since).await.unwrap(), None);
}

/// A no that the same message would meet again, with a sentence for the person.
fn never(outcome: Outcome) -> Refusal {
    match outcome {
        Outcome::Refused(refusal) if refusal.next == Next::GiveUp && !refusal.person.is_empty() => refusal,
        other => panic!("not refused for good: {other:?}"),
    }
}
