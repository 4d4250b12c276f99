//! Signals: the phrases of `content/inbox/signals.yaml`, and how they are found in what strangers write.
//!
//! Dangers are mostly composed: "face + droops", "my husband + grabbed + neck" stand near each other in any order, so that
//! few groups of words hear many voices. A danger told in a calm way ("ten years ago", "signs of a stroke") is none,
//! unless the same sentence says that it is now.
//!
//! A text is cut into words without accents, capitals and apostrophes; a phrase is a row of slots that words must fill
//! (see the top of that file). Idioms are taken out first. A denial directly before a danger, "no chest pain", undoes
//! it; a new clause ends the denial, so "no fever, chest pain" still is one.

use std::collections::HashMap;

use serde::Deserialize;

/// Words that may stand in a gap, and in a wide one.
const GAP: usize = 3;
const WIDE_GAP: usize = 8;
/// Words within which the parts of a composed signal stand.
const WINDOW: usize = 9;
/// What a number before such a word counts is not somebody's age.
const NOT_AN_AGE: &[&str] = &[
    "week", "weeks", "day", "days", "month", "months", "pound", "pounds", "lb", "lbs", "kilos", "kg", "hour", "hours",
    "minute", "minutes", "mile", "miles", "percent", "mg", "feet", "foot", "inches", "steps", "of", "over", "out",
    "semanas", "dias", "meses", "horas", "minutos", "millas", "libras", "de", "points", "times", "veces", "in", "into",
    "to",
];
const SMALL_NUMBERS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "un",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciseis",
    "diecisiete",
];

/// A word of a text, with its place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    plain: String,
    start: usize,
    end: usize,
    begins_clause: bool,
    begins_sentence: bool,
}

/// Cuts a text into words.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut is_inside, mut begins_clause, mut begins_sentence) = (false, true, true);
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        // Combining accents and apostrophes belong to the word they stand in.
        if matches!(letter, '\'' | '’' | '‘' | '`' | '´' | '\u{300}'..='\u{36f}') {
            continue;
        }
        if !letter.is_alphanumeric() {
            begins_clause |= matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | '\n' | '(' | ')' | '—' | '¿' | '¡');
            begins_sentence |= matches!(letter, '.' | '!' | '?' | '\n');
            is_inside = false;
            continue;
        }
        if !is_inside {
            words.push(Word { plain: String::new(), start: at, end, begins_clause, begins_sentence });
            (is_inside, begins_clause, begins_sentence) = (true, false, false);
        }
        if let Some(word) = words.last_mut() {
            word.plain.extend(letter.to_lowercase().map(without_accent));
            word.end = end;
        }
    }
    words
}

fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'à' | 'ä' | 'â' | 'ã' => 'a',
        'é' | 'è' | 'ë' | 'ê' => 'e',
        'í' | 'ì' | 'ï' | 'î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' | 'õ' => 'o',
        'ú' | 'ù' | 'ü' | 'û' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}

/// One place in a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Slot {
    /// One of these words; true for a beginning that any ending may follow.
    Words(Vec<(String, bool)>),
    /// Any number.
    Number,
    /// A number between these two, in figures.
    Between(u32, u32),
    /// A number that can be a child's age.
    Child,
    /// Up to so many words.
    Gap(usize),
}

/// A phrase to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrase(Vec<Slot>);

impl Phrase {
    fn read(written: &str) -> Self {
        Self(written.split_whitespace().map(slot).collect())
    }

    /// Where it ends when it begins at `at`.
    fn end_at(&self, words: &[Word], at: usize) -> Option<usize> {
        let end = fits(&self.0, words, at)?;
        let counts_something = self.0.last() == Some(&Slot::Child)
            && words.get(end).is_some_and(|next| !next.begins_clause && NOT_AN_AGE.contains(&next.plain.as_str()));
        (!counts_something).then_some(end)
    }
}

fn slot(written: &str) -> Slot {
    match written {
        "_" => Slot::Gap(GAP),
        "__" => Slot::Gap(WIDE_GAP),
        "<n>" => Slot::Number,
        "<child>" => Slot::Child,
        other => between(other).unwrap_or_else(|| {
            Slot::Words(
                other.split('|').map(|word| (word.trim_end_matches('*').to_owned(), word.ends_with('*'))).collect(),
            )
        }),
    }
}

/// Reads "<20-54>".
fn between(written: &str) -> Option<Slot> {
    let (low, high) = written.strip_prefix('<')?.strip_suffix('>')?.split_once('-')?;
    Some(Slot::Between(low.parse().ok()?, high.parse().ok()?))
}

/// Phrases that stand near each other in any order; mostly it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Signal(Vec<Phrase>);

impl Signal {
    /// Reads "face|mouth + droop*"; `@name` stands for the words of a group.
    fn read(written: &str, groups: &HashMap<String, String>) -> Self {
        let with_words = |slot: &str| {
            let words = slot
                .split('|')
                .map(|word| word.strip_prefix('@').and_then(|name| groups.get(name)).map_or(word, String::as_str));
            words.collect::<Vec<_>>().join("|")
        };
        let part = |part: &str| Phrase::read(&part.split_whitespace().map(with_words).collect::<Vec<_>>().join(" "));
        Self(written.split(" + ").map(part).collect())
    }

    /// Where it ends when its earliest part begins at `at`.
    fn end_at(&self, words: &[Word], at: usize) -> Option<usize> {
        let first = self.0.iter().filter_map(|part| part.end_at(words, at)).max()?;
        if self.0.len() == 1 {
            return Some(first);
        }
        let reach = (at + WINDOW).min(words.len());
        let ends = self.0.iter().map(|part| (at..reach).find_map(|here| part.end_at(words, here)));
        ends.collect::<Option<Vec<_>>>()?.into_iter().max()
    }
}

fn fits(slots: &[Slot], words: &[Word], at: usize) -> Option<usize> {
    let Some((slot, rest)) = slots.split_first() else { return Some(at) };
    if let Slot::Gap(most) = slot {
        return (0..=*most).find_map(|skip| fits(rest, words, at + skip));
    }
    let word = words.get(at)?.plain.as_str();
    let is_fit = match slot {
        Slot::Words(choice) => {
            choice.iter().any(|(wanted, open)| if *open { word.starts_with(wanted.as_str()) } else { word == wanted })
        }
        Slot::Number => word.bytes().all(|byte| byte.is_ascii_digit()),
        Slot::Between(low, high) => word.parse::<u32>().is_ok_and(|number| (*low..=*high).contains(&number)),
        Slot::Child => SMALL_NUMBERS.contains(&word) || word.parse::<u8>().is_ok_and(|age| (1..=17).contains(&age)),
        Slot::Gap(_) => true,
    };
    if is_fit { fits(rest, words, at + 1) } else { None }
}

/// The file as it is written.
#[derive(Deserialize)]
struct Written {
    groups: HashMap<String, String>,
    calm: Vec<String>,
    present: Vec<String>,
    denials: WrittenDenials,
    idioms: Vec<String>,
    praise: Vec<String>,
    classes: HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct WrittenDenials {
    words: Vec<String>,
    between: Vec<String>,
    not_when_followed_by: Vec<String>,
}

/// All signals, ready to look.
pub(super) struct Signals {
    denials: WrittenDenials,
    calm: Vec<Signal>,
    present: Vec<Signal>,
    idioms: Vec<Signal>,
    praise: Vec<Signal>,
    classes: HashMap<String, Vec<Signal>>,
}

impl Signals {
    /// Reads the content file.
    pub(super) fn read(yaml: &str) -> Result<Self, serde_yaml_ng::Error> {
        let written: Written = serde_yaml_ng::from_str(yaml)?;
        let phrases =
            |list: Vec<String>| list.iter().map(|line| Signal::read(line, &written.groups)).collect::<Vec<_>>();
        Ok(Self {
            calm: phrases(written.calm),
            present: phrases(written.present),
            idioms: phrases(written.idioms),
            praise: phrases(written.praise),
            classes: written.classes.into_iter().map(|(word, list)| (word, phrases(list))).collect(),
            denials: written.denials,
        })
    }

    /// The words of a text without its idioms. Where one stood, a clause ends.
    pub(super) fn without_idioms(&self, text: &str) -> Vec<Word> {
        let mut words = words(text);
        let mut at = 0;
        while at < words.len() {
            match self.idioms.iter().filter_map(|idiom| idiom.end_at(&words, at)).max() {
                Some(end) => {
                    words.drain(at..end);
                    if let Some(next) = words.get_mut(at) {
                        next.begins_clause = true;
                    }
                }
                None => at += 1,
            }
        }
        words
    }

    /// Places (from, to) at which phrases of a class stand.
    pub(super) fn places(&self, class: &str, words: &[Word]) -> Vec<(usize, usize)> {
        self.classes.get(class).map_or_else(Vec::new, |phrases| places(phrases, words))
    }

    /// Whether there is a word of praise.
    pub(super) fn is_praise(&self, words: &[Word]) -> bool {
        !places(&self.praise, words).is_empty()
    }

    /// Whether the sentence around `at` tells of long ago, of others or of what one may learn, and not of now.
    pub(super) fn is_told_calmly(&self, words: &[Word], at: usize) -> bool {
        let from = (0..=at).rev().find(|here| words.get(*here).is_some_and(|word| word.begins_sentence)).unwrap_or(0);
        let to = (at + 1..words.len()).find(|here| words[*here].begins_sentence).unwrap_or(words.len());
        let sentence = &words[from..to];
        !places(&self.calm, sentence).is_empty() && places(&self.present, sentence).is_empty()
    }

    /// Whether what stands at `at` is denied by the words before it: "no chest pain", "sin fiebre ni dolor de pecho".
    /// `reach` is how many words the denial may stand away.
    pub(super) fn is_denied(&self, words: &[Word], at: usize, reach: usize) -> bool {
        let is_in = |list: &[String], word: &Word| list.contains(&word.plain);
        let (mut here, mut skip_one) = (at, false);
        while here > 0 && at - here < reach && !words[here].begins_clause {
            let before = &words[here - 1];
            if is_in(&self.denials.words, before) {
                return !is_in(&self.denials.not_when_followed_by, &words[here]);
            }
            let joins = matches!(before.plain.as_str(), "or" | "nor" | "and" | "ni" | "o" | "y");
            if !skip_one && !is_in(&self.denials.between, before) {
                return false;
            }
            // What is joined to the danger may be anything: "no fever or chest pain".
            skip_one = joins;
            here -= 1;
        }
        false
    }
}

fn places(phrases: &[Signal], words: &[Word]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = (0..words.len())
        .filter_map(|at| Some((at, phrases.iter().filter_map(|phrase| phrase.end_at(words, at)).max()?)))
        .collect();
    // A phrase inside another one says nothing new.
    found.dedup_by(|later, earlier| later.1 <= earlier.1);
    found
}

/// The text's own words between two places.
pub(super) fn quoted<'a>(text: &'a str, words: &[Word], (from, to): (usize, usize)) -> &'a str {
    match (words.get(from), to.checked_sub(1).and_then(|last| words.get(last))) {
        (Some(first), Some(last)) => text.get(first.start..last.end).unwrap_or_default(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(phrase: &str, text: &str) -> bool {
        let words = words(text);
        (0..words.len()).any(|at| Phrase::read(phrase).end_at(&words, at).is_some())
    }

    #[test]
    fn phrases_find_whole_words_whatever_their_dress() {
        assert!(finds("no puedo respirar", "¡NO PUEDO  respirar!"));
        assert!(finds("cant breathe", "I can’t breathe"));
        assert!(finds("se desmayo", "se desmayó ayer"));
        assert!(finds("se desmayo", "se desmayo\u{301} ayer"), "accent as a mark of its own");
        assert!(!finds("bill", "Billy is nice"));
        assert!(finds("suicid*", "suicidal thoughts"));
        assert!(finds("chest _ tight", "my chest feels really tight"));
        assert!(!finds("chest _ tight", "chest is now I say it tight"));
        assert!(finds("i am <child>", "I am 12."));
        assert!(finds("i am <child>", "i am eleven"));
        assert!(!finds("i am <child>", "I am 12 weeks pregnant"));
        assert!(!finds("i am <child>", "I am 34"));
        assert!(finds("<n> over <n>", "165 over 95"));
        assert!(finds("sugar is <20-54>", "my sugar is 34") && !finds("sugar is <20-54>", "my sugar is 134"));
    }

    #[test]
    fn parts_stand_near_each_other_in_any_order() {
        let groups = HashMap::from([("face".to_owned(), "face|mouth".to_owned())]);
        let signal = Signal::read("@face|smile + droop*", &groups);
        let finds = |text: &str| !places(std::slice::from_ref(&signal), &words(text)).is_empty();
        assert!(
            finds("her mouth is drooping") && finds("Drooping on one side of his face") && finds("a smile that droops")
        );
        assert!(
            !finds("her face is red")
                && !finds("my face, and then after all those many long quiet weeks flowers droop")
        );
    }
}
