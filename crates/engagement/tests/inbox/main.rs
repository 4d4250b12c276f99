//! The inbox through its front door: read from a network, kept once, answered once, alarms until a person confirms.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod answering;
mod sentence;
mod world;
