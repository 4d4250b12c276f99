//! How the guard reads: the text is brought into its normal form, cut into sentences and words,
//! and read a second time with masks ("j a n e", "five five five") taken off.
//!
//! Rules look at a [`Page`]: `text()` keeps capitals and accents, `folded()` is lower case without
//! accents and is what most patterns are written for. Every place found on a page is brought back
//! to the text as the author wrote it.

mod copy;
pub(crate) mod cues;
pub(crate) mod normal;
pub(crate) mod pattern;
pub(crate) mod people;
mod practice;
mod unmask;
mod words;

use std::ops::Range;

use crate::context::Context;
use crate::guard::Text;
use copy::Copy;
pub(crate) use practice::Practice;
pub(crate) use words::Word;

/// A text, read: once as it is and, if something in it was masked, once more without masks.
#[derive(Debug)]
pub(crate) struct Passage<'a> {
    pages: Vec<Page<'a>>,
}

impl<'a> Passage<'a> {
    pub(crate) fn read(text: &'a Text<'a>, practice: &'a Practice) -> Passage<'a> {
        let plain = normal::normal(text.text);
        let unmasked = unmask::unmasked(&plain);
        let copies = std::iter::once(plain).chain(unmasked);
        Passage { pages: copies.map(|copy| Page::new(text, practice, copy)).collect() }
    }

    pub(crate) fn pages(&self) -> &[Page<'a>] {
        &self.pages
    }
}

/// One reading of a text.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) given: &'a Text<'a>,
    pub(crate) practice: &'a Practice,
    plain: Copy,
    folded: Copy,
    words: Vec<Word>,
    sentences: Vec<Sentence>,
}

/// Where a sentence stands in both forms of a page.
#[derive(Debug)]
pub(crate) struct Sentence {
    pub(crate) plain: Range<usize>,
    pub(crate) folded: Range<usize>,
}

impl<'a> Page<'a> {
    fn new(given: &'a Text<'a>, practice: &'a Practice, plain: Copy) -> Page<'a> {
        let (folded, place) = normal::folded(&plain);
        let sentences = words::sentences(plain.text())
            .into_iter()
            .map(|plain| Sentence { folded: place[plain.start]..place[plain.end], plain })
            .collect();
        let words = words::words(plain.text());
        Page { given, practice, plain, folded, words, sentences }
    }

    pub(crate) fn context(&self) -> Context {
        self.given.context
    }

    /// The normal form, capitals and accents kept.
    pub(crate) fn text(&self) -> &str {
        self.plain.text()
    }

    /// The normal form in lower case without accents.
    pub(crate) fn folded(&self) -> &str {
        self.folded.text()
    }

    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    pub(crate) fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The sentence in which a place of the normal form stands.
    pub(crate) fn sentence_at(&self, plain: usize) -> usize {
        self.sentences.partition_point(|s| s.plain.end <= plain).min(self.sentences.len().saturating_sub(1))
    }

    /// The folded text of the sentence around a place of the folded form, and its start.
    pub(crate) fn folded_sentence(&self, folded: usize) -> (usize, &str) {
        let at = self.sentences.partition_point(|s| s.folded.end <= folded);
        match self.sentences.get(at) {
            Some(sentence) => (sentence.folded.start, &self.folded()[sentence.folded.clone()]),
            None => (0, self.folded()),
        }
    }

    /// The folded text of a sentence by its number; empty beyond the ends.
    pub(crate) fn folded_of(&self, sentence: Option<usize>) -> &str {
        sentence.and_then(|at| self.sentences.get(at)).map_or("", |sentence| &self.folded()[sentence.folded.clone()])
    }

    /// Where a range of the normal form stands in the author's text.
    pub(crate) fn origin(&self, plain: Range<usize>) -> Range<usize> {
        self.plain.origin(plain)
    }

    /// Where a range of the folded form stands in the author's text.
    pub(crate) fn folded_origin(&self, folded: Range<usize>) -> Range<usize> {
        self.folded.origin(folded)
    }
}
