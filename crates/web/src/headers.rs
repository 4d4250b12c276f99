//! The headers that tell browsers what our pages may do: nothing that they do not need.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Own scripts, styles, fonts and pictures; no frames, no inline code, forms only to ourselves. `wasm-unsafe-eval` lets
/// the guard run in the page as WebAssembly, which can do nothing that the page's own scripts cannot; it allows no `eval`
/// of script (CSP level 3, section 6.7.4).
const STAFF_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; media-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// Like the staff pages', without any script.
const PUBLIC_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const PERMISSIONS: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";

/// Middleware for staff pages: strict policy, nothing kept by browsers or proxies.
pub async fn staff(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    set(&mut response, header::CONTENT_SECURITY_POLICY, STAFF_POLICY);
    // A page with drafts must not come back from the history of a shared computer.
    if !response.headers().contains_key(header::CACHE_CONTROL) {
        set(&mut response, header::CACHE_CONTROL, "no-store");
    }
    set(&mut response, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(&mut response, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    for_all(&mut response);
    response
}

/// Middleware for public pages: no script at all, and no cookie for whoever only reads, whatever a handler does.
/// Who joins a challenge sends a form, and may be remembered. Pictures and feeds may be read by others, that is
/// what they are for.
pub async fn public(request: Request, next: Next) -> Response {
    let only_reads = request.method().is_safe();
    let mut response = next.run(request).await;
    set(&mut response, header::CONTENT_SECURITY_POLICY, PUBLIC_POLICY);
    set(&mut response, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    for_all(&mut response);
    if only_reads && response.headers_mut().remove(header::SET_COOKIE).is_some() {
        tracing::error!("a public page tried to set a cookie");
    }
    response
}

fn for_all(response: &mut Response) {
    set(response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Others learn nothing of where a reader came from. `no-referrer` would also blank the Origin header of our
    // own forms (Fetch standard, "append a request Origin header"), which the origin check needs.
    set(response, header::REFERRER_POLICY, "same-origin");
    set(response, HeaderName::from_static("permissions-policy"), PERMISSIONS);
}

fn set(response: &mut Response, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}
