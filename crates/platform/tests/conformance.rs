//! What the program relies on from its database, written once and held against both engines: SQLite by default, and
//! PostgreSQL where `BEDSIDE_TEST_DATABASE` names a server (`scripts/test --only postgres`). Nothing here asks which
//! engine it is, but where they cannot be the same: only a server with many writers can pass over held rows at once, and each
//! has its own words for making a session impatient.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing step fails the test")]

#[path = "conformance/errors.rs"]
mod errors;
#[path = "conformance/migrating.rs"]
mod migrating;
#[path = "conformance/values.rs"]
mod values;
#[path = "conformance/world.rs"]
mod world;
#[path = "conformance/writing.rs"]
mod writing;
