//! The audience: invented people who like, share and write, through the stand-ins and the real reader. What was answered
//! was answered from the playbook.

use anyhow::{Context, anyhow, ensure};
use bedside_engagement::inbox::{
    answer::{self, Draft},
    playbook,
    triage::{Class, is_spanish},
};
use bedside_practice::members;
use bedside_publishing::{
    Desk, inbound,
    networks::{Incoming, IncomingKind},
    posts,
};

use super::{
    cast::{Cast, Stage},
    month::delivery_of,
    story::{Applause, Said},
};

/// Most messages that the story looks through.
const MOST: i64 = 200;

/// Somebody writes.
pub(super) async fn say(
    desk: &Desk,
    cast: &Cast,
    stage: &Stage,
    challenge_id: &str,
    said: &Said,
) -> anyhow::Result<()> {
    let account = cast.account(&said.network)?;
    let parent = match &said.under {
        Some(kind) => newest(desk, cast, challenge_id, &account.id, kind).await?,
        None => None,
    };
    let remote_id = name_of(said);
    let message = Incoming {
        kind: if parent.is_some() { IncomingKind::Reply } else { IncomingKind::Mention },
        author_handle: said.handle.clone(),
        author_name: said.from.clone(),
        text: said.text.clone(),
        lang: said.lang.clone(),
        url: String::new(),
        reference: remote_id.clone(),
        parent_remote_id: parent,
        written_at: desk.ground.clock.now(),
        remote_id,
    };
    stage.stand_in(&said.network)?.receive(&account.id, message);
    Ok(())
}

/// Many like and share the newest post of a kind.
pub(super) async fn applaud(
    desk: &Desk,
    cast: &Cast,
    stage: &Stage,
    challenge_id: &str,
    applause: &Applause,
) -> anyhow::Result<()> {
    let account = cast.account(&applause.network)?;
    let Some(parent) = newest(desk, cast, challenge_id, &account.id, &applause.under).await? else { return Ok(()) };
    let likes = (0..applause.likes).map(|n| (IncomingKind::Favourite, n));
    for (kind, n) in likes.chain((0..applause.shares).map(|n| (IncomingKind::Share, n))) {
        let remote_id = format!("practice/{}/{}/{kind:?}/{n}", applause.network, applause.under);
        let message = Incoming {
            kind,
            author_handle: format!("neighbor-{n}.neighbors.example"),
            author_name: format!("Neighbor {n}"),
            text: String::new(),
            lang: String::new(),
            url: String::new(),
            reference: remote_id.clone(),
            parent_remote_id: Some(parent.clone()),
            written_at: desk.ground.clock.now(),
            remote_id,
        };
        stage.stand_in(&applause.network)?.receive(&account.id, message);
    }
    Ok(())
}

/// The writer sends the playbook's answer.
pub(super) async fn reply(desk: &Desk, cast: &Cast, said: &Said) -> anyhow::Result<()> {
    let (database, practice) = (&desk.ground.database, &cast.practice);
    let waiting = inbound::store::waiting(database, &practice.id, MOST).await?;
    let message = waiting
        .into_iter()
        .find(|message| message.remote_id == name_of(said))
        .context("the message that is answered")?;
    let people = members::all(database, &practice.id).await?;
    let spanish = is_spanish(&message.text, &message.lang);
    let text =
        playbook::drafts(Class::from_word(&message.sort), &message.text, spanish, practice, &people).into_iter().next();
    let draft = Draft {
        once: desk.ground.new_id(),
        text: text.with_context(|| format!("the playbook has an answer to “{}”", message.sort))?,
        lang: if spanish { "es" } else { "en" }.to_owned(),
        kept: Vec::new(),
    };
    let signed_in = cast.acting(&cast.writer);
    let whole = answer::whole(&signed_in, &message, &draft, desk.ground.now());
    let copy = answer::copy(desk, &signed_in, cast.account(&said.network)?, &message, &whole)
        .context("a network that answers")?;
    let held = answer::held(desk, &signed_in, &copy, &[]).await.map_err(|failure| anyhow!("{failure:?}"))?;
    ensure!(held.is_empty(), "the guard holds an answer of the demonstration: {}", held[0].message);
    answer::send_reply(desk, &signed_in, &message, &whole, copy).await.map_err(|failure| anyhow!("{failure:?}"))?;
    Ok(())
}

/// The stand-in's id of a message.
fn name_of(said: &Said) -> String {
    format!("practice/{}/{}", said.handle, said.minutes_ago)
}

/// The network's id of the newest post of a kind that is out on the account; the opening when none is.
async fn newest(
    desk: &Desk,
    cast: &Cast,
    challenge_id: &str,
    account_id: &str,
    kind: &str,
) -> anyhow::Result<Option<String>> {
    let month = posts::store::of_challenge(&desk.ground.database, &cast.practice.id, challenge_id).await?;
    let (of_kind, others): (Vec<_>, Vec<_>) =
        month.into_iter().partition(|post| post.part.0.rsplit('-').next() == Some(kind));
    for post in of_kind.iter().rev().chain(&others) {
        let delivery = delivery_of(desk, cast, post, account_id).await?;
        if let Some(remote) = delivery.and_then(|row| row.delivery.remote) {
            return Ok(Some(remote.remote_id));
        }
    }
    Ok(None)
}
