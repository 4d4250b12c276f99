//! What became of a post: where it is, every attempt in words, and what a person decides. Also the one switch that
//! pauses everything.

use askama::Template;
use axum::{
    Router,
    extract::{Path, State as Desked},
    routing::{get, post},
};
use bedside_practice::{
    SignedIn,
    audit::{self, Decision},
    members,
};
use bedside_web::{Answer, Failure, Flash, Html, Lang, Posted, SeeOther, StaffShell, dates, ui::Tone};
use serde::Deserialize;
use serde_json::json;

use super::{
    attempts::{self, Attempt},
    machine::Verdict,
    pauses,
    people::{self, Decided, Wish},
    rows::{Key, Row},
    state::{State, Wanted},
};
use crate::{
    approval::{self, Signature},
    desk::{Copy, Desk},
    networks::by_hand,
    posts::{self, PostKind, PostState, Whole},
};

/// The routes of this feature.
pub fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/posts/{id}", get(show))
        .route("/posts/{id}/withdraw", post(withdraw))
        .route("/posts/{id}/delete", post(delete))
        .route("/deliveries/{id}/verdict", post(decide))
        .route("/deliveries/{id}/tick", post(tick))
        .route("/pause", get(pause_page).post(pause))
        .route("/pause/end", post(end_pause))
        .with_state(desk)
}

#[derive(Template)]
#[template(path = "delivery/views/post.html")]
struct PostPage {
    shell: StaffShell,
    whole: Whole,
    when: String,
    author: String,
    signatures: Vec<(Signature, String, String)>,
    places: Vec<Place>,
    stays: Vec<String>,
    may_write: bool,
}

/// One account that the post goes to.
struct Place {
    row: Option<Row>,
    logo: String,
    network_name: &'static str,
    handle: String,
    tone: Tone,
    words: &'static str,
    url: Option<String>,
    ask: String,
    text: String,
    attempts: Vec<(Attempt, String)>,
    choices: Choices,
}

/// What a person can decide about a delivery.
#[derive(Default)]
struct Choices {
    there: bool,
    again: bool,
    leave: bool,
    tick: bool,
}

impl Choices {
    fn of(row: &Row) -> Self {
        let asks = !row.delivery.person_text.is_empty();
        match row.delivery.state {
            State::Unknown => Self { there: true, again: true, leave: true, tick: false },
            State::Refused | State::Missed => Self { there: false, again: true, leave: true, tick: false },
            State::Published if asks => Self { there: false, again: true, leave: true, tick: false },
            State::ByHand => Self { there: false, again: false, leave: true, tick: true },
            _ => Self::default(),
        }
    }

    fn any(&self) -> bool {
        self.there || self.again || self.leave || self.tick
    }
}

async fn show(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Path(id): Path<String>,
) -> Answer<Html<PostPage>> {
    let (database, practice) = (&desk.ground.database, &signed_in.practice);
    let whole = the_post(&desk, &signed_in, &id).await?;
    let answered = match &whole.post.reply_to {
        Some(message_id) => posts::store::answered(database, &practice.id, message_id).await?,
        None => None,
    };
    let copies = desk.copies(practice, &whole, None, answered.as_ref()).await?;
    let rows = people::of_posts(database, &practice.id, std::slice::from_ref(&id)).await?;
    let mut places = Vec::new();
    for copy in &copies {
        let row = rows.iter().find(|row| row.account_id == copy.account.id).cloned();
        places.push(place(&desk, &signed_in, copy, row).await?);
    }
    let hour = |micros| dates::date_and_hour(Lang::En, practice.local(micros).datetime());
    let mut signatures = Vec::new();
    for signature in approval::store::of_post(database, &practice.id, &id).await? {
        let name = members::name(database, &practice.id, &signature.member_id).await?;
        let at = hour(signature.signed_at);
        signatures.push((signature, name, at));
    }
    let stays = copies
        .iter()
        .filter(|copy| !copy.capabilities.deletes)
        .map(|copy| format!("{} ({})", copy.capabilities.name, copy.account.handle));
    Ok(Html(PostPage {
        when: whole.post.due_at.map_or_else(|| "no time yet".to_owned(), hour),
        author: members::name(database, &practice.id, &whole.post.author_id).await?,
        signatures,
        stays: stays.collect(),
        places,
        may_write: signed_in.member.rights.writes || signed_in.member.rights.owner,
        whole,
        shell,
    }))
}

async fn place(desk: &Desk, signed_in: &SignedIn, copy: &Copy, row: Option<Row>) -> Answer<Place> {
    let hour = |micros| dates::date_and_hour(Lang::En, signed_in.practice.local(micros).datetime());
    let attempts = match &row {
        Some(row) => attempts::of(&desk.ground.database, &row.key.practice_id, &row.key.id).await?,
        None => Vec::new(),
    };
    let (tone, words) = row.as_ref().map_or((Tone::Mute, "Not planned yet"), in_words);
    let delivery = row.as_ref().map(|row| &row.delivery);
    Ok(Place {
        logo: copy.account.logo().to_owned(),
        network_name: copy.capabilities.name,
        handle: copy.account.handle.clone(),
        tone,
        words,
        url: delivery
            .and_then(|delivery| delivery.remote.as_ref())
            .map(|remote| remote.url.clone())
            .filter(|url| !url.is_empty()),
        ask: delivery.map(|delivery| delivery.person_text.clone()).unwrap_or_default(),
        text: copy.message.text.clone(),
        attempts: attempts
            .into_iter()
            .map(|attempt| {
                let at = hour(attempt.began_at);
                (attempt, at)
            })
            .collect(),
        choices: row.as_ref().map(Choices::of).unwrap_or_default(),
        row,
    })
}

/// The state of a delivery with its three signs.
pub fn in_words(row: &Row) -> (Tone, &'static str) {
    match (row.delivery.state, row.delivery.wanted) {
        (State::Waiting, Wanted::Published) => (Tone::Note, "Planned"),
        (State::Waiting | State::Armed | State::Unknown, Wanted::Edited) => (Tone::Note, "Being corrected"),
        (State::Waiting | State::Armed | State::Unknown, Wanted::Deleted) => (Tone::Note, "Being deleted"),
        (State::Armed, _) => (Tone::Note, "Going out now"),
        (State::Unknown, _) => (Tone::Warn, "Not confirmed"),
        (State::Published, _) => (Tone::Ok, "Out"),
        (State::Refused, _) => (Tone::Block, "Failed"),
        (State::Missed, _) => (Tone::Warn, "Missed"),
        (State::Withdrawn, _) => (Tone::Mute, "Not out"),
        (State::ByHand, _) => (Tone::Coral, "Copy and tick by hand"),
    }
}

#[derive(Deserialize)]
struct Spoken {
    #[serde(default)]
    verdict: String,
    #[serde(default)]
    link: String,
}

async fn decide(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    posted: Posted<Spoken>,
) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let row = the_delivery(&desk, &signed_in, &id).await?;
    let verdict = match posted.form.verdict.as_str() {
        "there" => match by_hand::connect::link(&posted.form.link) {
            Ok(link) => Verdict::ItIsThere { link },
            Err(mistake) => {
                return Ok(SeeOther::to(format!("/posts/{}", row.post_id)).saying(Flash::look(mistake.person)));
            }
        },
        "again" => Verdict::TryAgain,
        "leave" => Verdict::LeaveIt,
        _ => return Err(Failure::bad_request("an unknown verdict")),
    };
    let mut tx = desk.ground.database.begin_write().await?;
    let decided =
        people::decide(&desk.ground.database, &mut tx, &desk.networks, &row.key, verdict, desk.ground.clock.now())
            .await?;
    let decision = Decision {
        actor: &signed_in.member.id,
        action: "delivery.decided",
        subject: &row.key.id,
        detail: json!({ "verdict": posted.form.verdict }),
    };
    audit::record(&desk.ground.database, &mut tx, &signed_in.practice.id, &decision, desk.ground.now()).await?;
    tx.commit().await?;
    desk.bell.notify_one();
    Ok(SeeOther::to(format!("/posts/{}", row.post_id)).saying(told(decided, "Noted.")))
}

async fn tick(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    posted: Posted<Spoken>,
) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let row = the_delivery(&desk, &signed_in, &id).await?;
    let back = SeeOther::to(format!("/posts/{}", row.post_id));
    let link = match by_hand::connect::link(&posted.form.link) {
        Ok(link) => link,
        Err(mistake) => return Ok(back.saying(Flash::look(mistake.person))),
    };
    let mut tx = desk.ground.database.begin_write().await?;
    let decided =
        people::tick(&desk.ground.database, &mut tx, &desk.networks, &row.key, &link, desk.ground.clock.now()).await?;
    let decision =
        Decision { actor: &signed_in.member.id, action: "delivery.ticked", subject: &row.key.id, detail: json!({}) };
    audit::record(&desk.ground.database, &mut tx, &signed_in.practice.id, &decision, desk.ground.now()).await?;
    tx.commit().await?;
    Ok(back.saying(told(decided, "Ticked. It counts as out now.")))
}

fn told(decided: Decided, done: &str) -> Flash {
    match decided {
        Decided::Done => Flash::done(done),
        Decided::Busy => Flash::look("It is being sent at this moment. Look again in a minute."),
        Decided::Past => Flash::look("There was nothing left to decide; it came to rest meanwhile."),
    }
}

#[derive(Deserialize)]
struct Sure {
    #[serde(default)]
    sure: String,
}

async fn withdraw(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Sure>,
) -> Answer<SeeOther> {
    take_back(&desk, &signed_in, &id, Wish::Withdrawn, "It will not go out any more. What is out already stays.").await
}

async fn delete(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    posted: Posted<Sure>,
) -> Answer<SeeOther> {
    if posted.form.sure.is_empty() {
        return Ok(SeeOther::to(format!("/posts/{id}#delete"))
            .saying(Flash::look("Tick that you are sure first; a deleted post cannot be brought back.")));
    }
    take_back(&desk, &signed_in, &id, Wish::Deleted, "It is being deleted wherever the network allows it.").await
}

async fn take_back(desk: &Desk, signed_in: &SignedIn, id: &str, wish: Wish, words: &str) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let whole = the_post(desk, signed_in, id).await?;
    let (database, practice_id, now) = (&desk.ground.database, &signed_in.practice.id, desk.ground.now());
    let action = if wish == Wish::Deleted { "post.deleted" } else { "post.withdrawn" };
    let mut tx = database.begin_write().await?;
    posts::store::withdraw(&mut tx, practice_id, &whole.post.id, now).await?;
    people::wish(
        database,
        &mut tx,
        &desk.networks,
        practice_id,
        std::slice::from_ref(&whole.post.id),
        wish,
        desk.ground.clock.now(),
    )
    .await?;
    let decision = Decision { actor: &signed_in.member.id, action, subject: id, detail: json!({}) };
    audit::record(database, &mut tx, practice_id, &decision, now).await?;
    tx.commit().await?;
    desk.bell.notify_one();
    Ok(SeeOther::to(format!("/posts/{id}")).saying(Flash::done(words)))
}

#[derive(Template)]
#[template(path = "delivery/views/pause.html")]
struct PausePage {
    shell: StaffShell,
    held: Vec<(String, String, String)>,
}

async fn pause_page(Desked(desk): Desked<Desk>, signed_in: SignedIn, shell: StaffShell) -> Answer<Html<PausePage>> {
    let (database, practice) = (&desk.ground.database, &signed_in.practice);
    let mut held = Vec::new();
    for row in people::held(database, &practice.id).await? {
        let Some(post) = posts::store::find(database, &practice.id, &row.post_id).await? else { continue };
        let network =
            desk.networks.get(&row.network).map_or("a network", |network| network.capabilities_for(&row.server).name);
        let due = dates::date_and_hour(Lang::En, practice.local(row.delivery.due_at.as_microsecond()).datetime());
        held.push((post.name(), due, network.to_owned()));
    }
    Ok(Html(PausePage { shell, held }))
}

#[derive(Deserialize)]
struct Reason {
    #[serde(default)]
    reason: String,
}

async fn pause(Desked(desk): Desked<Desk>, signed_in: SignedIn, posted: Posted<Reason>) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let (practice_id, member_id) = (&signed_in.practice.id, &signed_in.member.id);
    let reason: String = posted.form.reason.trim().chars().take(200).collect();
    let mut tx = desk.ground.database.begin_write().await?;
    if pauses::begin(&desk.ground, &mut tx, practice_id, member_id, &reason).await? {
        let decision =
            Decision { actor: member_id, action: "practice.paused", subject: practice_id, detail: json!({}) };
        audit::record(&desk.ground.database, &mut tx, practice_id, &decision, desk.ground.now()).await?;
    }
    tx.commit().await?;
    Ok(SeeOther::to("/pause")
        .saying(Flash::done("Everything is paused. Nothing goes out until somebody ends the pause.")))
}

async fn end_pause(Desked(desk): Desked<Desk>, signed_in: SignedIn, _: Posted<Reason>) -> Answer<SeeOther> {
    signed_in.must_write()?;
    let (practice_id, member_id) = (&signed_in.practice.id, &signed_in.member.id);
    let mut tx = desk.ground.database.begin_write().await?;
    if pauses::end(&desk.ground, &mut tx, practice_id, member_id).await? {
        let decision =
            Decision { actor: member_id, action: "practice.resumed", subject: practice_id, detail: json!({}) };
        audit::record(&desk.ground.database, &mut tx, practice_id, &decision, desk.ground.now()).await?;
    }
    tx.commit().await?;
    desk.bell.notify_one();
    Ok(SeeOther::to("/rounds").saying(Flash::done(
        "The pause is over. What was missed meanwhile waits for you; nothing goes out in a burst.",
    )))
}

async fn the_post(desk: &Desk, signed_in: &SignedIn, id: &str) -> Result<Whole, Failure> {
    posts::store::whole(&desk.ground.database, &signed_in.practice.id, id).await?.ok_or_else(Failure::not_found)
}

async fn the_delivery(desk: &Desk, signed_in: &SignedIn, id: &str) -> Result<Row, Failure> {
    let key = Key { practice_id: signed_in.practice.id.clone(), id: id.to_owned() };
    people::find(&desk.ground.database, &key).await?.ok_or_else(Failure::not_found)
}
