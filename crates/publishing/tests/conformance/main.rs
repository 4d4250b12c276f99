//! One suite for every network. What a network promises (`networks::Network`, `networks::Capabilities`) is checked by
//! code that never asks for a network's name; what stands on the other side is read, and made to fail, through a
//! [`partner::Partner`]. README.md beside this file says how a new network is held to it.
//!
//! Reading order: `partner`, then the checks `publishing`, `faults`, `other_calls`, `reading`, then the partners in `partners`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing step fails the test")]

#[path = "../bluesky/world.rs"]
#[allow(dead_code, reason = "shared with the tests of one network")]
mod bluesky_world;
mod faults;
#[path = "../mastodon/world.rs"]
#[allow(dead_code, reason = "shared with the tests of one network")]
mod mastodon_world;
mod other_calls;
mod partner;
mod partners;
mod publishing;
mod reading;

use partners::{bluesky, by_hand, mastodon, own_page, practice};

/// How many kinds of failure there are; a partner of a network that calls out shows all of them.
const ALL: usize = partner::FAULTS.len();
/// The same for deleting, reading and testing an account.
const ALL_OTHER: usize = 3 * other_calls::FAULTS.len();

#[tokio::test]
async fn own_page_keeps_its_promises() {
    let partner = own_page::partner().await;
    publishing::check(&partner).await;
    reading::check(&partner).await;
    assert_eq!(faults::check(&partner).await + other_calls::check(&partner).await, 0, "it calls nobody");
}

#[tokio::test]
async fn by_hand_keeps_its_promises() {
    let partner = by_hand::partner().await;
    publishing::check(&partner).await;
    reading::check(&partner).await;
    assert_eq!(faults::check(&partner).await + other_calls::check(&partner).await, 0, "it calls nobody");
}

#[tokio::test]
async fn practice_keeps_its_promises() {
    let partner = practice::partner().await;
    publishing::check(&partner).await;
    reading::check(&partner).await;
    assert_eq!(faults::check(&partner).await, ALL - 2, "it has no pages that could be HTML");
    assert_eq!(other_calls::check(&partner).await, ALL_OTHER - 6, "nor here");
}

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn bluesky_publishes_as_promised() {
    publishing::check(&bluesky::partner().await).await;
}

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn bluesky_reads_as_promised() {
    reading::check(&bluesky::partner().await).await;
}

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn bluesky_fails_as_promised() {
    assert_eq!(faults::check(&bluesky::partner().await).await, ALL);
}

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn bluesky_fails_as_promised_in_other_calls() {
    assert_eq!(other_calls::check(&bluesky::partner().await).await, ALL_OTHER);
}

#[tokio::test]
#[ignore = "real server: mastodon-mock"]
async fn mastodon_publishes_as_promised() {
    publishing::check(&mastodon::partner().await).await;
}

#[tokio::test]
#[ignore = "real server: mastodon-mock"]
async fn mastodon_reads_as_promised() {
    reading::check(&mastodon::partner().await).await;
}

#[tokio::test]
#[ignore = "real server: mastodon-mock"]
async fn mastodon_fails_as_promised() {
    assert_eq!(faults::check(&mastodon::partner().await).await, ALL);
}

#[tokio::test]
#[ignore = "real server: mastodon-mock"]
async fn mastodon_fails_as_promised_in_other_calls() {
    assert_eq!(other_calls::check(&mastodon::partner().await).await, ALL_OTHER);
}
