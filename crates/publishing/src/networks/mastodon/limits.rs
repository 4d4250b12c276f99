//! What one server allows, and how Mastodon counts.
//!
//! Servers of this family differ (Mastodon 500 characters, others up to 100,000), so each says for itself
//! (<https://docs.joinmastodon.org/entities/Instance/#configuration>). The numbers are read when an account is
//! connected or tested, kept with the account, and held against a message before anything of it is sent.

use unicode_segmentation::UnicodeSegmentation;

use super::wire::Instance;
use crate::networks::{Limits, Outgoing};

/// Mastodon's own numbers, for servers that do not say.
pub(super) const USUAL: Limits = Limits {
    characters: 500,
    // However long it is: <https://docs.joinmastodon.org/user/posting/#links>.
    link: 23,
    pictures: 4,
    // `MediaAttachment::IMAGE_LIMIT` of Mastodon 4.2 and later is 16 MB; older and other servers take 8 to 10 million.
    picture_bytes: 8_000_000,
    alt: 1_500,
};

/// Whatever a server says, no status of ours is longer. snac claims 100,000 and needs minutes for such a text.
const MOST_CHARACTERS: u32 = 5_000;

/// What the server says, where it does and where we can follow.
pub(super) fn said_by(instance: &Instance) -> Limits {
    let statuses = &instance.configuration.statuses;
    let media = &instance.configuration.media_attachments;
    let said = |said: Option<u32>, otherwise: u32| said.filter(|number| *number > 0).unwrap_or(otherwise);
    Limits {
        characters: said(statuses.max_characters.or(instance.max_toot_chars), USUAL.characters).min(MOST_CHARACTERS),
        link: said(statuses.characters_reserved_per_url, USUAL.link),
        pictures: said(statuses.max_media_attachments, USUAL.pictures).min(USUAL.pictures),
        picture_bytes: media
            .image_size_limit
            .filter(|bytes| *bytes > 0)
            .unwrap_or(USUAL.picture_bytes)
            .min(USUAL.picture_bytes),
        alt: said(media.description_limit, USUAL.alt).min(USUAL.alt),
    }
}

/// Why a message cannot go to a server with these limits, in a sentence for the person.
pub(super) fn objection(limits: Limits, message: &Outgoing, text: &str) -> Option<String> {
    let Limits { characters, link, pictures, picture_bytes, alt } = limits;
    let length = count(text, link as usize);
    if length > characters as usize {
        return Some(format!(
            "The text has {length} characters and this server takes {characters}. Shorten the variant for this account."
        ));
    }
    if message.pictures.len() > pictures as usize {
        return Some(format!("This server takes {pictures} pictures in one message. Take some out for this account."));
    }
    if message.pictures.iter().any(|picture| picture.bytes > picture_bytes) {
        let most = picture_bytes / 1_000_000;
        return Some(format!("This server takes pictures of at most {most} MB. Choose a smaller picture."));
    }
    if message.pictures.iter().any(|picture| picture.alt.chars().count() > alt as usize) {
        return Some(format!("This server takes picture descriptions of at most {alt} characters."));
    }
    None
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
        let limits = |json: &str| said_by(&serde_json::from_str(json).unwrap());
        assert_eq!(limits("{}"), USUAL);
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
