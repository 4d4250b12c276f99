//! The calendar: a month of posts, how each stands on each account, and moving one to another day.
//!
//! Reading order: [`month`] (pure: the grid), [`marks`] (what others write on it: observances, the weeks of a
//! challenge), [`store`],
//! [`events`] (posts on it), [`pages`], [`moves`].

mod events;
pub mod marks;
pub mod month;
mod moves;
pub mod pages;
pub mod store;

pub use marks::{Mark, Marks};
