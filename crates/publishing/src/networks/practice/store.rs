//! What the practice network holds, and what it does with a message. Pure: no waiting, no faults.

use std::collections::HashMap;

use jiff::Timestamp;
use unicode_segmentation::UnicodeSegmentation;

use super::fault::{Call, Fault};
use crate::networks::{
    Capabilities, Connection, Incoming, IncomingKind, Length, Next, Numbers, Outgoing, Published, Reading, Refusal,
    mastodon,
};

/// A message on the practice network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Our id of the account.
    pub account_id: String,
    /// The record key it was published under.
    pub key: String,
    /// What was published, as it stands now.
    pub message: Outgoing,
    /// Where it stands; `version` counts the changes.
    pub published: Published,
    /// When it was published.
    pub at: Timestamp,
}

/// Everything on the network.
#[derive(Default)]
pub(super) struct Store {
    pub(super) messages: Vec<Held>,
    pub(super) arrivals: Vec<(String, u32)>,
    pub(super) faults: Vec<(Call, Fault)>,
    incoming: HashMap<String, Vec<Incoming>>,
}

impl Store {
    pub(super) fn next_fault(&mut self, call: Call) -> Option<Fault> {
        let at = self.faults.iter().position(|(planned, _)| *planned == call)?;
        Some(self.faults.remove(at).1)
    }

    /// Publishes, once for each key.
    pub(super) fn publish(
        &mut self,
        with: &Connection,
        key: &str,
        message: &Outgoing,
        limits: &Capabilities,
        now: Timestamp,
    ) -> Result<Published, Refusal> {
        match self.arrivals.iter_mut().find(|(known, _)| known == key) {
            Some((_, count)) => *count += 1,
            None => self.arrivals.push((key.to_owned(), 1)),
        }
        if let Some(held) = self.find(&with.account_id, key) {
            return Ok(held.published.clone());
        }
        fits(message, limits)?;
        let published = Published {
            remote_id: format!("practice/{}/{key}", with.account_id),
            url: with.ground.settings.address(&format!("/practice/{key}")),
            version: "1".into(),
        };
        self.messages.push(Held {
            account_id: with.account_id.clone(),
            key: key.to_owned(),
            message: message.clone(),
            published: published.clone(),
            at: now,
        });
        Ok(published)
    }

    pub(super) fn find(&self, account_id: &str, key: &str) -> Option<&Held> {
        self.messages.iter().find(|held| held.account_id == account_id && held.key == key)
    }

    pub(super) fn edit(
        &mut self,
        with: &Connection,
        published: &Published,
        message: &Outgoing,
        limits: &Capabilities,
    ) -> Result<Published, Refusal> {
        fits(message, limits)?;
        let is_it =
            |held: &&mut Held| held.account_id == with.account_id && held.published.remote_id == published.remote_id;
        let held = self.messages.iter_mut().find(is_it).ok_or_else(|| refused("It is no longer there."))?;
        held.message = message.clone();
        let changes: u32 = held.published.version.parse().unwrap_or(1);
        held.published.version = (changes + 1).to_string();
        Ok(held.published.clone())
    }

    /// Deletes; gone already is as good.
    pub(super) fn delete(&mut self, account_id: &str, published: &Published) -> Published {
        self.messages.retain(|held| held.account_id != account_id || held.published.remote_id != published.remote_id);
        published.clone()
    }

    pub(super) fn receive(&mut self, account_id: &str, message: Incoming) {
        self.incoming.entry(account_id.to_owned()).or_default().push(message);
    }

    /// The cursor is the number of messages that were read before.
    pub(super) fn read(&self, account_id: &str, cursor: &str, ours: &[String]) -> Reading {
        let all = self.incoming.get(account_id).map_or(&[][..], Vec::as_slice);
        let read: usize = cursor.parse().unwrap_or(0);
        Reading {
            messages: all.iter().skip(read).cloned().collect(),
            numbers: ours.iter().map(|id| numbers(all, id)).collect(),
            cursor: all.len().max(read).to_string(),
        }
    }
}

fn numbers(all: &[Incoming], remote_id: &str) -> Numbers {
    let count = |kinds: &[IncomingKind]| {
        let about = all.iter().filter(|message| message.parent_remote_id.as_deref() == Some(remote_id));
        u32::try_from(about.filter(|message| kinds.contains(&message.kind)).count()).unwrap_or(u32::MAX)
    };
    Numbers {
        remote_id: remote_id.to_owned(),
        replies: count(&[IncomingKind::Reply]),
        favourites: count(&[IncomingKind::Favourite]),
        shares: count(&[IncomingKind::Share, IncomingKind::Quote]),
    }
}

/// Refuses what a real network would refuse: a preview that lets too much through teaches nothing.
fn fits(message: &Outgoing, limits: &Capabilities) -> Result<(), Refusal> {
    let fits = match limits.length {
        Length::Unlimited => true,
        Length::Graphemes { most, most_bytes } => {
            message.text.len() <= most_bytes && message.text.graphemes(true).count() <= most
        }
        Length::Characters { most, link } => mastodon::count(&message.text, link) <= most,
    };
    if !fits {
        return Err(refused("The text is too long. Shorten the variant for this account."));
    }
    if message.pictures.len() > limits.pictures {
        return Err(refused("There are too many pictures. Take some out for this account."));
    }
    if message.pictures.iter().any(|picture| picture.alt.trim().is_empty() || picture.alt.chars().count() > limits.alt)
    {
        return Err(refused("A picture's description is missing or too long."));
    }
    Ok(())
}

fn refused(person: &str) -> Refusal {
    Refusal { log: "the practice network refused".into(), person: person.into(), status: Some(422), next: Next::GiveUp }
}
