//! How things stand: states, findings of the guard, and nothing at all.

use askama::{Template, filters::HtmlSafe};

use super::Tone;

/// Words with their icon: the state of something.
#[derive(Debug, Clone, Template)]
#[template(
    source = r#"<span class="st st-{{ tone.class() }}">{{ bedside_web::icon(mark) }}{{ words }}</span>"#,
    ext = "html"
)]
pub struct Status<'a> {
    tone: Tone,
    mark: &'a str,
    words: &'a str,
}

impl HtmlSafe for Status<'_> {}

/// A state with the icon of its tone.
pub fn st(tone: impl Into<Tone>, words: &str) -> Status<'_> {
    let tone = tone.into();
    Status { tone, mark: tone.icon(), words }
}

/// Done, works: `ui::ok("Confirmed Feb 12")`.
pub fn ok(words: &str) -> Status<'_> {
    st(Tone::Ok, words)
}

/// Look, decide.
pub fn warn(words: &str) -> Status<'_> {
    st(Tone::Warn, words)
}

/// Cannot go on.
pub fn block(words: &str) -> Status<'_> {
    st(Tone::Block, words)
}

/// Good to know.
pub fn note(words: &str) -> Status<'_> {
    st(Tone::Note, words)
}

/// A person is needed.
pub fn coral(words: &str) -> Status<'_> {
    st(Tone::Coral, words)
}

/// At rest.
pub fn mute(words: &str) -> Status<'_> {
    st(Tone::Mute, words)
}

impl<'a> Status<'a> {
    /// Another icon than the tone's own.
    #[must_use]
    pub fn with_icon(self, mark: &'a str) -> Self {
        Self { mark, ..self }
    }
}

/// A finding of the guard: message, reason.
#[derive(Debug, Clone, Template)]
#[template(path = "components/finding.html")]
pub struct Finding<'a> {
    tone: Tone,
    message: &'a str,
    why: &'a str,
}

impl HtmlSafe for Finding<'_> {}

/// A finding; `tone` is block, warn or note.
pub fn finding<'a>(tone: impl Into<Tone>, message: &'a str, why: &'a str) -> Finding<'a> {
    Finding { tone: tone.into(), message, why }
}

/// Nothing here yet: what will appear, and one thing to do.
#[derive(Debug, Clone, Template)]
#[template(path = "components/empty.html")]
pub struct Empty<'a> {
    title: &'a str,
    words: &'a str,
    way: Option<(&'a str, &'a str)>,
}

impl HtmlSafe for Empty<'_> {}

/// An empty state.
pub fn empty<'a>(title: &'a str, words: &'a str) -> Empty<'a> {
    Empty { title, words, way: None }
}

impl<'a> Empty<'a> {
    /// With a link to begin.
    #[must_use]
    pub fn way(self, words: &'a str, href: &'a str) -> Self {
        Self { way: Some((words, href)), ..self }
    }
}
