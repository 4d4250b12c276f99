//! Pictures: decoded, turned upright, made small enough for every network, and encoded anew, so that nothing of
//! the uploaded file goes out but its pixels. Camera data, place, thumbnails and the file's name are gone, and a
//! file that is not a picture never gets past the decoder.
//!
//! Reading order: [`picture`] (pure: bytes to bytes), [`store`], [`pages`] (a picture for those who write).

pub mod pages;
pub mod picture;
pub mod store;

use bedside_platform::Ground;
use tokio::sync::Semaphore;

pub use picture::{Problem, Ready};

/// One picture is decoded at a time: 60 megapixels take 240 MB while they are open.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// Takes an uploaded file in: decodes, re-encodes, keeps it, and gives the new row's id.
///
/// # Errors
/// [`Rejected`], which has a sentence for the form.
pub async fn take_in(ground: &Ground, practice_id: &str, bytes: Vec<u8>) -> Result<String, Rejected> {
    let _turn = ONE_AT_A_TIME.acquire().await;
    let ready = tokio::task::spawn_blocking(move || picture::prepare(&bytes))
        .await
        .map_err(|_| Rejected::Problem(Problem::Damaged))?;
    let ready = ready.map_err(Rejected::Problem)?;
    let hash = ground.files.keep(practice_id, &ready.bytes).await.map_err(Rejected::Disk)?;
    let id = ground.new_id();
    store::add(&ground.database, practice_id, &id, &hash, &ready, ground.now()).await.map_err(Rejected::Database)?;
    Ok(id)
}

/// Why an uploaded file was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum Rejected {
    /// The file itself; the text is a sentence for the form.
    #[error(transparent)]
    Problem(Problem),
    /// The media folder does not take it.
    #[error("the media folder does not take a file: {0}")]
    Disk(std::io::Error),
    /// The database.
    #[error(transparent)]
    Database(bedside_platform::database::DatabaseError),
}

impl Rejected {
    /// A sentence for the form.
    pub fn person(&self) -> String {
        match self {
            Self::Problem(problem) => problem.to_string(),
            Self::Disk(_) | Self::Database(_) => {
                "The picture could not be kept on this computer. Your text is safe. Ask whoever looks after Bedside whether the disk is full.".to_owned()
            }
        }
    }
}

/// Whether a picture with these people may go out. With an authorization it may once stories exist to hold one;
/// until then only pictures without people, of the own team, or of a licensed model do (domain rule: image tags).
pub fn may_go_out(people: &str) -> bool {
    matches!(people, "none" | "team" | "model")
}
