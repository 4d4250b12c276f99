//! The pages: the list with one message beside it (on phones each on its own), and what is done with a message.
//!
//! Sending takes three clicks from anywhere: Inbox, the message, Send. A member who may not send a class of answers
//! sees who may. Everything a member decides is in the audit log.

use axum::{
    Router,
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bedside_guard::Kept;
use bedside_platform::ids;
use bedside_practice::SignedIn;
use bedside_publishing::{
    Desk,
    inbound::{Message, State as Standing, store},
    posts,
};
use bedside_web::{Answer, Failure, Flash, Html, Mistakes, Posted, SeeOther, StaffShell, answer::mistaken};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    answer::{self, Draft, Sent},
    item::{Item, Written},
    page::Inbox,
    playbook, sentence,
    triage::{Class, is_spanish},
    view::CARE,
};

/// What somebody reads who sent one form twice.
const SENT_ALREADY: &str = "This reply was sent already. It goes out once.";

/// The inbox's routes.
pub fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/inbox", get(list))
        .route("/inbox/look", post(look))
        .route("/inbox/{id}", get(show))
        .route("/inbox/{id}/reply", post(reply))
        .route("/inbox/{id}/handled", post(handled))
        .route("/inbox/{id}/reopen", post(reopen))
        .route("/inbox/{id}/care", post(care))
        .route("/inbox/{id}/class", post(class))
        .merge(sentence::routes())
        .with_state(desk)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Shown {
    show: String,
}

async fn list(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Query(shown): Query<Shown>,
) -> Answer<Html<Inbox>> {
    Ok(Html(Inbox::list(&desk, &signed_in, shell, shown.show == "settled").await?))
}

/// Reads the networks now instead of at the next turn.
async fn look(State(desk): State<Desk>, _: SignedIn, _: Posted<Nothing>) -> SeeOther {
    desk.mail.notify_one();
    SeeOther::to("/inbox")
        .saying(Flash::done("Looking at the networks now. New messages stand here in a moment; load the page again."))
}

#[derive(Deserialize)]
struct Nothing {}

async fn show(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Path(id): Path<String>,
) -> Answer<Html<Inbox>> {
    let message = message(&desk, &signed_in, &id).await?;
    let item = Item::of(&desk, &signed_in, message, None).await?;
    Ok(Html(Inbox::with(&desk, &signed_in, shell, item).await?))
}

async fn message(desk: &Desk, signed_in: &SignedIn, id: &str) -> Answer<Message> {
    let found =
        if ids::is_id(id) { store::find(&desk.ground.database, &signed_in.practice.id, id).await? } else { None };
    found.ok_or_else(|| Failure::not_found().with_way("To the inbox", "/inbox"))
}

/// A reply as it was sent. The three lists go together: one entry for each finding that could be kept.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ReplyForm {
    once: String,
    draft: Option<usize>,
    shown: Option<usize>,
    reply: String,
    keep_category: Vec<String>,
    keep_span: Vec<String>,
    keep_reason: Vec<String>,
}

impl ReplyForm {
    fn kept(&self, signed_in: &SignedIn, now: i64) -> Vec<Kept> {
        let findings = self.keep_category.iter().zip(&self.keep_span).zip(&self.keep_reason);
        findings
            .filter(|(_, reason)| !reason.trim().is_empty())
            .filter_map(|((category, span), reason)| {
                Some(Kept {
                    category: category.parse().ok()?,
                    span: span.clone(),
                    reason: reason.trim().to_owned(),
                    by: signed_in.member.id.clone(),
                    privacy_lead: signed_in.member.rights.privacy_lead,
                    at: now,
                })
            })
            .collect()
    }
}

async fn reply(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Path(id): Path<String>,
    Posted { form, .. }: Posted<ReplyForm>,
) -> Answer<Response> {
    let message = message(&desk, &signed_in, &id).await?;
    if !ids::is_id(&form.once) {
        return Err(Failure::bad_request("a reply without its id"));
    }
    // The same form again: the message is closed by now, but not by somebody else.
    let earlier = posts::store::find(&desk.ground.database, &signed_in.practice.id, &form.once).await?;
    if earlier.is_some_and(|earlier| earlier.reply_to.as_deref() == Some(id.as_str())) {
        return Ok(back(&id, Flash::done(SENT_ALREADY)).into_response());
    }
    let sender = playbook::page(Class::from_word(&message.sort)).sender;
    if !sender.is_met_by(signed_in.member.rights) {
        return Err(Failure::forbidden(sender.why_not()).with_way("Back to the message", format!("/inbox/{id}")));
    }
    let text = form.reply.replace("\r\n", "\n").trim().to_owned();
    let lang = if is_spanish(&text, "") { "es" } else { "en" };
    let draft =
        Draft { once: form.once.clone(), text, lang: lang.to_owned(), kept: form.kept(&signed_in, desk.ground.now()) };
    let written =
        Written { draft: draft.clone(), chosen: form.draft, shown: form.shown, mistakes: Mistakes::default() };
    let item = Item::of(&desk, &signed_in, message.clone(), Some(written)).await?;
    if !item.mistakes.is_empty() || !item.findings.is_empty() || item.swapped {
        return Ok(mistaken(Inbox::with(&desk, &signed_in, shell, item).await?));
    }
    let Some((whole, copy)) = item.outgoing else {
        return Err(
            Failure::conflict(item.blocked.unwrap_or_default()).with_way("Back to the message", format!("/inbox/{id}"))
        );
    };
    let flash = match answer::send_reply(&desk, &signed_in, &message, &whole, copy).await? {
        Sent::OnItsWay => Flash::done("The reply is on its way."),
        Sent::Already => Flash::done(SENT_ALREADY),
        Sent::SomebodyElse => Flash::look("Somebody closed this message meanwhile, so your reply was not sent."),
    };
    Ok(SeeOther::to(format!("/inbox/{id}")).saying(flash).into_response())
}

/// Who may close messages without an answer: everybody who answers, and clinicians.
fn must_answer(signed_in: &SignedIn) -> Answer<()> {
    let rights = signed_in.member.rights;
    let may = rights.writes || rights.owner || rights.signs || rights.on_call;
    if may { Ok(()) } else { Err(Failure::forbidden("Only a member who answers messages can do this.")) }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Empty {}

async fn handled(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Empty>,
) -> Answer<SeeOther> {
    must_answer(&signed_in)?;
    let message = message(&desk, &signed_in, &id).await?;
    let (key, now) = ((signed_in.practice.id.as_str(), id.as_str()), desk.ground.now());
    let mut tx = desk.ground.database.begin_write().await?;
    if !store::settle(&mut tx, key, Standing::Handled, &signed_in.member.id, "offline", now).await? {
        return Ok(back(&id, Flash::look("Somebody closed this message already.")));
    }
    let detail = json!({ "class": message.sort });
    signed_in.record(&desk.ground, &mut tx, "message.handled", &id, detail).await?;
    tx.commit().await?;
    Ok(back(&id, Flash::done("Handled without a public reply. You can open it again below.")))
}

async fn reopen(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Empty>,
) -> Answer<SeeOther> {
    must_answer(&signed_in)?;
    message(&desk, &signed_in, &id).await?;
    let mut tx = desk.ground.database.begin_write().await?;
    if store::reopen(&mut tx, &signed_in.practice.id, &id).await? {
        signed_in.record(&desk.ground, &mut tx, "message.reopened", &id, Value::Null).await?;
        tx.commit().await?;
    }
    Ok(back(&id, Flash::done("The message is open again.")))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CareForm {
    how: String,
}

/// A named person confirms that a danger is taken care of. The message is closed with it, unless it was answered.
async fn care(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Path(id): Path<String>,
    Posted { form, .. }: Posted<CareForm>,
) -> Answer<Response> {
    must_answer(&signed_in)?;
    let message = message(&desk, &signed_in, &id).await?;
    let Some((how, _)) = CARE.iter().find(|(word, _)| *word == form.how) else {
        let mut item = Item::of(&desk, &signed_in, message, None).await?;
        item.mistakes.add("how", "Say what you did, so that the others can rely on it.");
        return Ok(mistaken(Inbox::with(&desk, &signed_in, shell, item).await?));
    };
    let (key, now) = ((signed_in.practice.id.as_str(), id.as_str()), desk.ground.now());
    let mut tx = desk.ground.database.begin_write().await?;
    if !store::take_care(&mut tx, key, &signed_in.member.id, how, now).await? {
        return Ok(back(&id, Flash::look("Somebody has confirmed this already.")).into_response());
    }
    store::settle(&mut tx, key, Standing::Handled, &signed_in.member.id, "care", now).await?;
    let detail = json!({ "how": how, "class": message.sort });
    signed_in.record(&desk.ground, &mut tx, "message.care_taken", &id, detail).await?;
    tx.commit().await?;
    Ok(back(&id, Flash::done("It is written down that you took care of it.")).into_response())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ClassForm {
    class: String,
}

/// A person corrects what a message is about. An alarm stays one: only care ends it.
async fn class(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Posted { form, .. }: Posted<ClassForm>,
) -> Answer<SeeOther> {
    must_answer(&signed_in)?;
    let message = message(&desk, &signed_in, &id).await?;
    let class = Class::from_word(&form.class);
    let mut tx = desk.ground.database.begin_write().await?;
    if store::sort_again(&mut tx, &signed_in.practice.id, &id, class.as_str()).await? {
        let detail = json!({ "from": message.sort, "to": class.as_str() });
        signed_in.record(&desk.ground, &mut tx, "message.sorted", &id, detail).await?;
        tx.commit().await?;
    }
    Ok(back(&id, Flash::done(format!("The message is sorted as: {}.", class.name()))))
}

fn back(id: &str, flash: Flash) -> SeeOther {
    SeeOther::to(format!("/inbox/{id}")).saying(flash)
}
