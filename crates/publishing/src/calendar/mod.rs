//! The calendar: a month of posts, how each stands on each account, and moving one to another day.
//!
//! Reading order: [`month`] (pure: the grid), [`marks`] (what others write on it: observances, the weeks of a
//! challenge), [`store`], [`pages`].

pub mod marks;
pub mod month;
pub mod pages;
pub mod store;

pub use marks::{Mark, Marks};
