//! Connecting an account on any server: Bedside registers itself there, sends the person to the server to agree,
//! and takes the code they come back with (OAuth 2 authorization code, RFC 6749; PKCE, RFC 7636).
//!
//! [`begin`] and [`finish`] store nothing. In between, the caller keeps [`ConnectingSecret`] with
//! [`connecting`](crate::accounts::connecting), whose id is the `state` that travels through the browser: random,
//! good once, for the member who began, within the hour; a link that was planted by somebody else connects
//! nothing. PKCE is always sent: servers that do not know it ignore it, as RFC 6749 section 3.1 asks of them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bedside_platform::{
    Ground,
    door::{Reply, Request},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use url::Url;

use super::{
    ID, address,
    call::{Secret, alone, no_reply, not_json, refusal},
    limits,
    plain::cut,
    wire::{Account, Application, Instance, NewApplication, Token, TokenRequest},
};
use crate::{
    accounts::{Mistake, NewAccount},
    networks::{Limits, Next, Refusal},
};

/// All that is asked for: no direct reading of followers, lists, filters or settings, no writing but statuses
/// and pictures (<https://docs.joinmastodon.org/api/oauth-scopes/>).
pub const SCOPES: &str = "read:accounts read:statuses read:notifications write:statuses write:media";

/// Where the server sends the person back to, below the public address of this installation.
pub const RETURN_PATH: &str = "/accounts/connect/mastodon/return";

/// What must be remembered, sealed, until the person is back. `Debug` is left out: it holds secrets.
#[derive(Clone, Serialize, Deserialize)]
pub struct ConnectingSecret {
    /// Origin of the server, no slash at the end.
    pub server: String,
    verifier: String,
    redirect_uri: String,
    client_id: String,
    client_secret: String,
    limits: Limits,
}

impl ConnectingSecret {
    /// Where the person's browser goes next. `state` comes back in the query of [`RETURN_PATH`].
    pub fn authorize_url(&self, state: &str) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()));
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.client_id)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("scope", SCOPES)
            .append_pair("state", state)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256")
            .finish();
        format!("{}/oauth/authorize?{query}", self.server)
    }
}

/// The query with which the browser comes back.
#[derive(Default, Deserialize)]
pub struct Returned {
    /// The code, when the person agreed.
    pub code: Option<String>,
    /// What [`ConnectingSecret::authorize_url`] was given.
    pub state: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

/// Finds the server that a person typed and registers Bedside there.
///
/// # Errors
/// With a sentence for the field `server`: no server at that address, a web page instead of one, no answer.
pub async fn begin(ground: &Ground, typed: &str) -> Result<ConnectingSecret, Mistake> {
    let typed_server = address::origin(&ground.door, typed)?;
    let (server, instance) = find_server(ground, typed, typed_server).await.map_err(at_server)?;
    let redirect_uri = ground.settings.address(RETURN_PATH);
    let application = register(ground, &server, &redirect_uri).await.map_err(at_server)?;
    let mut random = [0; 32];
    ground.chance.fill(&mut random);
    Ok(ConnectingSecret {
        limits: limits::said_by(&instance),
        client_id: application.client_id,
        client_secret: application.client_secret,
        verifier: URL_SAFE_NO_PAD.encode(random),
        server,
        redirect_uri,
    })
}

/// Exchanges the code that the person brought back, and asks the server who they are there.
/// `secret` is what [`connecting::take`](crate::accounts::connecting::take) gave for the returned state and the
/// member who is signed in; where it gave nothing, see [`not_begun_here`].
///
/// # Errors
/// With a sentence for the field `server`: they said no, the code is stale, the server does not answer.
pub async fn finish(ground: &Ground, secret: &ConnectingSecret, returned: &Returned) -> Result<NewAccount, Mistake> {
    let code = match (&returned.code, returned.error.as_deref()) {
        (Some(code), None) => code,
        (_, Some("access_denied")) => {
            return Err(begin_again("consent was denied", "You said no over there, so nothing was connected."));
        }
        _ => {
            return Err(begin_again(
                "the server sent no code",
                "The server sent you back without a permission, so nothing was connected.",
            ));
        }
    };
    let token = exchange(ground, secret, code).await?;
    let request =
        Request::get(format!("{}/api/v1/accounts/verify_credentials", secret.server)).bearer(&token.access_token);
    let account: Account = ask(ground, request).await.map_err(at_server)?;
    let ends_at = token.expires_in.map(|seconds| ends_at(ground.clock.now(), seconds));
    let kept = Secret {
        access_token: token.access_token,
        client_id: secret.client_id.clone(),
        client_secret: secret.client_secret.clone(),
    };
    Ok(NewAccount {
        network: ID,
        handle: cut(&address::handle(&account.acct, &secret.server), 320),
        display_name: cut(if account.display_name.is_empty() { &account.username } else { &account.display_name }, 200),
        remote_id: account.id,
        secret: serde_json::to_value(kept).ok(),
        token_ends_at: ends_at,
        limits: Some(secret.limits),
        server: secret.server.clone(),
    })
}

/// What a person hears whose return belongs to no connection of theirs: the state is unknown, used, or another
/// member's.
pub fn not_begun_here() -> Mistake {
    begin_again(
        "the state belongs to no connection of this member",
        "This answer does not belong to a connection that you began here within the last hour.",
    )
}

/// The server behind what was typed. Handles often live on another name than their server: `@me@example.org` may
/// be kept by `social.example.org`; WebFinger (RFC 7033) says by which.
async fn find_server(ground: &Ground, typed: &str, typed_server: String) -> Result<(String, Instance), Refusal> {
    match read_instance(ground, &typed_server).await {
        Ok(found) => Ok(found),
        Err(first) => match behind_handle(ground, typed, &typed_server).await {
            Some(server) if server != typed_server => read_instance(ground, &server).await,
            _ => Err(first),
        },
    }
}

/// What a server says of itself, and the origin that said so after redirects. The second version of this
/// description came with Mastodon 4.0; snac and others have the first one only.
pub(super) async fn read_instance(ground: &Ground, server: &str) -> Result<(String, Instance), Refusal> {
    let get = |path: &str| ground.door.send(alone(Request::get(format!("{server}{path}")).follow()));
    let mut reply = get("/api/v2/instance").await.map_err(|error| no_reply(&error))?;
    if !describes_a_server(&reply) {
        reply = get("/api/v1/instance").await.map_err(|error| no_reply(&error))?;
    }
    if !describes_a_server(&reply) {
        return Err(no_instance(&reply));
    }
    let origin = Url::parse(&reply.url).map_or_else(|_| server.to_owned(), |url| url.origin().ascii_serialization());
    Ok((origin, reply.json().map_err(|_| not_json(&reply))?))
}

fn describes_a_server(reply: &Reply) -> bool {
    reply.status.is_success() && reply.json::<Instance>().is_ok_and(|instance| !instance.version.is_empty())
}

fn no_instance(reply: &Reply) -> Refusal {
    if reply.status.is_server_error() {
        return refusal(reply, Timestamp::UNIX_EPOCH);
    }
    Refusal {
        log: "no description of a server at that address".into(),
        person:
            "There is something at this address, but no server that speaks the Mastodon language. Check the address: \
                 it is the part of your handle after the second @."
                .into(),
        status: Some(reply.status.as_u16()),
        next: Next::GiveUp,
    }
}

#[derive(Deserialize)]
struct WebFinger {
    links: Vec<WebFingerLink>,
}

#[derive(Deserialize)]
struct WebFingerLink {
    #[serde(default)]
    rel: String,
    #[serde(default)]
    href: String,
}

async fn behind_handle(ground: &Ground, typed: &str, typed_server: &str) -> Option<String> {
    let (name, host) = typed.trim().trim_start_matches('@').split_once('@')?;
    let resource = format!("acct:{name}@{host}");
    let request =
        Request::get(format!("{typed_server}/.well-known/webfinger")).query(&[("resource", &resource)]).follow();
    let finger: WebFinger = ground.door.send(alone(request)).await.ok()?.json().ok()?;
    let actor = finger.links.into_iter().find(|link| link.rel == "self")?;
    address::origin(&ground.door, &actor.href).ok()
}

async fn register(ground: &Ground, server: &str, redirect_uri: &str) -> Result<Application, Refusal> {
    let website = ground.settings.address("");
    let application =
        NewApplication { client_name: "Bedside", redirect_uris: redirect_uri, scopes: SCOPES, website: &website };
    ask(ground, Request::post_json(format!("{server}/api/v1/apps"), &application)).await
}

async fn exchange(ground: &Ground, secret: &ConnectingSecret, code: &str) -> Result<Token, Mistake> {
    let asked = TokenRequest {
        grant_type: "authorization_code",
        code,
        client_id: &secret.client_id,
        client_secret: &secret.client_secret,
        redirect_uri: &secret.redirect_uri,
        code_verifier: &secret.verifier,
    };
    let asking = ask(ground, Request::post_json(format!("{}/oauth/token", secret.server), &asked)).await;
    asking.map_err(|refusal| match refusal.status {
        Some(400 | 401 | 403 | 422) => begin_again(
            "the server did not take the code",
            "The server does not accept this permission any more: it was used already, or too much time has passed.",
        ),
        _ => at_server(refusal),
    })
}

async fn ask<T: DeserializeOwned>(ground: &Ground, request: Request) -> Result<T, Refusal> {
    let reply = ground.door.send(alone(request)).await.map_err(|error| no_reply(&error))?;
    if !reply.status.is_success() {
        return Err(refusal(&reply, ground.clock.now()));
    }
    reply.json().map_err(|_| not_json(&reply))
}

fn ends_at(now: Timestamp, seconds: u32) -> i64 {
    (now + SignedDuration::from_secs(seconds.into())).as_microsecond()
}

fn at_server(refusal: Refusal) -> Mistake {
    Mistake::new("server", refusal.person, refusal.log)
}

fn begin_again(log: &str, person: &str) -> Mistake {
    Mistake::new("server", format!("{person} Begin again with the server's address."), log)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_browser_is_sent_with_state_and_challenge() {
        let secret = ConnectingSecret {
            server: "https://mastodon.example".into(),
            // RFC 7636, appendix B.
            verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".into(),
            redirect_uri: "https://bedside.example/accounts/connect/mastodon/return".into(),
            client_id: "id&1".into(),
            client_secret: "s".into(),
            limits: limits::USUAL,
        };
        let url = Url::parse(&secret.authorize_url("abc")).unwrap();
        let field = |name: &str| url.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
        assert_eq!(url.path(), "/oauth/authorize");
        assert_eq!(field("code_challenge"), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert_eq!((field("state").as_str(), field("client_id").as_str()), ("abc", "id&1"));
        assert_eq!(field("scope"), SCOPES);
    }
}
