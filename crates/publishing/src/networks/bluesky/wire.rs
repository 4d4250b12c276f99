//! The JSON of the AT Protocol, as far as it is used here (lexicons `com.atproto.*` and `app.bsky.*`). Nothing of it
//! leaves this folder. What is stored or sent on passes one of the checks below first.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Longest AT URI or content hash that is stored, in bytes. Real ones have 70 and 59.
const LONGEST_REFERENCE: usize = 600;
/// Longest DID, in bytes (<https://atproto.com/specs/did>).
const LONGEST_DID: usize = 2_048;
/// Longest handle, in bytes: a DNS name (<https://atproto.com/specs/handle>).
const LONGEST_HANDLE: usize = 253;

/// `com.atproto.server.createSession` and `refreshSession`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Session {
    pub(super) access_jwt: String,
    pub(super) refresh_jwt: String,
    pub(super) handle: String,
    pub(super) did: String,
    pub(super) did_doc: Option<Value>,
    pub(super) active: Option<bool>,
}

impl Session {
    /// The account's own server, when the DID document names one.
    pub(super) fn pds(&self) -> Option<&str> {
        self.did_doc.as_ref()?.get("service")?.as_array()?.iter().find_map(|service| {
            let id = service.get("id")?.as_str()?;
            let is_pds = id.ends_with("#atproto_pds") && service.get("type")? == "AtprotoPersonalDataServer";
            is_pds.then(|| service.get("serviceEndpoint")?.as_str()).flatten()
        })
    }

    /// Whether the access token is that of an app password. The reference server says so in the token's scope
    /// (`com.atproto.appPass`, `com.atproto.appPassPrivileged`; a main password gives `com.atproto.access`).
    pub(super) fn is_of_main_password(&self) -> bool {
        use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
        let claims = self.access_jwt.split('.').nth(1).and_then(|claims| URL_SAFE_NO_PAD.decode(claims).ok());
        let claims: Option<Value> = claims.and_then(|claims| serde_json::from_slice(&claims).ok());
        claims.is_some_and(|claims| claims.get("scope").is_some_and(|scope| scope == "com.atproto.access"))
    }
}

/// `com.atproto.server.getSession`.
#[derive(Deserialize)]
pub(super) struct WhoAmI {
    pub(super) handle: String,
    pub(super) did: String,
    pub(super) active: Option<bool>,
}

/// An error of the protocol (<https://atproto.com/specs/xrpc#error-responses>).
#[derive(Deserialize)]
pub(super) struct XrpcError {
    pub(super) error: String,
}

/// `com.atproto.repo.uploadBlob`.
#[derive(Deserialize)]
pub(super) struct Uploaded {
    pub(super) blob: Value,
}

impl Uploaded {
    /// The blob reference, when it describes the `bytes` that were sent.
    pub(super) fn checked(self, bytes: usize) -> Option<Value> {
        let link = self.blob.pointer("/ref/$link")?.as_str()?;
        let size = self.blob.get("size")?.as_u64()?;
        let mime = self.blob.get("mimeType")?.as_str()?;
        let fits = is_reference(link) && size == bytes as u64 && mime.len() <= 100;
        // Written anew from the checked parts: nothing else of the answer goes into our record.
        fits.then(|| serde_json::json!({ "$type": "blob", "ref": { "$link": link }, "mimeType": mime, "size": size }))
    }
}

/// `com.atproto.repo.createRecord`, and `getRecord` with its value.
#[derive(Deserialize)]
pub(super) struct Stored {
    pub(super) uri: String,
    #[serde(default)]
    pub(super) cid: String,
    #[serde(default)]
    pub(super) value: Value,
}

/// `com.atproto.identity.resolveHandle`.
#[derive(Deserialize)]
pub(super) struct Resolved {
    pub(super) did: String,
}

/// `com.atproto.repo.strongRef`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StrongRef {
    pub(super) uri: String,
    pub(super) cid: String,
}

impl StrongRef {
    /// Both parts, when they have the form of one.
    pub(super) fn from_value(value: &Value) -> Option<Self> {
        let reference: Self = serde_json::from_value(value.clone()).ok()?;
        (is_at_uri(&reference.uri) && is_reference(&reference.cid)).then_some(reference)
    }
}

/// `app.bsky.feed.post#replyRef`; as JSON text it is the reference that an answer needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ReplyRef {
    pub(super) root: StrongRef,
    pub(super) parent: StrongRef,
}

/// `app.bsky.notification.listNotifications`. Each entry is read by itself, so that a strange one does not hide the
/// others.
#[derive(Deserialize)]
pub(super) struct Notifications {
    pub(super) cursor: Option<String>,
    pub(super) notifications: Vec<Value>,
}

/// One entry of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Notification {
    pub(super) uri: String,
    pub(super) cid: String,
    pub(super) author: Author,
    pub(super) reason: String,
    pub(super) reason_subject: Option<String>,
    pub(super) record: Value,
    pub(super) indexed_at: String,
}

/// `app.bsky.actor.defs#profileView`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Author {
    pub(super) handle: String,
    #[serde(default)]
    pub(super) display_name: String,
}

/// `app.bsky.feed.getPosts`.
#[derive(Deserialize)]
pub(super) struct Posts {
    pub(super) posts: Vec<Value>,
}

/// `app.bsky.feed.defs#postView`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PostView {
    pub(super) uri: String,
    #[serde(default)]
    pub(super) reply_count: u32,
    #[serde(default)]
    pub(super) repost_count: u32,
    #[serde(default)]
    pub(super) like_count: u32,
    #[serde(default)]
    pub(super) quote_count: u32,
}

/// Whether `text` can be stored as a reference of the network.
pub(super) fn is_reference(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST_REFERENCE && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether `text` is the AT URI of a record: `at://<did>/<collection>/<key>`.
pub(super) fn is_at_uri(text: &str) -> bool {
    is_reference(text) && at_uri(text).is_some_and(|(repo, ..)| is_did(repo))
}

/// The parts of an AT URI: repository, collection, record key.
pub(super) fn at_uri(uri: &str) -> Option<(&str, &str, &str)> {
    let mut parts = uri.strip_prefix("at://")?.split('/');
    let whole = (parts.next()?, parts.next()?, parts.next()?);
    (parts.next().is_none() && !whole.1.is_empty() && !whole.2.is_empty()).then_some(whole)
}

/// Whether `text` has the form of a DID.
pub(super) fn is_did(text: &str) -> bool {
    text.len() <= LONGEST_DID
        && text.starts_with("did:")
        && text.split(':').count() >= 3
        && !text.ends_with(':')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:%-".contains(&byte))
}

/// Whether `text` has the form of a handle: a DNS name of at least two labels whose last begins with a letter.
pub(super) fn is_handle(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= LONGEST_HANDLE
        && text.contains('.')
        && text.split('.').all(label)
        && text.rsplit('.').next().is_some_and(|last| last.starts_with(|first: char| first.is_ascii_alphabetic()))
}

/// The beginning of `text` that fits into `most` bytes, cut between characters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    text[..text.floor_char_boundary(most)].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_handles_dids_and_uris() {
        for handle in ["cedar-hollow.bsky.social", "a.co", "8.cn", "xn--notarealidn.com", "cedar.test"] {
            assert!(is_handle(handle), "{handle}");
        }
        for handle in
            ["", "cedar", "-a.com", "a-.com", "a..com", ".com", "a.com.", "a.8", "john@example.com", "a_b.com"]
        {
            assert!(!is_handle(handle), "{handle}");
        }
        for did in ["did:plc:jczjcdqxbm37sgnysagq7mi7", "did:web:localhost%3A1234"] {
            assert!(is_did(did), "{did}");
        }
        for did in ["", "did:", "did:plc", "did:plc:", "did:plc:a b", "DID:plc:a"] {
            assert!(!is_did(did), "{did}");
        }
        assert!(is_at_uri("at://did:plc:abc/app.bsky.feed.post/3jzfcijpj2z2a"));
        for uri in
            ["at://did:plc:abc/app.bsky.feed.post", "at://did:plc:abc/a/b/c", "https://a.example/b/c", "at://x/y/z"]
        {
            assert!(!is_at_uri(uri), "{uri}");
        }
        assert_eq!(shortened("aé", 2), "a");
    }
}
