//! Word lists, compiled in. What is in each file and where it is from: `lexicon/README.md`.
//!
//! Every list holds lower-case words without accents, one a line; ask with a folded word.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Declares a word list and the question that asks it.
macro_rules! lists {
    ($($(#[$doc:meta])* $ask:ident = $file:literal;)+) => { $(
        $(#[$doc])*
        pub(crate) fn $ask(folded: &str) -> bool {
            static LIST: LazyLock<HashSet<&'static str>> =
                LazyLock::new(|| include_str!($file).lines().collect());
            LIST.contains(folded)
        }
    )+ };
}

lists! {
    /// A given name, in English or Spanish.
    is_given_name = "given_names.txt";
    /// One of the most frequent surnames.
    is_surname = "surnames.txt";
    /// A word that plain English text writes in lower case.
    is_common_english = "common_words.txt";
    /// A word that plain Spanish text writes in lower case.
    is_common_spanish = "common_spanish.txt";
    /// A capitalised word that is no person: an eponym, a month, a drug, a company.
    is_no_person = "not_people.txt";
    /// A word that turns the capitalised words before it into a place or an institution.
    is_institution = "institutions.txt";
    /// A state, a country, a part of the compass, a month: never smaller than a state.
    is_region = "regions.txt";
    /// A condition, drug, part of the body, test, procedure or payment, in either language.
    is_health_word = "health_words.txt";
}

/// A word that ordinary text writes in lower case, in either language.
pub(crate) fn is_common(folded: &str) -> bool {
    is_common_english(folded) || is_common_spanish(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_answer() {
        assert!(is_given_name("yolanda") && is_surname("kowalski") && is_common("salt"));
        assert!(is_no_person("parkinson") && is_institution("library") && is_common("gracias"));
        assert!(!is_given_name("salt") && !is_common("yolanda"));
    }
}
