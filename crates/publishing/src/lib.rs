//! Publishing: posts, their approval, and their delivery to every network exactly once.
//!
//! Reading order: [`posts`] (one message with a variant per account), [`media`] and [`sources`] (what a post
//! carries), [`approval`] (a clinician's signature over the exact text), [`accounts`] (profiles on networks),
//! [`networks`] (one folder a network), [`delivery`] (the engine), [`inbound`] (what comes back), [`calendar`],
//! [`guard`] (its pages).
//! [`desk`] is what every page of this crate and of the areas above works with.

pub mod accounts;
pub mod approval;
pub mod calendar;
pub mod delivery;
pub mod desk;
pub mod guard;
pub mod inbound;
pub mod media;
pub mod networks;
pub mod posts;
pub mod sources;

use bedside_platform::migrations::Migration;

pub use desk::Desk;

/// The tables of this crate, in order.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "publishing/1-accounts", sql: include_str!("migrations/1-accounts.sql") },
    Migration { name: "publishing/2-posts", sql: include_str!("migrations/2-posts.sql") },
    Migration { name: "publishing/3-deliveries", sql: include_str!("migrations/3-deliveries.sql") },
    Migration { name: "publishing/4-messages", sql: include_str!("migrations/4-messages.sql") },
    Migration { name: "publishing/5-limits", sql: include_str!("migrations/5-limits.sql") },
];
