//! A small program around the shell, used as a browser would: cookies, forms, headers.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod forms;
mod pages;
mod sessions;
mod world;
