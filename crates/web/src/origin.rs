//! Refuses changes that another site asks for: the second line after the hidden field of [`crate::csrf`], and
//! the only one for forms without a session (sign-in, set-up, a patient's check-in).
//!
//! Browsers say where a request comes from in `Sec-Fetch-Site` and `Origin`. Programs that are not browsers (other
//! servers of the fediverse) send neither and carry no cookies, so there is nothing to protect them from.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::answer::Failure;

/// Middleware: only our own pages may send forms to us.
pub async fn own_pages_only(request: Request, next: Next) -> Response {
    if changes_something(request.method()) && !comes_from_us(request.headers()) {
        return Failure::new(
            StatusCode::FORBIDDEN,
            "a form from another site",
            "This form was sent from another site, so nothing was done. Please open the page here and send it again.",
        )
        .with_way("To the first page", "/")
        .into_response();
    }
    next.run(request).await
}

fn changes_something(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE)
}

fn comes_from_us(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    if let Some(site) = text("sec-fetch-site") {
        // "none" is a person's own doing, for example a reload of the page behind a form.
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN.as_str()) else {
        return true;
    };
    let Some(host) = text(header::HOST.as_str()) else {
        return false;
    };
    // Browsers without Sec-Fetch-Site, and all browsers over plain HTTP in a practice's own network. The scheme
    // is not compared: a proxy in front may have ended TLS.
    origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(name, value)| {
            (axum::http::HeaderName::from_static(name), axum::http::HeaderValue::from_static(value))
        });
        comes_from_us(&headers.collect())
    }

    #[test]
    fn only_our_own_pages() {
        assert!(judge(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(judge(&[("sec-fetch-site", "none")]));
        assert!(!judge(&[("sec-fetch-site", "cross-site")]));
        assert!(!judge(&[("sec-fetch-site", "same-site")]), "a neighbour on the same domain is not us");
        assert!(judge(&[("origin", "http://localhost:8080"), ("host", "localhost:8080")]));
        assert!(!judge(&[("origin", "https://evil.example"), ("host", "posts.example")]));
        assert!(!judge(&[("origin", "null"), ("host", "posts.example")]));
        assert!(judge(&[("host", "posts.example")]), "another server, not a browser");
    }
}
