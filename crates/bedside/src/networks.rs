//! The networks of this program: one line each, in the order in which people are shown them.

use std::sync::Arc;

use bedside_publishing::networks::{
    Networks, bluesky::Bluesky, by_hand::ByHand, mastodon::Mastodon, own_page::OwnPage,
};

/// The list.
pub fn all() -> Networks {
    Networks::new(vec![Arc::new(OwnPage), Arc::new(Bluesky), Arc::new(Mastodon), Arc::new(ByHand)])
}
