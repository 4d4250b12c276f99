//! Strangers' text made harmless before it is kept: no control characters, no marks that turn the direction of
//! writing, no endless texts, and addresses only of the web.

use url::Url;

/// Longest message that is kept, in characters. More than any network of ours allows.
pub const TEXT: usize = 10_000;
/// Longest name or handle, in characters.
pub const NAME: usize = 300;
/// Longest address, id or reference, in characters.
pub const ADDRESS: usize = 2_000;

/// Words with line ends, at most `most` characters.
pub fn words(text: &str, most: usize) -> String {
    let kept: String = text.chars().filter(|&letter| letter == '\n' || is_plain(letter)).take(most).collect();
    kept.trim().to_owned()
}

/// One line, at most `most` characters.
pub fn line(text: &str, most: usize) -> String {
    let one = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words(&one, most)
}

/// The address if it is one of the web, else nothing: a `javascript:` link never gets onto a page.
pub fn address(text: &str) -> String {
    let is_web = Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if is_web && text.chars().count() <= ADDRESS { text.to_owned() } else { String::new() }
}

/// Direction marks could show a text in another order than the guard read it (Unicode TR36, "bidirectional text
/// spoofing").
fn is_plain(letter: char) -> bool {
    !letter.is_control() && !matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_strangers_send_is_plain() {
        assert_eq!(words(" a\u{0}b\u{1b}[31m\nc\u{202e} ", 100), "ab[31m\nc");
        assert_eq!(words(&"x".repeat(20), 5), "xxxxx");
        assert_eq!(line("Ana\n\tLima  ", 100), "Ana Lima");
        assert_eq!(address("https://a.example/1"), "https://a.example/1");
        assert_eq!(address("javascript:alert(1)"), "");
        assert_eq!(address("not an address"), "");
    }
}
