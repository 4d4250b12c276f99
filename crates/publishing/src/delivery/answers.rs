//! What the network's answers lead to: the part of the state machine behind `Answered`, `Looked` and `Stopped`.

use jiff::{SignedDuration, Timestamp};

use super::{
    machine::{Action, Effect, Note, Sight, ask, rest},
    state::{Delivery, FIRST_LOOK, LONGEST_HOLD, LOOKING_ENDS, LOOKS_APART, RECONNECT_PAUSE, Rules, State, Wanted},
    words,
};
use crate::networks::{Next, Outcome, Published, Refusal, Settling, growing_pause};

pub(super) fn answered(
    next: &mut Delivery,
    effects: &mut Vec<Effect>,
    at: Timestamp,
    outcome: &Outcome,
    rules: &Rules,
) {
    next.lease = None;
    let first = next.remote.is_none();
    match outcome {
        Outcome::Accepted(published) => {
            note(next, effects, at, ("accepted", None), "", words::ACCEPTED);
            if first || next.wanted != Wanted::Deleted {
                there(next, at, published, first, rules);
            } else {
                rest(next, State::Withdrawn, at, "");
            }
        }
        Outcome::Refused(refusal) => {
            note(next, effects, at, ("refused", refusal.status), &refusal.log, &refusal.person);
            // An earlier call of the same key may still be at work over there.
            let older_doubt = next.doubt_since < next.armed_at && next.doubt_since.is_some();
            if !older_doubt {
                next.doubt_since = None;
            }
            next.looked_at = None;
            refused(next, effects, at, refusal, rules);
        }
        Outcome::Unknown(doubt) => {
            note(next, effects, at, ("unknown", doubt.status), &doubt.log, words::NO_ANSWER);
            if !first {
                // Changing and deleting can be repeated without harm.
                return try_later(next, at, words::CHANGE_UNCLEAR, rules);
            }
            next.looked_at = None;
            let first = at + first_look(next.tries);
            look_again(next, at, first, words::LOOKING);
        }
    }
}

pub(super) fn looked(next: &mut Delivery, effects: &mut Vec<Effect>, at: Timestamp, sight: &Sight, rules: &Rules) {
    next.lease = None;
    match sight {
        Sight::There(published) => {
            note(next, effects, at, ("there", None), "", words::FOUND);
            there(next, at, published, true, rules);
        }
        Sight::NotSeen => {
            note(next, effects, at, ("not seen", None), "", words::NOT_SEEN);
            not_seen(next, at, rules);
        }
        Sight::CannotTell => {
            note(next, effects, at, ("failed", None), "the text changed since it was sent", words::ASK_TEXT_CHANGED);
            ask(next, words::ASK_TEXT_CHANGED);
        }
        Sight::Failed(refusal) => {
            note(next, effects, at, ("failed", refusal.status), &refusal.log, &refusal.person);
            could_not_look(next, effects, at, refusal);
        }
    }
}

fn could_not_look(next: &mut Delivery, effects: &mut Vec<Effect>, at: Timestamp, refusal: &Refusal) {
    let began = next.settled_at.unwrap_or(at);
    if at >= began + LOOKING_ENDS {
        return ask(next, words::ASK_IS_IT_THERE);
    }
    let again = match refusal.next {
        Next::GiveUp => return ask(next, words::ASK_IS_IT_THERE),
        Next::Reconnect => hold(effects, at + RECONNECT_PAUSE, Some(refusal)),
        Next::WaitUntil(moment) => hold(effects, within(at, moment), None),
        Next::TryLater => at + growing_pause(doublings(at.duration_since(began))),
    };
    look_again(next, at, again, words::ASK_IS_IT_THERE);
}

/// Before the call something certain stopped it. `looking`: the call would have been a look.
pub(super) fn stopped(
    next: &mut Delivery,
    effects: &mut Vec<Effect>,
    at: Timestamp,
    refusal: &Refusal,
    looking: bool,
    rules: &Rules,
) {
    next.lease = None;
    next.calls += 1;
    let action = match (next.remote.is_some(), next.wanted) {
        (false, _) if looking => Action::Look { since: next.doubt_since.unwrap_or(next.due_at) },
        (false, _) => Action::Publish,
        (true, Wanted::Deleted) => Action::Delete,
        (true, _) => Action::Edit,
    };
    effects.push(Effect::Began { n: next.calls, action, at });
    note(next, effects, at, ("stopped", refusal.status), &refusal.log, &refusal.person);
    if looking {
        return could_not_look(next, effects, at, refusal);
    }
    next.tries += 1;
    refused(next, effects, at, refusal, rules);
}

/// It is there: published, unless something else is wanted by now.
fn there(next: &mut Delivery, at: Timestamp, published: &Published, first: bool, rules: &Rules) {
    next.remote = Some(published.clone());
    next.doubt_since = None;
    next.looked_at = None;
    next.tries = 0;
    if first {
        next.published_at = Some(at);
    }
    let more = first && next.wanted != Wanted::Published;
    let allowed = if next.wanted == Wanted::Deleted { rules.deletes } else { rules.edits };
    rest(next, State::Published, at, "");
    if more && allowed {
        next.state = State::Waiting;
        next.next_try_at = Some(at);
    } else if more {
        words::by_yourself(next.wanted).clone_into(&mut next.person_text);
    }
}

fn refused(next: &mut Delivery, effects: &mut Vec<Effect>, at: Timestamp, refusal: &Refusal, rules: &Rules) {
    match refusal.next {
        Next::GiveUp => give_up(next, at, &refusal.person, rules),
        Next::TryLater => try_later(next, at, &refusal.person, rules),
        Next::WaitUntil(moment) => {
            let until = hold(effects, within(at, moment), None);
            wait(next, until, &refusal.person);
            if next.tries >= rules.most_tries {
                give_up(next, at, &refusal.person, rules);
            }
        }
        Next::Reconnect => {
            // Not the message's fault: it does not use up a try, only the window ends it.
            next.tries = next.tries.saturating_sub(1);
            let until = hold(effects, at + RECONNECT_PAUSE, Some(refusal));
            wait(next, until, &refusal.person);
        }
    }
}

fn try_later(next: &mut Delivery, at: Timestamp, text: &str, rules: &Rules) {
    if next.tries >= rules.most_tries {
        return give_up(next, at, text, rules);
    }
    wait(next, at + growing_pause(next.tries.saturating_sub(1)), text);
}

/// No more sending before a person decides. With an older doubt it is looked for first.
fn give_up(next: &mut Delivery, at: Timestamp, text: &str, rules: &Rules) {
    if next.remote.is_some() {
        return rest(next, State::Published, at, text);
    }
    if next.doubt_since.is_some() {
        next.tries = rules.most_tries;
        next.looked_at = None;
        return look_again(next, at, at + FIRST_LOOK, text);
    }
    rest(next, State::Refused, at, text);
}

/// Nothing was found. Twice, far enough apart, is certain; and with a key of our own once is enough to send again.
fn not_seen(next: &mut Delivery, at: Timestamp, rules: &Rules) {
    let first = *next.looked_at.get_or_insert(at);
    let twice = at >= first + LOOKS_APART;
    let may_send = next.wanted != Wanted::Deleted && at < next.window_ends_at && next.tries < rules.most_tries;
    let cannot_double = matches!(rules.settling, Settling::RecordKey | Settling::Ours);
    let known_absent = twice || (may_send && cannot_double);
    if !known_absent {
        let text = std::mem::take(&mut next.person_text);
        return look_again(next, at, first + LOOKS_APART, &text);
    }
    if twice {
        next.doubt_since = None;
        next.looked_at = None;
    }
    if next.wanted == Wanted::Deleted {
        rest(next, State::Withdrawn, at, "");
    } else if next.tries >= rules.most_tries {
        let text = std::mem::take(&mut next.person_text);
        let text = if text.is_empty() { words::GAVE_UP } else { &text };
        rest(next, State::Refused, at, text);
    } else if at >= next.window_ends_at {
        rest(next, State::Missed, at, words::MISSED);
    } else {
        next.wanted = Wanted::Published;
        wait(next, at.max(next.due_at), "");
    }
}

fn look_again(next: &mut Delivery, at: Timestamp, when: Timestamp, text: &str) {
    if next.state != State::Unknown {
        next.state = State::Unknown;
        next.settled_at = Some(at);
    }
    next.lease = None;
    next.next_try_at = Some(when);
    text.clone_into(&mut next.person_text);
}

fn wait(next: &mut Delivery, until: Timestamp, text: &str) {
    next.state = State::Waiting;
    next.lease = None;
    // When the window ends somebody must look, however long the pause: then it is missed, in time.
    let until = if next.remote.is_none() { until.min(next.window_ends_at) } else { until };
    next.next_try_at = Some(until);
    text.clone_into(&mut next.person_text);
}

fn hold(effects: &mut Vec<Effect>, until: Timestamp, reconnect: Option<&Refusal>) -> Timestamp {
    effects.push(Effect::HoldAccount { until, reconnect: reconnect.map(|refusal| refusal.person.clone()) });
    until
}

/// A network's wish, within reason.
fn within(at: Timestamp, moment: Timestamp) -> Timestamp {
    moment.clamp(at + SignedDuration::from_secs(1), at + LONGEST_HOLD)
}

fn first_look(tries: u32) -> SignedDuration {
    (FIRST_LOOK * (1 << tries.saturating_sub(1).min(5))).min(LOOKS_APART)
}

/// How often a minute doubles within `passed`: turns time in doubt into a growing pause.
fn doublings(passed: SignedDuration) -> u32 {
    u64::try_from(passed.as_mins()).unwrap_or(0).checked_ilog2().unwrap_or(0)
}

fn note(
    next: &Delivery,
    effects: &mut Vec<Effect>,
    at: Timestamp,
    (outcome, status): (&'static str, Option<u16>),
    log: &str,
    person: &str,
) {
    effects.push(Effect::Ended(Note {
        n: next.calls,
        at,
        outcome,
        status,
        log: log.to_owned(),
        person: person.to_owned(),
    }));
}
