//! One sentence about what the last action did, carried over the redirect after it.
//!
//! It travels in a cookie of its own that lives for a minute and is taken away when it was shown. The layout
//! writes it with `role="status"`, so that it is heard as well as seen.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::sessions::{Sessions, cookie_of};

/// Seconds that an unread message waits.
const LIVES_SECONDS: u32 = 60;
const COOKIE: &str = "bedside_flash";

/// The message and how it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    /// One sentence, as said to the person.
    pub words: String,
    /// Whether something needs a look. Done is drawn green, this one amber.
    pub look: bool,
}

impl Flash {
    /// It worked: "Three posts were approved."
    pub fn done(words: impl Into<String>) -> Self {
        Self { words: words.into(), look: false }
    }

    /// It did not, or not all: "Bluesky did not answer. We try again at 9:40."
    pub fn look(words: impl Into<String>) -> Self {
        Self { words: words.into(), look: true }
    }

    fn to_cookie(&self) -> String {
        let kind = if self.look { 'l' } else { 'd' };
        let words: String = url::form_urlencoded::byte_serialize(self.words.as_bytes()).collect();
        format!("{kind}{words}")
    }

    fn from_cookie(value: &str) -> Option<Self> {
        let look = match value.chars().next()? {
            'd' => false,
            'l' => true,
            _ => return None,
        };
        let (words, _) = url::form_urlencoded::parse(&value.as_bytes()[1..]).next()?;
        Some(Self { words: words.into_owned(), look })
    }
}

/// Middleware: hands the message of the last action to the page, and keeps the message of this one.
pub async fn carry(State(sessions): State<Sessions>, mut request: Request, next: Next) -> Response {
    let waiting = cookie_of(request.headers(), COOKIE).and_then(|value| Flash::from_cookie(&value));
    let had_one = waiting.is_some();
    if let Some(flash) = waiting {
        request.extensions_mut().insert(flash);
    }
    let mut response = next.run(request).await;
    let new = response.extensions_mut().remove::<Flash>();
    let secure = if sessions.is_secure() { "; Secure" } else { "" };
    let cookie = match new {
        Some(flash) => {
            format!("{COOKIE}={}; Path=/; Max-Age={LIVES_SECONDS}; HttpOnly; SameSite=Lax{secure}", flash.to_cookie())
        }
        // A redirect shows nothing: the message waits for the page behind it.
        None if had_one && !response.status().is_redirection() => {
            format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}")
        }
        None => return response,
    };
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_the_cookie() {
        for flash in [Flash::done("Done; “40 % less salt” = 3 posts & más"), Flash::look("Look")] {
            assert_eq!(Flash::from_cookie(&flash.to_cookie()), Some(flash));
        }
        assert_eq!(Flash::from_cookie(""), None);
        assert_eq!(Flash::from_cookie("x1"), None);
    }
}
