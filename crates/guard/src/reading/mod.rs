//! How the guard reads: the text is brought into its normal form, cut into sentences and words, and read a second time
//! with masks ("j a n e", "five five five") taken off.
//!
//! Rules look at a [`Page`]: `cased()` keeps capitals, `folded()` is lower case and is what most patterns are written for.
//! Both are ASCII, so a place in one is the same place in the other. Every place found on a page is brought back to the
//! text as the author wrote it.

mod copy;
pub(crate) mod cues;
pub(crate) mod gate;
mod likely;
mod needs;
pub(crate) mod normal;
pub(crate) mod pattern;
pub(crate) mod people;
mod practice;
mod unmask;
mod words;

use std::cell::OnceCell;
use std::ops::Range;

use crate::context::Context;
use crate::guard::Text;
use copy::Copy;
use gate::Open;
use pattern::{Form, Found, Groups, Pattern};
pub(crate) use practice::Practice;
pub(crate) use words::{Word, sentences};

/// A text, read: once as it is and, if something in it was masked, once more without masks.
#[derive(Debug)]
pub(crate) struct Passage<'a> {
    pages: Vec<Page<'a>>,
}

impl<'a> Passage<'a> {
    pub(crate) fn read(text: &'a Text<'a>, practice: &'a Practice) -> Passage<'a> {
        let plain = Page::new(text, practice, normal::normal(text.text));
        let unmasked = unmask::unmasked(&plain);
        let pages = std::iter::once(plain).chain(unmasked.map(|copy| Page::new(text, practice, copy)));
        Passage { pages: pages.collect() }
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
    copy: Copy,
    folded: String,
    open: Open,
    words: Vec<Word>,
    sentences: Vec<Range<usize>>,
    likely: OnceCell<Vec<i32>>,
}

impl<'a> Page<'a> {
    fn new(given: &'a Text<'a>, practice: &'a Practice, copy: Copy) -> Page<'a> {
        let folded = copy.text().to_ascii_lowercase();
        Page {
            given,
            practice,
            open: gate::open(&folded),
            words: words::words(copy.text(), &folded),
            sentences: words::sentences(copy.text()),
            copy,
            folded,
            likely: OnceCell::new(),
        }
    }

    /// For each word how likely it is part of a name, in the tagger's units; read when it is first asked for.
    pub(crate) fn likely(&self) -> &[i32] {
        self.likely.get_or_init(|| likely::scores(self))
    }

    pub(crate) fn context(&self) -> Context {
        self.given.context
    }

    /// The normal form, capitals kept.
    pub(crate) fn cased(&self) -> &str {
        self.copy.text()
    }

    /// The normal form in lower case.
    pub(crate) fn folded(&self) -> &str {
        &self.folded
    }

    fn copy(&self) -> &Copy {
        &self.copy
    }

    /// Whether a pattern may match somewhere on the page.
    pub(crate) fn lets(&self, pattern: &Pattern) -> bool {
        self.open.lets(pattern)
    }

    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    /// The sentence in which a place stands.
    pub(crate) fn sentence_at(&self, place: usize) -> usize {
        self.sentences.partition_point(|s| s.end <= place).min(self.sentences.len().saturating_sub(1))
    }

    /// The range of the sentence in which a place stands.
    pub(crate) fn around(&self, place: usize) -> Range<usize> {
        self.sentences.get(self.sentence_at(place)).cloned().unwrap_or(0..self.folded.len())
    }

    /// The folded text of the sentence around a place, and its start.
    pub(crate) fn folded_sentence(&self, place: usize) -> (usize, &str) {
        let sentence = self.around(place);
        (sentence.start, &self.folded[sentence])
    }

    /// The folded text of a sentence by its number; empty beyond the ends.
    pub(crate) fn folded_of(&self, sentence: Option<usize>) -> &str {
        sentence.and_then(|at| self.sentences.get(at)).map_or("", |sentence| &self.folded[sentence.clone()])
    }

    /// Where a range stands in the author's text.
    pub(crate) fn origin(&self, range: Range<usize>) -> Range<usize> {
        self.copy.origin(range)
    }

    /// All matches of a pattern in the form that it is written for.
    pub(crate) fn find<'p>(&'p self, pattern: &'static Pattern) -> impl Iterator<Item = Found<'p>> + use<'p> {
        let text = self.open.lets(pattern).then(|| self.form(pattern));
        text.into_iter().flat_map(|text| pattern.find_in(text))
    }

    /// All matches of a pattern with their groups.
    pub(crate) fn groups<'p>(&'p self, pattern: &'static Pattern) -> impl Iterator<Item = Groups<'p>> + use<'p> {
        let text = self.open.lets(pattern).then(|| self.form(pattern));
        text.into_iter().flat_map(|text| pattern.groups_in(text))
    }

    /// The first match of a pattern from a place on.
    pub(crate) fn groups_at(&self, pattern: &'static Pattern, from: usize) -> Option<Groups<'_>> {
        self.open.lets(pattern).then(|| pattern.groups_at(self.form(pattern), from)).flatten()
    }

    fn form(&self, pattern: &Pattern) -> &str {
        match pattern.form {
            Form::Cased => self.copy.text(),
            Form::Folded | Form::Asked => &self.folded,
        }
    }
}
