//! What every request passes on its way in and out, as one list per kind of page.
//!
//! From the outside in: [`journal`] counts and times, [`headers`] speak to the browser, [`origin`] refuses forms
//! of other sites, [`sessions`] recognise the member, [`flash`] carries the last message. The practice's own
//! middleware, which makes the [`StaffShell`](crate::StaffShell), is laid on the router before it comes here.

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
};

use bedside_platform::clock::Clock;

use crate::{
    answer::Failure,
    flash, headers, journal, origin,
    sessions::{self, Sessions},
};

/// Largest body of an ordinary form, in bytes (256 KiB): an article of 40,000 words still fits.
pub const FORM_BYTES: usize = 256 * 1024;
/// Largest body of a route that takes pictures, in bytes (32 MiB).
pub const UPLOAD_BYTES: usize = 32 * 1024 * 1024;

/// Around all staff pages, and around set-up and sign-in.
pub fn around_staff<S: Clone + Send + Sync + 'static>(router: Router<S>, sessions: &Sessions) -> Router<S> {
    router
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(from_fn_with_state(sessions.clone(), flash::carry))
        .layer(from_fn_with_state(sessions.clone(), sessions::recognise))
        .layer(from_fn(origin::own_pages_only))
        .layer(from_fn(headers::staff))
}

/// Around all pages for patients and other servers. Sessions are not looked at: these pages know no members.
pub fn around_public<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(from_fn(origin::own_pages_only))
        .layer(from_fn(headers::public))
}

/// Around everything together: the log, the assets, and the page for addresses that lead nowhere.
pub fn around_everything<S: Clone + Send + Sync + 'static>(router: Router<S>, clock: &Arc<dyn Clock>) -> Router<S> {
    let assets = crate::assets::routes().layer(from_fn(headers::public));
    let nowhere = Router::new().fallback(|| async { Failure::not_found() }).layer(from_fn(headers::staff));
    router.merge(assets).fallback_service(nowhere).layer(from_fn_with_state(clock.clone(), journal::note))
}

/// For a route that takes pictures: `post(upload).layer(takes_pictures())`.
pub fn takes_pictures() -> DefaultBodyLimit {
    DefaultBodyLimit::max(UPLOAD_BYTES)
}
