//! The story as it stands in `content/demo`: who works at the example practice, what it is writing, who wrote to it.

use anyhow::Context;
use bedside_practice::facts::Facts;
use serde::Deserialize;

/// The whole story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    pub(super) people: Vec<Person>,
    /// Name of the member who plans, writes and answers.
    pub(super) writer: String,
    /// Name of the clinician who signs.
    pub(super) signer: String,
    /// Names of those whose sign-in is printed.
    pub(super) welcome: Vec<String>,
    pub(super) accounts: Vec<Profile>,
    /// Id of the running challenge's template.
    pub(super) template: String,
    pub(super) drafts: Vec<Begun>,
    pub(super) messages: Vec<Said>,
    pub(super) applause: Vec<Applause>,
}

/// Somebody who works there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) credentials: String,
    /// Words with spaces between.
    pub(super) rights: String,
    /// What stands before the `@`; without it nobody signs in.
    pub(super) mailbox: Option<String>,
}

/// An account on a network.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Profile {
    pub(super) network: String,
    pub(super) server: String,
    pub(super) handle: String,
}

/// A post that somebody began.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Begun {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) days_ahead: i64,
}

/// Something that somebody wrote to the practice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    pub(super) from: String,
    pub(super) handle: String,
    pub(super) network: String,
    /// The kind of the post of ours that it answers.
    pub(super) under: Option<String>,
    pub(super) minutes_ago: i64,
    /// Minutes until it was answered.
    pub(super) answered_after: Option<i64>,
    #[serde(default = "english")]
    pub(super) lang: String,
    pub(super) text: String,
}

fn english() -> String {
    "en".to_owned()
}

/// Likes and shares of the newest post of a kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Applause {
    pub(super) network: String,
    pub(super) under: String,
    pub(super) likes: u32,
    pub(super) shares: u32,
}

impl Story {
    /// The embedded story.
    pub(super) fn embedded() -> anyhow::Result<Self> {
        serde_yaml_ng::from_str(include_str!("../../../content/demo/story.yaml"))
            .context("the demonstration's story cannot be read")
    }
}

/// What the example practice says of itself.
pub(super) fn facts() -> anyhow::Result<Facts> {
    serde_json::from_str(include_str!("../../../content/demo/practice.json"))
        .context("the example practice cannot be read")
}
