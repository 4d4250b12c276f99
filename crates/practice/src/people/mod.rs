//! The people of the practice: who may do what, inviting them to sign in, and saying good-bye.
//!
//! An invitation is a link that works once, for 14 days. It is shown to the owner, who hands it over; Bedside sends no
//! mail of its own yet.

mod invitation;

use askama::Template;
use axum::{
    Router,
    extract::{FromRef, Path, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bedside_platform::{Ground, chance, database};
use bedside_web::{
    Answer, Failure, Flash, Html, Mistakes, Posted, SeeOther, Sessions, StaffShell, answer::mistaken, dates,
    sessions::OpenSession,
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    audit::{self, Decision},
    frame::SignedIn,
    members::{self, Member, NewMember},
    rights::Rights,
    set_up::is_email,
};

/// The routes of this feature.
pub fn routes(ground: Ground) -> Router {
    let desk = Desk { sessions: Sessions::new(&ground), ground };
    Router::new()
        .route("/people", get(index).post(add))
        .route("/people/{id}", post(change))
        .route("/people/{id}/invitation", post(invite))
        .route("/people/{id}/leave", post(leave))
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
    invitation: Option<(String, String)>,
    sessions: Vec<(OpenSession, String, bool)>,
}

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
            invitation: None,
            sessions,
        })
    }
}

async fn index(State(desk): State<Desk>, signed_in: SignedIn, shell: StaffShell) -> Answer<Html<Page>> {
    Ok(Html(desk.page(&signed_in, shell).await?))
}

async fn add(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    posted: Posted<Typed>,
) -> Answer<Response> {
    signed_in.must_own()?;
    let typed = posted.form;
    let mut mistakes = Mistakes::default();
    if typed.name.trim().is_empty() {
        mistakes.add("name", "Write the name as it may stand in a post.");
    }
    if !mistakes.is_empty() {
        let page = desk.page(&signed_in, shell).await?;
        return Ok(mistaken(Page { typed, mistakes, ..page }));
    }
    let (ground, now, practice_id) = (&desk.ground, desk.ground.now(), &signed_in.practice.id);
    let new = NewMember {
        id: ground.new_id(),
        name: typed.name.trim().to_owned(),
        credentials: typed.credentials.trim().to_owned(),
        rights: typed.rights(),
        ..NewMember::default()
    };
    let mut tx = ground.database.begin_write().await?;
    members::add(&mut tx, practice_id, &new, now).await?;
    let decision = Decision {
        actor: &signed_in.member.id,
        action: "member.added",
        subject: &new.id,
        detail: json!({ "rights": new.rights.stored() }),
    };
    audit::record(&ground.database, &mut tx, practice_id, &decision, now).await?;
    tx.commit().await?;
    Ok(SeeOther::to("/people")
        .saying(Flash::done(format!("{} may be named in posts now. Invite them if they are to sign in.", new.name)))
        .into_response())
}

async fn change(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    posted: Posted<Typed>,
) -> Answer<SeeOther> {
    signed_in.must_own()?;
    let typed = posted.form;
    let member = the_member(&desk, &signed_in, &id).await?;
    let rights = typed.rights();
    if member.id == signed_in.member.id && !rights.owner {
        return Ok(SeeOther::to("/people")
            .saying(Flash::look("You cannot take the owner’s right from yourself. Another owner can.")));
    }
    let (ground, now) = (&desk.ground, desk.ground.now());
    let changed = NewMember {
        id: member.id,
        name: member.name,
        credentials: typed.credentials.trim().to_owned(),
        rights,
        ..NewMember::default()
    };
    let mut tx = ground.database.begin_write().await?;
    members::change(&mut tx, &signed_in.practice.id, &changed).await?;
    let detail = json!({ "from": member.rights.stored(), "to": rights.stored() });
    let decision =
        Decision { actor: &signed_in.member.id, action: "member.rights_changed", subject: &changed.id, detail };
    audit::record(&ground.database, &mut tx, &signed_in.practice.id, &decision, now).await?;
    tx.commit().await?;
    Ok(SeeOther::to("/people").saying(Flash::done(format!("Saved. {}: {rights}.", changed.name))))
}

async fn invite(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Path(id): Path<String>,
    posted: Posted<Typed>,
) -> Answer<Response> {
    signed_in.must_own()?;
    let member = the_member(&desk, &signed_in, &id).await?;
    let field = format!("email_{id}");
    if !is_email(&posted.form.email) {
        let mut mistakes = Mistakes::default();
        mistakes.add(field, "Write the whole e-mail address this person will sign in with.");
        let page = desk.page(&signed_in, shell).await?;
        return Ok(mistaken(Page { mistakes, ..page }));
    }
    let (ground, now, practice_id) = (&desk.ground, desk.ground.now(), &signed_in.practice.id);
    let token = chance::token(ground.chance.as_ref());
    let mut tx = ground.database.begin_write().await?;
    let invited = match members::invite(&mut tx, practice_id, &id, &posted.form.email, &token, now).await {
        Err(error) if database::is_duplicate(&error) => {
            return Ok(SeeOther::to("/people")
                .saying(Flash::look("Somebody signs in with this address already. Use another."))
                .into_response());
        }
        other => other?,
    };
    if !invited {
        return Ok(SeeOther::to("/people")
            .saying(Flash::look("This person signs in already and needs no invitation."))
            .into_response());
    }
    let decision = Decision { actor: &signed_in.member.id, action: "member.invited", subject: &id, detail: json!({}) };
    audit::record(&ground.database, &mut tx, practice_id, &decision, now).await?;
    tx.commit().await?;
    let address = ground.settings.address(&format!("/invitations/{token}"));
    let page = desk.page(&signed_in, shell).await?;
    Ok(Html(Page { invitation: Some((member.name, address)), ..page }).into_response())
}

async fn leave(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Typed>,
) -> Answer<SeeOther> {
    signed_in.must_own()?;
    let member = the_member(&desk, &signed_in, &id).await?;
    if member.id == signed_in.member.id {
        return Ok(SeeOther::to("/people").saying(Flash::look("You cannot remove yourself. Another owner can.")));
    }
    let (ground, now, practice_id) = (&desk.ground, desk.ground.now(), &signed_in.practice.id);
    let mut tx = ground.database.begin_write().await?;
    members::leave(&mut tx, practice_id, &id, now).await?;
    desk.sessions.revoke_all(&mut tx, practice_id, &id).await?;
    let decision = Decision { actor: &signed_in.member.id, action: "member.left", subject: &id, detail: json!({}) };
    audit::record(&ground.database, &mut tx, practice_id, &decision, now).await?;
    tx.commit().await?;
    let words = format!(
        "{} cannot sign in any more and is signed out everywhere. The record of what they signed stays.",
        member.name
    );
    Ok(SeeOther::to("/people").saying(Flash::done(words)))
}

async fn end_session(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(token_hash): Path<String>,
    _: Posted<Typed>,
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

async fn the_member(desk: &Desk, signed_in: &SignedIn, id: &str) -> Answer<Member> {
    members::find(&desk.ground.database, &signed_in.practice.id, id).await?.ok_or_else(Failure::not_found)
}
