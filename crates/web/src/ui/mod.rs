//! Components: the parts of a page that must be the same everywhere, with their partials in
//! `views/components/`.
//!
//! Each is a small value that templates write as it is: `{{ ui::text("email", "E-mail").value(form.email)
//! .mistake(mistakes.of("email")) }}`. [`fields`] for what is filled in, [`buttons`] for what is pressed, [`states`]
//! for how things stand. What has no behaviour of its own (rows, sheets, lists) is plain HTML with the classes of
//! the stylesheet.

pub mod buttons;
pub mod fields;
pub mod states;

pub use buttons::button;
pub use fields::{area, check, csrf, email, guarded, input, mistakes, password, radio, select, text};
pub use states::{block, coral, empty, finding, mute, note, ok, st, warn};

/// How something is meant. Colour never stands alone: each tone has its icon, and words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Done, works.
    Ok,
    /// Look, decide.
    Warn,
    /// Cannot go on.
    Block,
    /// Good to know.
    Note,
    /// A person is needed.
    Coral,
    /// At rest, paused, off.
    Mute,
}

impl Tone {
    /// The word in class names.
    pub fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Block => "block",
            Self::Note => "note",
            Self::Coral => "coral",
            Self::Mute => "mute",
        }
    }

    /// The icon that goes with it.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Ok => "circle-check",
            Self::Warn => "triangle-alert",
            Self::Block => "octagon-x",
            Self::Note => "info",
            Self::Coral => "user",
            Self::Mute => "circle-pause",
        }
    }
}

/// Templates pass everything by reference.
impl From<&Self> for Tone {
    fn from(tone: &Self) -> Self {
        *tone
    }
}
