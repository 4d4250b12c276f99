//! The last part of a page's address: readable words, and eight characters that say which page it is.
//!
//! The words come from the title, or from the first words of the text. The characters, the page's *code*, are the
//! last eight of an id (a UUIDv7 ends in random bits). Both are known when a post is written, so the copies on
//! other networks can carry the address before anything is published; and because only the code is looked
//! up, an address made from an older title still leads to the page.

use bedside_practice::facts::slug as plain;
use jiff::civil::Date;

/// How many characters of the words there are at most.
const WORDS: usize = 48;
/// How many characters tell pages apart: 32 random bits; two posts of one practice with equal words and equal
/// code are unlikely, and then the second gets a number.
const CODE: usize = 8;

/// The slug of a post.
pub fn of_post(title: &str, text: &str, post_id: &str) -> String {
    let words = words(if title.trim().is_empty() { text } else { title });
    format!("{words}-{}", code(post_id))
}

/// The slug of a challenge: `less-salt-more-flavor-2027-02`. A second one of the same title in the same month
/// gets a number when it is published.
pub fn of_challenge(title: &str, start: Date) -> String {
    format!("{}-{:04}-{:02}", words(title), start.year(), start.month())
}

/// The code at the end of a slug; empty when there is none.
pub(crate) fn code_of(slug: &str) -> &str {
    let code = slug.rsplit('-').next().unwrap_or_default();
    let is_code = code.len() == CODE && code.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_code { code } else { "" }
}

fn code(id: &str) -> String {
    let letters: Vec<char> = id.chars().filter(char::is_ascii_hexdigit).collect();
    letters[letters.len().saturating_sub(CODE)..].iter().collect::<String>().to_ascii_lowercase()
}

/// As many whole words as fit.
fn words(of: &str) -> String {
    let mut slug = String::new();
    for word in of.split_whitespace().take(12).map(|word| word.replace(['\'', '\u{2019}'], "")) {
        let word = plain(&word);
        // `plain` answers a word without letters with a word of its own.
        if !of.to_lowercase().contains("practice") && word == "practice" {
            continue;
        }
        if !slug.is_empty() && slug.len() + 1 + word.len() > WORDS {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    slug.truncate(WORDS);
    if slug.is_empty() { "post".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0199a1b2-3c4d-7e5f-8a6b-1c2dDEADBEEF";

    #[test]
    fn words_of_the_title_or_else_of_the_text() {
        assert_eq!(of_post("How much salt is too much?", "", ID), "how-much-salt-is-too-much-deadbeef");
        assert_eq!(of_post("", "Don\u{2019}t rinse 🧂 the beans", ID), "dont-rinse-the-beans-deadbeef");
        assert_eq!(of_post("¿Cuánta sal?", "", ID), "cuanta-sal-deadbeef");
        assert_eq!(of_post("🧂", "", ID), "post-deadbeef");
        let long = of_post(&"flavor ".repeat(40), "", ID);
        assert!(long.len() <= WORDS + 1 + CODE && long.ends_with("flavor-deadbeef"), "{long}");
    }

    #[test]
    fn only_the_code_is_looked_up() {
        assert_eq!(code_of("older-title-deadbeef"), "deadbeef");
        assert_eq!(code_of("less-salt-2027-02"), "");
    }

    #[test]
    fn a_challenge_carries_its_month() {
        assert_eq!(
            of_challenge("Less salt, more flavor", jiff::civil::date(2027, 2, 1)),
            "less-salt-more-flavor-2027-02"
        );
    }
}
