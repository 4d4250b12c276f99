//! `GET /healthz`: whether this process does its work, not only whether it listens.

use std::sync::Arc;

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use bedside_platform::Ground;
use serde_json::{Value, json};
use tokio::sync::Mutex;

/// Longest silence of the worker that is still called well, in microseconds (90 seconds).
const LONGEST_SILENCE: i64 = 90_000_000;

/// Tells the last sign of life of this process's worker in microseconds, or why it stopped; `None` where this process has none.
pub type Pulse = Arc<dyn Fn() -> Option<Result<i64, String>> + Send + Sync>;

/// The address is open to everybody and each look writes: looks within this time share one answer, in microseconds.
const SHARED: i64 = 1_000_000;

#[derive(Clone)]
struct Watch {
    ground: Ground,
    pulse: Pulse,
    /// When the database was last tried, and whether it took the write.
    tried: Arc<Mutex<Option<(i64, bool)>>>,
}

/// The route.
pub fn routes(ground: Ground, pulse: Pulse) -> Router {
    Router::new().route("/healthz", get(check)).with_state(Watch { ground, pulse, tried: Arc::default() })
}

async fn check(State(Watch { ground, pulse, tried }): State<Watch>) -> (StatusCode, Json<Value>) {
    let database = tried_lately(&ground, &tried).await;
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

async fn tried_lately(ground: &Ground, tried: &Mutex<Option<(i64, bool)>>) -> bool {
    let mut tried = tried.lock().await;
    if let Some((at, took)) = *tried
        && (0..SHARED).contains(&(ground.now() - at))
    {
        return took;
    }
    let took = writes(ground).await;
    *tried = Some((ground.now(), took));
    took
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
