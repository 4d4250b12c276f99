//! The desk where pages are handed in: publish, edit, withdraw, look.
//!
//! Only what the guard has read gets past it. A page is handed in as [`Cleared`], or together with the cleared
//! thing that it is made of; then every text of the page must be a text of that thing, word for word.

use bedside_guard::{Cleared, Screened};
use bedside_platform::{Ground, database::DatabaseError};
use bedside_practice::practice;
use sqlx::{Any, Transaction};

use super::{Kind, PublicPage, address, challenge_address, store};
use crate::shelf::pages_changed;

/// Why a page could not be handed in.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database did not do it; nothing was changed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A text of the page is not in what the guard read.
    #[error("a text of the page was not cleared by the guard")]
    NotCleared,
    /// There is no such practice.
    #[error("no such practice")]
    NoPractice,
    /// There is no such page.
    #[error("no such page")]
    NoPage,
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Where a page stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The page's id.
    pub id: String,
    /// The last part of its address.
    pub slug: String,
    /// Its absolute address.
    pub url: String,
    /// When it was taken down, if it was.
    pub withdrawn_at: Option<i64>,
}

/// Publishes a page. A second time with the same id changes the texts and keeps address and date; a page that
/// was withdrawn stays withdrawn.
///
/// # Errors
/// When there is no such practice, or the database refuses.
pub async fn publish(ground: &Ground, practice_id: &str, page: Cleared<PublicPage>) -> Result<Standing, Error> {
    publish_copy(ground, practice_id, &page, &page).await
}

/// Publishes a page made of something else that was cleared.
///
/// # Errors
/// Like [`publish`]; and when a text of the page is not in `of`.
pub async fn publish_copy<T: Screened>(
    ground: &Ground,
    practice_id: &str,
    page: &PublicPage,
    of: &Cleared<T>,
) -> Result<Standing, Error> {
    must_be_in(page, of)?;
    let mut tx = ground.database.begin_write().await?;
    let slug = store::publish(&mut tx, practice_id, page, ground.now()).await?;
    tx.commit().await?;
    pages_changed();
    standing(ground, practice_id, page.kind(), page.id.clone(), slug, None).await
}

/// Publishes a page as part of a larger change, and gives its slug. Readers see it within a second of the commit.
///
/// # Errors
/// When the database refuses.
pub async fn publish_in(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    page: Cleared<PublicPage>,
    now: i64,
) -> Result<String, Error> {
    Ok(store::publish(tx, practice_id, &page, now).await?)
}

/// Changes a published page; its address stays.
///
/// # Errors
/// When there is no such page, or the database refuses.
pub async fn edit(ground: &Ground, practice_id: &str, page: Cleared<PublicPage>) -> Result<Standing, Error> {
    edit_copy(ground, practice_id, &page, &page).await
}

/// Changes a published page to a copy of something else that was cleared.
///
/// # Errors
/// Like [`edit`]; and when a text of the page is not in `of`.
pub async fn edit_copy<T: Screened>(
    ground: &Ground,
    practice_id: &str,
    page: &PublicPage,
    of: &Cleared<T>,
) -> Result<Standing, Error> {
    must_be_in(page, of)?;
    let mut tx = ground.database.begin_write().await?;
    if !store::edit(&mut tx, practice_id, page, ground.now()).await? {
        return Err(Error::NoPage);
    }
    tx.commit().await?;
    pages_changed();
    find(ground, practice_id, &page.id).await?.ok_or(Error::NoPage)
}

/// Takes a page down. What is already down, or never was up, is down.
///
/// # Errors
/// When the database refuses.
pub async fn withdraw(ground: &Ground, practice_id: &str, id: &str) -> Result<(), Error> {
    let mut tx = ground.database.begin_write().await?;
    withdraw_in(&mut tx, practice_id, id, ground.now()).await?;
    tx.commit().await?;
    pages_changed();
    Ok(())
}

/// Takes a page down as part of a larger change.
///
/// # Errors
/// When the database refuses.
pub async fn withdraw_in(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    id: &str,
    now: i64,
) -> Result<(), Error> {
    Ok(store::withdraw(tx, practice_id, id, now).await?)
}

/// Where the page with this id stands; `None` when it was never published.
///
/// # Errors
/// When the database refuses.
pub async fn find(ground: &Ground, practice_id: &str, id: &str) -> Result<Option<Standing>, Error> {
    let Some(page) = store::of_id(ground, practice_id, id).await? else { return Ok(None) };
    let (kind, slug) = (page.content.kind(), page.content.slug);
    standing(ground, practice_id, kind, page.content.id, slug, page.withdrawn_at).await.map(Some)
}

async fn standing(
    ground: &Ground,
    practice_id: &str,
    kind: Kind,
    id: String,
    slug: String,
    withdrawn_at: Option<i64>,
) -> Result<Standing, Error> {
    let practice = practice::find(&ground.database, practice_id).await?.ok_or(Error::NoPractice)?;
    let url = match kind {
        Kind::Post => address(&ground.settings, &practice.slug, &slug),
        Kind::Challenge => challenge_address(&ground.settings, &practice.slug, &slug),
    };
    Ok(Standing { id, slug, url, withdrawn_at })
}

fn must_be_in<T: Screened>(page: &PublicPage, of: &Cleared<T>) -> Result<(), Error> {
    let read = of.pieces();
    let all = page.pieces().iter().all(|piece| read.iter().any(|cleared| cleared.text == piece.text));
    if all { Ok(()) } else { Err(Error::NotCleared) }
}
