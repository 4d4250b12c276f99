//! What a server said, as something a person can act on.

use bedside_platform::door::{DoorError, Reply};
use jiff::{SignedDuration, Timestamp};

use super::wire::XrpcError;
use crate::networks::{Doubt, Next, Refusal};

/// How long to hold when the server says "too many" without saying until when.
const DEFAULT_HOLD: SignedDuration = SignedDuration::from_mins(5);
/// Longest hold that is believed: the longest window of the published limits is a day
/// (<https://docs.bsky.app/docs/advanced-guides/rate-limits>).
const LONGEST_HOLD: SignedDuration = SignedDuration::from_hours(24);
/// Longest error name that is written into a log, in bytes.
const LONGEST_NAME: usize = 60;

/// How a call went wrong.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Certainly not done.
    Refused(Refusal),
    /// Nobody can say.
    Doubtful(Doubt),
}

impl Trouble {
    /// The trouble of a call that changes nothing or may be repeated: there a doubt is only a delay.
    pub(super) fn harmless(self) -> Refusal {
        match self {
            Self::Refused(refusal) => refusal,
            Self::Doubtful(doubt) => later(doubt.log, doubt.status),
        }
    }
}

impl From<DoorError> for Trouble {
    fn from(error: DoorError) -> Self {
        match error {
            DoorError::Forbidden { .. } => Self::Refused(Refusal {
                log: "the door does not go to this server".to_owned(),
                person: "The account's server is at a private address, and Bedside does not go there. Ask whoever \
                         runs Bedside to allow this server by name."
                    .to_owned(),
                status: None,
                next: Next::TryLater,
            }),
            DoorError::NotSent { log } => Self::Refused(later(log, None)),
            DoorError::NoAnswer { log } => Self::Doubtful(Doubt { log, status: None }),
            DoorError::TooLarge => Self::Doubtful(Doubt { log: "the answer is too large".to_owned(), status: None }),
        }
    }
}

/// The name of the protocol's error in an answer, or nothing when the answer is not of the protocol.
pub(super) fn error_name(reply: &Reply) -> Option<String> {
    let name = reply.json::<XrpcError>().ok()?.error;
    let plain = !name.is_empty() && name.len() <= LONGEST_NAME && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then_some(name)
}

/// A refusal from an answer that is not a success.
pub(super) fn refusal(reply: &Reply, now: Timestamp) -> Refusal {
    let name = error_name(reply);
    let status = reply.status.as_u16();
    let (person, next) = match (status, name.as_deref()) {
        (429, _) => {
            let until = held_until(reply, now);
            return Refusal {
                log: "rate limit".to_owned(),
                person: "Bluesky asks to wait: too many calls for this account. Bedside goes on by itself.".to_owned(),
                status: Some(status),
                next: Next::WaitUntil(until),
            };
        }
        (_, Some("AccountTakedown" | "AccountSuspended")) => (
            "Bluesky has suspended this account. Sign in on Bluesky to see why, then connect it again.",
            Next::Reconnect,
        ),
        (_, Some("AccountDeactivated")) => {
            ("This account is deactivated. Sign in on Bluesky to wake it, then connect it again.", Next::Reconnect)
        }
        (401, Some(_)) | (_, Some("ExpiredToken" | "InvalidToken")) => (super::session::SIGN_IN_ENDED, Next::Reconnect),
        (403, _) => ("Bluesky does not let this account do that. Look at the account there.", Next::GiveUp),
        (413, _) | (_, Some("BlobTooLarge")) => {
            ("A picture is too large for Bluesky. Choose a smaller one.", Next::GiveUp)
        }
        (400..=499, Some(_)) => (
            "Bluesky did not take this as it is written. Change the text or the pictures, then try again.",
            Next::GiveUp,
        ),
        _ => return later(format!("answered {}", name.unwrap_or_else(|| "without the protocol".into())), Some(status)),
    };
    Refusal {
        log: format!("refused: {}", name.unwrap_or_else(|| "no name".into())),
        person: person.to_owned(),
        status: Some(status),
        next,
    }
}

/// Busy or broken over there.
pub(super) fn later(log: String, status: Option<u16>) -> Refusal {
    let person = "The account's Bluesky server does not answer properly just now. Bedside tries again.".to_owned();
    Refusal { log, person, status, next: Next::TryLater }
}

/// Final: the same again would be refused again.
pub(super) fn never(log: &str, person: impl Into<String>) -> Refusal {
    Refusal { log: log.to_owned(), person: person.into(), status: None, next: Next::GiveUp }
}

/// Until when a rate limit holds: `ratelimit-reset` (seconds since 1970) or `Retry-After`.
fn held_until(reply: &Reply, now: Timestamp) -> Timestamp {
    let reset = reply
        .header("ratelimit-reset")
        .and_then(|seconds| seconds.trim().parse().ok())
        .and_then(|seconds| Timestamp::from_second(seconds).ok());
    let told = reply.retry_after(now).max(reset).filter(|until| *until > now);
    let until = told.unwrap_or_else(|| now.saturating_add(DEFAULT_HOLD).unwrap_or(now));
    until.min(now.saturating_add(LONGEST_HOLD).unwrap_or(until))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

    use super::*;

    fn reply(status: u16, headers: &[(&'static str, &str)], body: &str) -> Reply {
        let header = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
        };
        Reply {
            status: StatusCode::from_u16(status).unwrap(),
            headers: headers.iter().map(header).collect::<HeaderMap>(),
            body: body.to_owned().into(),
            url: String::new(),
        }
    }

    #[test]
    fn every_kind_of_no_says_what_may_follow() {
        let now: Timestamp = "2026-11-25T09:00:00Z".parse().unwrap();
        let next = |status, body| refusal(&reply(status, &[], body), now).next;
        assert_eq!(next(400, r#"{"error":"InvalidRequest","message":"x"}"#), Next::GiveUp);
        assert_eq!(next(400, r#"{"error":"ExpiredToken"}"#), Next::Reconnect);
        assert_eq!(next(401, r#"{"error":"AuthMissing"}"#), Next::Reconnect);
        assert_eq!(next(400, r#"{"error":"AccountTakedown"}"#), Next::Reconnect);
        assert_eq!(next(413, "too large"), Next::GiveUp);
        assert_eq!(next(500, r#"{"error":"InternalServerError"}"#), Next::TryLater);
        assert_eq!(next(404, "<html>"), Next::TryLater);
        assert_eq!(next(401, "<html>"), Next::TryLater, "a proxy's sign-in is not the account's");
        assert_eq!(next(503, ""), Next::TryLater);
    }

    #[test]
    fn a_rate_limit_says_until_when() {
        let now: Timestamp = "2026-11-25T09:00:00Z".parse().unwrap();
        let wait = |headers: &[(&'static str, &str)]| match refusal(&reply(429, headers, "{}"), now).next {
            Next::WaitUntil(until) => until.as_second() - now.as_second(),
            other => panic!("{other:?}"),
        };
        let reset = (now.as_second() + 700).to_string();
        assert_eq!(wait(&[("ratelimit-reset", &reset)]), 700);
        assert_eq!(wait(&[("retry-after", "90")]), 90);
        assert_eq!(wait(&[("ratelimit-reset", &reset), ("retry-after", "90")]), 700);
        assert_eq!(wait(&[]), 300);
        assert_eq!(wait(&[("ratelimit-reset", "1")]), 300, "a moment that has passed says nothing");
        assert_eq!(wait(&[("retry-after", "999999999")]), 86_400);
    }

    #[test]
    fn nothing_of_the_servers_own_words_reaches_the_log() {
        let now = Timestamp::UNIX_EPOCH;
        let told = refusal(&reply(400, &[], r#"{"error":"Nope at://did:plc:x","message":"cedar.test said"}"#), now);
        assert!(!told.log.contains("did:") && !told.log.contains("cedar"), "{}", told.log);
    }
}
