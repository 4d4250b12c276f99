//! What people decide, and what a gap in the worker's life puts in doubt: the part of the state machine that no
//! network takes part in. Every decision ends the lease, so that an answer that is still to come changes nothing.

use jiff::Timestamp;

use super::{
    machine::{Effect, Verdict, rest},
    state::{Delivery, LEASE, Rules, State, Wanted},
    words,
};
use crate::networks::Published;

/// What fell due while nobody worked may have been sent by a life that this database has forgotten.
pub(super) fn gap(next: &mut Delivery, at: Timestamp, from: Timestamp, restored: bool) {
    let asleep = !matches!(next.state, State::Armed | State::Published | State::ByHand);
    if next.remote.is_none() && asleep && (restored || next.due_at <= at) {
        next.doubt_since = Some(next.doubt_since.map_or(from, |since| since.min(from)));
        next.looked_at = None;
    }
}

/// Planned anew (signed again, moved): as if just planned, but what is in doubt stays in doubt, and the log goes on.
pub(super) fn replanned(delivery: &Delivery, due_at: Timestamp, rules: &Rules) -> Delivery {
    Delivery { calls: delivery.calls, doubt_since: delivery.doubt_since, ..Delivery::planned(due_at, rules) }
}

pub(super) fn edited(next: &mut Delivery, at: Timestamp, rules: &Rules) {
    match next.state {
        State::Published if can(next, rules.edits) => again(next, Wanted::Edited, at),
        State::Published => words::by_yourself(Wanted::Edited).clone_into(&mut next.person_text),
        _ if next.wanted == Wanted::Deleted => {}
        // A change is under way with the older text: its answer is not waited for, the new one follows it.
        State::Armed if next.remote.is_some() => again(next, Wanted::Edited, at + LEASE),
        State::Armed | State::Unknown => next.wanted = Wanted::Edited,
        // What waits reads its text when it goes out.
        _ => {}
    }
}

pub(super) fn deleted(next: &mut Delivery, at: Timestamp, rules: &Rules) {
    match (next.state, next.remote.is_some()) {
        (State::Published, _) if can(next, rules.deletes) => again(next, Wanted::Deleted, at),
        (State::Published, _) => words::by_yourself(Wanted::Deleted).clone_into(&mut next.person_text),
        (State::Armed, true) => again(next, Wanted::Deleted, at + LEASE),
        (State::Waiting, true) => again(next, Wanted::Deleted, at),
        (State::Armed | State::Unknown, false) => next.wanted = Wanted::Deleted,
        (State::Waiting, false) if next.doubt_since.is_some() => again(next, Wanted::Deleted, at),
        (State::Waiting | State::ByHand | State::Missed | State::Refused, _) => rest(next, State::Withdrawn, at, ""),
        (State::Unknown, true) | (State::Withdrawn, _) => {}
    }
}

pub(super) fn person_says(
    next: &mut Delivery,
    effects: &mut Vec<Effect>,
    at: Timestamp,
    verdict: &Verdict,
    rules: &Rules,
) {
    if matches!(next.state, State::Armed) {
        effects.push(Effect::Busy);
        return;
    }
    let open = matches!(next.state, State::Unknown | State::Missed | State::Refused | State::Waiting);
    match verdict {
        Verdict::ItIsThere { link } if open && next.remote.is_none() => seen(next, at, link),
        Verdict::TryAgain if next.state == State::Published && !next.person_text.is_empty() => {
            let allowed = if next.wanted == Wanted::Deleted { rules.deletes } else { rules.edits };
            if next.wanted != Wanted::Published && can(next, allowed) {
                again(next, next.wanted, at);
            }
        }
        Verdict::TryAgain if matches!(next.state, State::Unknown | State::Missed | State::Refused) => {
            if next.state == State::Unknown {
                // The person looked: this is the certain "not there".
                next.doubt_since = None;
            }
            let start = at.max(next.due_at);
            next.window_ends_at = start + rules.window;
            again(next, Wanted::Published, start);
        }
        Verdict::LeaveIt if next.state == State::Published => next.person_text.clear(),
        Verdict::LeaveIt if next.state == State::Unknown => rest(next, State::Withdrawn, at, words::LEFT_UNKNOWN),
        Verdict::LeaveIt if open || next.state == State::ByHand => rest(next, State::Withdrawn, at, ""),
        _ => {}
    }
}

pub(super) fn ticked(next: &mut Delivery, at: Timestamp, link: &str) {
    if next.state == State::ByHand {
        seen(next, at, link);
    }
}

fn seen(next: &mut Delivery, at: Timestamp, link: &str) {
    next.remote = Some(Published { remote_id: String::new(), url: link.to_owned(), version: String::new() });
    next.doubt_since = None;
    next.looked_at = None;
    next.published_at = Some(at);
    let text = if next.wanted == Wanted::Published { "" } else { words::by_yourself(next.wanted) };
    rest(next, State::Published, at, text);
}

/// Only what we can name on the network can be changed there by us.
fn can(next: &Delivery, allowed: bool) -> bool {
    allowed && next.remote.as_ref().is_some_and(|remote| !remote.remote_id.is_empty())
}

fn again(next: &mut Delivery, wanted: Wanted, at: Timestamp) {
    next.state = State::Waiting;
    next.wanted = wanted;
    next.tries = 0;
    next.looked_at = None;
    next.lease = None;
    next.next_try_at = Some(at);
    next.settled_at = None;
    next.person_text.clear();
}
