//! A second copy of the text, with what people write to slip past a filter written out:
//! "j a n e", "five five five", "555 dot 0199", "jane at gmail dot com".

use super::copy::Copy;
use super::pattern::{Groups, Pattern, patterns};
use super::{Page, Word};
use crate::lexicon;

patterns! {
    /// Four or more single letters, one separator between them.
    @asked SPACED = r"\b[A-Za-z](?: [A-Za-z]){3,}\b|\b[A-Za-z](?:-[A-Za-z]){3,}\b|\b[A-Za-z](?:\*[A-Za-z]){3,}\b|\b[A-Za-z](?:_[A-Za-z]){3,}\b";
    /// Three or more digits written as words.
    @cased SPELLED = r"(?i)\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|double|triple|\d{1,4})\b[ ,\-]*){3,}";
    /// "dot" between the parts of a number.
    @cased DOT_IN_NUMBER = r"(?i)(?P<a>\d) ?[(\[{]?(?:dot|punto|dash|hyphen|guion)[)\]}]? ?(?P<b>\d)";
    /// "at", and "dot" before a top-level domain.
    @cased MAIL = r"(?i)(?P<who>[\w.+\-]+(?: (?:dot|punto) \w+)*)(?: ?[(\[{<] ?(?:at|arroba) ?[)\]}>] ?|  ?(?:at|arroba)  ?| @ |@ ?)(?P<host>[\w\-]+(?: ?[(\[{]? ?(?:dot|punto|\.) ?[)\]}]? ?[\w\-]+)*? ?[(\[{]? ?(?:dot|punto|\.) ?[)\]}]? ?(?:com|net|org|edu|gov|mx|es|io|me|co|us|info|example|health|mail))\b";
    /// "dot" in an address of the web.
    @cased HOST = r"(?i)\b(?P<host>[\w\-]{2,}(?: ?[(\[{]? ?\b(?:dot|punto)\b ?[)\]}]? ?[\w\-]+)*? ?[(\[{]? ?\b(?:dot|punto)\b ?[)\]}]? ?(?:com|net|org|edu|io|me|co|info))\b";
    @asked DOT = r"(?i)\s*[(\[{]?\s*(?:\b(?:dot|punto)\b|\.)\s*[)\]}]?\s*";
    @cased MASKED_SIGN = r"(?i)\b(?:dot|punto|arroba)\b|[(\[{<] ?at ?[)\]}>]";
    @cased MAIL_HOUSE = r"(?i)(?:gmail|yahoo|hotmail|outlook|icloud|aol|proton|protonmail|live|msn|comcast)\b|(?i)\bme(?:\.| ?(?:dot|punto) ?)com\b";
}

/// Far more letters than two names have; a longer run is not tried at every letter.
const LONGEST_NAMES: usize = 64;

/// What is read without masks, or none if nothing is masked.
pub(crate) fn unmasked(page: &Page<'_>) -> Option<Copy> {
    let spaced = single_letters(page.words()) >= 4;
    let open = |pattern: &Pattern| page.lets(pattern);
    if !spaced && !open(&SPELLED) && !open(&DOT_IN_NUMBER) && !open(&MASKED_SIGN) && !open(&MAIL_HOUSE) && !open(&HOST)
    {
        return None;
    }
    let mut copy = None;
    if spaced {
        rewrite(page, &mut copy, &SPACED, |found| Some(joined(found.whole().as_str())));
    }
    if open(&SPELLED) {
        rewrite(page, &mut copy, &SPELLED, |found| digits(found.whole().as_str()));
    }
    if open(&DOT_IN_NUMBER) {
        rewrite(page, &mut copy, &DOT_IN_NUMBER, |found| Some(format!("{}.{}", found.words("a"), found.words("b"))));
    }
    if open(&MAIL) && (open(&MASKED_SIGN) || open(&MAIL_HOUSE)) {
        rewrite(page, &mut copy, &MAIL, mail);
    }
    if open(&HOST) {
        rewrite(page, &mut copy, &HOST, |found| Some(dotted(found.words("host"))));
    }
    copy
}

fn single_letters(words: &[Word]) -> usize {
    words.iter().filter(|word| word.range.len() == 1).count()
}

/// Replaces every match, where the replacement is wanted and is another text.
fn rewrite(
    page: &Page<'_>,
    copy: &mut Option<Copy>,
    pattern: &'static Pattern,
    by: impl Fn(&Groups<'_>) -> Option<String>,
) {
    let from = copy.as_ref().unwrap_or(page.copy());
    let mut new: Option<Copy> = None;
    let mut done = 0;
    for found in pattern.groups_in(from.text()) {
        let all = found.whole();
        let Some(text) = by(&found).filter(|text| text != all.as_str()) else { continue };
        let new = new.get_or_insert_with(|| Copy::with_capacity(from.text().len()));
        new.push_from(from, done..all.start());
        new.push(&text, &from.origin(all.range()));
        done = all.end();
    }
    if let Some(mut new) = new {
        new.push_from(from, done..from.text().len());
        *copy = Some(new);
    }
}

/// "dot" as the sign.
fn dotted(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut done = 0;
    for dot in DOT.find_in(words) {
        out.push_str(&words[done..dot.start()]);
        out.push('.');
        done = dot.end();
    }
    out + &words[done..]
}

/// The letters together; as one or two names, if that is what they are.
fn joined(spaced: &str) -> String {
    let word: String = spaced.chars().filter(|c| c.is_alphabetic()).collect();
    let folded = super::normal::fold(&word);
    if folded.len() > LONGEST_NAMES {
        return word;
    }
    let split = (3..folded.len().saturating_sub(2)).rev().find(|at| {
        folded.is_char_boundary(*at) && lexicon::is_given_name(&folded[..*at]) && lexicon::is_surname(&folded[*at..])
    });
    match split {
        _ if lexicon::is_given_name(&folded) => capitalised(&folded),
        Some(at) => format!("{} {}", capitalised(&folded[..at]), capitalised(&folded[at..])),
        None => word,
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Digits for their words; "double five" is 55. Keeps a space at the end.
fn digits(spelled: &str) -> Option<String> {
    let mut out = String::new();
    let mut words = 0;
    let mut times = 1;
    for word in spelled.split([' ', ',', '-', '\n', '\t']).filter(|word| !word.is_empty()) {
        let digit = match word.to_lowercase().as_str() {
            "zero" | "oh" | "cero" => '0',
            "one" | "uno" => '1',
            "two" | "dos" => '2',
            "three" | "tres" => '3',
            "four" | "cuatro" => '4',
            "five" | "cinco" => '5',
            "six" | "seis" => '6',
            "seven" | "siete" => '7',
            "eight" | "ocho" => '8',
            "nine" | "nueve" => '9',
            "double" => {
                times = 2;
                continue;
            }
            "triple" => {
                times = 3;
                continue;
            }
            other => {
                out.push_str(other);
                continue;
            }
        };
        words += 1;
        out.extend(std::iter::repeat_n(digit, times));
        times = 1;
    }
    if words < 2 || out.len() < 7 {
        return None;
    }
    let trail = &spelled[spelled.trim_end().len()..];
    Some(out + trail)
}

/// An address written out. "at" alone needs a spelled "dot" or a house of private mail behind it:
/// "find us at cedarhollow.example" is no address of a person.
fn mail(found: &Groups<'_>) -> Option<String> {
    let (who, host) = (found.words("who"), found.words("host"));
    if !MASKED_SIGN.is_match(found.whole().as_str()) && !MAIL_HOUSE.is_match(host) {
        return None;
    }
    Some(format!("{}@{}", dotted(who), dotted(host)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{Practice, normal::normal};
    use crate::{Context, Lang, Text};

    fn taken_off(masked: &str) -> Option<String> {
        let text = Text { text: masked, context: Context::Story, lang: Lang::En, in_reply_to: None };
        let practice = Practice::default();
        unmasked(&Page::new(&text, &practice, normal(masked))).map(|copy| copy.text().to_owned())
    }

    #[test]
    fn takes_masks_off() {
        for (masked, plain) in [
            ("ask j a n e about it", "ask Jane about it"),
            ("ask j a n e d o e about it", "ask Jane Doe about it"),
            ("555 dot 0199", "555.0199"),
            ("five four one 555 oh one nine nine", "5415550199"),
            ("jane.doe at gmail dot com", "jane.doe@gmail.com"),
            ("jane (at) clinic [dot] org", "jane@clinic.org"),
            ("lucia arroba hotmail punto com", "lucia@hotmail.com"),
            ("see facebook dot com", "see facebook.com"),
        ] {
            assert_eq!(taken_off(masked).as_deref(), Some(plain));
        }
    }

    #[test]
    fn leaves_plain_text_alone() {
        for plain in [
            "Find us at cedarhollow.example.",
            "One two three, breathe.",
            "Vitamins A, B and C",
            "Follow the dot on the map",
        ] {
            assert!(taken_off(plain).is_none(), "{plain}");
        }
    }
}
