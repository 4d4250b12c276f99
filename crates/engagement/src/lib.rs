//! Engaging patients: health challenges, and later stories, inbox, reviews and reminders.
//!
//! Each feature is a folder; read its `mod.rs` first.

pub mod challenges;
pub mod inbox;

use bedside_platform::migrations::Migration;

/// The tables of this crate, in order.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "engagement/1-challenges", sql: include_str!("migrations/1-challenges.sql") },
    Migration { name: "engagement/2-sentence", sql: include_str!("migrations/2-sentence.sql") },
];
