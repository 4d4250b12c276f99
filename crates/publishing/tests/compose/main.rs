//! Writing a post, through the front door: saved, counted, guarded, illustrated, sourced, timed, asked for, taken back.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod asking;
mod guarded;
mod reasons;
mod saving;
mod things;
mod world;
