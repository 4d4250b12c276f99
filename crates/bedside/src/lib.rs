//! The program: lists of what there is, and no rules of its own.
//!
//! Reading order: [`config`] (what the operator decided), [`house`] (the parts put together), [`migrations`],
//! [`routes`], [`standing`] (navigation, counts, rounds), [`commands`].

pub mod commands;
pub mod config;
pub mod health;
pub mod house;
pub mod migrations;
pub mod networks;
pub mod routes;
pub mod standing;
pub mod work;
