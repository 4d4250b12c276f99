//! `GET /healthz`: whether this process does its work, not only whether it listens.

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use bedside_platform::Ground;
use serde_json::{Value, json};

/// Longest silence of the worker that is still called well, in microseconds (90 seconds).
const LONGEST_SILENCE: i64 = 90_000_000;

/// Tells the last sign of life of this process's worker in microseconds, or why it stopped; `None` where this process has none.
pub type Pulse = std::sync::Arc<dyn Fn() -> Option<Result<i64, String>> + Send + Sync>;

/// The route.
pub fn routes(ground: Ground, pulse: Pulse) -> Router {
    Router::new().route("/healthz", get(check)).with_state((ground, pulse))
}

async fn check(State((ground, pulse)): State<(Ground, Pulse)>) -> (StatusCode, Json<Value>) {
    let database = writes(&ground).await;
    let worker = match pulse() {
        None => "none in this process",
        Some(Ok(beat)) if ground.now() - beat < LONGEST_SILENCE => "ok",
        Some(Ok(_)) => "silent",
        Some(Err(_)) => "stopped",
    };
    let well = database && !matches!(worker, "silent" | "stopped");
    let status = if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "database": if database { "ok" } else { "does not take writes" }, "worker": worker })))
}

/// A write that reaches the disk: only a commit shows a full disk, what is undone never leaves the memory. Its beat
/// lies at the beginning of time, so that no worker seems to live.
async fn writes(ground: &Ground) -> bool {
    let Ok(mut tx) = ground.database.begin_write().await else { return false };
    let tried = sqlx::query(
        "INSERT INTO heartbeats (worker, began_at, beat_at) VALUES ('healthz', $1, 0) \
         ON CONFLICT (worker) DO UPDATE SET began_at = excluded.began_at",
    )
    .bind(ground.now())
    .execute(&mut *tx)
    .await;
    tried.is_ok() && tx.commit().await.is_ok()
}
