//! Bluesky: against the network's own servers (see `scripts/servers/bluesky`), and, for what those cannot be made to
//! do, against a server that gives prepared answers.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod connecting;
mod faults;
mod prepared;
mod publishing;
mod reading;
mod sessions;
mod world;
