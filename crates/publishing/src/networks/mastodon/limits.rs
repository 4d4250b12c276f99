//! What one server allows, and how Mastodon counts.
//!
//! Servers of this family differ (Mastodon 500 characters, others up to 100,000), so each says for itself
//! (<https://docs.joinmastodon.org/entities/Instance/#configuration>). The numbers are read when an account is
//! connected or tested, kept with its token, and held against a message before anything of it is sent.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::wire::Instance;
use crate::networks::Outgoing;

/// Mastodon's own numbers, for servers that do not say.
pub(super) const CHARACTERS: u32 = 500;
/// What a link counts, however long it is: <https://docs.joinmastodon.org/user/posting/#links>.
pub(super) const LINK: u32 = 23;
/// Most pictures of one status.
pub(super) const PICTURES: u32 = 4;
/// Longest description of a picture, in characters.
pub(super) const ALT: u32 = 1_500;
/// Largest picture in bytes: `MediaAttachment::IMAGE_LIMIT` of Mastodon 4.2 and later is 16 MB; older and other
/// servers take 8 to 10 million.
pub(super) const PICTURE_BYTES: u64 = 8_000_000;

/// Whatever a server says, no status of ours is longer. snac claims 100,000 and needs minutes for such a text.
const MOST_CHARACTERS: u32 = 5_000;

/// What one server allows in one status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Limits {
    pub(super) characters: u32,
    pub(super) link: u32,
    pub(super) pictures: u32,
    pub(super) picture_bytes: u64,
    pub(super) alt: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { characters: CHARACTERS, link: LINK, pictures: PICTURES, picture_bytes: PICTURE_BYTES, alt: ALT }
    }
}

impl Limits {
    /// What the server says, where it does and where we can follow.
    pub(super) fn of(instance: &Instance) -> Self {
        let statuses = &instance.configuration.statuses;
        let media = &instance.configuration.media_attachments;
        let said = |said: Option<u32>, otherwise: u32| said.filter(|number| *number > 0).unwrap_or(otherwise);
        let usual = Self::default();
        Self {
            characters: said(statuses.max_characters.or(instance.max_toot_chars), usual.characters)
                .min(MOST_CHARACTERS),
            link: said(statuses.characters_reserved_per_url, usual.link),
            pictures: said(statuses.max_media_attachments, usual.pictures).min(PICTURES),
            picture_bytes: media
                .image_size_limit
                .filter(|bytes| *bytes > 0)
                .unwrap_or(usual.picture_bytes)
                .min(PICTURE_BYTES),
            alt: said(media.description_limit, usual.alt).min(ALT),
        }
    }

    /// Why a message cannot go to this server, in a sentence for the person.
    pub(super) fn objection(&self, message: &Outgoing, text: &str) -> Option<String> {
        let length = count(text, self.link as usize);
        if length > self.characters as usize {
            return Some(format!(
                "The text has {length} characters and this server takes {}. Shorten the variant for this account.",
                self.characters
            ));
        }
        if message.pictures.len() > self.pictures as usize {
            return Some(format!(
                "This server takes {} pictures in one message. Take some out for this account.",
                self.pictures
            ));
        }
        let heavy = |bytes: u64| bytes > self.picture_bytes;
        if message.pictures.iter().any(|picture| heavy(picture.bytes)) {
            let most = self.picture_bytes / 1_000_000;
            return Some(format!("This server takes pictures of at most {most} MB. Choose a smaller picture."));
        }
        if message.pictures.iter().any(|picture| picture.alt.chars().count() > self.alt as usize) {
            return Some(format!("This server takes picture descriptions of at most {} characters.", self.alt));
        }
        None
    }
}

/// The length of a text as Mastodon counts it: extended grapheme clusters, every link as `link`, a mention of
/// somebody on another server without the server
/// (<https://github.com/mastodon/mastodon/blob/main/app/validators/status_length_validator.rb>).
pub fn count(text: &str, link: usize) -> usize {
    let mut length = 0;
    let mut word_start = 0;
    for (at, blank) in text.char_indices().filter(|(_, mark)| mark.is_whitespace()) {
        length += count_word(&text[word_start..at], link) + 1;
        word_start = at + blank.len_utf8();
    }
    length + count_word(&text[word_start..], link)
}

fn count_word(word: &str, link: usize) -> usize {
    let link_start = word.find("https://").or_else(|| word.find("http://"));
    match link_start {
        Some(start) => {
            let address = word[start..].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '\'']);
            let after = &word[start + address.len()..];
            word[..start].graphemes(true).count() + link + after.graphemes(true).count()
        }
        None => without_servers(word),
    }
}

/// Graphemes of a word in which `@name@server` counts as `@name`.
fn without_servers(word: &str) -> usize {
    let short = super::plain::without_server(word);
    let server = &word[short.len()..];
    let tail =
        server.trim_start_matches(|mark: char| mark.is_alphanumeric() || matches!(mark, '@' | '.' | '-' | ':' | '_'));
    let tail = if server.is_empty() { "" } else { tail };
    short.graphemes(true).count() + tail.graphemes(true).count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn it_counts_as_mastodon_does() {
        for (text, length) in [
            ("", 0),
            ("abc", 3),
            ("a b\nc", 5),
            ("👩‍👩‍👧‍👦é", 2),
            ("see https://example.org/a/very/long/path?with=words now", 4 + 23 + 4),
            ("(https://example.org/x).", 1 + 23 + 2),
            ("http://a.example", 23),
            ("@bob@other.example, hi", 4 + 1 + 3),
            ("me@mail.example", 15),
            ("a\r\nb", 4),
        ] {
            assert_eq!(count(text, 23), length, "{text:?}");
        }
    }

    #[test]
    fn a_server_is_believed_as_far_as_we_can_follow() {
        let limits = |json: &str| Limits::of(&serde_json::from_str(json).unwrap());
        assert_eq!(limits("{}"), Limits::default());
        let snac = limits(
            r#"{"configuration": {"statuses": {"max_characters": 100000, "max_media_attachments": 4,
            "characters_reserved_per_url": 32}, "media_attachments": {"image_size_limit": 16777216}}}"#,
        );
        assert_eq!((snac.characters, snac.link, snac.picture_bytes), (5_000, 32, 8_000_000));
        let small = limits(r#"{"configuration": {"statuses": {"max_characters": 280, "max_media_attachments": 1}}}"#);
        assert_eq!((small.characters, small.pictures), (280, 1));
        assert_eq!(limits(r#"{"max_toot_chars": 3000}"#).characters, 3_000);
        assert_eq!(limits(r#"{"configuration": {"statuses": {"max_characters": 0}}}"#).characters, 500);
    }
}
