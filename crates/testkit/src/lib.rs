//! A small world for tests: a database of its own, a clock that only moves when told to, named characters of
//! Cedar Hollow Family Medicine, and a browser that keeps its cookie and fills in forms as a person would.
//!
//! Reading order: [`ground`] (a world for one test, on SQLite or, with `BEDSIDE_TEST_DATABASE`, on PostgreSQL),
//! [`characters`], [`mod@front_door`] (what stands around a feature's routes), [`browser`].

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test world that cannot be built fails the test")]

pub mod browser;
pub mod characters;
pub mod front_door;
pub mod ground;

pub use browser::{Browser, Page};
pub use characters::{Characters, cedar_hollow};
pub use front_door::front_door;
pub use ground::TestGround;
