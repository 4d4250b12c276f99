//! A rewritten copy of a text that remembers where each byte came from.

use std::ops::Range;

/// A rewritten text. Every byte knows the range of the original that it stands for, so that a
/// finding in the copy points into the text as the author wrote it.
#[derive(Debug, Default)]
pub(crate) struct Copy {
    text: String,
    origin: Vec<(u32, u32)>,
}

impl Copy {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Adds text that stands for a range of the original.
    pub(crate) fn push(&mut self, text: &str, origin: &Range<usize>) {
        self.text.push_str(text);
        // Texts are far below 4 GiB; a longer one would only lose its positions.
        let at = (u32::try_from(origin.start).unwrap_or(u32::MAX), u32::try_from(origin.end).unwrap_or(u32::MAX));
        self.origin.resize(self.text.len(), at);
    }

    /// Adds a part of another copy unchanged.
    pub(crate) fn push_from(&mut self, other: &Copy, range: Range<usize>) {
        self.text.push_str(&other.text[range.clone()]);
        self.origin.extend_from_slice(&other.origin[range]);
    }

    /// Where a range of this copy came from. An empty range is an empty range at its place.
    pub(crate) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let end = self.origin.last().map_or(0, |last| last.1 as usize);
        let start = self.origin.get(range.start).map_or(end, |first| first.0 as usize);
        if range.is_empty() {
            return start..start;
        }
        let last = self.origin.get(range.end - 1).map_or(end, |last| last.1 as usize);
        start..last.max(start)
    }
}
