//! Word lists, compiled in. What is in each file and where it is from: `lexicon/README.md`.
//!
//! Every list holds lower-case words without accents, one a line. A word is looked up once, in one table that knows all the
//! lists it is in.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// What the lists say about a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Kinds {
    lists: u16,
    /// How frequent it is as a given name, from 0 (not listed) to 7.
    pub(crate) given: u8,
    /// How frequent it is as a surname, from 0 (not listed) to 7.
    pub(crate) surname: u8,
}

impl Kinds {
    fn has(self, list: u16) -> bool {
        self.lists & list != 0
    }

    /// A word that ordinary text writes in lower case, in either language.
    pub(crate) fn is_common(self) -> bool {
        self.is_common_english() || self.is_common_spanish()
    }
}

/// Declares the lists with the questions that ask for them: of a word that was looked up, and of any folded word.
macro_rules! lists {
    ($($(#[$doc:meta])* $ask:ident = $file:literal, $bit:literal;)+) => {
        impl Kinds { $(
            $(#[$doc])*
            pub(crate) fn $ask(self) -> bool {
                self.has(1 << $bit)
            }
        )+ }

        $(
            $(#[$doc])*
            #[allow(dead_code, reason = "some lists are only asked through a word")]
            pub(crate) fn $ask(folded: &str) -> bool {
                kinds(folded).$ask()
            }
        )+

        static TABLE: LazyLock<HashMap<&'static str, Kinds, BuildHasherDefault<Quick>>> = LazyLock::new(|| {
            let mut table: HashMap<&'static str, Kinds, _> = HashMap::default();
            table.reserve(49_152);
            $( include_str!($file).lines().for_each(|word| table.entry(word).or_default().lists |= 1 << $bit); )+
            for (word, given, surname) in frequencies() {
                let kinds = table.entry(word).or_default();
                (kinds.given, kinds.surname) = (given, surname);
            }
            table
        });
    };
}

lists! {
    /// A given name, in English or Spanish.
    is_given_name = "given_names.txt", 0;
    /// One of the most frequent surnames.
    is_surname = "surnames.txt", 1;
    /// A word that plain English text writes in lower case.
    is_common_english = "common_words.txt", 2;
    /// A word that plain Spanish text writes in lower case.
    is_common_spanish = "common_spanish.txt", 3;
    /// A capitalised word that is no person: an eponym, a month, a drug, a company.
    is_no_person = "not_people.txt", 4;
    /// A word that turns the capitalised words before it into a place or an institution.
    is_institution = "institutions.txt", 5;
    /// A state, a country, a part of the compass, a month: never smaller than a state.
    is_region = "regions.txt", 6;
    /// A condition, drug, part of the body, test, procedure or payment, in either language.
    is_health_word = "health_words.txt", 7;
}

/// Each line: the name, how frequent it is as a given name, and as a surname, from 0 to 7.
fn frequencies() -> impl Iterator<Item = (&'static str, u8, u8)> {
    include_str!("name_frequencies.txt").lines().filter_map(|line| {
        let (word, classes) = line.split_once(' ')?;
        let &[given, surname] = classes.as_bytes() else { return None };
        Some((word, given.saturating_sub(b'0'), surname.saturating_sub(b'0')))
    })
}

/// What the lists say about a folded word.
pub(crate) fn kinds(folded: &str) -> Kinds {
    TABLE.get(folded).copied().unwrap_or_default()
}

/// A word that ordinary text writes in lower case, in either language.
pub(crate) fn is_common(folded: &str) -> bool {
    kinds(folded).is_common()
}

/// A hash for short words of a table that nobody outside can fill: a multiplication for eight bytes.
#[derive(Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0 ^ u64::from_le_bytes(eight)).wrapping_mul(0x517c_c1b7_2722_0a95).rotate_left(29);
        }
    }

    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_answer() {
        assert!(is_given_name("yolanda") && is_surname("kowalski") && is_common("salt"));
        assert!(is_no_person("parkinson") && is_institution("library") && is_common("gracias"));
        assert!(!is_given_name("salt") && !is_common("yolanda"));
        assert!(kinds("linda").given > kinds("linda").surname && kinds("kowalski").surname > 0);
    }
}
