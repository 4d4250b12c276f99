//! What a form refers to by id, loaded once for a request: accounts, pictures, sources, people. An id that is not the
//! practice's own is not found here, whatever a form says.

use bedside_practice::{Member, SignedIn, members};
use bedside_web::Answer;

use super::typed::{Typed, TypedPicture};
use crate::{
    accounts::Account,
    desk::Desk,
    media,
    networks::SourceLine,
    posts::whole::{Attached, Cited},
    sources::{self, Source},
};

/// The practice's own things.
pub(super) struct Material {
    /// Its accounts.
    pub(super) accounts: Vec<Account>,
    /// The pictures that the form names.
    pub(super) pictures: Vec<Attached>,
    /// Its sources, the newest first, and those that the form names.
    pub(super) sources: Vec<Source>,
    /// Its people.
    pub(super) people: Vec<Member>,
}

impl Material {
    /// Loads what `typed` refers to.
    pub(super) async fn load(desk: &Desk, signed_in: &SignedIn, typed: &Typed) -> Answer<Self> {
        let (database, practice_id) = (&desk.ground.database, &signed_in.practice.id);
        let mut material = Self {
            accounts: desk.accounts(&signed_in.practice).await?,
            pictures: Vec::new(),
            sources: sources::store::all(database, practice_id).await?,
            people: members::all(database, practice_id).await?,
        };
        for picture in &typed.pictures {
            material.pictures.extend(media::store::attached(database, practice_id, &picture.media_id).await?);
        }
        for id in &typed.sources {
            if material.source(id).is_none() {
                material.sources.extend(sources::store::find(database, practice_id, id).await?);
            }
        }
        Ok(material)
    }

    /// A picture with what was typed beside it.
    pub(super) fn picture(&self, typed: &TypedPicture) -> Option<Attached> {
        let mut attached = self.pictures.iter().find(|attached| attached.media_id == typed.media_id)?.clone();
        attached.picture.alt.clone_from(&typed.alt);
        attached.people.clone_from(&typed.people);
        Some(attached)
    }

    /// A source as a post cites it.
    pub(super) fn cited(&self, id: &str) -> Option<Cited> {
        let source = self.source(id)?;
        Some(Cited {
            source_id: source.id.clone(),
            line: SourceLine { title: source.name(), url: source.url.clone(), checked_at: source.checked_at },
            claim: source.claim.clone(),
            checked_by: source.checked_by.clone(),
        })
    }

    fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }
}
