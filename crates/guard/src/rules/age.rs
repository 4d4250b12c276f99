//! # Ages of 90 and more
//!
//! **What it finds.** An age of 90 to 119 of a person ("97-year-old", "turned 94", "102 y/o", "100th
//! birthday"), in figures or words, and a year of birth that shows such an age. As a warning also
//! "nonagenarian" and "centenarian". Vital signs, temperatures, doses, SPF and "90 or older" are
//! left alone.
//!
//! **Why it matters.** Few people are that old, so the age points at one of them. 45 CFR
//! 164.514(b)(2)(i)(C) names all ages over 89 and allows only the group "90 or older".
//!
//! **Say instead.** "90 or older".

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Severity};
use crate::reading::Page;
use crate::reading::pattern::patterns;

pub(super) const SEVERITY: BySeverity = BySeverity {
    post: Some(Severity::Block),
    reply: Some(Severity::Block),
    story: Some(Severity::Warn),
    case: Some(Severity::Block),
};
const MESSAGE: &str = "So few people reach this age that it points at one of them.";
const SUGGESTION: &str = "Write \"90 or older\".";

patterns! {
    OLD = r"\b(?:9\d|1[01]\d)(?:[ \-]?(?:y/?\.?o\.?\b|years?[ \-](?:old|young)|yrs?[ \-]old|years? of age|anos de edad)|[ \-]?(?:yo)?[fm]\b| (?:female|male|woman|man|lady|gentleman)\b)";
    SPANISH = r"\b(?:de|con|tiene|tengo|cumplio|cumple|a los|sus) (?P<age>(?:9\d|1[01]\d) anos)\b";
    SAID = r"\b(?:(?:aged?|turn(?:ed|s|ing)|age of|cumplio|cumple)|(?:he|she|who|walker|member|patient|pt|volunteer|grand(?:ma|pa|mother|father)|mother|father|mom|dad|neighbor|i)(?:'s|'m| is| was| am| just turned| turns))(?: now| almost| nearly| already)? (?P<age>9\d|1[01]\d)\b";
    BIRTHDAY = r"\b(?:9\d|1[01]\d)(?:th|st|nd|rd) (?:birthday|bday|b-day)|\b(?:9\d|1[01]\d) candles|\bcumpleanos (?:numero )?(?:9\d|1[01]\d)\b";
    IN_WORDS = r"\b(?:ninety(?:[ \-](?:one|two|three|four|five|six|seven|eight|nine))?|(?:one |a )?hundred(?:[ \-]and[ \-](?:one|two|three|four|five))?)[ \-]years?[ \-](?:old|young)|\b(?:turn(?:ed|s)|aged?|is) ninety(?:[ \-](?:one|two|three|four|five|six|seven|eight|nine))?\b(?: years)?|\bnoventa(?: y \w+)? anos de edad|\b(?:tiene|cumplio|de) (?:noventa(?: y \w+)?|cien) anos\b";
    /// Born before 1937: ninety or more since 2026. Raised with the rules' version.
    BORN = r"\b(?:born|dob|birth year|nacid[oa]|nacio)(?: \w+)? (?:in |on |en |el )?(?:\w+ \d{1,2},? )?(?:19[0-2]\d|193[0-6])\b";
    GROUP_WORD = r"\b(?:nonagenarians?|centenarians?|supercentenarians?|nonagenari[oa]s?|centenari[oa]s?)\b";
    @asked GROUPED = r"^ ?(?:or (?:older|over|more|above)|and (?:older|over|up|above)|\+|o mas|y mas|%|percent|degrees|mg|mmhg|bpm|kg|lbs?|pounds|minutes|days|/|\.\d|s\b)";
    @asked MEASURED = r"\b(?:temp(?:erature)?|fever|degrees|pulse|hr|bp|spo2|sats?|saturation|heart rate|weight|glucose|spf|tmax|t)[ :=]*(?:of |is |was )?$";
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    for pattern in [&OLD, &BIRTHDAY, &IN_WORDS, &BORN] {
        for found in page.find(pattern) {
            judge(page, hits, found.range());
        }
    }
    for found in page.groups(&SAID).chain(page.groups(&SPANISH)) {
        if let Some(age) = found.name("age") {
            judge(page, hits, age.range());
        }
    }
    for found in page.find(&GROUP_WORD) {
        push(page, hits, Severity::Warn, found.range());
    }
}

fn judge(page: &Page<'_>, hits: &mut Vec<Hit>, found: Range<usize>) {
    let (text, sentence) = (page.folded(), page.around(found.start));
    if !GROUPED.is_match(&text[found.end..]) && !MEASURED.is_match(&text[sentence.start..found.start]) {
        push(page, hits, Severity::Block, found);
    }
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, severity: Severity, folded: Range<usize>) {
    let Some(most) = SEVERITY.of(page.context()) else { return };
    hits.push(Hit {
        category: Category::Age,
        severity: severity.min(most),
        origin: page.origin(folded),
        rule: "age",
        message: MESSAGE,
        suggestion: SUGGESTION,
    });
}

#[cfg(test)]
mod tests {
    use super::super::examples::{bad, good};
    use crate::context::Context::*;
    use crate::context::Severity::{Block, Warn};

    #[test]
    fn finds_great_ages() {
        for (context, text, span, severity) in [
            (ColleagueCase, "A 97-year-old man with syncope", "97-year-old", Block),
            (Post, "Our oldest walker is 94 and never misses a Tuesday!", "94", Block),
            (Post, "Happy 100th birthday to one of our walkers!", "100th birthday", Block),
            (ColleagueCase, "102 y/o female wants HRT", "102 y/o", Block),
            (ColleagueCase, "Born in 1931, lives alone", "1931", Block),
            (Story, "I am 92 years old.", "92 years old", Warn),
            (ColleagueCase, "Centenarian with new AF", "Centenarian", Warn),
            (Post, "Don Ernesto, de 93 años, camina.", "93 años", Block),
            (Post, "She just turned ninety-six!", "ninety-six", Block),
        ] {
            bad("age", context, text, span, severity);
        }
    }

    #[test]
    fn leaves_other_figures_alone() {
        for (context, text) in [
            (ColleagueCase, "Patient aged 90 or older with UTI"),
            (ColleagueCase, "Saturation 93, pulse 104, weight 92 kg, age 51, temp 99 F"),
            (Post, "Temperatures will reach 99 degrees. SPF 100."),
            (Post, "Our practice is 95 years in the valley."),
            (ColleagueCase, "The 90s cohort did as well as those in their 80s."),
        ] {
            good("age", context, text);
        }
    }
}
