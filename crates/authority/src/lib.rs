//! Being right with little effort: what the calendar of public health offers each month, and later trusted
//! sources and the watch over them.
//!
//! Each feature is a folder; read its `mod.rs` first.

pub mod observances;
