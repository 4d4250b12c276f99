//! Who is signed in, and the staff layout, for every request that carries a session.
//!
//! [`recognise`] runs after the sessions' own middleware: it loads the practice and the member, and builds the
//! layout's navigation from the list the program handed in. A handler that takes [`SignedIn`] is for members only.

use std::sync::Arc;

use async_trait::async_trait;
use axum::{
    extract::{FromRequestParts, Request, State},
    http::request::Parts,
    middleware::Next,
    response::{IntoResponse, Response},
};
use bedside_platform::{Ground, database::DatabaseError};
use bedside_web::{Failure, NavItem, Session, StaffShell};
use serde_json::Value;
use sqlx::{Any, Transaction};

use crate::{
    audit::{self, Decision},
    members::{self, Member},
    practice::{self, Practice},
};

/// What the layout asks of the features: how many things wait where, and whether everything is paused.
#[async_trait]
pub trait Standing: Send + Sync {
    /// Counts by the address of a navigation entry.
    ///
    /// # Errors
    /// When the database refuses.
    async fn waiting(&self, practice: &Practice, member: &Member) -> Result<Vec<(&'static str, u32)>, DatabaseError>;

    /// Who paused everything, when and why, as one sentence.
    ///
    /// # Errors
    /// When the database refuses.
    async fn paused(&self, practice: &Practice) -> Result<Option<String>, DatabaseError>;
}

/// What the middleware needs.
#[derive(Clone)]
pub struct Frame {
    /// The world.
    pub ground: Ground,
    /// The entries of the navigation, in order.
    pub nav: Arc<[NavItem]>,
    /// What stands where.
    pub standing: Arc<dyn Standing>,
}

/// A member with an open session. As an extractor: others are sent to the sign-in page.
#[derive(Clone)]
pub struct SignedIn {
    /// The practice; its id goes first into every query.
    pub practice: Practice,
    /// Who is acting.
    pub member: Member,
    /// The session.
    pub session: Session,
}

impl SignedIn {
    /// Refuses who does not run the practice.
    ///
    /// # Errors
    /// A 403 page that says who may.
    pub fn must_own(&self) -> Result<(), Failure> {
        self.must(
            self.member.rights.owner,
            "Only an owner of the practice can do this. Ask the person who set Bedside up.",
        )
    }

    /// Refuses who may not write.
    ///
    /// # Errors
    /// A 403 page that says who may.
    pub fn must_write(&self) -> Result<(), Failure> {
        self.must(
            self.member.rights.writes,
            "Only a member who writes and answers can do this. An owner can give you that right.",
        )
    }

    /// Refuses who may not sign.
    ///
    /// # Errors
    /// A 403 page that says who may.
    pub fn must_sign(&self) -> Result<(), Failure> {
        self.must(self.member.rights.signs, "Only a clinician can sign. Ask a clinician of your practice.")
    }

    /// Records in the audit log that this member decided something, in the transaction of what is recorded.
    /// `action` is a verb in the past with its feature (`post.signed`), `subject` the id of what it is about.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn record(
        &self,
        ground: &Ground,
        tx: &mut Transaction<'static, Any>,
        action: &str,
        subject: &str,
        detail: Value,
    ) -> Result<(), sqlx::Error> {
        let decision = Decision { actor: &self.member.id, action, subject, detail };
        audit::record(&ground.database, tx, &self.practice.id, &decision, ground.now()).await
    }

    fn must(&self, may: bool, person: &str) -> Result<(), Failure> {
        if may { Ok(()) } else { Err(Failure::forbidden(person)) }
    }
}

/// Middleware: loads practice, member and layout for a request with a session.
pub async fn recognise(State(frame): State<Frame>, mut request: Request, next: Next) -> Response {
    if let Some(session) = request.extensions().get::<Session>().cloned() {
        match load(&frame, session).await {
            Ok(Some((signed_in, shell))) => {
                request.extensions_mut().insert(signed_in);
                request.extensions_mut().insert(shell);
            }
            // The member has left: the session is worth nothing any more.
            Ok(None) => {
                request.extensions_mut().remove::<Session>();
            }
            Err(error) => return Failure::from(error).into_response(),
        }
    }
    next.run(request).await
}

async fn load(frame: &Frame, session: Session) -> Result<Option<(SignedIn, StaffShell)>, DatabaseError> {
    let database = &frame.ground.database;
    let Some(practice) = practice::find(database, &session.practice_id).await? else { return Ok(None) };
    let Some(member) = members::find(database, &session.practice_id, &session.member_id).await? else {
        return Ok(None);
    };
    let waiting = frame.standing.waiting(&practice, &member).await?;
    let nav = frame.nav.iter().map(|item| {
        let count = waiting.iter().find(|(href, _)| *href == item.href).map_or(0, |(_, count)| *count);
        item.clone().waiting(count)
    });
    let shell = StaffShell {
        practice_name: practice.facts.short_name().to_owned(),
        member_name: member.addressed(),
        member_role_line: member.rights.to_string(),
        nav: nav.collect(),
        csrf: session.csrf.clone(),
        practice_mode: frame.ground.settings.practice_mode,
        flash: None,
        paused: frame.standing.paused(&practice).await?,
    };
    Ok(Some((SignedIn { practice, member, session }, shell)))
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        match parts.extensions.get::<Self>() {
            Some(signed_in) => Ok(signed_in.clone()),
            None => {
                // The session's own extractor knows the way to the door.
                parts.extensions.remove::<Session>();
                let rejection = Session::from_request_parts(parts, state).await.err();
                Err(rejection.unwrap_or_else(|| Failure::internal("a session without a member").into_response()))
            }
        }
    }
}
