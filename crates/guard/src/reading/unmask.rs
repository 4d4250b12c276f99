//! A second copy of the text, with what people write to slip past a filter written out:
//! "j a n e", "five five five", "555 dot 0199", "jane at gmail dot com".

use regex::{Captures, Regex};

use super::copy::Copy;
use super::pattern::patterns;
use crate::lexicon;

patterns! {
    /// Four or more single letters, one separator between them.
    SPACED = r"\b\p{L}(?: \p{L}){3,}\b|\b\p{L}(?:-\p{L}){3,}\b|\b\p{L}(?:\*\p{L}){3,}\b|\b\p{L}(?:_\p{L}){3,}\b";
    /// Three or more digits written as words.
    SPELLED = r"(?i)\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|double|triple|\d{1,4})\b[ ,\-]*){3,}";
    /// "dot" between the parts of a number.
    DOT_IN_NUMBER = r"(?i)(?P<a>\d) ?[(\[{]?(?:dot|punto|dash|hyphen|guion|guión)[)\]}]? ?(?P<b>\d)";
    /// "at", and "dot" before a top-level domain.
    MAIL = r"(?i)(?P<who>[\w.+\-]+(?: (?:dot|punto) \w+)*)(?: ?[(\[{<] ?(?:at|arroba) ?[)\]}>] ?|  ?(?:at|arroba)  ?| @ |@ ?)(?P<host>[\w\-]+(?: ?[(\[{]? ?(?:dot|punto|\.) ?[)\]}]? ?[\w\-]+)*? ?[(\[{]? ?(?:dot|punto|\.) ?[)\]}]? ?(?:com|net|org|edu|gov|mx|es|io|me|co|us|info|example|health|mail))\b";
    /// "dot" in an address of the web.
    HOST = r"(?i)\b(?P<host>[\w\-]{2,}(?: ?[(\[{]? ?\b(?:dot|punto)\b ?[)\]}]? ?[\w\-]+)*? ?[(\[{]? ?\b(?:dot|punto)\b ?[)\]}]? ?(?:com|net|org|edu|io|me|co|info))\b";
    DOT = r"(?i)\s*[(\[{]?\s*(?:\b(?:dot|punto)\b|\.)\s*[)\]}]?\s*";
    MASKED_SIGN = r"(?i)\b(?:dot|punto|arroba)\b|[(\[{<] ?at ?[)\]}>]";
    MAIL_HOUSE = r"(?i)(?:gmail|yahoo|hotmail|outlook|icloud|aol|proton|protonmail|live|msn|comcast|me)\b";
}

/// The copy with masks taken off, or none if nothing was masked.
pub(crate) fn unmasked(plain: &Copy) -> Option<Copy> {
    let mut copy = Copy::default();
    copy.push_from(plain, 0..plain.text().len());
    let before = copy.text().to_owned();
    copy = rewrite(&copy, &SPACED, |found| Some(joined(&found[0])));
    copy = rewrite(&copy, &SPELLED, |found| digits(&found[0]));
    copy = rewrite(&copy, &DOT_IN_NUMBER, |found| Some(format!("{}.{}", &found["a"], &found["b"])));
    copy = rewrite(&copy, &MAIL, mail);
    copy = rewrite(&copy, &HOST, |found| Some(DOT.replace_all(&found["host"], ".").into_owned()));
    (copy.text() != before).then_some(copy)
}

/// A copy in which every match is replaced, where the replacement is wanted.
fn rewrite(from: &Copy, pattern: &Regex, by: impl Fn(&Captures<'_>) -> Option<String>) -> Copy {
    let mut copy = Copy::default();
    let mut done = 0;
    for found in pattern.captures_iter(from.text()) {
        let (Some(all), Some(text)) = (found.get(0), by(&found)) else { continue };
        copy.push_from(from, done..all.start());
        copy.push(&text, &from.origin(all.range()));
        done = all.end();
    }
    copy.push_from(from, done..from.text().len());
    copy
}

/// The letters together; as one or two names, if that is what they are.
fn joined(spaced: &str) -> String {
    let word: String = spaced.chars().filter(|c| c.is_alphabetic()).collect();
    let folded = super::normal::fold(&word);
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
fn mail(found: &Captures<'_>) -> Option<String> {
    let (who, host) = (&found["who"], &found["host"]);
    if !MASKED_SIGN.is_match(&found[0]) && !MAIL_HOUSE.is_match(host) {
        return None;
    }
    let who = DOT.replace_all(who, ".");
    Some(format!("{}@{}", who, DOT.replace_all(host, ".")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normal::normal;

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
            assert_eq!(unmasked(&normal(masked)).map(|c| c.text().to_owned()).as_deref(), Some(plain));
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
            assert!(unmasked(&normal(plain)).is_none(), "{plain}");
        }
    }
}
