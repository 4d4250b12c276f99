//! What the guard's word lists say about a word.

use std::{
    collections::{HashMap, HashSet},
    error::Error,
    fs,
    path::Path,
};

/// The word lists of `src/lexicon`.
pub(crate) struct Lists {
    names: HashMap<String, (u8, u8)>,
    common: HashSet<String>,
    health: HashSet<String>,
    place: HashSet<String>,
    /// Given names and surnames in the order of the file, with their class, to draw from.
    pub(crate) given: Vec<(String, u8)>,
    /// See `given`.
    pub(crate) surnames: Vec<(String, u8)>,
}

/// Classes and flags of one word, as the tagger's `Token` has them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Classes {
    pub(crate) given: u8,
    pub(crate) surname: u8,
    pub(crate) common: bool,
    pub(crate) health: bool,
    pub(crate) place: bool,
}

impl Lists {
    pub(crate) fn read(lexicon: &Path) -> Result<Lists, Box<dyn Error>> {
        let words = |files: &[&str]| -> Result<HashSet<String>, Box<dyn Error>> {
            let mut words = HashSet::new();
            for file in files {
                words.extend(fs::read_to_string(lexicon.join(file))?.lines().map(str::to_owned));
            }
            Ok(words)
        };
        let mut lists = Lists {
            names: HashMap::new(),
            common: words(&["common_words.txt", "common_spanish.txt"])?,
            health: words(&["health_words.txt"])?,
            place: words(&["regions.txt", "institutions.txt", "not_people.txt"])?,
            given: Vec::new(),
            surnames: Vec::new(),
        };
        for line in fs::read_to_string(lexicon.join("name_frequencies.txt"))?.lines() {
            let (name, classes) = line.split_once(' ').ok_or("a line without a space")?;
            let classes: u8 = classes.parse()?;
            let (given, surname) = (classes / 10, classes % 10);
            lists.names.insert(name.to_owned(), (given, surname));
            if given > 0 {
                lists.given.push((name.to_owned(), given));
            }
            if surname > 0 {
                lists.surnames.push((name.to_owned(), surname));
            }
        }
        Ok(lists)
    }

    pub(crate) fn classes(&self, folded: &str) -> Classes {
        let (given, surname) = self.names.get(folded).copied().unwrap_or_default();
        Classes {
            given,
            surname,
            common: self.common.contains(folded),
            health: self.health.contains(folded),
            place: self.place.contains(folded),
        }
    }
}
