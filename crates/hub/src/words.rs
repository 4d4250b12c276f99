//! The words of the public pages, in English and Spanish.

use std::sync::LazyLock;

use bedside_web::{
    Lang,
    words::{FluentValue, Words},
};

static WORDS: LazyLock<Words> =
    LazyLock::new(|| Words::new(include_str!("words/en.ftl"), include_str!("words/es.ftl")));

/// A phrase.
pub(crate) fn say(lang: impl Into<Lang>, key: &str) -> String {
    WORDS.say(lang.into(), key)
}

/// A phrase with words set into it.
pub(crate) fn say_of(lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
    WORDS.say_with(lang, key, &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_exists_in_both_languages() {
        assert_eq!(WORDS.gaps(), Vec::<String>::new());
    }
}
