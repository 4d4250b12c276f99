//! A server with prepared answers, one for each connection, that remembers what it was asked.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What it does with a request, after reading it whole.
#[derive(Clone)]
pub(crate) enum Answer {
    /// Answers with status, headers (each ending in a line break) and body.
    Say(u16, &'static str, String),
    /// Closes the connection without a word.
    HangUp,
}

/// JSON with a status.
pub(crate) fn json(status: u16, body: serde_json::Value) -> Answer {
    Answer::Say(status, "content-type: application/json\r\n", body.to_string())
}

/// A page for people.
pub(crate) fn page(status: u16) -> Answer {
    Answer::Say(status, "content-type: text/html\r\n", "<!doctype html><title>Welcome</title>".into())
}

/// Starts it; gives its origin and, in the end, the requests as text.
pub(crate) async fn server(answers: Vec<Answer>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let served = tokio::spawn(async move {
        let mut asked = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            asked.push(request(&mut stream).await);
            if let Answer::Say(status, headers, body) = answer {
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {status} X\r\n{headers}connection: close\r\ncontent-length: {length}\r\n\r\n");
                stream.write_all((head + &body).as_bytes()).await.unwrap();
            }
        }
        asked
    });
    (origin, served)
}

async fn request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        bytes.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(bytes.clone()).unwrap().to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    bytes.extend(body);
    String::from_utf8_lossy(&bytes).into_owned()
}
