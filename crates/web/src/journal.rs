//! One line in the log for each request, without anything personal: number, method, route, status, time.
//!
//! The route is the pattern (`/posts/{id}`), never the address that was asked for. The number is also the name
//! of the span in which everything else of the request is logged, and stands on error pages' `X-Request-Id`.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::HeaderValue,
    middleware::Next,
    response::Response,
};
use bedside_platform::clock::Clock;
use tracing::Instrument;

/// Counts requests since the start of the process. It names a request within one log, no more is asked of it.
static NUMBER: AtomicU64 = AtomicU64::new(1);

/// Middleware, the outermost one.
pub async fn note(State(clock): State<Arc<dyn Clock>>, request: Request, next: Next) -> Response {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", number, %method, route);
    async move {
        let began = clock.now();
        let mut response = next.run(request).await;
        let milliseconds = clock.now().duration_since(began).as_millis();
        tracing::info!(status = response.status().as_u16(), milliseconds, "answered");
        response.headers_mut().insert("x-request-id", HeaderValue::from(number));
        response
    }
    .instrument(span)
    .await
}
