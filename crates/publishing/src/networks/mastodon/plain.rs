//! Statuses come as HTML; people and comparisons need plain text.
//!
//! [`text_of`] reads the HTML of any server of this family: paragraphs and `<br>` become line ends, everything
//! else is only its words. Links need no care: Mastodon hides parts of an address from the eye with
//! `<span class="invisible">`, but all parts are in the text. [`likeness`] is what two spellings of one message
//! have in common.

/// The plain text of a status's HTML, without leading or trailing blanks.
pub(super) fn text_of(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if rest.starts_with('<') { take_tag(rest, &mut text) } else { take_entity(rest, &mut text) };
        rest = &rest[length..];
    }
    text.push_str(rest);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

/// Takes one tag from the front of `rest`, writes the line ends it stands for, and says how long it is.
fn take_tag(rest: &str, text: &mut String) -> usize {
    let Some(end) = rest.find('>') else {
        text.push('<');
        return 1;
    };
    let inside = &rest[1..end];
    let closing = inside.starts_with('/');
    let name: String = inside
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    match name.as_str() {
        "br" => text.push('\n'),
        "p" | "blockquote" | "pre" | "ul" | "ol" | "h1" | "h2" | "h3" if closing => text.push_str("\n\n"),
        "li" | "div" if closing => text.push('\n'),
        "" => {
            // `a < b`: not a tag.
            text.push('<');
            return 1;
        }
        _ => {}
    }
    end + 1
}

/// Longest entity that is looked at, in bytes: `&thetasym;` and the longest numbers fit.
const ENTITY_BYTES: usize = 12;

/// Takes one entity from the front of `rest`. Servers write `&`, `<`, `>`, quotes and numbers; anything else stays.
fn take_entity(rest: &str, text: &mut String) -> usize {
    let end = rest.bytes().take(ENTITY_BYTES).position(|byte| byte == b';');
    let character = end.and_then(|end| match &rest[1..end] {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "hellip" => Some('…'),
        number => number.strip_prefix('#').and_then(numbered),
    });
    let (Some(character), Some(end)) = (character, end) else {
        text.push('&');
        return 1;
    };
    text.push(character);
    end + 1
}

fn numbered(number: &str) -> Option<char> {
    let value = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(value).filter(|character| !character.is_control() || *character == '\n')
}

/// What is the same in every spelling of one message: its letters and digits in order, with mentions of people
/// on other servers cut to the name (Mastodon shows `@name` for `@name@server`).
///
/// Looser than equality on purpose. Servers set Markdown, smileys, quotes and blanks in their own way, and two
/// different messages of one account that begin within minutes, answer the same message, carry as many pictures
/// and differ in punctuation alone do not happen. A message without any letter is compared by its other marks.
pub(super) fn likeness(text: &str) -> String {
    let mut marks = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        marks.extend(without_server(word).chars().filter(|mark| mark.is_alphanumeric()));
    }
    if marks.is_empty() { text.split_whitespace().collect() } else { marks }
}

/// `@name@server` becomes `@name`; anything else stays.
pub(super) fn without_server(word: &str) -> &str {
    let Some(start) = word.find('@').filter(|at| word[..*at].chars().all(|mark| !mark.is_alphanumeric())) else {
        return word;
    };
    let name_end = word[start + 1..].find('@').map(|length| start + 1 + length);
    match name_end {
        Some(end) if end > start + 1 => &word[..end],
        _ => word,
    }
}

/// At most `most` characters of a text that came from outside.
pub(super) fn cut(text: &str, most: usize) -> String {
    text.chars().filter(|mark| !mark.is_control() || *mark == '\n').take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Mastodon 4, mastodon_mock and snac really write them.
    const REAL: &[(&str, &str)] = &[
        ("<p>Less salt</p>", "Less salt"),
        ("<p>One<br />two<br>three</p><p>Four</p>", "One\ntwo\nthree\n\nFour"),
        ("<p>a &lt;b&gt;&amp; &quot;c&quot; it&#39;s &#x1F600; &#128578;</p>", "a <b>& \"c\" it's 😀 🙂"),
        (
            "<p><a href=\"https://example.org/a/long\" rel=\"nofollow\"><span class=\"invisible\">https://</span>\
             <span class=\"ellipsis\">example.org/a</span><span class=\"invisible\">/long</span></a></p>",
            "https://example.org/a/long",
        ),
        (
            "<p><span class=\"h-card\"><a href=\"https://h.example/@bob\" class=\"u-url mention\">@<span>bob</span></a>\
             </span> thanks</p>",
            "@bob thanks",
        ),
        ("Second para<br>line &amp; two <i>x</i><br>", "Second para\nline & two x"),
        ("5 < 6 && 7 > 3 &unknown; &", "5 < 6 && 7 > 3 &unknown; &"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<", "<"),
        ("", ""),
    ];

    #[test]
    fn html_becomes_the_text_that_people_see() {
        for (html, text) in REAL {
            assert_eq!(text_of(html), *text, "{html}");
        }
    }

    #[test]
    fn no_html_however_broken_stops_the_reading() {
        let pieces = ["<", ">", "&", ";", "&#", "x41;", "é", "</p", "<p ", "\"", "😀", "&#xD800;", "&#0;"];
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    text_of(&format!("{a}{b}{c}"));
                }
            }
        }
    }

    #[test]
    fn spellings_of_one_message_are_alike_and_others_are_not() {
        let ours = "Less *salt*, more \"flavor\" :-) #lowsalt https://example.org/a?x=1&y=2 @bob@other.example!";
        let theirs = text_of(
            "<p>Less <i>salt</i>, more “flavor” 🙂 <a href=\"#\">#<span>lowsalt</span></a> \
             <a href=\"https://example.org/a?x=1&amp;y=2\">https://example.org/a?x=1&amp;y=2</a> \
             <span>@<span>bob</span></span></p>",
        );
        assert_eq!(likeness(ours), likeness(&theirs));
        assert_ne!(likeness("Day 3: less salt"), likeness("Day 4: less salt"));
        assert_ne!(likeness("🙂"), likeness("🙁"));
    }

    #[test]
    fn a_mention_loses_its_server_and_an_address_does_not() {
        assert_eq!(without_server("@bob@other.example"), "@bob");
        assert_eq!(without_server("(@bob@other.example)"), "(@bob");
        assert_eq!(without_server("@bob"), "@bob");
        assert_eq!(without_server("me@mail.example"), "me@mail.example");
        assert_eq!(without_server("@@x"), "@@x");
    }

    #[test]
    fn what_comes_from_outside_is_cut_and_has_no_control_characters() {
        assert_eq!(cut("a\u{0}b\u{1b}[31m\nc", 5), "ab[31");
        assert_eq!(cut("ééé", 2), "éé");
    }
}
