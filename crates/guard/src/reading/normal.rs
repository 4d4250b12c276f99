//! The normal form of a text: what a reader sees, written in one way and in ASCII.
//!
//! Straight quotes, plain spaces and hyphens, no zero-width characters, letters without accents, letters that only look
//! different (full width, mathematical) as the letters they are. Case is kept. Being ASCII makes one place the same place
//! in the cased and in the lower-case form, and lets every pattern run as a plain automaton.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::copy::Copy;

/// Stands for a letter that has no Latin form: part of a word, but of none that a list knows.
const LETTER: char = '_';
/// Stands for a symbol, an emoji among them: neither a word nor a space.
const SYMBOL: char = '\u{1f}';
/// The text in its normal form.
pub(crate) fn normal(text: &str) -> Copy {
    if text.is_ascii() {
        return Copy::same(text);
    }
    let mut copy = Copy::with_capacity(text.len());
    let (mut plain, mut buffer) = (0, String::new());
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
        copy.push_same(&text[plain..at], plain);
        plain = at + c.len_utf8();
        if is_unseen(c) {
            copy.stretch(plain);
        } else {
            buffer.clear();
            write_ascii(c, &mut buffer);
            copy.push(&buffer, &(at..plain));
        }
    }
    copy.push_same(&text[plain..], plain);
    copy
}

/// Lower case without accents: `Señora Núñez` becomes `senora nunez`.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = if text.is_ascii() { text.to_owned() } else { normal(text).text().to_owned() };
    folded.make_ascii_lowercase();
    folded
}

/// Marks on the letter before, and characters that nobody sees.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{20E3}'
    ) || is_combining_mark(c)
}

/// The characters that a reader takes this one for.
fn write_ascii(c: char, out: &mut String) {
    let known = match c {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' | '\u{02BC}' | '\u{00B4}' => "'",
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '\u{00AB}' | '\u{00BB}' => "\"",
        '\u{00A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{2028}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => " ",
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{FE63}' => "-",
        // A long dash is nobody's hyphen.
        '\u{2014}' | '\u{2015}' => "~",
        '\u{2026}' => "...",
        '\u{00B7}' | '\u{2022}' | '\u{2219}' => "*",
        '\u{00DF}' => "ss",
        '\u{00E6}' => "ae",
        '\u{00C6}' => "AE",
        '\u{0153}' => "oe",
        '\u{0152}' => "OE",
        '\u{00F8}' => "o",
        '\u{00D8}' => "O",
        '\u{0142}' => "l",
        '\u{0141}' => "L",
        '\u{0111}' | '\u{00F0}' => "d",
        '\u{0110}' | '\u{00D0}' => "D",
        '\u{0131}' => "i",
        _ => "",
    };
    out.push_str(known);
    if known.is_empty() {
        out.extend(std::iter::once(c).nfkd().filter(char::is_ascii));
    }
    if out.is_empty() {
        out.push(if c.is_alphanumeric() { LETTER } else { SYMBOL });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_person_sees() {
        for (written, seen) in [
            ("Cafe\u{301} \u{201C}it\u{2019}s\u{201D}", "Cafe \"it's\""),
            ("J\u{200B}ane\u{A0}Doe", "Jane Doe"),
            ("\u{FF15}\u{FF14}\u{FF11} 555\u{2011}0199", "541 555-0199"),
            ("\u{1D409}\u{1D41A}\u{1D427}\u{1D41E}", "Jane"),
            ("Se\u{f1}ora \u{141}uk Stra\u{df}e\u{2026}", "Senora Luk Strasse..."),
            ("\u{1F389}5\u{FE0F}\u{20E3} \u{41C}\u{438}\u{440}", "\u{1f}5 ___"),
        ] {
            assert_eq!(normal(written).text(), seen);
        }
    }

    #[test]
    fn positions_point_into_the_original() {
        let written = "Hi J\u{200B}os\u{65}\u{301}!";
        let copy = normal(written);
        let at = copy.text().find("Jose").unwrap_or_default();
        let origin = copy.origin(at..at + "Jose".len());
        assert_eq!(&written[origin], "J\u{200B}ose\u{301}");
    }

    #[test]
    fn folds() {
        assert_eq!(fold("Se\u{f1}ora N\u{fa}\u{f1}ez"), "senora nunez");
    }
}
