//! The shell around every page: layout, components, forms, sessions, assets.
//!
//! Reading order: [`shell`] (what a layout needs to know), [`answer`] (how a page or a failure becomes a
//! response), [`ui`] and [`forms`] (fields, mistakes, what was posted), [`sessions`] and [`csrf`], the frame
//! that every request passes ([`frame`], which lists [`headers`], [`origin`], [`journal`], [`flash`]), then
//! [`assets`], [`icons`] and the public pages' [`language`], [`words`] and [`dates`].
//!
//! Nothing in here knows what a post or a challenge is. Features extend the layouts in `views/` from their own
//! crates; README.md beside this crate shows a whole page.

// Templates of every crate, this one included, call `bedside_web::icon(…)` by its full name.
extern crate self as bedside_web;

pub mod answer;
pub mod assets;
pub mod csrf;
pub mod dates;
pub mod flash;
pub mod forms;
pub mod frame;
pub mod headers;
pub mod icons;
pub mod journal;
pub mod language;
pub mod origin;
pub mod sessions;
pub mod shell;
pub mod ui;
pub mod words;

pub use answer::{Answer, Failure, Html, PublicFailure, SeeOther};
pub use assets::asset_url;
pub use flash::Flash;
pub use forms::{Mistakes, OpenForm, Posted};
pub use icons::{icon, logo, net_icon, net_icon_named};
pub use language::Lang;
pub use sessions::{Session, Sessions};
pub use shell::{NavItem, PlainShell, PublicShell, StaffShell};
pub use words::{Words, t, t_with};
