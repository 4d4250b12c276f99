//! What goes out through the door, and what comes back.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

/// How long a whole call may take, when the caller does not say otherwise.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
/// Largest answer in bytes, when the caller does not say otherwise.
const DEFAULT_MOST_BYTES: usize = 2_000_000;
/// Most redirects that a request follows when it was asked to.
const MOST_REDIRECTS: u8 = 3;

/// A request. Made with [`Request::get`] and its sisters, then filled.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The address, `https://…`; `http://…` only for hosts that the operator allowed.
    pub url: String,
    /// Headers. A user agent is added.
    pub headers: HeaderMap,
    /// Body, empty for none.
    pub body: Bytes,
    /// How long the whole call may take, redirects and body included.
    pub timeout: Duration,
    /// Largest answer that is taken in, in bytes.
    pub most_bytes: usize,
    /// How many redirects are followed, each checked like the first address. Only for GET and HEAD.
    pub redirects: u8,
    /// Why this request cannot be sent at all (a header or body that could not be written).
    pub(super) flaw: Option<&'static str>,
}

impl Request {
    /// A request with no body.
    pub fn new(method: Method, url: impl Into<String>) -> Self {
        Self {
            method,
            url: url.into(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            timeout: DEFAULT_TIMEOUT,
            most_bytes: DEFAULT_MOST_BYTES,
            redirects: 0,
            flaw: None,
        }
    }

    /// `GET`, without following redirects.
    pub fn get(url: impl Into<String>) -> Self {
        Self::new(Method::GET, url)
    }

    /// `POST` with an empty body; add one with [`body`](Self::body).
    pub fn post(url: impl Into<String>) -> Self {
        Self::new(Method::POST, url)
    }

    /// `PUT` with an empty body.
    pub fn put(url: impl Into<String>) -> Self {
        Self::new(Method::PUT, url)
    }

    /// `DELETE`.
    pub fn delete(url: impl Into<String>) -> Self {
        Self::new(Method::DELETE, url)
    }

    /// `POST` with a JSON body.
    pub fn post_json(url: impl Into<String>, value: &impl Serialize) -> Self {
        Self::post(url).json(value)
    }

    /// Sets a JSON body.
    pub fn json(mut self, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(bytes) => self.body("application/json", bytes),
            Err(_) => {
                self.flaw = Some("the JSON body could not be written");
                self
            }
        }
    }

    /// Sets a form body (`application/x-www-form-urlencoded`). A field may repeat.
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.body("application/x-www-form-urlencoded", encoded)
    }

    /// Sets a `multipart/form-data` body (RFC 7578). The boundary is taken from the SHA-256 of the parts, so it
    /// cannot stand in one of them and needs no randomness.
    pub fn multipart(self, parts: &[Part]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part.name.as_bytes());
            hasher.update(&part.bytes);
        }
        let boundary = hex::encode(&hasher.finalize()[..20]);
        let mut body = Vec::new();
        for part in parts {
            body.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
            body.extend_from_slice(part.head().as_bytes());
            body.extend_from_slice(&part.bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        self.body(&format!("multipart/form-data; boundary={boundary}"), body)
    }

    /// Sets any body with its media type.
    pub fn body(mut self, media_type: &str, bytes: impl Into<Bytes>) -> Self {
        self.body = bytes.into();
        self.header(header::CONTENT_TYPE, media_type)
    }

    /// Adds fields to the query of the address.
    pub fn query(mut self, fields: &[(&str, &str)]) -> Self {
        let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.url.push(if self.url.contains('?') { '&' } else { '?' });
        self.url.push_str(&encoded);
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        match HeaderValue::from_str(value) {
            Ok(value) => {
                self.headers.insert(name, value);
            }
            Err(_) => self.flaw = Some("a header could not be written"),
        }
        self
    }

    /// Sets `Authorization: Bearer`, marked so that it is never printed.
    pub fn bearer(mut self, token: &str) -> Self {
        match HeaderValue::from_str(&format!("Bearer {token}")) {
            Ok(mut value) => {
                value.set_sensitive(true);
                self.headers.insert(header::AUTHORIZATION, value);
            }
            Err(_) => self.flaw = Some("the token could not be written"),
        }
        self
    }

    /// How long the whole call may take.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Largest answer in bytes.
    pub fn most_bytes(mut self, most: usize) -> Self {
        self.most_bytes = most;
        self
    }

    /// Follows at most three redirects (GET and HEAD only).
    pub fn follow(mut self) -> Self {
        self.redirects = MOST_REDIRECTS;
        self
    }
}

/// One part of a `multipart/form-data` body.
#[derive(Debug, Clone)]
pub struct Part {
    /// Field name.
    pub name: String,
    /// File name and media type, when the part is a file.
    pub file: Option<(String, String)>,
    /// Content.
    pub bytes: Bytes,
}

impl Part {
    /// A text field.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), file: None, bytes: text.into().into() }
    }

    /// A file.
    pub fn file(
        name: impl Into<String>,
        file_name: impl Into<String>,
        media_type: impl Into<String>,
        bytes: impl Into<Bytes>,
    ) -> Self {
        Self { name: name.into(), file: Some((file_name.into(), media_type.into())), bytes: bytes.into() }
    }

    fn head(&self) -> String {
        let name = escaped(&self.name);
        match &self.file {
            None => format!("Content-Disposition: form-data; name=\"{name}\"\r\n\r\n"),
            Some((file_name, media_type)) => format!(
                "Content-Disposition: form-data; name=\"{name}\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
                escaped(file_name),
                escaped(media_type)
            ),
        }
    }
}

/// As browsers escape names in multipart bodies:
/// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data>.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
    /// The address that answered, after redirects.
    pub url: String,
}

impl Reply {
    /// The body as JSON.
    ///
    /// # Errors
    /// When it is not the JSON that was expected.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether it is a page for people, where a program's answer was asked for: mostly a proxy's.
    pub fn is_page(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.contains("html"))
    }

    /// A header's value, when it is there and is plain text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// When `Retry-After` (RFC 9110, section 10.2.3: seconds or a date) says to come back.
    pub fn retry_after(&self, now: Timestamp) -> Option<Timestamp> {
        let value = self.header("retry-after")?.trim();
        match value.parse::<u32>() {
            Ok(seconds) => now.checked_add(SignedDuration::from_secs(seconds.into())).ok(),
            Err(_) => Some(rfc2822::parse(value).ok()?.timestamp()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn retry_after_reads_seconds_and_dates() {
        let reply = |value: &str| Reply {
            status: StatusCode::TOO_MANY_REQUESTS,
            headers: HeaderMap::from_iter([(header::RETRY_AFTER, HeaderValue::from_str(value).unwrap())]),
            body: Bytes::new(),
            url: String::new(),
        };
        let now = Timestamp::from_second(1_445_412_400).unwrap();
        assert_eq!(reply("120").retry_after(now), Some(Timestamp::from_second(1_445_412_520).unwrap()));
        let date = reply("Wed, 21 Oct 2015 07:28:00 GMT");
        assert_eq!(date.retry_after(now), Some("2015-10-21T07:28:00Z".parse().unwrap()));
        assert_eq!(reply("soon").retry_after(now), None);
    }

    #[test]
    fn multipart_names_cannot_break_out_of_their_header() {
        let request = Request::post("https://cedar.example")
            .multipart(&[Part::file("file", "a\"\r\nX: y.png", "image/png", vec![1, 2, 3]), Part::text("d", "é")]);
        let body = String::from_utf8_lossy(&request.body).into_owned();
        assert!(body.contains("filename=\"a%22%0D%0AX: y.png\"\r\nContent-Type: image/png\r\n\r\n\u{1}\u{2}\u{3}\r\n"));
        assert!(body.contains("name=\"d\"\r\n\r\né\r\n"));
        let boundary = body.lines().next().unwrap();
        assert!(body.ends_with(&format!("{boundary}--\r\n")));
    }
}
