//! One call to one server, and what its answer means.
//!
//! Reading may be repeated, so a read that fails is a [`Refusal`] with a time to come back. A call that publishes,
//! changes or deletes is sorted by [`sort`]: 2xx is accepted, 4xx is a certain no, and everything after which the
//! server may have done it all the same (no answer, 5xx, an answer that cannot be read) is unknown.

use bedside_platform::{
    clock::Clock,
    door::{Door, DoorError, Reply, Request},
};
use bytes::Bytes;
use http::header::CONNECTION;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{plain::cut, wire::Failure};
use crate::{
    accounts::connection::refused,
    networks::{Connection, Doubt, Next, Outcome, Refusal},
};

/// What is kept sealed with a connected account. `Debug` is left out: it holds secrets.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Secret {
    pub(super) access_token: String,
    pub(super) client_id: String,
    pub(super) client_secret: String,
}

/// Calls one server on behalf of one account.
pub(super) struct Caller<'a> {
    pub(super) door: &'a Door,
    pub(super) clock: &'a dyn Clock,
    /// Origin, no slash at the end.
    pub(super) server: &'a str,
    pub(super) token: String,
}

impl<'a> Caller<'a> {
    /// The caller for a connected account.
    pub(super) fn of(with: &'a Connection) -> Result<Self, Refusal> {
        let secret: Secret = with.secret().map_err(refused)?;
        Ok(Self {
            door: &with.ground.door,
            clock: with.ground.clock.as_ref(),
            server: &with.server,
            token: secret.access_token,
        })
    }

    /// The absolute address of a path of the API.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.server)
    }

    /// Sends a request with the account's token.
    pub(super) async fn send(&self, request: Request) -> Result<Reply, DoorError> {
        let mut reply = self.door.send(alone(request.bearer(&self.token))).await?;
        if !reply.status.is_success() && reply.text().contains(&self.token) {
            // The server's words are shown to a person, so words that repeat our token are dropped.
            reply.body = Bytes::new();
        }
        Ok(reply)
    }

    /// Reads JSON.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str, query: &[(&str, &str)]) -> Result<T, Refusal> {
        let mut request = Request::get(self.at(path));
        if !query.is_empty() {
            request = request.query(query);
        }
        let reply = self.send(request).await.map_err(|error| no_reply(&error))?;
        self.json_of(&reply)
    }

    /// The JSON of a successful answer to a read.
    pub(super) fn json_of<T: DeserializeOwned>(&self, reply: &Reply) -> Result<T, Refusal> {
        if !reply.status.is_success() {
            return Err(refusal(reply, self.clock.now()));
        }
        reply.json().map_err(|_| not_json(reply))
    }

    /// The JSON of a call that publishes or changes, or how else it ended.
    pub(super) fn sort<T: DeserializeOwned>(&self, answer: Result<Reply, DoorError>) -> Result<T, Outcome> {
        sort(answer, self.clock.now())
    }
}

/// Asks for a connection of its own. snac closes a connection after each answer without having said so; a request
/// on a kept one then meets a reset, and nobody knows whether it arrived. A handshake is cheaper than that doubt.
pub(super) fn alone(request: Request) -> Request {
    request.header(CONNECTION, "close")
}

/// Sorts the answer to an irreversible call.
pub(super) fn sort<T: DeserializeOwned>(answer: Result<Reply, DoorError>, now: Timestamp) -> Result<T, Outcome> {
    let reply = match answer {
        Ok(reply) => reply,
        Err(error) if error.is_not_sent() => return Err(Outcome::Refused(no_reply(&error))),
        Err(error) => return Err(Outcome::Unknown(Doubt { log: error.to_string(), status: None })),
    };
    let status = reply.status.as_u16();
    let doubt = |log: &str| Outcome::Unknown(Doubt { log: log.to_owned(), status: Some(status) });
    match status {
        200..=299 => reply.json().map_err(|_| doubt("the server accepted, but its answer cannot be read")),
        // Too slow for the server, or a redirect after the work was done: either may have happened.
        408 | 303 => Err(doubt("the server answered as if it may have done it")),
        300..=499 => Err(Outcome::Refused(refusal(&reply, now))),
        _ => Err(doubt("the server failed while working on it")),
    }
}

/// What a status that is not a success means. `person` never repeats more than a short line of the server's.
pub(super) fn refusal(reply: &Reply, now: Timestamp) -> Refusal {
    let status = reply.status.as_u16();
    let said = server_words(reply);
    let (person, next) = match status {
        300..=399 => (
            "The server sends us to another address: it may have moved. Connect the account again with its present address.".to_owned(),
            Next::Reconnect,
        ),
        401 | 403 => (
            format!("The server no longer lets Bedside use this account{said} Connect the account again."),
            Next::Reconnect,
        ),
        404 | 410 => (format!("The server does not find what this is about{said} It may have been deleted there."), Next::GiveUp),
        413 => ("A picture is too large for this server. Choose a smaller one.".to_owned(), Next::GiveUp),
        429 => (
            "The server asks for a pause, because much was sent to it lately. Bedside goes on by itself when the pause is over.".to_owned(),
            Next::WaitUntil(pause_end(reply, now)),
        ),
        500..=599 => ("The server is out of order at the moment. Bedside tries again by itself.".to_owned(), Next::TryLater),
        _ => (format!("The server refused this{said} Change the message and try again."), Next::GiveUp),
    };
    Refusal { log: format!("the server answered with status {status}"), person, status: Some(status), next }
}

/// ` and says: "…".`, or a full stop. Only from JSON: a web page says nothing to a person here.
fn server_words(reply: &Reply) -> String {
    let words = reply.json::<Failure>().unwrap_or_default().error;
    let words = cut(words.trim(), 200).replace('\n', " ");
    if words.is_empty() { ".".to_owned() } else { format!(" and says: \u{201c}{words}\u{201d}.") }
}

/// When nothing is said about the length of a pause, or something unusable.
const USUAL_PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// A server may ask for as much as this; Mastodon's longest window is three hours for statuses.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(24);

/// `Retry-After`, else `X-RateLimit-Reset` (<https://docs.joinmastodon.org/api/rate-limits/>: an ISO 8601 time).
fn pause_end(reply: &Reply, now: Timestamp) -> Timestamp {
    let reset = || reply.header("x-ratelimit-reset")?.trim().parse::<Timestamp>().ok();
    let asked = reply.retry_after(now).or_else(reset).filter(|end| *end > now);
    asked.unwrap_or(now + USUAL_PAUSE).min(now + LONGEST_PAUSE)
}

/// Why a read brought no answer at all.
pub(super) fn no_reply(error: &DoorError) -> Refusal {
    let (person, next) = match error {
        DoorError::Forbidden { host } => (
            format!(
                "Bedside does not call {host}, because it is not on the public internet. Whoever runs Bedside can allow it by name."
            ),
            Next::GiveUp,
        ),
        DoorError::NotSent { .. } => (
            "The server could not be reached. Check its address; if it is right, the server may be down.".to_owned(),
            Next::TryLater,
        ),
        DoorError::NoAnswer { .. } => {
            ("The server did not answer in time. Bedside tries again by itself.".to_owned(), Next::TryLater)
        }
        DoorError::TooLarge => ("The server answered with far more than it was asked for.".to_owned(), Next::TryLater),
    };
    Refusal { log: error.to_string(), person, status: None, next }
}

/// An answer that should have been JSON.
pub(super) fn not_json(reply: &Reply) -> Refusal {
    let person = if reply.is_page() {
        "There is a web page at this address, but no server that speaks the Mastodon language. Check the address: it is the part of your handle after the second @."
    } else {
        "The server answered with something that Bedside cannot read."
    };
    Refusal {
        log: "a successful answer is not the JSON that was expected".to_owned(),
        person: person.to_owned(),
        status: Some(reply.status.as_u16()),
        next: Next::TryLater,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

    use super::*;
    use crate::networks::mastodon::wire::Status;

    fn reply(status: u16, headers: &[(&'static str, &str)], body: &str) -> Reply {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()))
            .collect();
        Reply {
            status: StatusCode::from_u16(status).unwrap(),
            headers,
            body: body.to_owned().into(),
            url: String::new(),
        }
    }

    fn now() -> Timestamp {
        "2026-11-25T09:00:00Z".parse().unwrap()
    }

    fn outcome(answer: Result<Reply, DoorError>) -> Outcome {
        sort::<Status>(answer, now()).unwrap_err()
    }

    #[test]
    fn only_a_certain_no_is_a_refusal() {
        for status in [400, 401, 403, 404, 410, 413, 422, 429, 301, 307] {
            assert!(matches!(outcome(Ok(reply(status, &[], "{}"))), Outcome::Refused(_)), "{status}");
        }
        for status in [303, 408, 500, 502, 503, 504] {
            assert!(matches!(outcome(Ok(reply(status, &[], "<html>"))), Outcome::Unknown(_)), "{status}");
        }
        assert!(matches!(outcome(Ok(reply(200, &[], "<html>"))), Outcome::Unknown(_)));
        assert!(matches!(outcome(Ok(reply(200, &[], "{}"))), Outcome::Unknown(_)), "no id");
        let lost = DoorError::NoAnswer { log: "time ran out".into() };
        assert!(matches!(outcome(Err(lost)), Outcome::Unknown(_)));
        assert!(matches!(outcome(Err(DoorError::TooLarge)), Outcome::Unknown(_)));
        for never in [DoorError::NotSent { log: String::new() }, DoorError::Forbidden { host: "x".into() }] {
            assert!(matches!(outcome(Err(never)), Outcome::Refused(_)));
        }
        assert_eq!(sort::<Status>(Ok(reply(200, &[], r#"{"id":"7"}"#)), now()).unwrap().id, "7");
    }

    #[test]
    fn a_pause_is_taken_from_the_headers_and_bounded() {
        let until = |headers: &[(&'static str, &str)]| match refusal(&reply(429, headers, ""), now()).next {
            Next::WaitUntil(end) => end.duration_since(now()).as_secs(),
            other => panic!("{other:?}"),
        };
        assert_eq!(until(&[("retry-after", "30")]), 30);
        assert_eq!(until(&[("x-ratelimit-reset", "2026-11-25T09:10:00.123456Z")]), 600);
        assert_eq!(until(&[("retry-after", "30"), ("x-ratelimit-reset", "2026-11-25T09:10:00Z")]), 30);
        assert_eq!(until(&[]), 300);
        assert_eq!(until(&[("x-ratelimit-reset", "2020-01-01T00:00:00Z")]), 300);
        assert_eq!(until(&[("retry-after", "4294967295")]), 86_400);
    }

    #[test]
    fn the_person_hears_the_servers_words_shortened_and_never_a_page() {
        let too_long = r#"{"error":"Validation failed: Text is too long (maximum is 500 characters)"}"#;
        assert!(refusal(&reply(422, &[], too_long), now()).person.contains("maximum is 500 characters"));
        assert!(!refusal(&reply(422, &[], "<p>secret page</p>"), now()).person.contains("secret"));
        let endless = format!(r#"{{"error":"{}"}}"#, "x".repeat(9_000));
        assert!(refusal(&reply(422, &[], &endless), now()).person.len() < 400);
        assert_eq!(refusal(&reply(401, &[], ""), now()).next, Next::Reconnect);
    }
}
