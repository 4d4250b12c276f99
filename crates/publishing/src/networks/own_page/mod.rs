//! The practice's own page: always on, and the original of everything that other networks get as copies.
//!
//! Publishing is a row in our own database, made by `bedside_hub` in this process. The page's id is the delivery's
//! record key, so that a second `publish` finds the first; an unknown outcome is settled by looking at the row.
//! Where the page will stand is known from the post alone ([`address`]): its slug is made of the title's words
//! and the end of the post's id. That is how copies can carry the link home before anything is published. The
//! delivery keeps what was really given (`remote_id` is the page's id, `remote_url` its address); both stay
//! when the title changes, and an address made from any title of the post leads to the page.

use async_trait::async_trait;
use bedside_guard::Cleared;
use bedside_hub::pages::{self, PagePicture, PageSource, PublicPage, Standing, slug};
use bedside_platform::settings::Settings;
use bedside_practice::practice;
use bedside_web::Lang;
use jiff::Timestamp;

use super::{
    Capabilities, Connection, Doubt, Health, Length, Network, Next, Outcome, Outgoing, Published, Reading, Refusal,
    Settling,
};
use crate::posts::Post;

/// The word in the database and in URLs.
pub const ID: &str = "own_page";

const CAPABILITIES: Capabilities = Capabilities {
    id: ID,
    name: "Own page",
    length: Length::Unlimited,
    pictures: 10,
    picture_bytes: 10_000_000,
    alt: 2_000,
    edits: true,
    deletes: true,
    reads: false,
    by_hand: false,
    settling: Settling::Ours,
    // On SQLite there is one pen; more would only wait for it.
    at_once: 4,
    label: "works now",
};

/// The network.
#[derive(Debug, Clone, Copy, Default)]
pub struct OwnPage;

/// Where the page of a post stands, or will stand.
pub fn address(settings: &Settings, practice_slug: &str, post: &Post) -> String {
    pages::address(settings, practice_slug, &slug::of_post(&post.title, &post.text, &post.id))
}

#[async_trait]
impl Network for OwnPage {
    fn capabilities(&self) -> &Capabilities {
        &CAPABILITIES
    }

    /// The page's id: the moment and 64 random bits.
    fn record_key(&self, now: Timestamp, random: [u8; 8]) -> String {
        format!("{:012x}-{}", now.as_millisecond(), hex::encode(random))
    }

    async fn publish(&self, with: &Connection, key: &str, message: &Cleared<Outgoing>) -> Outcome {
        outcome(pages::publish_copy(&with.ground, &with.practice_id, &page(key, message), message).await)
    }

    async fn find(
        &self,
        with: &Connection,
        key: &str,
        _message: &Outgoing,
        _since: Timestamp,
    ) -> Result<Option<Published>, Refusal> {
        let found = pages::find(&with.ground, &with.practice_id, key).await.map_err(refusal)?;
        // A page that was taken down is not there for readers, as on any other network.
        Ok(found.filter(|standing| standing.withdrawn_at.is_none()).map(published))
    }

    async fn edit(&self, with: &Connection, published: &Published, message: &Cleared<Outgoing>) -> Outcome {
        let page = page(&published.remote_id, message);
        outcome(pages::edit_copy(&with.ground, &with.practice_id, &page, message).await)
    }

    async fn delete(&self, with: &Connection, published: &Published) -> Outcome {
        let done = pages::withdraw(&with.ground, &with.practice_id, &published.remote_id).await;
        match done {
            Ok(()) => Outcome::Accepted(published.clone()),
            Err(error) => failed(error),
        }
    }

    /// Nobody writes on this page yet.
    async fn read(&self, _with: &Connection, cursor: &str, _ours: &[String]) -> Result<Reading, Refusal> {
        Ok(Reading { cursor: cursor.to_owned(), ..Reading::default() })
    }

    async fn check(&self, with: &Connection) -> Result<Health, Refusal> {
        let practice = practice::find(&with.ground.database, &with.practice_id).await;
        let practice =
            practice.map_err(|error| refusal(error.into()))?.ok_or_else(|| refusal(pages::Error::NoPractice))?;
        let home = with.ground.settings.address(&format!("/p/{}", practice.slug));
        Ok(Health {
            works: vec![
                format!("Your page is at {home}."),
                "Posts, corrections and withdrawals show there at once.".to_owned(),
            ],
            token_ends_at: None,
            handle: practice.slug.clone(),
            display_name: practice.name().to_owned(),
        })
    }
}

/// The page that a message becomes.
fn page(key: &str, message: &Outgoing) -> PublicPage {
    let lang = Lang::from_code(&message.lang).unwrap_or_default();
    let spanish = message.spanish.as_ref().filter(|_| lang != Lang::Es);
    PublicPage {
        id: key.to_owned(),
        slug: slug::of_post(&message.title, &message.text, &message.post_id),
        lang,
        title: message.title.clone(),
        text: message.text.clone(),
        spanish: spanish.map(|spanish| pages::Translation { title: spanish.title.clone(), text: spanish.text.clone() }),
        pictures: message
            .pictures
            .iter()
            .map(|picture| PagePicture {
                hash: picture.hash.clone(),
                mime: picture.mime.clone(),
                width: picture.width,
                height: picture.height,
                alt: picture.alt.clone(),
            })
            .collect(),
        sources: message
            .sources
            .iter()
            .map(|source| PageSource {
                title: source.title.clone(),
                url: source.url.clone(),
                checked_at: source.checked_at,
            })
            .collect(),
        signed_by: message.signed_by.clone(),
        challenge_id: message.challenge_id.clone(),
        challenge: None,
    }
}

fn published(standing: Standing) -> Published {
    Published { remote_id: standing.id, url: standing.url, version: String::new() }
}

fn outcome(done: Result<Standing, pages::Error>) -> Outcome {
    match done {
        Ok(standing) => Outcome::Accepted(published(standing)),
        Err(error) => failed(error),
    }
}

/// A database that failed may have done it all the same, when its answer was lost.
fn failed(error: pages::Error) -> Outcome {
    match error {
        pages::Error::Database(_) => Outcome::Unknown(Doubt { log: format!("own page: {error}"), status: None }),
        certain => Outcome::Refused(refusal(certain)),
    }
}

fn refusal(error: pages::Error) -> Refusal {
    let (person, next) = match &error {
        pages::Error::Database(_) => ("Bedside could not reach its own database. It tries again.", Next::TryLater),
        pages::Error::NotCleared => (
            "The guard has not read this exact text. Open the post, look at what it says, and send it again.",
            Next::GiveUp,
        ),
        pages::Error::NoPractice => ("This practice is not on this installation any more.", Next::GiveUp),
        pages::Error::NoPage => {
            ("The page is not there, so it cannot be changed. Publish the post again.", Next::GiveUp)
        }
    };
    Refusal { log: format!("own page: {error}"), person: person.to_owned(), status: None, next }
}
