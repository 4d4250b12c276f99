//! The practice: who it is, who works there, who may do what, and the record of what was decided.
//!
//! Reading order: [`facts`] (what the practice says of itself), [`practice`], [`members`] with their
//! [`rights`], [`audit`] (the chain of decisions), [`passwords`] and [`throttle`], `one_time` links, then the pages: [`set_up`]
//! (first run), [`sign_in`], [`new_password`] (for who forgot it), [`people`], [`rounds`] (the home screen). [`frame`] puts the signed-in member and the
//! staff layout into every request.
//!
//! Rounds, the navigation and its counts are lists that the program hands in, so that features above can
//! speak to this crate without it knowing them.

pub mod audit;
pub mod facts;
pub mod frame;
pub mod members;
pub mod new_password;
mod one_time;
pub mod passwords;
pub mod people;
pub mod practice;
pub mod rights;
pub mod rounds;
pub mod set_up;
pub mod sign_in;
pub mod throttle;

use bedside_platform::migrations::Migration;

pub use frame::SignedIn;
pub use members::Member;
pub use practice::Practice;
pub use rights::Rights;

/// The tables of this crate, in order.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "practice/1-first", sql: include_str!("migrations/1-first.sql") },
    Migration { name: "practice/2-new-password", sql: include_str!("migrations/2-new-password.sql") },
];
