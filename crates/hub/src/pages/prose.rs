//! Plain text as paragraphs, lists and links. What a person typed is never read as HTML.

use askama::Template;

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Block<'a> {
    /// Lines that belong together.
    Paragraph(Vec<Line<'a>>),
    /// Lines that began with `- `, `* ` or `•`.
    List(Vec<Line<'a>>),
}

/// A line, cut where links begin and end.
pub(crate) type Line<'a> = Vec<Run<'a>>;

/// A piece of a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Run<'a> {
    /// Words.
    Words(&'a str),
    /// An address, shown as it is.
    Link(&'a str),
}

/// The text as HTML, for pages and feeds.
#[derive(Template)]
#[template(path = "pages/views/prose.html")]
struct Prose<'a> {
    blocks: Vec<Block<'a>>,
}

/// The text as HTML: every character of it escaped.
pub(crate) fn html(text: &str) -> String {
    Prose { blocks: blocks(text) }.render().unwrap_or_default()
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            open = false;
            continue;
        }
        match (item(line), blocks.last_mut().filter(|_| open)) {
            (Some(item), Some(Block::List(lines))) => lines.push(runs(item)),
            (Some(item), _) => blocks.push(Block::List(vec![runs(item)])),
            (None, Some(Block::Paragraph(lines))) => lines.push(runs(line)),
            (None, _) => blocks.push(Block::Paragraph(vec![runs(line)])),
        }
        open = true;
    }
    blocks
}

fn item(line: &str) -> Option<&str> {
    ["- ", "* ", "• ", "•"].into_iter().find_map(|mark| line.strip_prefix(mark)).map(str::trim)
}

fn runs(line: &str) -> Line<'_> {
    let mut runs = Vec::new();
    let mut rest = line;
    while let Some(start) = ["https://", "http://"].into_iter().filter_map(|scheme| rest.find(scheme)).min() {
        let (before, link) = rest.split_at(start);
        let end = link.find(|letter: char| letter.is_whitespace() || "<>\"".contains(letter)).unwrap_or(link.len());
        // A full stop or bracket after an address belongs to the sentence.
        let link = link[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\u{201d}', '\'']);
        if !before.is_empty() {
            runs.push(Run::Words(before));
        }
        let is_address = url::Url::parse(link).is_ok_and(|url| url.has_host());
        runs.push(if is_address { Run::Link(link) } else { Run::Words(link) });
        rest = &rest[start + link.len()..];
    }
    if !rest.is_empty() {
        runs.push(Run::Words(rest));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lists_and_links() {
        let text = "One.\nTwo & <b>three</b>.\n\n- Rinse beans\n- See https://www.cdc.gov/salt/?a=1&b=2.\nAfter.";
        assert_eq!(
            html(text).replace('\n', ""),
            "<p>One.<br>Two &#38; &#60;b&#62;three&#60;/b&#62;.</p><ul><li>Rinse beans</li>\
             <li>See <a href=\"https://www.cdc.gov/salt/?a=1&#38;b=2\" rel=\"noreferrer\">https://www.cdc.gov/salt/?a=1&#38;b=2</a>.</li></ul><p>After.</p>"
        );
    }

    #[test]
    fn an_empty_address_is_no_link_and_ends() {
        assert_eq!(runs("see https://"), vec![Run::Words("see "), Run::Words("https://")]);
    }
}
