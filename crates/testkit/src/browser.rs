//! A browser without a screen: it keeps the cookie, follows redirects, and sends forms with the hidden field of
//! the page it last saw. It goes in through the front door, the router.

use axum::{
    Router,
    body::{Body, to_bytes},
};
use bedside_practice::Member;
use http::{HeaderMap, Method, Request, StatusCode, header};
use tower::ServiceExt;

use crate::characters::PASSWORD;

/// Largest page a test reads, in bytes.
const LARGEST: usize = 8 * 1024 * 1024;
/// Redirects followed before giving up.
const HOPS: usize = 5;

/// One person's browser.
#[derive(Clone)]
pub struct Browser {
    app: Router,
    cookies: Vec<(String, String)>,
    csrf: String,
}

/// What came back.
#[derive(Debug)]
pub struct Page {
    /// Status of the last answer.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body as text.
    pub body: String,
    /// Its body as bytes.
    pub bytes: axum::body::Bytes,
    /// The path that answered, after redirects.
    pub path: String,
}

impl Page {
    /// Fails with the page when `words` are not on it.
    #[track_caller]
    pub fn shows(&self, words: &str) -> &Self {
        assert!(self.body.contains(words), "{:?} is not on {} ({}):\n{}", words, self.path, self.status, self.body);
        self
    }

    /// Fails with the page when `words` are on it.
    #[track_caller]
    pub fn hides(&self, words: &str) -> &Self {
        assert!(!self.body.contains(words), "{:?} is on {}:\n{}", words, self.path, self.body);
        self
    }

    /// Fails when the page is not well.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert!(self.status.is_success(), "{} answered {}:\n{}", self.path, self.status, self.body);
        self
    }

    /// The first address on the page that begins with `start`.
    #[track_caller]
    pub fn link(&self, start: &str) -> String {
        let mark = format!("=\"{start}");
        let from =
            self.body.find(&mark).unwrap_or_else(|| panic!("no address {start} on {}:\n{}", self.path, self.body)) + 2;
        self.body[from..].split('"').next().unwrap_or_default().replace("&amp;", "&").replace("&#38;", "&")
    }

    /// The value with which the page filled in the first field of this name.
    #[track_caller]
    pub fn field(&self, name: &str) -> String {
        let at =
            self.body.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no field {name} on {}", self.path));
        let open = self.body[..at].rfind('<').expect("a field begins somewhere");
        let tag = self.body[open..].split('>').next().unwrap_or_default();
        tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    }
}

impl Browser {
    /// A new browser at the front door.
    pub fn new(app: Router) -> Self {
        Self { app, cookies: Vec::new(), csrf: String::new() }
    }

    /// A browser in which `member` is signed in.
    pub async fn signed_in(app: Router, member: &Member) -> Self {
        let mut browser = Self::new(app);
        let email = member.email.clone().unwrap_or_default();
        let page = browser.post("/sign-in", &[("email", email.as_str()), ("password", PASSWORD)]).await;
        assert!(page.status.is_success(), "{} could not sign in: {}", member.name, page.body);
        browser
    }

    /// Opens an address.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, None).await
    }

    /// Sends a form, with the hidden field of the last page that had one.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("csrf", &self.csrf).extend_pairs(fields);
        let form = ("application/x-www-form-urlencoded".to_owned(), body.finish().into_bytes());
        self.send(Method::POST, path, Some(form)).await
    }

    /// Sends a form with a file in it.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> Page {
        const BOUNDARY: &str = "----bedside-test";
        let mut body = Vec::new();
        for (name, value) in [("csrf", self.csrf.clone().as_str())].iter().chain(fields) {
            body.extend(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .into_bytes(),
            );
        }
        let (field, file_name, bytes) = file;
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file_name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend_from_slice(bytes);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        self.send(Method::POST, path, Some((format!("multipart/form-data; boundary={BOUNDARY}"), body))).await
    }

    /// The value of the hidden field of the last page.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    async fn send(&mut self, method: Method, path: &str, form: Option<(String, Vec<u8>)>) -> Page {
        let mut page = self.once(method, path, form).await;
        for _ in 0..HOPS {
            if !page.status.is_redirection() {
                break;
            }
            let to = page.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
            page = self.once(Method::GET, &to, None).await;
        }
        page
    }

    async fn once(&mut self, method: Method, path: &str, form: Option<(String, Vec<u8>)>) -> Page {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "cedarhollow.example")
            .header("sec-fetch-site", "same-origin");
        if !self.cookies.is_empty() {
            let cookies =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
            request = request.header(header::COOKIE, cookies);
        }
        let body = match form {
            Some((kind, bytes)) => {
                request = request.header(header::CONTENT_TYPE, kind);
                Body::from(bytes)
            }
            None => Body::empty(),
        };
        let request = request.body(body).unwrap_or_else(|error| panic!("{path} is no address: {error}"));
        let response = self.app.clone().oneshot(request).await.expect("the router answers");
        self.keep_cookies(response.headers());
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), LARGEST).await.expect("a whole body");
        let body = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((_, rest)) = body.split_once("name=\"csrf\" value=\"") {
            self.csrf = rest.split('"').next().unwrap_or_default().to_owned();
        }
        Page { status, headers, body, bytes, path: path.to_owned() }
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else { continue };
            self.cookies.retain(|(kept, _)| kept != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}
