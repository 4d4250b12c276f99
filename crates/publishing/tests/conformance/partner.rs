//! The other side of a network, as a test needs it: what really stands there, and how to make it fail.

use async_trait::async_trait;
use bedside_guard::{Cleared, Context, Guard, Profile};
use bedside_platform::chance::{Chance, SystemChance};
use bedside_publishing::{
    accounts::Connection,
    networks::{Capabilities, Network, Outcome, Outgoing, Picture, Published},
};
use jiff::Timestamp;

/// A link that the guard knows as the practice's own.
pub(crate) const LINK: &str = "https://cedarhollow.example/p/day-1";

/// A kind of call that can be made to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    Publish,
    Delete,
    Read,
    Check,
}

/// How the next call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A clear no to what was asked.
    Refuse,
    /// The server asks for a pause of [`PAUSE`] seconds.
    RateLimit,
    /// The server no longer takes the account's sign-in.
    Revoke,
    /// It is done, and the answer never arrives.
    LoseAnswer,
    /// It never arrives, and nobody can tell.
    LoseRequest,
    /// It is done, and the answer takes a while.
    Slow,
    /// A proxy's friendly page instead of an answer.
    Page,
    /// A proxy's error page instead of an answer.
    ErrorPage,
}

/// All of them.
pub(crate) const FAULTS: [Fault; 8] = [
    Fault::Refuse,
    Fault::RateLimit,
    Fault::Revoke,
    Fault::LoseAnswer,
    Fault::LoseRequest,
    Fault::Slow,
    Fault::Page,
    Fault::ErrorPage,
];

/// What a rate limit asks for, in seconds.
pub(crate) const PAUSE: i64 = 90;

/// A message as it stands there, for everybody to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stands {
    pub(crate) text: String,
    /// Descriptions of its pictures, in order.
    pub(crate) alts: Vec<String>,
    /// What a reader can follow.
    pub(crate) links: Vec<String>,
}

/// The other side.
#[async_trait]
pub(crate) trait Partner: Send + Sync {
    fn network(&self) -> &dyn Network;

    /// An account there.
    fn account(&self) -> &Connection;

    /// Everything that stands on the account now.
    async fn standing(&self) -> Vec<Stands>;

    /// The next call of this kind fails so; `false` where that cannot happen at all.
    fn fail_next(&self, call: Call, fault: Fault) -> bool;

    /// Somebody answers `to` with these words.
    async fn receive(&self, words: &str, to: &Published);

    /// Somebody likes it.
    async fn like(&self, what: &Published);

    /// What no log may say: tokens, handles, addresses. A partner that refuses says all of it in its answer.
    fn secrets(&self) -> Vec<String>;

    /// What not even a person of the practice is shown: tokens and passwords. Part of `secrets`.
    fn tokens(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether the server counts the length of a text as its network does. Where a stand-in counts more simply, the suite
    /// looks at who said no: the network's own code, before anything was sent, or the server.
    fn counts_as_promised(&self) -> bool {
        true
    }

    /// What it can do for this account.
    fn can(&self) -> Capabilities {
        let with = self.account();
        let can = self.network().capabilities_for(&with.server);
        match with.limits() {
            Some(limits) => can.on_server(limits),
            None => can,
        }
    }

    fn now(&self) -> Timestamp {
        self.account().ground.clock.now()
    }

    /// A new record key, as planning makes it.
    fn key(&self) -> String {
        let mut random = [0; 8];
        SystemChance.fill(&mut random);
        self.network().record_key(self.now(), random)
    }

    /// A picture in the practice's media folder.
    async fn picture(&self, alt: &str) -> Picture {
        let with = self.account();
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(16, 16).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let bytes = bytes.into_inner();
        Picture {
            hash: with.ground.files.keep(&with.practice_id, &bytes).await.unwrap(),
            mime: "image/png".into(),
            width: 16,
            height: 16,
            bytes: bytes.len() as u64,
            alt: alt.into(),
            file_name: "picture-1.png".into(),
        }
    }

    async fn publish(&self, key: &str, message: &Outgoing) -> Outcome {
        self.network().publish(self.account(), key, &cleared(message)).await
    }

    /// How many messages with this text stand there.
    async fn times(&self, text: &str) -> usize {
        self.standing().await.iter().filter(|one| one.text == text).count()
    }
}

/// Words that no other test and no other run has used; letters only, so that the guard sees no number in them.
pub(crate) fn unique(words: &str) -> String {
    let mut random = [0; 6];
    SystemChance.fill(&mut random);
    let letters = random.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|four| char::from(b'a' + four));
    format!("{words} {}", letters.collect::<String>())
}

/// A message of a post of its own.
pub(crate) fn message(text: &str) -> Outgoing {
    Outgoing {
        post_id: unique("post").replace(' ', "-"),
        title: String::new(),
        text: text.into(),
        lang: "en".into(),
        spanish: None,
        pictures: Vec::new(),
        sources: Vec::new(),
        signed_by: None,
        reply_to: None,
        challenge_id: None,
    }
}

/// Reads the message with the guard, as everything that leaves.
pub(crate) fn cleared(message: &Outgoing) -> Cleared<Outgoing> {
    let mut profile = Profile::default();
    profile.practice.domains = vec!["cedarhollow.example".into()];
    let read = Guard::new(&profile).clear(message.clone(), Context::Post, &[]);
    read.map_err(|held| held.to_string()).expect("the guard finds nothing")
}

pub(crate) fn accepted(outcome: Outcome) -> Published {
    match outcome {
        Outcome::Accepted(published) => published,
        other => panic!("not accepted: {other:?}"),
    }
}
