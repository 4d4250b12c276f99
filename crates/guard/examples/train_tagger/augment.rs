//! Copies of the training sentences that keep the tagger honest: other names in place of those it would
//! otherwise learn by heart, and the same in lower case or in capitals, as people type.

use crate::{
    corpora::{Answer, Post, Sentence, Word},
    lists::Lists,
};

/// Chance with a seed (SplitMix64), so that each run draws the same.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `sides`.
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) % sides as u64) as usize
    }

    /// True in `parts` of a hundred throws.
    pub(crate) fn percent(&mut self, parts: usize) -> bool {
        self.below(100) < parts
    }

    pub(crate) fn shuffle<T>(&mut self, row: &mut [T]) {
        for at in (1..row.len()).rev() {
            row.swap(at, self.below(at + 1));
        }
    }
}

/// The sentence with other people in it. Of those, some are in no word list, as in life.
pub(crate) fn other_people(sentence: &Sentence, lists: &Lists, dice: &mut Dice) -> Sentence {
    let mut copy = sentence.clone();
    for at in 0..copy.words.len() {
        let Answer::Name(name) = copy.words[at].answer else { continue };
        let alone = |next: Option<&Word>| next.is_none_or(|next| next.answer != Answer::Name(name));
        let first = alone(at.checked_sub(1).and_then(|before| copy.words.get(before)));
        let last = alone(copy.words.get(at + 1));
        let word = &mut copy.words[at];
        // "Mary Ann T.": an initial stays one, and what no list calls a name ("von", "Jr") stays.
        if word.cased.len() < 2 || word.classes.given == 0 && word.classes.surname == 0 && dice.percent(60) {
            continue;
        }
        let as_given = first && !(last && dice.percent(25));
        let shouted = word.cased.bytes().all(|byte| byte.is_ascii_uppercase());
        word.folded = draw(if as_given { &lists.given } else { &lists.surnames }, dice);
        word.classes = lists.classes(&word.folded);
        word.cased = if shouted { word.folded.to_uppercase() } else { capitalised(&word.folded) };
        if dice.percent(30) {
            word.classes.given = 0;
            word.classes.surname = 0;
        }
    }
    copy
}

/// The more frequent of two names.
fn draw(names: &[(String, u8)], dice: &mut Dice) -> String {
    let (one, other) = (&names[dice.below(names.len())], &names[dice.below(names.len())]);
    if one.1 >= other.1 { one.0.clone() } else { other.0.clone() }
}

fn capitalised(folded: &str) -> String {
    let mut letters = folded.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The sentence as somebody types who uses no capital letters.
pub(crate) fn small(sentence: &Sentence) -> Sentence {
    recased(sentence, |word| word.folded.clone())
}

/// The sentence as somebody types who uses nothing else.
pub(crate) fn shouted(sentence: &Sentence) -> Sentence {
    recased(sentence, |word| word.folded.to_uppercase())
}

/// The sentence as a headline, each longer word with a capital letter.
pub(crate) fn titled(sentence: &Sentence) -> Sentence {
    recased(sentence, |word| if word.cased.len() > 3 { capitalised(&word.cased) } else { word.cased.clone() })
}

/// Posts, each sentence written another way.
pub(crate) fn all(posts: &[Post], write: fn(&Sentence) -> Sentence) -> Vec<Post> {
    let rewrite = |post: &Post| Post { sentences: post.sentences.iter().map(write).collect(), ..*post };
    posts.iter().map(rewrite).collect()
}

fn recased(sentence: &Sentence, write: impl Fn(&Word) -> String) -> Sentence {
    let mut copy = sentence.clone();
    for word in &mut copy.words {
        word.cased = write(word);
    }
    copy
}
