//! Links, mentions and hashtags in a text, as byte ranges of its UTF-8 form (`app.bsky.richtext.facet`).
//!
//! The network's apps only make text touchable where a facet says so. What counts as one follows the network's own
//! library (<https://github.com/bluesky-social/atproto/blob/main/packages/api/src/rich-text/detection.ts>), except
//! that a link needs its `https://`: a bare name with a dot may be a slip of the pen.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::wire::is_handle;

/// Longest hashtag: `app.bsky.richtext.facet#tag`.
const MOST_TAG_GRAPHEMES: usize = 64;
const MOST_TAG_BYTES: usize = 640;

/// A piece of the text that does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Touchable {
    /// Where, in bytes.
    pub(super) bytes: Range<usize>,
    /// What it is.
    pub(super) what: What,
}

/// What touching does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// Opens an address.
    Link(String),
    /// Opens the profile of a handle.
    Mention(String),
    /// Searches a hashtag, given without `#`.
    Tag(String),
}

/// Everything touchable in `text`, in order.
pub(super) fn facets(text: &str) -> Vec<Touchable> {
    words(text).filter_map(|word| touchable(text, word)).collect()
}

/// Ranges between white space and characters of no width.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let gap = |letter: char| letter.is_whitespace() || ('\u{200b}'..='\u{200d}').contains(&letter);
    text.split(gap).filter(|word| !word.is_empty()).map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

fn touchable(text: &str, mut word: Range<usize>) -> Option<Touchable> {
    let brackets = ['(', '[', '“', '"', '«', '¿', '¡'];
    word.start += text[word.clone()].len() - text[word.clone()].trim_start_matches(brackets).len();
    let whole = &text[word.clone()];
    let what = if has_prefix(whole, "https://") || has_prefix(whole, "http://") {
        let uri = without_tail(whole);
        word.end = word.start + uri.len();
        // Only what a browser can read as an address with a host.
        url::Url::parse(uri).ok()?.host_str()?;
        What::Link(uri.to_owned())
    } else if let Some(handle) = whole.strip_prefix('@') {
        let end = handle.find(|letter: char| !(letter.is_ascii_alphanumeric() || ".-".contains(letter)));
        let handle = handle[..end.unwrap_or(handle.len())].trim_end_matches(['.', '-']);
        word.end = word.start + 1 + handle.len();
        is_handle(handle).then(|| What::Mention(handle.to_ascii_lowercase()))?
    } else {
        let tag = whole.strip_prefix(['#', '＃'])?;
        let sign = whole.len() - tag.len();
        let tag = tag.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        word.end = word.start + sign + tag.len();
        // A tag needs a letter: “#1” is a rank.
        let fits = tag.len() <= MOST_TAG_BYTES && tag.graphemes(true).count() <= MOST_TAG_GRAPHEMES;
        (fits && tag.chars().any(char::is_alphabetic)).then(|| What::Tag(tag.to_owned()))?
    };
    Some(Touchable { bytes: word, what })
}

fn has_prefix(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// An address without the punctuation of the sentence around it. A closing bracket stays when it was opened inside.
fn without_tail(mut uri: &str) -> &str {
    loop {
        let shorter = uri.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '\'', '”', '’', '»', '…']);
        let count = |bracket: char| shorter.matches(bracket).count();
        let unopened = |open, close| shorter.ends_with(close) && count(close) > count(open);
        let shorter = if unopened('(', ')') || unopened('[', ']') { &shorter[..shorter.len() - 1] } else { shorter };
        if shorter.len() == uri.len() {
            return uri;
        }
        uri = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, What)> {
        facets(text).into_iter().map(|facet| (&text[facet.bytes], facet.what)).collect()
    }

    #[test]
    fn links_mentions_and_tags_stand_where_they_stand() {
        let link = |uri: &str| What::Link(uri.to_owned());
        let mention = |handle: &str| What::Mention(handle.to_owned());
        let tag = |tag: &str| What::Tag(tag.to_owned());
        assert_eq!(
            found("🧂 Más sabor: https://cedar.example/p?a=1#x, con @Maple.test y #MenosSal."),
            [
                ("https://cedar.example/p?a=1#x", link("https://cedar.example/p?a=1#x")),
                ("@Maple.test", mention("maple.test")),
                ("#MenosSal", tag("MenosSal")),
            ]
        );
        assert_eq!(
            found("(see https://cedar.example/a_(b))."),
            [("https://cedar.example/a_(b)", link("https://cedar.example/a_(b)"))]
        );
        assert_eq!(found("(https://cedar.example)"), [("https://cedar.example", link("https://cedar.example"))]);
        assert_eq!(found("@maple.test's #día"), [("@maple.test", mention("maple.test")), ("#día", tag("día"))]);
        assert_eq!(found("“#2026goals”"), [("#2026goals", tag("2026goals"))]);
    }

    #[test]
    fn what_only_looks_like_one_stays_text() {
        let long = format!("#{}", "a".repeat(65));
        for text in
            ["front@cedar.example", "@maple", "#1", "#", "# salt", "a#b", "http://", "cedar.example", "@", &long]
        {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
