//! What is filled in: a control with its label, hint and mistake, ticks, and the summary of all mistakes.

use askama::{Template, filters::HtmlSafe};

use crate::forms::Mistakes;

/// A label, its control, a hint and a mistake, tied together for assistive technology.
#[derive(Debug, Clone, Template)]
#[template(path = "components/field.html")]
pub struct Field<'a> {
    kind: &'static str,
    name: &'a str,
    id: &'a str,
    label: &'a str,
    value: &'a str,
    hint: &'a str,
    mistake: &'a str,
    autocomplete: &'a str,
    required: bool,
    options: Vec<(String, String)>,
}

impl HtmlSafe for Field<'_> {}

/// A line of text.
pub fn text<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field {
        kind: "text",
        name,
        id: name,
        label,
        value: "",
        hint: "",
        mistake: "",
        autocomplete: "",
        required: false,
        options: Vec::new(),
    }
}

/// An e-mail address.
pub fn email<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field { kind: "email", ..text(name, label) }
}

/// A password. Its value is never written into a page.
pub fn password<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field { kind: "password", ..text(name, label) }
}

/// A control of another HTML input type: `date`, `time`, `number`, `search`, `tel`, `url`, `file`.
pub fn input<'a>(kind: &'static str, name: &'a str, label: &'a str) -> Field<'a> {
    Field { kind, ..text(name, label) }
}

/// Several lines of text.
pub fn area<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field { kind: "area", ..text(name, label) }
}

/// A choice from a list of (value, words).
pub fn select<'a, V: ToString, W: ToString>(name: &'a str, label: &'a str, options: &[(V, W)]) -> Field<'a> {
    let options = options.iter().map(|(value, words)| (value.to_string(), words.to_string())).collect();
    Field { kind: "select", options, ..text(name, label) }
}

impl<'a> Field<'a> {
    /// What stands in it.
    #[must_use]
    pub fn value(self, value: &'a str) -> Self {
        Self { value, ..self }
    }

    /// A sentence below it.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// What is wrong and how to mend it; `None` when nothing is.
    #[must_use]
    pub fn mistake(self, mistake: Option<&'a str>) -> Self {
        Self { mistake: mistake.unwrap_or_default(), ..self }
    }

    /// What browsers may fill in (HTML, section "autofill").
    #[must_use]
    pub fn autocomplete(self, autocomplete: &'a str) -> Self {
        Self { autocomplete, ..self }
    }

    /// An id other than the name, for pages with two fields of one name.
    #[must_use]
    pub fn id(self, id: &'a str) -> Self {
        Self { id, ..self }
    }

    /// The browser asks for it before sending.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The ids for `aria-describedby`.
    fn described_by(&self) -> String {
        let parts = [(self.mistake, "e"), (self.hint, "h")];
        let ids: Vec<_> =
            parts.iter().filter(|(words, _)| !words.is_empty()).map(|(_, end)| format!("{}-{end}", self.id)).collect();
        ids.join(" ")
    }
}

/// A tick or one of several choices, with its words behind it.
#[derive(Debug, Clone, Template)]
#[template(path = "components/check.html")]
pub struct Check<'a> {
    kind: &'static str,
    name: &'a str,
    value: &'a str,
    label: &'a str,
    hint: &'a str,
    checked: bool,
}

impl HtmlSafe for Check<'_> {}

/// A tick. Nothing is sent when it is empty.
pub fn check<'a>(name: &'a str, value: &'a str, label: &'a str) -> Check<'a> {
    Check { kind: "checkbox", name, value, label, hint: "", checked: false }
}

/// One of several choices of the same name.
pub fn radio<'a>(name: &'a str, value: &'a str, label: &'a str) -> Check<'a> {
    Check { kind: "radio", ..check(name, value, label) }
}

impl<'a> Check<'a> {
    /// Whether it is chosen.
    #[must_use]
    pub fn checked(self, checked: impl std::borrow::Borrow<bool>) -> Self {
        Self { checked: *checked.borrow(), ..self }
    }

    /// A second, quieter line.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }
}

/// All mistakes of a form, above it, each a link to its field.
#[derive(Debug, Clone, Template)]
#[template(path = "components/mistakes.html")]
pub struct MistakeList<'a> {
    mistakes: &'a Mistakes,
}

impl HtmlSafe for MistakeList<'_> {}

/// The summary of a form's mistakes; nothing when there are none.
pub fn mistakes(mistakes: &Mistakes) -> MistakeList<'_> {
    MistakeList { mistakes }
}

/// The hidden field of every form of a member: `{{ ui::csrf(shell.csrf) }}`.
#[derive(Debug, Clone, Template)]
#[template(source = r#"<input type="hidden" name="csrf" value="{{ value }}">"#, ext = "html")]
pub struct CsrfField<'a> {
    value: &'a str,
}

impl HtmlSafe for CsrfField<'_> {}

/// See [`CsrfField`].
pub fn csrf(value: &str) -> CsrfField<'_> {
    CsrfField { value }
}

/// What makes an editor one that the guard reads while one types; attributes of the element with class `editor` around
/// a text area and its mirror: `<div class="editor"{{ ui::guarded("post", "en", "findings") }}>`. Goes with the script
/// `guard.js`, see there.
#[derive(Debug, Clone, Template)]
#[template(
    source = r#" data-guard="{{ context }}" data-guard-lang="{{ lang }}" data-guard-list="{{ list }}" data-guard-module="{{ crate::asset_url("guard-package.js") }}" data-guard-wasm="{{ crate::asset_url("guard.wasm") }}" data-guard-profile="/guard/profile""#,
    ext = "html"
)]
pub struct Guarded<'a> {
    context: &'a str,
    lang: &'a str,
    list: &'a str,
}

impl HtmlSafe for Guarded<'_> {}

/// See [`Guarded`]. `context` is the guard's word for where the text will be read, `list` the id of the element that
/// lists what is found.
pub fn guarded<'a>(context: &'a str, lang: &'a str, list: &'a str) -> Guarded<'a> {
    Guarded { context, lang, list }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_ties_its_parts_together() {
        let field = text("handle", "Handle")
            .value("<a>")
            .hint("Without the @")
            .mistake(Some("Nobody answers there"))
            .to_string();
        assert!(field.contains(r#"<label for="handle">Handle</label>"#), "{field}");
        assert!(
            field.contains(r#"aria-describedby="handle-e handle-h""#) && field.contains(r#"aria-invalid="true""#),
            "{field}"
        );
        assert!(field.contains("&#60;a&#62;") && !field.contains("<a>"), "{field}");
        let plain = text("handle", "Handle").to_string();
        assert!(!plain.contains("aria-"), "{plain}");
    }

    #[test]
    fn a_password_is_never_written_back() {
        assert!(!password("password", "Password").value("secret words").to_string().contains("secret"));
    }

    #[test]
    fn a_select_marks_its_value() {
        let field = select("lang", "Language", &[("en", "English"), ("es", "Español")]).value("es").to_string();
        assert!(field.contains(r#"<option value="es" selected>Español</option>"#), "{field}");
        assert_eq!(field.matches("selected").count(), 1);
    }
}
