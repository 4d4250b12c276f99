//! Challenges through the front door: planned in two clicks, waiting for a signature, opened when the first post is out,
//! taken back. On SQLite, or on PostgreSQL with `BEDSIDE_TEST_DATABASE`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing step fails the test")]

mod guarded;
mod planning;
mod running;
mod templates;
mod world;
