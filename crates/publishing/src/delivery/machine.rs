//! The state machine of a delivery: [`step`] takes a delivery and an event and says what it becomes and what is to
//! be done. It does no I/O and knows no clock, so that the simulator can drive it through a year of crashes.
//!
//! What it holds, whatever happens around it:
//! - A message is sent only from `waiting`, when it is due and its window is open, by the holder of the lease, after
//!   the intent (`armed`) is on disk.
//! - While a message may be on the network without our knowing (`doubt_since`), it is looked for, never blindly
//!   repeated. "Not there" is certain when two looks [`LOOKS_APART`](super::state::LOOKS_APART) found nothing. Where the record's key is
//!   ours, sending again cannot double, so one look is enough to send, but not to call it missed or refused.
//! - Changing and deleting can be repeated without harm; their doubts are simply tried again.
//! - An answer counts only for the call that is under way: same holder, same number.

use jiff::Timestamp;

pub use super::events::{Action, Effect, Event, Note, Sight, Step, Verdict};
use super::{
    answers, decisions,
    state::{Delivery, Rules, State, Wanted},
    words,
};
use crate::networks::Settling;

/// The one function that decides.
pub fn step(delivery: &Delivery, event: &Event, rules: &Rules) -> Step {
    let mut step = Step::unchanged(delivery);
    let Step { next, effects } = &mut step;
    match event {
        Event::Claimed { at, by, until, paused, hash } if holds(delivery, by) => {
            claimed(next, effects, *at, *paused, rules);
            begun(next, effects, *until, hash.as_ref());
        }
        Event::Stopped { at, by, refusal } if holds(delivery, by) && may_be_worked_on(delivery) => {
            let looking = delivery.state == State::Unknown || must_look(delivery, *at);
            answers::stopped(next, effects, *at, refusal, looking, rules);
        }
        Event::Answered { at, by, call, outcome }
            if holds(delivery, by) && delivery.calls == *call && delivery.state == State::Armed =>
        {
            answers::answered(next, effects, *at, outcome, rules);
        }
        Event::Looked { at, by, call, sight }
            if holds(delivery, by) && delivery.calls == *call && delivery.state == State::Unknown =>
        {
            answers::looked(next, effects, *at, sight, rules);
        }
        // A worker that lost its lease, or an answer to an older call.
        Event::Claimed { .. } | Event::Stopped { .. } | Event::Answered { .. } | Event::Looked { .. } => {}
        Event::Gap { at, from, restored } => decisions::gap(next, *at, *from, *restored),
        Event::Edited { at } => decisions::edited(next, *at, rules),
        Event::Deleted { at } => decisions::deleted(next, *at, rules),
        Event::Withdrawn { at } => {
            if delivery.state != State::Published && delivery.remote.is_none() {
                decisions::deleted(next, *at, rules);
            }
        }
        Event::PersonSays { at, verdict } => decisions::person_says(next, effects, *at, verdict, rules),
        Event::Ticked { at, link } => decisions::ticked(next, *at, link),
    }
    step
}

/// Whether that run of a worker holds the lease. (That it may have run out does not matter as long as nobody took over.)
fn holds(delivery: &Delivery, by: &str) -> bool {
    delivery.lease.as_ref().is_some_and(|lease| lease.holder == by)
}

/// Whether a worker that has not called yet may still speak for it.
fn may_be_worked_on(delivery: &Delivery) -> bool {
    matches!(delivery.state, State::Waiting | State::Unknown)
}

fn claimed(next: &mut Delivery, effects: &mut Vec<Effect>, at: Timestamp, paused: bool, rules: &Rules) {
    if next.state == State::Armed {
        lost_its_worker(next, effects, at);
    }
    let action = match (next.state, next.wanted, next.remote.is_some()) {
        (State::Unknown, ..) => look(next, at),
        (State::Waiting, Wanted::Edited, true) => (!paused).then_some(Action::Edit),
        (State::Waiting, Wanted::Deleted, true) => Some(Action::Delete),
        (State::Waiting, ..) if must_look(next, at) => look(next, at),
        (State::Waiting, Wanted::Deleted, false) => {
            rest(next, State::Withdrawn, at, "");
            None
        }
        (State::Waiting, ..) if paused || at < next.due_at => None,
        (State::Waiting, ..) if at >= next.window_ends_at => {
            rest(next, State::Missed, at, words::MISSED);
            None
        }
        (State::Waiting, ..) => Some(Action::Publish),
        _ => None,
    };
    let Some(action) = action else {
        next.lease = None;
        return;
    };
    if matches!(action, Action::Look { .. }) && rules.settling == Settling::Person {
        ask(next, words::ASK_IS_IT_THERE);
        return;
    }
    begin(next, effects, action, at);
}

/// The worker died, or lost its lease, with a call under way.
fn lost_its_worker(next: &mut Delivery, effects: &mut Vec<Effect>, at: Timestamp) {
    effects.push(Effect::Ended(Note {
        n: next.calls,
        at,
        outcome: "unknown",
        status: None,
        log: "the worker stopped before the answer came".into(),
        person: words::STOPPED_UNDER_WAY.into(),
    }));
    next.looked_at = None;
    next.settled_at = Some(at);
    next.state = if next.remote.is_some() { State::Waiting } else { State::Unknown };
}

/// A doubt comes first: before the first look since the last call, and always once nothing may be sent any more.
fn must_look(next: &Delivery, at: Timestamp) -> bool {
    let over = at >= next.window_ends_at || next.wanted == Wanted::Deleted;
    next.doubt_since.is_some() && (next.looked_at.is_none() || over)
}

fn look(next: &mut Delivery, at: Timestamp) -> Option<Action> {
    if next.state != State::Unknown {
        next.state = State::Unknown;
        next.settled_at = Some(at);
    }
    // A delivery without a doubt is never unknown; should a row say so, everything since it was due is in doubt.
    let since = *next.doubt_since.get_or_insert(next.due_at);
    Some(Action::Look { since })
}

/// Writes the intent: after this is on disk the call may be made, and never before.
fn begin(next: &mut Delivery, effects: &mut Vec<Effect>, action: Action, at: Timestamp) {
    next.calls += 1;
    if !matches!(action, Action::Look { .. }) {
        next.state = State::Armed;
        next.tries += 1;
        next.armed_at = Some(at);
    }
    if action == Action::Publish {
        next.doubt_since.get_or_insert(at);
        next.wanted = Wanted::Published;
    }
    effects.push(Effect::Began { n: next.calls, action, at });
    effects.push(Effect::Call(action));
}

/// What is known of the worker's part once a call is to be made: until when it holds the delivery, and what it carries.
fn begun(next: &mut Delivery, effects: &[Effect], until: Timestamp, hash: Option<&String>) {
    if !effects.iter().any(|effect| matches!(effect, Effect::Call(_))) {
        return;
    }
    if let Some(lease) = &mut next.lease {
        lease.until = until;
    }
    if hash.is_some() {
        next.sent_hash = hash.cloned();
    }
}

/// Comes to rest: no worker touches it before a person or an event does.
pub(super) fn rest(next: &mut Delivery, state: State, at: Timestamp, text: &str) {
    next.state = state;
    next.lease = None;
    next.next_try_at = None;
    next.settled_at = Some(at);
    text.clone_into(&mut next.person_text);
}

/// Stays unknown until a person looked.
pub(super) fn ask(next: &mut Delivery, text: &str) {
    next.state = State::Unknown;
    next.lease = None;
    next.next_try_at = None;
    text.clone_into(&mut next.person_text);
}
