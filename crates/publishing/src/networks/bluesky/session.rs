//! Calls in the account's name. The access token lives for minutes to hours, the refresh token for weeks and is good
//! for one use; both are renewed here, one worker at a time, and stored before they are used.
//!
//! The app password is kept too, sealed: it can do no more than the refresh token, a practice can take it back at
//! any time, and it brings a new session by itself when a refresh token was lost with a crash or ran out.

use bedside_platform::door::{Reply, Request};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    said::{self, Trouble},
    wire::{Session, is_did, is_handle},
};
use crate::{
    accounts::{Connection, connection::refused},
    networks::{Next, Refusal},
};

/// How long a renewal call may take. Two of them fit into the renewal's lease.
const RENEWAL_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(20);
/// Longest token that is stored, in bytes.
const LONGEST_TOKEN: usize = 8_000;

/// For the person whose sign-in the server takes no more.
pub(super) const SIGN_IN_ENDED: &str = "Bluesky does not take this sign-in any more; the app password may have been taken back. Connect the account again \
     with a new app password.";

/// What is sealed for an account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Secret {
    access: String,
    refresh: String,
    app_password: String,
}

impl Secret {
    /// From a session. `None` when a token is missing or absurdly long: an empty token must never take the place of
    /// a good one.
    pub(super) fn new(session: &Session, app_password: &str) -> Option<Self> {
        let fits = |token: &str| !token.is_empty() && token.len() <= LONGEST_TOKEN && token.is_ascii();
        let sound = fits(&session.access_jwt) && fits(&session.refresh_jwt);
        (sound && is_did(&session.did) && is_handle(&session.handle)).then(|| Self {
            access: session.access_jwt.clone(),
            refresh: session.refresh_jwt.clone(),
            app_password: app_password.to_owned(),
        })
    }
}

/// The address of a method on a server.
pub(super) fn method(server: &str, nsid: &str) -> String {
    format!("{server}/xrpc/{nsid}")
}

/// Sends a request in the account's name and gives back whatever the server answered. A token that ran out is renewed
/// and the request sent once more: a server that refuses a token has not looked at the rest.
///
/// # Errors
/// When there is no answer, or the sign-in has ended.
pub(super) async fn send(with: &Connection, request: Request) -> Result<Reply, Trouble> {
    let secret: Secret = with.secret().map_err(|error| Trouble::Refused(refused(error)))?;
    let reply = with.ground.door.send(request.clone().bearer(&secret.access)).await?;
    if !wants_renewal(&reply) {
        return Ok(reply);
    }
    let renewed = with.renew(&secret, |newest| renew(with, newest)).await.map_err(Trouble::Refused)?;
    Ok(with.ground.door.send(request.bearer(&renewed.access)).await?)
}

/// Whether the server itself, not a proxy in front of it, refuses the token.
fn wants_renewal(reply: &Reply) -> bool {
    matches!(
        (reply.status.as_u16(), said::error_name(reply).as_deref()),
        (401, Some(_)) | (400, Some("ExpiredToken" | "InvalidToken"))
    )
}

async fn renew(with: &Connection, old: Secret) -> Result<Secret, Refusal> {
    let refresh = Request::post(method(&with.server, "com.atproto.server.refreshSession"))
        .bearer(&old.refresh)
        .timeout(RENEWAL_TIMEOUT);
    let reply = with.ground.door.send(refresh).await.map_err(|error| Trouble::from(error).harmless())?;
    if reply.status.is_success() {
        return session_of(with, &reply, &old.app_password);
    }
    if !wants_renewal(&reply) {
        return Err(said::refusal(&reply, with.ground.clock.now()));
    }
    let create = Request::post_json(
        method(&with.server, "com.atproto.server.createSession"),
        &json!({ "identifier": with.remote_id, "password": old.app_password }),
    );
    let sent = with.ground.door.send(create.timeout(RENEWAL_TIMEOUT)).await;
    let reply = sent.map_err(|error| Trouble::from(error).harmless())?;
    if reply.status.is_success() {
        return session_of(with, &reply, &old.app_password);
    }
    Err(said::refusal(&reply, with.ground.clock.now()))
}

fn session_of(with: &Connection, reply: &Reply, app_password: &str) -> Result<Secret, Refusal> {
    let status = Some(reply.status.as_u16());
    let session: Session =
        reply.json().map_err(|_| said::later("a session that is not readable".to_owned(), status))?;
    if session.did != with.remote_id {
        return Err(Refusal {
            log: "the session is another account's".to_owned(),
            person: "Bluesky answered for another account. Connect this account again.".to_owned(),
            status,
            next: Next::Reconnect,
        });
    }
    Secret::new(&session, app_password).ok_or_else(|| said::later("a session without tokens".to_owned(), status))
}
