//! The Mastodon network against servers that really speak its API: snac (two of them, federating) and
//! mastodon_mock (strict limits, faults on demand), and against addresses where no such server is.
//!
//! Reading order: `world` (a practice with a connected account, and the stranger who answers), `snac`, `mock`,
//! `odd_servers`, `limits`.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "mastodon/limits.rs"]
mod limits;
#[path = "mastodon/mock.rs"]
mod mock;
#[path = "mastodon/odd_servers.rs"]
mod odd_servers;
#[path = "mastodon/snac.rs"]
mod snac;
#[path = "mastodon/world.rs"]
mod world;
