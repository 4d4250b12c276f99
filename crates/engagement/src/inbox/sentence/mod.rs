//! The 911 sentence: the one answer that Bedside gives by itself, where an owner switched that on.
//!
//! Reading order: [`answer()`] (when it is given, and once), `store` (the switch and the answers), `page` (where the owner
//! moves the switch). The words are the playbook's for an emergency and fixed in the program, so nobody signs them; they
//! go the road of every answer: guard, post of kind reply, delivery.
//!
//! It is for a body in danger only. Who speaks of self-harm or abuse is answered by a person: a public sentence from a
//! machine may hurt, or be read by whoever hurts them. The alarm stands until a named person took care, said or not said.

mod page;
mod store;

use bedside_practice::{
    audit::{self, Decision, PROGRAM},
    practice,
};
use bedside_publishing::{
    Desk, accounts,
    delivery::pauses,
    inbound::{Message, State},
};
use bedside_web::Failure;
use jiff::SignedDuration;
use serde_json::json;

pub(super) use page::routes;
pub(super) use store::switch;

use super::{
    answer::{self, Draft, Sent, Voice},
    playbook,
    triage::{Class, is_spanish, speaks_of_harm},
};

/// How old a message may be: after that the sentence comes too late to be anything but strange.
const FRESH: SignedDuration = SignedDuration::from_hours(6);
/// How long the sentence is not said again in one conversation, or to one person.
const SAID: SignedDuration = SignedDuration::from_hours(1);

/// Gives the sentence as the answer to a message that just came, when everything speaks for it. Asked again for the
/// same message it does nothing more. True when an answer is on its way.
///
/// # Errors
/// When the database refuses; then nothing was said, and the alarm stands for a person as always.
pub(super) async fn answer(desk: &Desk, message: &Message) -> Result<bool, Failure> {
    let (ground, now) = (&desk.ground, desk.ground.now());
    let (database, practice_id) = (&ground.database, message.practice_id.as_str());
    if !calls_for_it(message, now)
        || switch(database, practice_id).await?.is_none()
        || pauses::current(database, practice_id).await?.is_some()
    {
        return Ok(false);
    }
    let Some(practice) = practice::find(database, practice_id).await? else { return Ok(false) };
    let account = accounts::store::find(ground, practice_id, &message.account_id).await?;
    let Some(account) = account.filter(|account| account.removed_at.is_none() && account.state.is_usable()) else {
        return Ok(false);
    };
    let voice = Voice { practice: &practice, actor: PROGRAM };
    let whole = answer::whole(voice, message, &draft(desk, message), now);
    let Some(copy) = answer::copy(desk, voice, &account, message, &whole) else { return Ok(false) };
    if !answer::held(desk, voice, &copy, &[]).await?.is_empty() {
        tracing::warn!(message = message.id, "the guard holds the 911 sentence");
        return Ok(false);
    }
    let mut tx = database.begin_write().await?;
    if !store::holds(database, &mut tx, practice_id).await?
        || store::was_said_here(&mut tx, message, now - micros(SAID)).await?
        || !store::say(&mut tx, message, &whole.post.id, now).await?
        || answer::keep(desk, &mut tx, message, &whole, copy, "sentence").await? != Sent::OnItsWay
    {
        return Ok(false);
    }
    let detail = json!({ "post": whole.post.id, "class": message.sort, "lang": whole.post.lang });
    let decision = Decision { actor: PROGRAM, action: "message.answered", subject: &message.id, detail };
    audit::record(database, &mut tx, practice_id, &decision, now).await?;
    tx.commit().await?;
    desk.bell.notify_one();
    Ok(true)
}

/// Whether a message is what the sentence is for. In doubt a person answers.
fn calls_for_it(message: &Message, now: i64) -> bool {
    Class::from_word(&message.sort) == Class::Emergency
        && message.state == State::Open
        && message.written_at >= now - micros(FRESH)
        && !speaks_of_harm(&message.text)
}

fn draft(desk: &Desk, message: &Message) -> Draft {
    let spanish = is_spanish(&message.text, &message.lang);
    Draft {
        once: desk.ground.new_id(),
        text: playbook::emergency(spanish).to_owned(),
        lang: if spanish { "es" } else { "en" }.to_owned(),
        kept: Vec::new(),
    }
}

fn micros(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
