//! Who is signed in: an opaque token in a cookie, its hash in the database.
//!
//! The token is 256 random bits; only its SHA-256 is stored, so a copy of the database opens no session. A
//! session ends thirty days after sign-in, or after twelve hours without use, or when it is revoked. [`store`]
//! has every query; [`recognise()`] brings the session to the handlers.

pub mod recognise;
pub mod store;

use bedside_platform::migrations::Migration;

pub(crate) use recognise::cookie_of;
pub use recognise::{recognise, safe_next};
pub use store::Sessions;

/// Name of the cookie.
pub const COOKIE: &str = "bedside";
/// A session ends this long after sign-in, in microseconds (30 days).
pub const LASTS_MICROS: i64 = 30 * 24 * HOUR_MICROS;
/// A session ends after this long without use, in microseconds (12 hours).
pub const IDLE_MICROS: i64 = 12 * HOUR_MICROS;
/// Use is noted at most this often, in microseconds (5 minutes): a page view is not worth a write.
pub(crate) const NOTE_USE_MICROS: i64 = HOUR_MICROS / 12;
const HOUR_MICROS: i64 = 3_600_000_000;
/// Where people sign in; `?next=` is the page they wanted.
pub const SIGN_IN: &str = "/sign-in";

/// The table of sessions.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "sessions/1-first",
    sql: "CREATE TABLE sessions (
    practice_id TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    member_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    agent TEXT NOT NULL,
    PRIMARY KEY (practice_id, token_hash)
);
CREATE INDEX sessions_of_member ON sessions (practice_id, member_id);
",
}];

/// The session of a request. As an extractor: whoever is not signed in is sent to the door and comes back.
#[derive(Clone)]
pub struct Session {
    /// The practice that every query begins with.
    pub practice_id: String,
    /// Who is signed in.
    pub member_id: String,
    /// The value of the hidden field of forms.
    pub csrf: String,
    /// When the member signed in, in microseconds UTC.
    pub created_at: i64,
    /// SHA-256 of the token: the session's name in the database.
    pub token_hash: String,
}

/// A session in the list "where you are signed in".
#[derive(Debug, Clone)]
pub struct OpenSession {
    /// Names the session, for [`Sessions::revoke`].
    pub token_hash: String,
    /// Sign-in, microseconds UTC.
    pub created_at: i64,
    /// Last use, microseconds UTC, exact to five minutes.
    pub seen_at: i64,
    /// Family of the browser: "Firefox".
    pub agent: String,
}
