//! A proxy in front of a real server: it passes everything on, but for the requests that are planned to fail.

use std::sync::{Arc, Mutex};

use bedside_platform::clock::{Clock, SystemClock};
use jiff::SignedDuration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What happens to a request.
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    /// It is answered by the proxy: status, headers (each ending in a line break), body.
    Say(u16, String, String),
    /// The server does it, and the connection breaks before the answer.
    LoseAnswer,
    /// The connection breaks before the server hears of it.
    LoseRequest,
    /// The server does it, and the answer waits this long.
    Late(SignedDuration),
}

/// JSON from the proxy.
pub(crate) fn json(status: u16, headers: &str, body: serde_json::Value) -> Deed {
    Deed::Say(status, format!("content-type: application/json\r\n{headers}"), body.to_string())
}

/// A page for people.
pub(crate) fn page(status: u16) -> Deed {
    let body = "<!doctype html><title>Welcome</title><p>Accepted.</p>";
    Deed::Say(status, "content-type: text/html\r\n".into(), body.into())
}

#[derive(Default)]
struct Plans {
    once: Vec<(&'static str, Deed)>,
    always: Vec<(&'static str, Deed)>,
}

/// The proxy.
#[derive(Clone)]
pub(crate) struct Proxy {
    /// Where it listens.
    pub(crate) origin: String,
    plans: Arc<Mutex<Plans>>,
}

impl Proxy {
    /// In front of `upstream`, an origin on this machine.
    pub(crate) async fn before(upstream: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let proxy = Self { origin, plans: Arc::default() };
        let (serving, upstream) = (proxy.clone(), upstream.trim_start_matches("http://").to_owned());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (serving, upstream) = (serving.clone(), upstream.clone());
                tokio::spawn(async move { serving.serve(client, &upstream).await });
            }
        });
        proxy
    }

    /// The next request whose first line begins so meets this.
    pub(crate) fn next(&self, start: &'static str, deed: Deed) {
        self.plans.lock().unwrap().once.push((start, deed));
    }

    /// Every request whose first line begins so meets this from now on.
    pub(crate) fn always(&self, start: &'static str, deed: Deed) {
        let mut plans = self.plans.lock().unwrap();
        plans.always.retain(|(known, _)| *known != start);
        plans.always.push((start, deed));
    }

    fn planned(&self, request: &[u8]) -> Option<Deed> {
        let mut plans = self.plans.lock().unwrap();
        if let Some(at) = plans.once.iter().position(|(start, _)| request.starts_with(start.as_bytes())) {
            return Some(plans.once.remove(at).1);
        }
        plans.always.iter().find(|(start, _)| request.starts_with(start.as_bytes())).map(|(_, deed)| deed.clone())
    }

    /// One request a connection. Whoever breaks off ends this quietly, as a proxy does.
    async fn serve(&self, mut client: TcpStream, upstream: &str) -> Option<()> {
        let request = request(&mut client).await?;
        let answer = match self.planned(&request) {
            Some(Deed::Say(status, headers, body)) => {
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {status} X\r\n{headers}connection: close\r\ncontent-length: {length}\r\n\r\n");
                (head + &body).into_bytes()
            }
            Some(Deed::LoseRequest) => return None,
            Some(Deed::LoseAnswer) => {
                forward(upstream, &request).await?;
                return None;
            }
            Some(Deed::Late(by)) => {
                let answer = forward(upstream, &request).await?;
                SystemClock.wait_until(SystemClock.now() + by).await;
                answer
            }
            None => forward(upstream, &request).await?,
        };
        client.write_all(&answer).await.ok()?;
        client.shutdown().await.ok()
    }
}

/// Passes a request on and gives the whole answer.
async fn forward(upstream: &str, request: &[u8]) -> Option<Vec<u8>> {
    let mut server = TcpStream::connect(upstream.replace("localhost", "127.0.0.1")).await.ok()?;
    server.write_all(request).await.ok()?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).await.ok()?;
    Some(answer)
}

/// A whole request, which asks the server to close the connection after its answer.
async fn request(client: &mut TcpStream) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(client.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?;
    let header =
        |line: &str, name: &str| line.to_ascii_lowercase().strip_prefix(name).map(|value| value.trim().to_owned());
    let length = head.lines().find_map(|line| header(line, "content-length:")?.parse().ok()).unwrap_or(0);
    let kept = head.trim_end().lines().filter(|line| header(line, "connection:").is_none());
    let mut whole = kept.collect::<Vec<_>>().join("\r\n").into_bytes();
    whole.extend(b"\r\nconnection: close\r\n\r\n");
    let mut body = vec![0; length];
    client.read_exact(&mut body).await.ok()?;
    whole.extend(body);
    Some(whole)
}
