//! Deciders with one planted bug each. The simulator must catch every one.

use bedside_publishing::{
    delivery::{
        machine::{Action, Effect, Event, Sight, Step, step},
        state::{Delivery, Lease, Rules, State},
    },
    networks::{Outcome, Settling},
};
use jiff::{SignedDuration, Timestamp};

/// After a lost answer it waits and sends again, as most schedulers do.
pub(crate) fn sends_again_blindly(delivery: &Delivery, event: &Event, rules: &Rules) -> Step {
    let mut step = step(delivery, event, rules);
    if let Event::Answered { outcome: Outcome::Unknown(_), .. } = event
        && step.next.state == State::Unknown
    {
        step.next.state = State::Waiting;
        step.next.doubt_since = None;
    }
    step
}

/// One look that finds nothing is enough for it, also where a server may still be at work.
pub(crate) fn believes_one_look(delivery: &Delivery, event: &Event, rules: &Rules) -> Step {
    let mut delivery = delivery.clone();
    if let Event::Looked { at, sight: Sight::NotSeen, .. } = event {
        delivery.looked_at = Some(*at - SignedDuration::from_hours(1));
    }
    step(&delivery, event, rules)
}

/// It takes any answer for the answer to the present call, whoever holds the delivery and however it stands by now.
pub(crate) fn trusts_stale_answers(delivery: &Delivery, event: &Event, rules: &Rules) -> Step {
    let mut delivery = delivery.clone();
    if let Event::Answered { at, by, call, .. } = event {
        delivery.state = State::Armed;
        delivery.calls = *call;
        delivery.lease = Some(Lease { holder: by.clone(), until: *at });
    }
    step(&delivery, event, rules)
}

/// It goes on after a restored backup as if nothing had happened.
pub(crate) fn forgets_the_gap(delivery: &Delivery, event: &Event, rules: &Rules) -> Step {
    if matches!(event, Event::Gap { .. }) {
        return Step { next: delivery.clone(), effects: Vec::new() };
    }
    step(delivery, event, rules)
}

/// It wakes up an hour too early, and sends.
pub(crate) fn sends_early(delivery: &Delivery, event: &Event, rules: &Rules) -> Step {
    let mut step = step(delivery, event, rules);
    if step.next.state == State::Waiting {
        step.next.next_try_at = step.next.next_try_at.map(|at| at - SignedDuration::from_hours(1));
    }
    if let Event::Claimed { at, .. } = event
        && *at < delivery.due_at
        && step.next.state == State::Waiting
    {
        step.effects.push(Effect::Call(Action::Publish));
    }
    step
}

/// It knows no window.
pub(crate) fn sends_late(delivery: &Delivery, event: &Event, rules: &Rules) -> Step {
    step(&Delivery { window_ends_at: Timestamp::MAX, ..delivery.clone() }, event, rules)
}

/// It does not ask whether the practice paused.
pub(crate) fn sends_while_paused(delivery: &Delivery, event: &Event, rules: &Rules) -> Step {
    let mut event = event.clone();
    if let Event::Claimed { paused, .. } = &mut event {
        *paused = false;
    }
    step(delivery, &event, rules)
}

/// After a refusal nobody ever looks at the delivery again.
pub(crate) fn drops_the_refused(delivery: &Delivery, event: &Event, rules: &Rules) -> Step {
    let mut step = step(delivery, event, rules);
    if matches!(event, Event::Answered { outcome: Outcome::Refused(_), .. }) {
        step.next.next_try_at = None;
    }
    step
}

/// It says "missed" of what may be out.
pub(crate) fn calls_a_doubt_missed(delivery: &Delivery, event: &Event, rules: &Rules) -> Step {
    let mut delivery = delivery.clone();
    if let Event::Claimed { at, .. } = event
        && rules.settling != Settling::Person
        && delivery.state == State::Unknown
        && *at >= delivery.window_ends_at
    {
        delivery.state = State::Waiting;
        delivery.doubt_since = None;
    }
    step(&delivery, event, rules)
}
