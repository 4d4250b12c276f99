//! The words of public pages in every language, kept in Fluent files (<https://projectfluent.org>).
//!
//! The shell's own words are in `words/`. A feature with public pages keeps its files beside its code and makes
//! its own [`Words`]; `Words::gaps` in one of its tests finds what a language lacks.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

pub use fluent_bundle::FluentValue;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

use crate::language::Lang;

/// One set of words: the same keys in each language.
pub struct Words {
    en: FluentBundle<Arc<FluentResource>>,
    es: FluentBundle<Arc<FluentResource>>,
    keys: [BTreeSet<String>; 2],
}

static SHELL: LazyLock<Words> =
    LazyLock::new(|| Words::new(include_str!("words/en.ftl"), include_str!("words/es.ftl")));

/// A phrase of the shell.
pub fn t(lang: impl Into<Lang>, key: &str) -> String {
    SHELL.say(lang, key)
}

/// A phrase of the shell with values in it: `t_with(lang, "day-of", &[("day", 3.into())])`.
pub fn t_with(lang: impl Into<Lang>, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    SHELL.say_with(lang, key, args)
}

impl Words {
    /// Reads the Fluent texts. A message that cannot be read is left out and shows up in [`gaps`](Self::gaps).
    pub fn new(en: &str, es: &str) -> Self {
        let ((en, en_keys), (es, es_keys)) = (bundle(Lang::En, en), bundle(Lang::Es, es));
        Self { en, es, keys: [en_keys, es_keys] }
    }

    /// A phrase without values.
    pub fn say(&self, lang: impl Into<Lang>, key: &str) -> String {
        self.say_with(lang, key, &[])
    }

    /// A phrase with values; numbers choose the plural form of the language. A missing phrase is said in
    /// English, and a missing key is shown as itself: a page with a strange word is better than none.
    pub fn say_with(&self, lang: impl Into<Lang>, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        let lang = lang.into();
        let values: FluentArgs<'_> = args.iter().map(|(name, value)| (Cow::from(*name), value.clone())).collect();
        let bundles = match lang {
            Lang::En => [&self.en, &self.en],
            Lang::Es => [&self.es, &self.en],
        };
        for bundle in bundles {
            if let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) {
                let mut errors = Vec::new();
                let phrase = bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
                if !errors.is_empty() {
                    tracing::error!(key, lang = lang.code(), "a phrase lacks a value");
                }
                return phrase;
            }
        }
        tracing::error!(key, "no such phrase");
        key.to_owned()
    }

    /// Keys that one language has and the other has not, as `es lacks footer-privacy`.
    pub fn gaps(&self) -> Vec<String> {
        let [en, es] = &self.keys;
        let lacks = |lang: &str, key: &String| format!("{lang} lacks {key}");
        let mut gaps: Vec<_> = en.difference(es).map(|key| lacks("es", key)).collect();
        gaps.extend(es.difference(en).map(|key| lacks("en", key)));
        gaps
    }
}

fn bundle(lang: Lang, text: &str) -> (FluentBundle<Arc<FluentResource>>, BTreeSet<String>) {
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(readable, errors)| {
        tracing::error!(lang = lang.code(), ?errors, "unreadable phrases");
        readable
    });
    // Message identifiers stand at the beginning of a line, terms begin with a dash, values are indented.
    let keys = text
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('='))
        .map(|(key, _)| key.trim().to_owned())
        .collect();
    let locale = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // The marks for mixed writing directions are not needed between English and Spanish, and break `tel:` links.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(Arc::new(resource));
    (bundle, keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_of_the_shell_exists_in_both_languages() {
        assert_eq!(SHELL.gaps(), Vec::<String>::new());
        assert!(SHELL.keys[0].len() > 10);
        for lang in Lang::ALL {
            let bundle = if lang == Lang::En { &SHELL.en } else { &SHELL.es };
            for key in &SHELL.keys[0] {
                assert!(bundle.has_message(key), "{lang}: {key} could not be read");
            }
        }
    }

    #[test]
    fn gaps_are_found_in_both_directions() {
        let words = Words::new("a = A\nb = B\n", "b = B\nc = C\n");
        assert_eq!(words.gaps(), ["es lacks a", "en lacks c"]);
    }

    #[test]
    fn plural_forms_and_values() {
        assert_eq!(t_with(Lang::En, "people", &[("count", 1.into())]), "1 person");
        assert_eq!(t_with(Lang::En, "people", &[("count", 41.into())]), "41 people");
        assert_eq!(t_with(Lang::Es, "people", &[("count", 1.into())]), "1 persona");
        assert_eq!(t_with(Lang::Es, "people", &[("count", 41.into())]), "41 personas");
        assert_eq!(t(Lang::Es, "skip"), "Ir al contenido");
    }
}
