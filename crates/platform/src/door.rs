//! The one way out for HTTP, with limits of time, size and redirects.
//!
//! Two clients stand behind it. The common one resolves names itself and connects to global unicast addresses
//! only ([`addresses`]). The other one is taken for hosts that the operator allowed by name, which may be on
//! this machine or in the house, and may speak plain HTTP. They share no connections.
//!
//! Errors say the one thing an exactly-once engine needs to know: whether anything can have arrived. A call is
//! never repeated in here, and the environment's proxy settings are not read.

pub mod addresses;
mod request;

use std::{
    error::Error,
    io,
    net::IpAddr,
    sync::{Arc, OnceLock},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use http::{HeaderMap, Method, StatusCode, header};
use reqwest::Client;
use url::{Host, Url};

use self::addresses::{GlobalOnly, OnlyPrivate, is_global};
pub use self::request::{Part, Reply, Request};

/// How long a connection may take, name and TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an idle connection is kept. Short, because a server that closes one just as we write to it leaves an
/// unknown outcome behind.
const IDLE_TIMEOUT: Duration = Duration::from_secs(10);
/// What we say we are.
const USER_AGENT: &str = concat!("Bedside/", env!("CARGO_PKG_VERSION"));

/// The door. Cheap to clone; one per process.
#[derive(Debug, Clone)]
pub struct Door(Arc<Inside>);

#[derive(Debug)]
struct Inside {
    /// Set in practice mode: nothing goes out, whoever asks.
    closed: bool,
    /// `name` or `name:port`, lower case.
    allowed_hosts: Vec<String>,
    /// Built at the first call that needs it: reading the system's certificates takes time that a start or a
    /// test without a network should not pay.
    common: OnceLock<Result<Client, String>>,
    allowed: OnceLock<Result<Client, String>>,
}

/// Why there is no reply.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DoorError {
    /// The door does not go there: a private address, or plain HTTP to a host that is not allowed by name; or it is
    /// closed. Nothing was sent there.
    #[error("the door does not go there")]
    Forbidden {
        /// The host that was asked for; for the person, not for the log.
        host: String,
    },
    /// Certainly nothing reached the server.
    #[error("not sent: {log}")]
    NotSent {
        /// For the log, without addresses.
        log: String,
    },
    /// It may have arrived; nobody knows.
    #[error("no answer: {log}")]
    NoAnswer {
        /// For the log, without addresses.
        log: String,
    },
    /// It arrived, but the answer is larger than was allowed and was not read.
    #[error("the answer is too large")]
    TooLarge,
}

impl DoorError {
    /// Whether certainly nothing reached the server.
    pub fn is_not_sent(&self) -> bool {
        matches!(self, Self::Forbidden { .. } | Self::NotSent { .. })
    }
}

impl Door {
    /// A door that also goes to `allowed_hosts` (`name` or `name:port`) on private addresses and over plain HTTP.
    pub fn new(allowed_hosts: Vec<String>) -> Self {
        Self(Arc::new(Inside {
            closed: false,
            allowed_hosts: allowed_hosts.iter().map(|host| host.trim().to_ascii_lowercase()).collect(),
            common: OnceLock::new(),
            allowed: OnceLock::new(),
        }))
    }

    /// A door that goes nowhere: practice mode. No name is even looked up.
    pub fn closed() -> Self {
        let (common, allowed) = (OnceLock::new(), OnceLock::new());
        Self(Arc::new(Inside { closed: true, allowed_hosts: Vec::new(), common, allowed }))
    }

    /// Whether the operator allowed the host of this address by name.
    pub fn allows(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let with_port = url.port_or_known_default().map(|port| format!("{host}:{port}"));
        self.0.allowed_hosts.iter().any(|allowed| allowed == host || Some(allowed) == with_port.as_ref())
    }

    /// Sends a request and takes in the whole answer, whatever its status.
    ///
    /// # Errors
    /// When there is no answer; the error says whether anything can have arrived.
    pub async fn send(&self, request: Request) -> Result<Reply, DoorError> {
        if let Some(flaw) = request.flaw {
            return Err(DoorError::NotSent { log: flaw.to_owned() });
        }
        match tokio::time::timeout(request.timeout, self.follow(&request)).await {
            Ok(result) => result,
            // The time may have run out while connecting; not knowing better, we say the less certain thing.
            Err(_) => Err(DoorError::NoAnswer { log: "time ran out".to_owned() }),
        }
    }

    async fn follow(&self, request: &Request) -> Result<Reply, DoorError> {
        let unreadable = |_| DoorError::NotSent { log: "not an address".to_owned() };
        let mut url = Url::parse(&request.url).map_err(unreadable)?;
        let mut headers = request.headers.clone();
        let safe = matches!(request.method, Method::GET | Method::HEAD);
        let mut left = if safe { request.redirects } else { 0 };
        loop {
            let reply = self.once(request, &url, headers.clone()).await?;
            let target = reply.header("location").filter(|_| left > 0 && is_redirect(reply.status));
            let Some(next) = target.and_then(|target| url.join(target).ok()) else { return Ok(reply) };
            if next.origin() != url.origin() {
                headers.remove(header::AUTHORIZATION);
                headers.remove(header::COOKIE);
            }
            url = next;
            left -= 1;
        }
    }

    /// One hop.
    async fn once(&self, request: &Request, url: &Url, headers: HeaderMap) -> Result<Reply, DoorError> {
        let client = self.client_for(url)?;
        let mut call = client.request(request.method.clone(), url.clone()).headers(headers);
        if !request.body.is_empty() || request.method == Method::POST {
            call = call.body(request.body.clone());
        }
        let response = call.send().await.map_err(|error| classify(error, url))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = take_in(response, request.most_bytes).await?;
        Ok(Reply { status, headers, body, url: url.to_string() })
    }

    fn client_for(&self, url: &Url) -> Result<Client, DoorError> {
        let allowed = self.allows(url);
        let reachable = match url.host() {
            Some(Host::Ipv4(v4)) => is_global(IpAddr::V4(v4)),
            Some(Host::Ipv6(v6)) => is_global(IpAddr::V6(v6)),
            Some(Host::Domain(_)) => true,
            None => false,
        };
        let scheme_fits = url.scheme() == "https" || (url.scheme() == "http" && allowed);
        if self.0.closed || !scheme_fits || !(allowed || reachable) {
            return Err(DoorError::Forbidden { host: url.host_str().unwrap_or_default().to_owned() });
        }
        let client = if allowed {
            self.0.allowed.get_or_init(|| build(false))
        } else {
            self.0.common.get_or_init(|| build(true))
        };
        client.clone().map_err(|log| DoorError::NotSent { log })
    }
}

#[allow(clippy::disallowed_methods, reason = "the one place that makes HTTP clients")]
fn build(global_only: bool) -> Result<Client, String> {
    let mut builder = Client::builder()
        .user_agent(USER_AGENT)
        .no_proxy()
        .referer(false)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(IDLE_TIMEOUT);
    if global_only {
        builder = builder.dns_resolver(GlobalOnly);
    }
    builder.build().map_err(|_| "the HTTP client could not be built: are there root certificates?".to_owned())
}

async fn take_in(response: reqwest::Response, most: usize) -> Result<Bytes, DoorError> {
    if response.content_length().is_some_and(|length| length > most as u64) {
        return Err(DoorError::TooLarge);
    }
    let mut body = BytesMut::new();
    let mut stream = response.bytes_stream();
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|error| DoorError::NoAnswer { log: reason(&error) })?;
        if body.len() + piece.len() > most {
            return Err(DoorError::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Sorts an error by what can have arrived. Only errors from before the first byte of the request (building it,
/// the name, the connection, TLS) are certain; hyper reports those as connect errors.
fn classify(error: reqwest::Error, url: &Url) -> DoorError {
    if causes(&error).any(|cause| cause.is::<OnlyPrivate>()) {
        return DoorError::Forbidden { host: url.host_str().unwrap_or_default().to_owned() };
    }
    let log = reason(&error);
    if error.is_connect() || error.is_builder() { DoorError::NotSent { log } } else { DoorError::NoAnswer { log } }
}

/// What happened, in words without names or addresses.
fn reason(error: &reqwest::Error) -> String {
    let stage = if error.is_connect() { "connecting" } else { "after connecting" };
    if error.is_timeout() {
        return format!("{stage}: time ran out");
    }
    match causes(error).find_map(|cause| cause.downcast_ref::<io::Error>()) {
        Some(cause) => format!("{stage}: {}", cause.kind()),
        None => format!("{stage}: the connection failed"),
    }
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&cause| cause.source())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use std::net::TcpListener;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// A listener and whether somebody connected to it. On loopback a connection is in the queue before the
    /// connecting side hears of it, so looking once afterwards is enough.
    fn sink() -> (TcpListener, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        (listener, port)
    }

    /// Answers each connection with the next of `answers`, after reading the head of the request; gives back
    /// the heads.
    async fn serve(listener: TcpListener, answers: Vec<String>) -> Vec<String> {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let mut heads = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            heads.push(String::from_utf8(head).unwrap());
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
        heads
    }

    fn answer(status: &str, headers: &str, body: &str) -> String {
        format!("HTTP/1.1 {status}\r\n{headers}connection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    }

    #[tokio::test]
    async fn a_denied_address_is_never_connected_to() {
        let (listener, port) = sink();
        let door = Door::new(vec!["elsewhere.example".into()]);
        for host in ["127.0.0.1", "2130706433", "0x7f.1", "0.0.0.0", "[::ffff:127.0.0.1]", "[::1]", "localhost"] {
            for scheme in ["http", "https"] {
                let error = door.send(Request::get(format!("{scheme}://{host}:{port}/"))).await.unwrap_err();
                assert!(matches!(error, DoorError::Forbidden { .. }), "{scheme}://{host}: {error:?}");
            }
        }
        let error = door.send(Request::get("ftp://elsewhere.example/")).await.unwrap_err();
        assert!(matches!(error, DoorError::Forbidden { .. }));
        assert_eq!(listener.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock, "somebody connected");
    }

    #[tokio::test]
    async fn a_closed_door_goes_nowhere() {
        let (listener, port) = sink();
        for url in
            [format!("http://127.0.0.1:{port}/"), "https://www.cdc.gov/".into(), "https://[2606:4700::1111]/".into()]
        {
            let error = Door::closed().send(Request::get(url)).await.unwrap_err();
            assert!(matches!(error, DoorError::Forbidden { .. }), "{error:?}");
        }
        assert_eq!(listener.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock, "somebody connected");
    }

    #[tokio::test]
    async fn an_allowed_host_is_reached_and_only_on_its_port() {
        let (listener, port) = sink();
        let door = Door::new(vec![format!("localhost:{port}")]);
        let served = tokio::spawn(serve(listener, vec![answer("200 OK", "", "{\"a\":1}")]));
        let reply =
            door.send(Request::get(format!("http://localhost:{port}/x")).query(&[("q", "a b&c")])).await.unwrap();
        assert_eq!(reply.json::<serde_json::Value>().unwrap()["a"], 1);
        let heads = served.await.unwrap();
        assert!(heads[0].starts_with("GET /x?q=a+b%26c HTTP/1.1"));
        assert!(heads[0].contains("user-agent: Bedside/"));
        let (other, other_port) = sink();
        let error = door.send(Request::get(format!("http://localhost:{other_port}/"))).await.unwrap_err();
        assert!(matches!(error, DoorError::Forbidden { .. }));
        assert_eq!(other.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock);
    }

    #[tokio::test]
    async fn redirects_are_checked_counted_and_never_followed_unasked() {
        let (listener, port) = sink();
        let (forbidden, forbidden_port) = sink();
        let door = Door::new(vec![format!("localhost:{port}")]);
        let home = format!("http://localhost:{port}/");
        let to = |target: &str| answer("302 Found", &format!("location: {target}\r\n"), "");
        let inward = format!("http://127.0.0.1:{forbidden_port}/");
        let mut answers = vec![to(&inward), to(&inward), to(&inward)];
        answers.extend([to("/1"), to("/2"), to("/3"), to("/4")]);
        let served = tokio::spawn(serve(listener, answers));
        assert_eq!(door.send(Request::get(&home)).await.unwrap().status, 302);
        assert_eq!(door.send(Request::post(&home).follow()).await.unwrap().status, 302);
        let error = door.send(Request::get(&home).follow().bearer("secret")).await.unwrap_err();
        assert!(matches!(error, DoorError::Forbidden { .. }));
        let reply = door.send(Request::get(&home).follow().bearer("secret")).await.unwrap();
        assert_eq!((reply.status.as_u16(), reply.url), (302, format!("{home}3")));
        served.await.unwrap();
        assert_eq!(forbidden.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock);
    }

    #[tokio::test]
    async fn errors_say_whether_anything_can_have_arrived() {
        let (listener, port) = sink();
        let door = Door::new(vec!["localhost".into(), "no-such-host.invalid".into()]);
        let silent = Request::post(format!("http://localhost:{port}/")).timeout(Duration::from_millis(200));
        let error = door.send(silent).await.unwrap_err();
        assert!(matches!(error, DoorError::NoAnswer { .. }), "accepted and never answered: {error:?}");
        drop(listener);
        for url in [format!("http://localhost:{port}/"), "http://no-such-host.invalid/".into(), "nonsense".into()] {
            let error = door.send(Request::post(&url)).await.unwrap_err();
            assert!(matches!(error, DoorError::NotSent { .. }), "{url}: {error:?}");
        }
        let flawed = Request::get(format!("http://localhost:{port}/")).bearer("two\nlines");
        assert!(matches!(door.send(flawed).await.unwrap_err(), DoorError::NotSent { .. }));
    }

    #[tokio::test]
    async fn a_connection_cut_in_the_middle_is_no_answer_and_a_long_body_is_too_large() {
        let (listener, port) = sink();
        let door = Door::new(vec!["localhost".into()]);
        let home = format!("http://localhost:{port}/");
        let declared = answer("200 OK", "", &"x".repeat(101));
        let streamed = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}", "x".repeat(101));
        let cut = "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhalf".to_owned();
        let served = tokio::spawn(serve(listener, vec![declared, streamed, cut, String::new()]));
        for _ in 0..2 {
            assert_eq!(door.send(Request::get(&home).most_bytes(100)).await.unwrap_err(), DoorError::TooLarge);
        }
        for _ in 0..2 {
            let error = door.send(Request::post(&home)).await.unwrap_err();
            assert!(matches!(error, DoorError::NoAnswer { .. }), "{error:?}");
        }
        served.await.unwrap();
    }
}
