//! What the program relies on from its database, written once and held against both engines: SQLite by default, and
//! PostgreSQL where `BEDSIDE_TEST_DATABASE` names a server (`scripts/test --only postgres`). Nothing here asks which
//! engine it is, but for one thing that only a server with many writers can do: to pass over held rows at once.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing step fails the test")]

#[path = "conformance/migrating.rs"]
mod migrating;
#[path = "conformance/values.rs"]
mod values;
#[path = "conformance/world.rs"]
mod world;
#[path = "conformance/writing.rs"]
mod writing;
