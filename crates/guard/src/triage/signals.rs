//! Signals: the phrases of each class, and how what they say is told.
//!
//! Dangers are mostly composed: "face + droops", "my husband + grabbed + neck" stand near each other in any order, so that
//! few groups of words hear many voices. Idioms are taken out first. A danger told in a calm way ("ten years ago", "signs
//! of a stroke") is none, unless the same sentence says that it is now. A denial directly before a danger, "no chest
//! pain", undoes it; a new clause ends the denial, so "no fever, chest pain" still is one.

use std::collections::HashMap;

use super::class::Class;
use super::phrase::{Groups, Phrases, Place};
use super::words::{Spelling, Word, words};

/// The files, compiled in. Lines under a `[heading]`; `#` begins a remark.
const FILES: [&str; 4] = [
    include_str!("signals/words.txt"),
    include_str!("signals/telling.txt"),
    include_str!("signals/dangers.txt"),
    include_str!("signals/everyday.txt"),
];

/// All signals, ready to look.
#[derive(Debug)]
pub(super) struct Signals {
    spelling: Spelling,
    idioms: Phrases,
    calm: Phrases,
    present: Phrases,
    praise: Phrases,
    child_shown: Phrases,
    counsel: Phrases,
    denial: Vec<&'static str>,
    between: Vec<&'static str>,
    no_denial_before: Vec<&'static str>,
    classes: HashMap<Class, Phrases>,
}

impl Signals {
    /// Reads the files.
    pub(super) fn read() -> Self {
        let sections = sections();
        let lines = |heading: &str| sections.get(heading).map_or(&[][..], Vec::as_slice);
        let groups: Groups<'_> = lines("words").iter().filter_map(|line| line.split_once(": ")).collect();
        let phrases = |heading: &str| Phrases::read(lines(heading), &groups);
        let list = |heading: &str| lines(heading).iter().flat_map(|line| line.split_ascii_whitespace()).collect();
        let classes: HashMap<Class, Phrases> =
            Class::ALL.iter().map(|&class| (class, phrases(class.as_str()))).collect();
        let vocabulary = |is_danger: bool| {
            let these = classes.iter().filter(move |(class, _)| class.is_urgent() == is_danger);
            these.flat_map(|(_, phrases)| phrases.vocabulary())
        };
        let idioms = phrases("idioms");
        Self {
            spelling: Spelling::of(vocabulary(true), vocabulary(false).chain(idioms.vocabulary())),
            idioms,
            calm: phrases("calm"),
            present: phrases("present"),
            praise: phrases("praise"),
            child_shown: phrases("child shown"),
            counsel: phrases("counsel"),
            denial: list("denial"),
            between: list("between denial and danger"),
            no_denial_before: list("no denial before"),
            classes,
        }
    }

    /// The words of a text without its idioms. Where one stood, a clause ends.
    pub(super) fn words_of(&self, text: &str) -> Vec<Word> {
        let mut all = words(text);
        all.iter_mut().for_each(|word| self.spelling.mend(word));
        let mut kept = Vec::with_capacity(all.len());
        let (mut at, mut is_after_idiom) = (0, false);
        while at < all.len() {
            if let Some((end, _)) = self.idioms.longest_at(&all, at) {
                (at, is_after_idiom) = (end, true);
                continue;
            }
            let mut word = all[at].clone();
            word.begins_clause |= is_after_idiom;
            kept.push(word);
            (at, is_after_idiom) = (at + 1, false);
        }
        kept
    }

    /// Places at which phrases of a class stand.
    pub(super) fn places(&self, class: Class, words: &[Word]) -> Vec<Place> {
        self.classes.get(&class).map_or_else(Vec::new, |phrases| phrases.places(words))
    }

    /// Places at which a child is named or shown.
    pub(super) fn child_shown(&self, words: &[Word]) -> Vec<Place> {
        self.child_shown.places(words)
    }

    /// Whether a lawyer, suing or a death is spoken of.
    pub(super) fn needs_counsel(&self, words: &[Word]) -> bool {
        self.counsel.stand_in(words)
    }

    /// Whether there is a word of praise.
    pub(super) fn is_praise(&self, words: &[Word]) -> bool {
        self.praise.stand_in(words)
    }

    /// Whether a sentence tells of long ago, of others or of what one may learn, and not of now.
    pub(super) fn is_told_calmly(&self, sentence: &[Word]) -> bool {
        self.calm.stand_in(sentence) && !self.present.stand_in(sentence)
    }

    /// Whether what stands at `at` is denied by the words before it: "no chest pain", "sin fiebre ni dolor de pecho".
    /// `reach` is how many words the denial may stand away.
    pub(super) fn is_denied(&self, words: &[Word], at: usize, reach: usize) -> bool {
        let is_in = |list: &[&str], word: &Word| list.contains(&word.plain.as_str());
        let (mut here, mut skip_one) = (at, false);
        while here > 0 && at - here < reach && !words[here].begins_clause {
            let before = &words[here - 1];
            if is_in(&self.denial, before) {
                return !is_in(&self.no_denial_before, &words[here]);
            }
            let joins = matches!(before.plain.as_str(), "or" | "nor" | "and" | "ni" | "o" | "y");
            if !skip_one && !is_in(&self.between, before) {
                return false;
            }
            // What is joined to the danger may be anything: "no fever or chest pain".
            skip_one = joins;
            here -= 1;
        }
        false
    }
}

/// The lines of the files under their headings.
fn sections() -> HashMap<&'static str, Vec<&'static str>> {
    let mut sections: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut heading = "";
    for line in FILES.into_iter().flat_map(str::lines).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(named) => heading = named,
            None => sections.entry(heading).or_default().push(line),
        }
    }
    sections
}

/// Most words of a sentence that are read on each side of a danger, so that a text without a full stop takes linear time.
const REACH: usize = 40;

/// The sentence around a word.
pub(super) fn sentence_around(words: &[Word], at: usize) -> &[Word] {
    let (first, last) = (at.saturating_sub(REACH), (at + REACH).min(words.len()));
    let from = (first..=at).rev().find(|&here| words[here].begins_sentence).unwrap_or(first);
    let to = (at + 1..last).find(|&here| words[here].begins_sentence).unwrap_or(last);
    &words[from..to]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_but_the_last_has_signals_in_both_languages() {
        let sections = sections();
        let known = ["words", "idioms", "calm", "present", "denial", "between denial and danger", "no denial before"];
        for heading in sections.keys() {
            let is_class = Class::ALL.iter().any(|class| class.as_str() == *heading);
            assert!(
                is_class || known.contains(heading) || matches!(*heading, "praise" | "child shown" | "counsel"),
                "{heading}"
            );
        }
        for class in Class::ALL.iter().filter(|class| **class != Class::Other) {
            assert!(sections.get(class.as_str()).is_some_and(|lines| lines.len() > 5), "{class:?}");
        }
    }

    #[test]
    fn every_group_that_is_named_is_there() {
        let sections = sections();
        let groups: Vec<&str> = sections["words"].iter().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
        for (heading, line) in
            sections.iter().flat_map(|(heading, lines)| lines.iter().map(move |line| (heading, line)))
        {
            for name in line.split([' ', '|']).filter_map(|word| word.strip_prefix('@')) {
                assert!(groups.contains(&name), "[{heading}] {line}: there is no group {name}");
            }
        }
    }
}
