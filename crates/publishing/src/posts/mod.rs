//! Posts: one message, with a variant for each account it goes to.
//!
//! Reading order: [`post`] (what a post is), [`text`] (pure: the exact words each account gets, and how each
//! network counts them), [`store`] (every query), [`whole`] (a post with everything it carries), [`screening`]
//! (the practice's guard), [`texts`] (what the engine asks for at the moment of sending), [`compose`] (the
//! pages where posts are written).

pub mod compose;
pub mod post;
pub mod screening;
pub mod store;
pub mod text;
pub mod texts;
pub mod whole;

pub use post::{Part, Post, PostKind, PostState};
pub use whole::{Variant, Whole};
