//! The people of the practice: who may do what ([`membership`]), links for signing in ([`links`], [`invitation`]), and
//! where one is signed in.
//!
//! Links are shown to the owner, who hands them over; Bedside sends no mail of its own yet.

mod invitation;
mod links;
mod membership;

use askama::Template;
use axum::{
    Router,
    extract::{FromRef, Path, State},
    routing::{get, post},
};
use bedside_platform::Ground;
use bedside_web::{
    Answer, Failure, Flash, Html, Mistakes, Posted, SeeOther, Sessions, StaffShell, dates, sessions::OpenSession,
};
use serde::Deserialize;

use crate::{
    frame::SignedIn,
    members::{self, Member},
    rights::Rights,
};

/// The routes of this feature.
pub fn routes(ground: Ground) -> Router {
    let desk = Desk { sessions: Sessions::new(&ground), ground };
    Router::new()
        .route("/people", get(index).post(membership::add))
        .route("/people/{id}", post(membership::change))
        .route("/people/{id}/leave", post(membership::leave))
        .route("/people/{id}/invitation", post(links::invite))
        .route("/people/{id}/new-password", post(links::make_new_password_link))
        .route("/sessions/{token_hash}/end", post(end_session))
        .merge(invitation::routes())
        .with_state(desk)
}

#[derive(Clone, FromRef)]
struct Desk {
    ground: Ground,
    sessions: Sessions,
}

#[derive(Template)]
#[template(path = "people/views/people.html")]
struct Page {
    shell: StaffShell,
    me: Member,
    members: Vec<Member>,
    typed: Typed,
    mistakes: Mistakes,
    handed: Option<Handed>,
    sessions: Vec<(OpenSession, String, bool)>,
}

/// A one-time link to hand over, shown only on the page that made it.
struct Handed {
    /// What to do with it: "Hand this link to Ben Okafor".
    so: String,
    address: String,
    /// What happens behind it, as the beginning of a sentence.
    opens: &'static str,
    /// How long it works, in words.
    lasts: &'static str,
}

/// A form that is only a button.
#[derive(Deserialize)]
struct Nothing {}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    credentials: String,
    may: Vec<String>,
    email: String,
}

impl Typed {
    fn rights(&self) -> Rights {
        Rights::from_words(self.may.iter().map(String::as_str))
    }

    fn may(&self, word: &str) -> bool {
        self.may.iter().any(|held| held == word)
    }
}

impl Desk {
    async fn page(&self, signed_in: &SignedIn, shell: StaffShell) -> Answer<Page> {
        let members = members::all(&self.ground.database, &signed_in.practice.id).await?;
        let open = self.sessions.of_member(&signed_in.practice.id, &signed_in.member.id).await?;
        let sessions = open.into_iter().map(|session| {
            let seen = dates::day_and_hour(bedside_web::Lang::En, signed_in.practice.local(session.seen_at).datetime());
            let this = session.token_hash == signed_in.session.token_hash;
            (session, seen, this)
        });
        let sessions = sessions.collect();
        Ok(Page {
            shell,
            me: signed_in.member.clone(),
            members,
            typed: Typed::default(),
            mistakes: Mistakes::default(),
            handed: None,
            sessions,
        })
    }

    /// A member of the signed-in person's practice; 404 for everybody else.
    async fn member(&self, signed_in: &SignedIn, id: &str) -> Answer<Member> {
        members::find(&self.ground.database, &signed_in.practice.id, id).await?.ok_or_else(Failure::not_found)
    }
}

async fn index(State(desk): State<Desk>, signed_in: SignedIn, shell: StaffShell) -> Answer<Html<Page>> {
    Ok(Html(desk.page(&signed_in, shell).await?))
}

async fn end_session(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(token_hash): Path<String>,
    _: Posted<Nothing>,
) -> Answer<SeeOther> {
    let mine = desk.sessions.of_member(&signed_in.practice.id, &signed_in.member.id).await?;
    if !mine.iter().any(|session| session.token_hash == token_hash) {
        return Err(Failure::not_found());
    }
    let mut tx = desk.ground.database.begin_write().await?;
    desk.sessions.revoke(&mut tx, &signed_in.practice.id, &token_hash).await?;
    tx.commit().await?;
    Ok(SeeOther::to("/people").saying(Flash::done("That browser is signed out.")))
}
