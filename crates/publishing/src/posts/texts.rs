//! What the engine asks for at the moment of sending: the exact words for one account, covered by a standing
//! signature and read by the guard just now. Nothing that was cleared earlier is trusted.

use std::sync::Arc;

use async_trait::async_trait;
use bedside_guard::Cleared;
use bedside_platform::database::DatabaseError;
use bedside_practice::{Practice, members, practice};

use super::{PostKind, PostState, Whole, store};
use crate::{
    accounts::{self, AccountError, Connection},
    approval,
    delivery::{Accounts, Texts},
    desk::{Copy, Desk},
    networks::{Next, Outgoing, Refusal},
};

/// The texts and accounts of a desk, for the engine.
#[derive(Clone)]
pub struct FromDesk(pub Desk);

impl FromDesk {
    /// For the engine's options.
    pub fn shared(desk: &Desk) -> Arc<Self> {
        Arc::new(Self(desk.clone()))
    }
}

/// A post as it would go out now, with the practice it belongs to.
struct Standing {
    practice: Practice,
    whole: Whole,
    copy: Copy,
    covered: bool,
}

impl FromDesk {
    async fn standing(&self, practice_id: &str, post_id: &str, account_id: &str) -> Result<Standing, Refusal> {
        let database = &self.0.ground.database;
        let practice = practice::find(database, practice_id).await.map_err(later)?.ok_or_else(gone)?;
        let whole = store::whole(database, practice_id, post_id).await.map_err(later)?.ok_or_else(gone)?;
        let answered = match &whole.post.reply_to {
            Some(message_id) => store::answered(database, practice_id, message_id).await.map_err(later)?,
            None => None,
        };
        let signature = approval::store::current(database, practice_id, post_id).await.map_err(later)?;
        let signed_by = match &signature {
            Some(signature) => Some(members::name(database, practice_id, &signature.member_id).await.map_err(later)?),
            None => None,
        };
        let copies = self.0.copies(&practice, &whole, signed_by.as_deref(), answered.as_ref()).await.map_err(later)?;
        let copy = copies.into_iter().find(|copy| copy.account.id == account_id).ok_or_else(gone)?;
        let covered = match whole.post.kind {
            // An answer goes out on the word of the member who sent it; it cannot be changed afterwards.
            PostKind::Reply => whole.post.state == PostState::Signed,
            PostKind::Post => signature.is_some_and(|signature| signature.coverage().has(account_id, &copy.message)),
        };
        Ok(Standing { practice, whole, copy, covered })
    }
}

#[async_trait]
impl Texts for FromDesk {
    async fn cleared(&self, practice_id: &str, post_id: &str, account_id: &str) -> Result<Cleared<Outgoing>, Refusal> {
        let Standing { practice, whole, copy, covered } = self.standing(practice_id, post_id, account_id).await?;
        if !covered {
            return Err(give_up(
                "the signature does not cover this text",
                "The post was changed after it was signed. Ask for a new signature; nothing was sent.",
            ));
        }
        let guard = self.0.guards.of(&self.0.ground.database, &practice).await.map_err(later)?;
        guard
            .clear(copy.message, whole.post.kind.context(), &whole.kept)
            .map_err(|held| give_up("the guard holds the text", &format!("{held} Nothing was sent.")))
    }

    async fn to_recognise(&self, practice_id: &str, post_id: &str, account_id: &str) -> Result<Outgoing, Refusal> {
        Ok(self.standing(practice_id, post_id, account_id).await?.copy.message)
    }
}

#[async_trait]
impl Accounts for FromDesk {
    async fn connection(&self, practice_id: &str, account_id: &str) -> Result<Connection, Refusal> {
        accounts::connection(&self.0.ground, practice_id, account_id).await.map_err(|error| match error {
            AccountError::Database(error) => later(error),
            AccountError::Gone => gone(),
            other => Refusal {
                log: other.to_string(),
                person: "The account’s sign-in cannot be opened. Connect it again on the page Accounts.".to_owned(),
                status: None,
                next: Next::Reconnect,
            },
        })
    }
}

fn later(error: DatabaseError) -> Refusal {
    Refusal {
        log: format!("database: {error}"),
        person: "It could not be read just now; Bedside tries again.".to_owned(),
        status: None,
        next: Next::TryLater,
    }
}

fn gone() -> Refusal {
    give_up("post or account is gone", "The post or its account was taken away. Nothing was sent.")
}

fn give_up(log: &str, person: &str) -> Refusal {
    Refusal { log: log.to_owned(), person: person.to_owned(), status: None, next: Next::GiveUp }
}
