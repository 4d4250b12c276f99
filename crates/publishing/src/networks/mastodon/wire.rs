//! The JSON of the Mastodon client API, as far as it is used here (<https://docs.joinmastodon.org/methods/>).
//!
//! What we send is exact. What we take in is forgiving: servers that speak this API leave fields out, send `null`,
//! or send a number where Mastodon sends text, and none of that may cost a message.

use serde::{Deserialize, Deserializer, Serialize};

/// `POST /api/v1/apps`.
#[derive(Debug, Serialize)]
pub(super) struct NewApplication<'a> {
    pub(super) client_name: &'a str,
    pub(super) redirect_uris: &'a str,
    pub(super) scopes: &'a str,
    pub(super) website: &'a str,
}

/// The application that a server registered.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
pub(super) struct Application {
    pub(super) client_id: String,
    pub(super) client_secret: String,
}

/// `POST /oauth/token`. `Debug` is left out: it holds secrets.
#[derive(Serialize)]
pub(super) struct TokenRequest<'a> {
    pub(super) grant_type: &'a str,
    pub(super) code: &'a str,
    pub(super) client_id: &'a str,
    pub(super) client_secret: &'a str,
    pub(super) redirect_uri: &'a str,
    pub(super) code_verifier: &'a str,
}

/// The answer to a [`TokenRequest`]. `Debug` is left out: it holds a secret.
#[derive(Deserialize)]
#[cfg_attr(test, derive(Serialize))]
pub(super) struct Token {
    pub(super) access_token: String,
    /// Seconds; Mastodon's tokens do not end, some other servers' do.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) expires_in: Option<u32>,
}

/// `POST /api/v1/statuses`.
#[derive(Debug, Serialize)]
pub(super) struct NewStatus<'a> {
    pub(super) status: &'a str,
    pub(super) media_ids: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) in_reply_to_id: Option<&'a str>,
    pub(super) language: &'a str,
    pub(super) visibility: &'a str,
}

/// `PUT /api/v1/statuses/:id`. Mastodon takes pictures away that are not named again.
#[derive(Debug, Serialize)]
pub(super) struct ChangedStatus<'a> {
    pub(super) status: &'a str,
    pub(super) media_ids: &'a [String],
    pub(super) language: &'a str,
}

/// What a server says in words when it refuses.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
pub(super) struct Failure {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) error: String,
}

/// A picture that was uploaded, or stands in a status.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
pub(super) struct Media {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) description: String,
}

/// A profile.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
pub(super) struct Account {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) username: String,
    /// `name` for accounts of the same server, `name@server` for others.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) acct: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) display_name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) url: String,
}

/// A status. Inside a notification some servers leave most of it out.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
pub(super) struct Status {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) uri: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) url: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) created_at: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) edited_at: String,
    /// HTML.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) content: String,
    /// The text as it was sent; snac gives it for the account's own statuses.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) text: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) spoiler_text: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) visibility: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) language: String,
    #[serde(default, deserialize_with = "maybe_id")]
    pub(super) in_reply_to_id: Option<String>,
    #[serde(default, deserialize_with = "maybe_id")]
    pub(super) in_reply_to_account_id: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) account: Option<Account>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) media_attachments: Vec<Media>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) replies_count: u32,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) favourites_count: u32,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) reblogs_count: u32,
}

/// `GET /api/v1/statuses/:id/context`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
pub(super) struct Context {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) descendants: Vec<Status>,
}

/// `GET /api/v1/notifications`.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
pub(super) struct Notification {
    #[serde(deserialize_with = "id")]
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) created_at: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) account: Option<Account>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) status: Option<Status>,
}

/// `GET /api/v2/instance`, or `/api/v1/instance` of older servers: both have `configuration`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
pub(super) struct Instance {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) version: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) configuration: Configuration,
    /// Where servers from before `configuration` say it (Pleroma, old Mastodon forks).
    #[serde(default, deserialize_with = "or_default")]
    pub(super) max_toot_chars: Option<u32>,
}

/// What a server allows.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
pub(super) struct Configuration {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) statuses: StatusLimits,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) media_attachments: MediaLimits,
}

/// Limits of one status.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
pub(super) struct StatusLimits {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) max_characters: Option<u32>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) max_media_attachments: Option<u32>,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) characters_reserved_per_url: Option<u32>,
}

/// Limits of one picture.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(Serialize))]
pub(super) struct MediaLimits {
    #[serde(default, deserialize_with = "or_default")]
    pub(super) image_size_limit: Option<u64>,
    /// Mastodon 4.4 and later.
    #[serde(default, deserialize_with = "or_default")]
    pub(super) description_limit: Option<u32>,
}

/// A field that is absent, `null` or of an unexpected kind becomes its default.
fn or_default<'de, D: Deserializer<'de>, T: Default + serde::de::DeserializeOwned>(from: D) -> Result<T, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

/// An id is text; a few servers send a number.
fn id<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    maybe_id(from)?.ok_or_else(|| serde::de::Error::custom("an id is missing"))
}

fn maybe_id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(match serde_json::Value::deserialize(from)? {
        serde_json::Value::String(text) if !text.is_empty() => Some(one_spelling(text)),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// snac 2.96 writes the id of one and the same status in lower case, but in capitals inside notifications of
/// favourites and boosts. Its ids are ten digits of time and 32 hexadecimal ones; no other server's look so.
fn one_spelling(id: String) -> String {
    let is_snacs = id.len() == 42 && id.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_snacs { id.to_ascii_lowercase() } else { id }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn nulls_absent_fields_and_numbers_cost_nothing() {
        let bare: Status = serde_json::from_str(r#"{"id": 12, "language": null, "in_reply_to_id": null}"#).unwrap();
        assert_eq!((bare.id.as_str(), bare.language.as_str(), bare.in_reply_to_id), ("12", "", None));
        let odd: Status = serde_json::from_str(r#"{"id": "a", "replies_count": -1, "media_attachments": {}}"#).unwrap();
        assert_eq!((odd.replies_count, odd.media_attachments.len()), (0, 0));
        assert!(serde_json::from_str::<Status>(r#"{"content": "no id"}"#).is_err());
        assert!(serde_json::from_str::<Status>(r#"{"id": ""}"#).is_err());
    }

    #[test]
    fn an_id_of_snac_has_one_spelling_and_others_keep_theirs() {
        let id = |text: &str| serde_json::from_value::<Status>(serde_json::json!({ "id": text })).unwrap().id;
        assert_eq!(id("17955992844D8ECDD2DBD5BC4F391DFA3603460770"), "17955992844d8ecdd2dbd5bc4f391dfa3603460770");
        assert_eq!(id("01F8MHAAY43M6RJ473VQFCVH37"), "01F8MHAAY43M6RJ473VQFCVH37");
    }
}
