//! Approval: a clinician's signature over the exact text, pictures and sources of a post.
//!
//! Reading order: [`rules`] (pure: what a signature covers, who may give it, what stands in the way), [`store`],
//! [`sign`] (signing, and what ends a signature), [`pages`], [`waiting`] (the step in the rounds).

pub mod pages;
pub mod rules;
pub mod sign;
pub mod store;
pub mod waiting;

pub use rules::{Coverage, Obstacle, fingerprint, obstacles};
pub use store::Signature;
pub use waiting::ToSign;
