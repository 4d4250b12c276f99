//! The page of a post: where it is, and every attempt in words.

use askama::Template;
use axum::extract::{Path, State as Desked};
use bedside_practice::{SignedIn, members};
use bedside_web::{Answer, Html, Lang, StaffShell, dates, ui::Tone};

use super::the_post;
use crate::{
    approval::{self, Signature},
    delivery::{
        attempts::{self, Attempt},
        people,
        rows::Row,
        state::{State, Wanted},
    },
    desk::{Copy, Desk},
    inbound::numbers::{self, Counted},
    posts::{self, PostKind, PostState, Whole},
};

#[derive(Template)]
#[template(path = "delivery/views/post.html")]
pub(super) struct PostPage {
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
    /// "12 likes · 3 replies · 2 shares", and of what time.
    counted: Option<(String, String)>,
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

/// The page.
pub(super) async fn show(
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
    let counted = numbers::of_post(database, &practice.id, &id).await?;
    let mut places = Vec::new();
    for copy in &copies {
        let row = rows.iter().find(|row| row.account_id == copy.account.id).cloned();
        let counted = row.as_ref().and_then(|row| counted.get(&row.key.id)).copied();
        places.push(place(&desk, &signed_in, copy, row, counted).await?);
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

async fn place(
    desk: &Desk,
    signed_in: &SignedIn,
    copy: &Copy,
    row: Option<Row>,
    counted: Option<Counted>,
) -> Answer<Place> {
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
        counted: counted.map(|counted| {
            let since = counted.published_at.map(|at| format!("Since {}, counted", hour(at)));
            (counted.words(), format!("{} {}.", since.as_deref().unwrap_or("Counted"), hour(counted.read_at)))
        }),
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
