//! What is pressed. The words of a button are a verb that says what will happen.

use askama::{Template, filters::HtmlSafe};

/// Sends the form around it.
#[derive(Debug, Clone, Template)]
#[template(path = "components/button.html")]
pub struct Button<'a> {
    words: &'a str,
    class: &'static str,
    mark: &'a str,
    name: &'a str,
    value: &'a str,
    blocked: &'a str,
}

impl HtmlSafe for Button<'_> {}

/// A button with an outline. Its words are a verb that says what will happen.
pub fn button(words: &str) -> Button<'_> {
    Button { words, class: "btn", mark: "", name: "", value: "", blocked: "" }
}

impl<'a> Button<'a> {
    /// The one main action of the screen or step; the key `A` presses it.
    #[must_use]
    pub fn main(self) -> Self {
        Self { class: "btn btn-main", ..self }
    }

    /// Takes something away.
    #[must_use]
    pub fn stop(self) -> Self {
        Self { class: "btn btn-stop", ..self }
    }

    /// Looks like a link.
    #[must_use]
    pub fn quiet(self) -> Self {
        Self { class: "btn btn-text", ..self }
    }

    /// With an icon before the words.
    #[must_use]
    pub fn icon(self, mark: &'a str) -> Self {
        Self { mark, ..self }
    }

    /// Which button it was, for forms with several.
    #[must_use]
    pub fn sends(self, name: &'a str, value: &'a str) -> Self {
        Self { name, value, ..self }
    }

    /// Cannot be pressed; the reason stands beside it. `None` leaves it as it is.
    #[must_use]
    pub fn blocked(self, reason: Option<&'a str>) -> Self {
        Self { blocked: reason.unwrap_or_default(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blocked_button_says_why() {
        let button = button("Send").main().blocked(Some("A name was found.")).to_string();
        assert!(button.contains("disabled") && button.contains("A name was found."), "{button}");
    }
}
