//! What goes wrong with deleting, reading and testing an account: a page or silence is never taken for success.

use bedside_publishing::networks::{Next, Outcome, Refusal};
use jiff::Timestamp;

use crate::{
    faults::{nothing_is_said_that_is_anybodys, the_pause_is_the_servers},
    partner::{Call, Fault, Partner, accepted, message, unique},
};

/// How each of these calls is made to fail.
pub(crate) const FAULTS: [Fault; 6] =
    [Fault::RateLimit, Fault::Revoke, Fault::LoseAnswer, Fault::LoseRequest, Fault::Page, Fault::ErrorPage];

/// Lets each call fail in every way it can; gives how many those were.
pub(crate) async fn check(partner: &dyn Partner) -> usize {
    let mut tried = 0;
    for fault in FAULTS {
        tried += usize::from(deleting(partner, fault).await);
        for call in [Call::Read, Call::Check] {
            tried += usize::from(looking(partner, call, fault).await);
        }
    }
    tried
}

async fn deleting(partner: &dyn Partner, fault: Fault) -> bool {
    let since = partner.now();
    if !partner.fail_next(Call::Delete, fault) {
        return false;
    }
    let (network, with, message) = (partner.network(), partner.account(), message(&unique("For a while")));
    let there = accepted(partner.publish(&partner.key(), &message).await);
    let outcome = network.delete(with, &there).await;
    nothing_is_said_that_is_anybodys(partner, (Call::Delete, fault), &outcome);
    match &outcome {
        Outcome::Refused(refusal) => the_no_fits(refusal, fault, since),
        Outcome::Unknown(_) if !matches!(fault, Fault::RateLimit | Fault::Revoke) => {}
        other => panic!("deleting, {fault:?}: {other:?}"),
    }
    assert_eq!(partner.times(&message.text).await, usize::from(fault != Fault::LoseAnswer), "deleting, {fault:?}");
    // Doing it again is never wrong.
    accepted(network.delete(with, &there).await);
    assert_eq!(partner.times(&message.text).await, 0, "deleting again after {fault:?}");
    true
}

async fn looking(partner: &dyn Partner, call: Call, fault: Fault) -> bool {
    let since = partner.now();
    if !partner.fail_next(call, fault) {
        return false;
    }
    let (network, with) = (partner.network(), partner.account());
    let answer = match call {
        Call::Check => network.check(with).await.map(|_| ()),
        _ => network.read(with, "", &[]).await.map(|_| ()),
    };
    let Err(refusal) = answer else { panic!("{call:?}, {fault:?}: taken for an answer") };
    match fault {
        Fault::RateLimit | Fault::Revoke => the_no_fits(&refusal, fault, since),
        _ => assert_eq!(refusal.next, Next::TryLater, "{call:?}, {fault:?}"),
    }
    nothing_is_said_that_is_anybodys(partner, (call, fault), &Outcome::Refused(refusal));
    true
}

fn the_no_fits(refusal: &Refusal, fault: Fault, since: Timestamp) {
    match fault {
        Fault::RateLimit => the_pause_is_the_servers(refusal, since),
        Fault::Revoke => assert_eq!(refusal.next, Next::Reconnect, "{fault:?}"),
        _ => panic!("{fault:?}: a certain no: {refusal:?}"),
    }
}
