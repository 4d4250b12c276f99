//! A rewritten copy of a text that remembers where each byte came from.

use std::ops::Range;

/// A rewritten text, ASCII only. Every byte knows the range of the original that it stands for, so that a finding in the
/// copy points into the text as the author wrote it.
#[derive(Debug, Default)]
pub(crate) struct Copy {
    text: String,
    /// `None`: byte for byte the original.
    origin: Option<Vec<(u32, u32)>>,
}

impl Copy {
    /// A copy of plain ASCII, which is the same byte for byte.
    pub(crate) fn same(text: &str) -> Copy {
        debug_assert!(text.is_ascii(), "a copy that is the same is ASCII");
        Copy { text: text.to_owned(), origin: None }
    }

    /// An empty copy to add to.
    pub(crate) fn with_capacity(bytes: usize) -> Copy {
        Copy { text: String::with_capacity(bytes), origin: Some(Vec::with_capacity(bytes)) }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Adds text that stands for a range of the original.
    pub(crate) fn push(&mut self, text: &str, origin: &Range<usize>) {
        let at = (place(origin.start), place(origin.end));
        let len = self.text.len() + text.len();
        self.mapped().resize(len, at);
        self.text.push_str(text);
    }

    /// Adds text that is the same in the original, where it begins at `start`.
    pub(crate) fn push_same(&mut self, text: &str, start: usize) {
        self.mapped().extend((start..start + text.len()).map(|at| (place(at), place(at + 1))));
        self.text.push_str(text);
    }

    /// The last byte stands for the original up to `end` as well: a mark or an invisible character follows it there.
    pub(crate) fn stretch(&mut self, end: usize) {
        if let Some(last) = self.mapped().last_mut() {
            last.1 = place(end);
        }
    }

    /// Adds a part of another copy unchanged.
    pub(crate) fn push_from(&mut self, other: &Copy, range: Range<usize>) {
        match &other.origin {
            Some(origin) => self.mapped().extend_from_slice(&origin[range.clone()]),
            None => self.mapped().extend(range.clone().map(|at| (place(at), place(at + 1)))),
        }
        self.text.push_str(&other.text[range]);
    }

    /// Where a range of this copy came from. An empty range is an empty range at its place.
    pub(crate) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let Some(origin) = &self.origin else { return range };
        let end = origin.last().map_or(0, |last| last.1 as usize);
        let start = origin.get(range.start).map_or(end, |first| first.0 as usize);
        if range.is_empty() {
            return start..start;
        }
        let last = origin.get(range.end - 1).map_or(end, |last| last.1 as usize);
        start..last.max(start)
    }

    fn mapped(&mut self) -> &mut Vec<(u32, u32)> {
        let same = self.text.len();
        self.origin.get_or_insert_with(|| (0..same).map(|at| (place(at), place(at + 1))).collect())
    }
}

/// Texts are far below 4 GiB; a longer one would only lose its places.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
