//! What the tagger looks at, as places in the table of weights.
//!
//! A listed name is not looked at by itself but by its frequency classes, its shape and its first and last letters, so
//! that the table learns how names are used and not whose they are. Words that are no listed names ("said", "dr",
//! "street"), and names that are ordinary words too ("hope"), are looked at as such.

use super::Token;

/// Places in the table of weights, a power of two.
pub(crate) const PLACES: usize = 1 << BITS;
const BITS: u32 = 17;

/// Words kept free on each side of a sentence, so that neighbours always exist.
const MARGIN: usize = 2;

/// Letters of a word that are looked at three by three.
const LETTERS: usize = 13;

/// How a sentence uses capital letters; in the last three a capital letter says little or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Mixed,
    Small,
    Capitals,
    Titled,
}

/// A word as its neighbours see it.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// The word itself where it is no listed name, else its kind.
    lex: u32,
    /// Shape and rough classes.
    kind: u32,
    /// All classes, fine.
    classes: u32,
    shape: u32,
    /// The last character before the word and the first after it, spaces left out.
    before: u32,
    after: u32,
    candidate: bool,
}

/// Stands before the first and after the last word, and where no candidate is near.
const EDGE: Seen = Seen { lex: 1, kind: 1, classes: 0, shape: 9, before: 0, after: 0, candidate: false };

const SMALL: u32 = 0;
const CAPITAL: u32 = 1;
const SHOUTED: u32 = 2;
const INITIAL: u32 = 3;
const INNER: u32 = 4;
const FIGURES: u32 = 5;
/// The shape of each word of a sentence whose capital letters say nothing.
const UNSAID: u32 = 6;

/// A sentence, ready to be asked for its features.
pub(crate) struct Sentence<'t> {
    words: &'t [Token<'t>],
    seen: Vec<Seen>,
    style: Style,
}

impl<'t> Sentence<'t> {
    /// Nothing if no word of the sentence can be a name.
    pub(crate) fn read(before: &str, words: &'t [Token<'t>]) -> Option<Sentence<'t>> {
        let style = style(words);
        let first = words.iter().position(|word| is_candidate(word, style))?;
        let mut seen = vec![EDGE; words.len() + 2 * MARGIN];
        let mut looked_at = first.saturating_sub(MARGIN);
        for candidate in first..words.len() {
            if candidate > first && !is_candidate(&words[candidate], style) {
                continue;
            }
            // A word is only seen where a candidate is near.
            let from = looked_at.max(candidate.saturating_sub(MARGIN));
            looked_at = words.len().min(candidate + MARGIN + 1);
            for at in from..looked_at {
                let gap = if at == 0 { before } else { words[at - 1].gap };
                seen[at + MARGIN] = see(&words[at], style, joint(gap.chars().rev()));
            }
        }
        Some(Sentence { words, seen, style })
    }

    /// Whether the word can be a name at all.
    pub(crate) fn is_candidate(&self, at: usize) -> bool {
        self.seen[at + MARGIN].candidate
    }

    /// Tells the place of each feature of a word, always in the same order.
    #[inline]
    pub(crate) fn each_feature(&self, at: usize, mut tell: impl FnMut(usize)) {
        let [two_before, before, word, after, two_after] =
            [at, at + 1, at + 2, at + 3, at + 4].map(|place| &self.seen[place]);
        let token = &self.words[at];
        let folded = token.folded.as_bytes();
        let length = folded.len().min(12) as u32;
        let setting = self.style as u32 * 2 + u32::from(at == 0);
        let joints = word.before << 8 | word.after;
        // The letters three by three, so that a name in no list is known by its sound.
        if !token.common && !is_listed(token) {
            each_three(folded, |three| tell(place(0, three, word.shape)));
        }
        let mut number = 0;
        let mut feature = |a: u32, b: u32| {
            number += 1;
            tell(place(number, a, b));
        };
        // The word alone.
        feature(setting, word.shape);
        feature(setting, word.kind);
        feature(word.classes, word.shape);
        feature(word.lex, word.shape);
        feature(letters(folded.iter().rev().take(3)), word.shape);
        feature(letters(folded.iter().rev().take(2)), length);
        feature(letters(folded.iter().take(3)), word.shape);
        feature(length, word.kind);
        feature(joints, word.shape);
        // With the word before.
        feature(before.lex, word.before);
        feature(before.lex, word.kind);
        feature(before.lex, word.lex);
        feature(before.kind, word.kind << 8 | word.before);
        feature(before.classes, word.classes);
        // With the word after.
        feature(after.lex, word.after);
        feature(after.lex, word.kind);
        feature(after.lex, word.lex);
        feature(after.kind, word.kind << 8 | word.after);
        feature(after.classes, word.classes);
        // With both, and with those beyond.
        feature(before.kind << 16 | after.kind, word.kind);
        feature(before.lex, after.lex);
        feature(two_before.lex, word.shape);
        feature(two_after.lex, word.shape);
        feature(two_before.lex, before.lex);
        feature(after.lex, two_after.lex);
        feature(two_before.kind << 16 | before.kind, word.kind);
        feature(after.kind << 16 | two_after.kind, word.kind);
    }
}

fn is_candidate(word: &Token<'_>, style: Style) -> bool {
    match style {
        Style::Mixed | Style::Titled => word.cased.starts_with(char::is_uppercase) || is_listed(word) && !word.common,
        Style::Small | Style::Capitals => is_listed(word) || !word.common,
    }
}

fn style(words: &[Token<'_>]) -> Style {
    let (mut letters, mut capitals, mut shouted) = (0, 0, 0);
    for word in words.iter().filter(|word| word.cased.len() > 1) {
        letters += 1;
        if word.cased.starts_with(|first: char| first.is_ascii_uppercase()) {
            capitals += 1;
            shouted += u32::from(word.cased.bytes().all(|byte| !byte.is_ascii_lowercase()));
        }
    }
    match (letters, capitals, shouted) {
        (_, 0, _) => Style::Small,
        (3.., _, shouted) if shouted * 10 >= letters * 7 => Style::Capitals,
        (4.., capitals, _) if capitals * 10 >= letters * 7 => Style::Titled,
        _ => Style::Mixed,
    }
}

fn see(word: &Token<'_>, style: Style, before: u32) -> Seen {
    let shape = match style {
        Style::Small | Style::Capitals => UNSAID,
        Style::Mixed | Style::Titled => shape(word.cased),
    };
    let (common, other) = (u32::from(word.common), u32::from(word.health || word.place));
    let kind = 2 + (((shape * 4 + rough(word.given)) * 4 + rough(word.surname)) * 2 + common) * 2 + other;
    let classes = ((u32::from(word.given) * 8 + u32::from(word.surname)) * 2 + common) * 4
        + u32::from(word.health) * 2
        + u32::from(word.place);
    Seen {
        lex: if is_listed(word) && !word.common { kind } else { spelled(word.folded.as_bytes()) },
        kind,
        classes,
        shape,
        before,
        after: joint(word.gap.chars()),
        candidate: before != u32::from('@') && is_candidate(word, style),
    }
}

fn is_listed(word: &Token<'_>) -> bool {
    word.given > 0 || word.surname > 0
}

/// Frequency classes 0..7 in four steps.
fn rough(class: u8) -> u32 {
    u32::from(class.min(7)).div_ceil(2).min(3)
}

fn shape(cased: &str) -> u32 {
    let mut bytes = cased.bytes();
    let capital = bytes.next().is_some_and(|byte| byte.is_ascii_uppercase());
    let (mut small, mut large, mut figures) = (false, false, false);
    for byte in bytes {
        small |= byte.is_ascii_lowercase();
        large |= byte.is_ascii_uppercase();
        figures |= byte.is_ascii_digit();
    }
    match (capital, small, large) {
        _ if figures => FIGURES,
        (true, false, false) => INITIAL,
        (true, false, true) => SHOUTED,
        (true, true, false) => CAPITAL,
        (false, _, false) => SMALL,
        _ => INNER,
    }
}

/// The first character that is no space, figures and letters as one each; 0 if there is none.
fn joint(characters: impl Iterator<Item = char>) -> u32 {
    for character in characters {
        match character {
            ' ' | '\u{a0}' => {}
            '0'..='9' => return u32::from('0'),
            character if character.is_ascii() => return u32::from(character),
            _ => return 1,
        }
    }
    0
}

fn letters<'b>(bytes: impl Iterator<Item = &'b u8>) -> u32 {
    bytes.fold(0, |letters, byte| letters << 8 | u32::from(*byte))
}

/// Each three letters of a word with its edges, for as many letters as names have.
#[inline]
fn each_three(bytes: &[u8], mut tell: impl FnMut(u32)) {
    let mut three = u32::from(b'^');
    for (at, byte) in bytes.iter().chain(b"$").take(LETTERS).enumerate() {
        three = (three << 8 | u32::from(*byte)) & 0x00ff_ffff;
        if at > 0 {
            tell(three);
        }
    }
}

/// FNV-1a.
fn spelled(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Two values and the number of the question, mixed well enough that few features share a place.
#[inline]
fn place(number: u64, a: u32, b: u32) -> usize {
    let key = (u64::from(a) << 32 | u64::from(b)) ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = key.wrapping_mul(0xff51_afd7_ed55_8ccd);
    let mixed = (mixed ^ mixed >> 32).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (mixed >> (64 - BITS)) as usize
}
