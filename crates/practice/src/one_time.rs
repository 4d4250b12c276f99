//! What all one-time links share: they cannot be guessed, and a network that tries many that open nothing waits.

use axum::http::StatusCode;
use bedside_platform::{Ground, database::DatabaseError};
use bedside_web::{Answer, Failure};

use crate::throttle::{self, Network};

/// What lies behind a one-time link, or the page that says what to do when nothing does.
///
/// # Errors
/// `gone` when nothing was found, and a page that asks to wait after many of those.
pub(crate) async fn behind<T>(
    ground: &Ground,
    network: &Network,
    found: impl Future<Output = Result<Option<T>, DatabaseError>>,
    gone: fn() -> Failure,
) -> Answer<T> {
    let (database, now) = (&ground.database, ground.now());
    // Counted apart from wrong passwords: who clicks an old link too often can still sign in.
    let subject = network.0.as_ref().map(|network| format!("link {network}"));
    if let Some(subject) = &subject
        && let Some(until) = throttle::closed_until(database, subject, now).await?
    {
        let wait = throttle::wait_words(until, now);
        let person = format!("Too many links that open nothing were tried. Wait {wait} and open yours again.");
        return Err(Failure::new(StatusCode::TOO_MANY_REQUESTS, "too many one-time links that open nothing", person));
    }
    if let Some(found) = found.await? {
        return Ok(found);
    }
    if let Some(subject) = &subject {
        throttle::failed(database, subject, throttle::FREE_FOR_NETWORK, now).await?;
    }
    Err(gone())
}
