//! Connecting: server, handle and app password. Any server of the AT Protocol; the account's own server is taken from
//! its DID document when the answer carries one.

use bedside_platform::{
    Ground,
    door::{DoorError, Reply, Request},
};
use serde_json::json;
use url::Url;

use super::{
    ID, said,
    session::{Secret, method},
    wire::{Session, is_handle},
};
use crate::accounts::{Mistake, NewAccount, server::origin};

/// The server most practices are on.
pub const DEFAULT_SERVER: &str = "https://bsky.social";
/// Longest password that is sent, in bytes.
const LONGEST_PASSWORD: usize = 256;

/// The form as it was typed.
#[derive(Clone)]
pub struct Form {
    /// Server, empty for [`DEFAULT_SERVER`].
    pub server: String,
    /// Handle, with or without `@`.
    pub handle: String,
    /// App password.
    pub password: String,
}

/// Signs in and gives back the account to keep.
///
/// # Errors
/// A mistake at a field, with what to do.
pub async fn connect(ground: &Ground, form: &Form) -> Result<NewAccount, Mistake> {
    let typed = if form.server.trim().is_empty() { DEFAULT_SERVER } else { &form.server };
    let server = origin(&ground.door, typed)?;
    let handle = handle(&form.handle)?;
    let password = form.password.trim();
    if password.is_empty() || password.len() > LONGEST_PASSWORD {
        return Err(Mistake::new(
            "password",
            "Paste the app password here. It looks like abcd-efgh-ijkl-mnop.",
            "no password",
        ));
    }
    let ask = Request::post_json(
        method(&server, "com.atproto.server.createSession"),
        &json!({ "identifier": handle, "password": password }),
    );
    let reply = ground.door.send(ask).await.map_err(|error| unreachable(&error))?;
    let not_it = || not_the_protocol(&reply);
    if !reply.status.is_success() {
        return Err(refused(&reply));
    }
    let session: Session = reply.json().map_err(|_| not_it())?;
    if session.is_of_main_password() {
        end(ground, &server, &session).await;
        return Err(Mistake::new(
            "password",
            "This is the account's main password, and Bedside does not keep it. On Bluesky, open Settings, Privacy and \
             security, App passwords, make one for Bedside, and paste that.",
            "main password",
        ));
    }
    if session.active == Some(false) {
        let person = "This account is not active. Sign in on Bluesky to see why, then connect it again.";
        return Err(Mistake::new("handle", person, "account not active"));
    }
    let secret = Secret::new(&session, password).ok_or_else(not_it)?;
    // The door checks this address like any other; one that is not usable leaves the server that was typed.
    let server = session.pds().and_then(|pds| own_server(ground, pds)).unwrap_or(server);
    Ok(NewAccount {
        network: ID,
        server,
        display_name: session.handle.clone(),
        handle: session.handle,
        remote_id: session.did,
        secret: serde_json::to_value(&secret).ok(),
        token_ends_at: None,
        limits: None,
    })
}

fn own_server(ground: &Ground, pds: &str) -> Option<String> {
    Url::parse(pds).ok()?;
    origin(&ground.door, pds).ok()
}

/// The handle without what people type or paste around it.
fn handle(typed: &str) -> Result<String, Mistake> {
    // Copied handles carry invisible direction marks.
    let plain: String = typed
        .chars()
        .filter(|letter| !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    let plain = plain.trim();
    let plain = plain.strip_prefix("https://bsky.app/profile/").unwrap_or(plain);
    let handle = plain.trim_start_matches('@').trim_end_matches('/').to_ascii_lowercase();
    if is_handle(&handle) {
        return Ok(handle);
    }
    let person = if handle.contains('@') {
        "Type the handle, not the e-mail address. It looks like cedar-hollow.bsky.social."
    } else {
        "This is not a whole handle. It looks like cedar-hollow.bsky.social, with the part after the dot."
    };
    Err(Mistake::new("handle", person, "handle not readable"))
}

fn unreachable(error: &DoorError) -> Mistake {
    let person = match error {
        DoorError::Forbidden { .. } => {
            "This server is at a private address, and Bedside does not go there. Ask whoever runs Bedside to allow it by name."
        }
        DoorError::NotSent { .. } => {
            "There is no server at this address. Look at the spelling, or leave it empty for Bluesky's own."
        }
        DoorError::NoAnswer { .. } | DoorError::TooLarge => {
            "This server does not answer properly. Try again in a few minutes."
        }
    };
    Mistake::new("server", person, error.to_string())
}

fn refused(reply: &Reply) -> Mistake {
    let Some(name) = said::error_name(reply) else { return not_the_protocol(reply) };
    let (field, person) = match (reply.status.as_u16(), name.as_str()) {
        (_, "AuthFactorTokenRequired") => (
            "password",
            "The server asks for a code by e-mail, so this is the account's main password. Make an app password on \
             Bluesky (Settings, Privacy and security, App passwords) and paste that.",
        ),
        (_, "AccountTakedown" | "AccountSuspended") => {
            ("handle", "Bluesky has suspended this account. Sign in on Bluesky to see why.")
        }
        (429, _) => ("password", "The server asks to wait: too many sign-ins. Try again in five minutes."),
        (401, _) => (
            "password",
            "The server does not know this handle with this app password. Look at both; if the account lives on another \
             server, type that server's address.",
        ),
        (400..=499, "MethodNotImplemented" | "XRPCNotSupported") => return not_the_protocol(reply),
        (400..=499, _) => ("handle", "The server did not take this handle. Look at the spelling."),
        _ => ("server", "This server does not answer properly. Try again in a few minutes."),
    };
    Mistake::new(field, person, format!("createSession answered {} {name}", reply.status.as_u16()))
}

fn not_the_protocol(reply: &Reply) -> Mistake {
    Mistake::new(
        "server",
        "A server answers at this address, but it is not a Bluesky (AT Protocol) server. Look at the address, or leave it \
         empty for Bluesky's own.",
        format!("createSession answered {} without the protocol", reply.status.as_u16()),
    )
}

/// Ends a session that is not wanted. If the server does not hear it, the tokens are dropped here all the same.
async fn end(ground: &Ground, server: &str, session: &Session) {
    let end = Request::post(method(server, "com.atproto.server.deleteSession")).bearer(&session.refresh_jwt);
    if let Err(error) = ground.door.send(end).await {
        tracing::info!(%error, "a session of a main password was dropped without telling the server");
    }
}

#[cfg(test)]
mod tests {
    use super::handle;

    #[test]
    fn a_handle_is_read_as_people_paste_it() {
        for typed in [
            "cedar.bsky.social",
            " @Cedar.bsky.social",
            "\u{202a}cedar.bsky.social\u{202c}",
            "https://bsky.app/profile/cedar.bsky.social/",
        ] {
            assert_eq!(handle(typed).as_deref(), Ok("cedar.bsky.social"), "{typed:?}");
        }
        for typed in ["", "cedar", "front@cedar.example", "cedar .bsky.social"] {
            assert!(handle(typed).is_err(), "{typed}");
        }
    }
}
