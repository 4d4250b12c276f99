//! # Children
//!
//! **What it finds.** A child who can be recognised: an age under 18 with a person, "my son Tyler",
//! "baby Oliver", "I am 12", a birth announcement, "one of the kids is our patient". Advice for
//! children in general, and parents who mention that they are parents, are left alone.
//!
//! **Why it matters.** A child cannot consent; a parent or guardian signs (45 CFR 164.502(g)), and
//! people under 13 need more under COPPA. What is online about a child stays for life.
//!
//! **Say instead.** "A child", "a teen", without name, age, school or picture; or get the
//! guardian's authorization first.

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Context, Severity};
use crate::lexicon;
use crate::reading::Page;
use crate::reading::normal::fold;
use crate::reading::pattern::patterns;

pub(super) const SEVERITY: BySeverity = BySeverity {
    post: Some(Severity::Block),
    reply: Some(Severity::Block),
    story: Some(Severity::Block),
    case: Some(Severity::Warn),
};
const MESSAGE: &str = "This is about a child who can be recognised.";
const SUGGESTION: &str = "Write \"a child\" without name, age, school or picture, or get the guardian's authorization.";

patterns! {
    AGED = r"\b(?:[1-9]|1[0-7]|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)[ \-]?(?:y/?o\b|years?[ \-]old\b|yrs?[ \-]old\b|(?:months?|weeks?|days?|wks?|mos?)[ \-]old\b)(?P<thing>(?: [\w\-]+)?)|\b(?:hij[oa]|nin[oa]|bebe|paciente|niet[oa]|sobrin[oa]|muchach[oa])(?: \w+)?,? de (?:[1-9]|1[0-7]|\w+) (?:anos|meses)\b";
    /// Things that have an age as well.
    @asked THING = r"^ (?:practice|program|clinic|study|guideline|car|building|problem|rule|law|tradition|recipe|house|computer|machine|policy|history|trial|dog|cat|company|database|question)";
    SELF = r"\b(?:i am|i'm|im|i just turned|tengo) (?:only )?(?:[5-9]|1[0-7])\b(?: (?:years? old|anos))?|\bi(?:'m| am) in (?:the )?(?:[1-9]|1[0-2])(?:st|nd|rd|th) grade|\bi(?:'m| am) (?:in|a) (?:middle|high|elementary) school\w*|\bestoy en (?:la )?(?:primaria|secundaria)\b";
    /// A capitalised name, or an age, behind a child of the family.
    @cased KIN = r"\b(?i:my|our|her|his|your|mi|su|nuestr[oa])(?: [a-z]+)? (?i:son|daughter|kid|child|toddler|baby|grandson|granddaughter|grandbaby|niece|nephew|stepson|stepdaughter|hij[oa]|niet[oa]|bebe|sobrin[oa]|nin[oa]),? (?:[A-Z][a-z]+|(?i:is |tiene )?\d{1,2}\b)(?:,? \d{1,2}\b)?";
    @cased BABY = r"\b(?i:baby|newborn|bebe|little|infant|toddler) (?i:boy |girl )?(?P<name>[A-Z][a-z]+)(?: [A-Z][a-z]+)?";
    BORN = r"\b(?:mom|mother|mama|mami) (?:and|y) (?:the |new |el |la |su )?(?:bab(?:y|ies)|bebe|newborn|twins|son|daughter)|\bbaby (?:boy|girl)\b|\bwelcomed? (?:a|our|their|her) (?:\w+ )?(?:baby|son|daughter|twins)|\b(?:arrived|born) (?:\w+ ){0,4}(?:at )?\d{1,2} ?(?:lbs?|pounds)";
    OUR_CHILD = r"\b(?:one of (?:the|our|those|his|her) (?:\w+ )?(?:kids|children|boys|girls|students|babies|teens)(?: \w+){0,3} (?:patients?|is|was)|(?:our|a|an) (?:youngest|littlest|tiniest|smallest|pediatric|teenage|teen|little|young(?:er)?) (?:\w+ )?(?:patients?|fighter|hero|warrior)|(?:nuestr[oa]|un|una) (?:pacientit[oa]|pequen[oa] paciente)|uno de los ninos (?:es|fue))\b";
    /// Children in a picture.
    SHOWN = r"\b(?:photos?|pictures?|pics?|videos?|selfies?|fotos?) (?:\w+ ){0,6}?(?:with |of |con |de )?(?P<who>(?:with |of |con |de )(?:my|our|her|his|the|mis?|nuestros|sus|los) (?:\w+ )?(?:kids?|children|son|daughter|sons|daughters|toddlers?|bab(?:y|ies)|grandkids|grandchildren|students|hij[oa]s?|niet[oa]s?|nin[oa]s?))\b";
    /// In a case the words for the smallest stand for a person.
    SMALL = r"\b(?:a |an |the )?(?:toddler|newborn|neonate|infant|preemie|triplets|quadruplets|lactante|recien nacid[oa]|trillizos)\b";
    /// Ends right before an age that parts groups: "younger than", "at least", "when they are".
    @asked GROUP_AGE = r"\b(?:(?:younger|older|less|more) than|under|over|above|below|at least|up to|until|before|after|ages?|aged|between|from|by|and|to|through|(?:when|if|once|until|while) (?:they|you|he or she|your child)(?: (?:are|is|turns?))?|menores de|mayores de) ?$";
    /// Mothers and babies as medicine speaks of them.
    @asked MATERNITY = r"\b(?:risks?|pregnanc\w+|during|prenatal|health of|problems?|can (?:also )?(?:lead|cause|harm|affect|pass|help)|riesgos?|embarazo)\b";
    @asked GENERAL = r"\b(?:should|can get|need|needs|are recommended|recommended|schedule|every|all|ages?|source|most|ask (?:your|the)|guidelines?|vaccines? for|adults|people|deben|todos los)\b";
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    for found in page.groups(&AGED) {
        let thing = found.name("thing").map_or("", |thing| thing.as_str());
        let all = found.whole();
        let before = &page.folded()[page.around(all.start()).start..all.start()];
        let groups = page.context() == Context::Post && GROUP_AGE.is_match(before);
        if !THING.is_match(thing) && !groups {
            judge(page, hits, all.start()..all.end() - thing.len());
        }
    }
    for found in page.find(&OUR_CHILD) {
        judge(page, hits, found.range());
    }
    for found in page.find(&BORN).filter(|found| !MATERNITY.is_match(page.folded_sentence(found.start()).1)) {
        judge(page, hits, found.range());
    }
    if page.context() == Context::Story {
        for found in page.find(&SELF) {
            judge(page, hits, found.range());
        }
    }
    for found in page.find(&KIN) {
        push(page, hits, page.origin(found.range()));
    }
    for found in page.groups(&BABY) {
        let name = found.name("name").map_or("", |name| name.as_str());
        if is_name(&fold(name)) {
            push(page, hits, page.origin(found.whole().range()));
        }
    }
    for found in page.groups(&SHOWN).filter_map(|found| found.name("who")) {
        push(page, hits, page.origin(found.range()));
    }
    if page.context() == Context::ColleagueCase {
        for found in page.find(&SMALL) {
            judge(page, hits, found.range());
        }
    }
}

/// "Baby Oliver", but not "Infant Loss Awareness" or "Little Rock".
fn is_name(folded: &str) -> bool {
    !lexicon::is_common(folded) && (lexicon::is_given_name(folded) || !lexicon::is_no_person(folded))
}

fn judge(page: &Page<'_>, hits: &mut Vec<Hit>, found: Range<usize>) {
    let (_, sentence) = page.folded_sentence(found.start);
    let general =
        page.context() != Context::Story && page.context() != Context::ColleagueCase && GENERAL.is_match(sentence);
    if !general {
        push(page, hits, page.origin(found));
    }
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, origin: Range<usize>) {
    let Some(severity) = SEVERITY.of(page.context()) else { return };
    hits.push(Hit {
        category: Category::Minor,
        severity,
        origin,
        rule: "minor",
        message: MESSAGE,
        suggestion: SUGGESTION,
    });
}

/// In a case a child is a warning; with the name, the school or the town beside it, it blocks.
pub(super) fn weigh(hits: &mut [Hit]) {
    let named = hits.iter().any(|hit| matches!(hit.category, Category::Name | Category::Location));
    for hit in hits.iter_mut().filter(|hit| named && hit.category == Category::Minor) {
        hit.severity = Severity::Block;
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{bad, good};
    use crate::context::Context::*;
    use crate::context::Severity::{Block, Warn};

    #[test]
    fn finds_children() {
        for (context, text, span, severity) in [
            (Post, "Baby Oliver Grant arrived this morning at 7 lb 2 oz.", "Baby Oliver Grant", Block),
            (Post, "So brave: 4-year-old Mia got her vaccines!", "4-year-old", Block),
            (Story, "My son Tyler, 9, has ADHD.", "My son Tyler", Block),
            (Story, "I am 12 and I want to join.", "I am 12", Block),
            (Story, "Mi hijo Mateo de 8 años tiene asma.", "Mi hijo Mateo", Block),
            (ColleagueCase, "16-year-old with amenorrhea", "16-year-old", Warn),
            (Post, "One of the kids is our patient.", "One of the kids", Block),
            (Story, "I added a photo of me with my kids.", "with my kids", Block),
        ] {
            bad("minor", context, text, span, severity);
        }
    }

    #[test]
    fn leaves_families_alone() {
        for (context, text) in [
            (Post, "Kids can count colors on the plate."),
            (Post, "Fluoride toothpaste, the size of a pea, once they are two years old."),
            (Post, "Honey is not for children younger than 1 year old."),
            (Post, "High blood pressure in pregnancy is a risk for the mother and the baby."),
            (ColleagueCase, "Adolescent with amenorrhea, BMI 18"),
            (Post, "The challenge is for people 18 and older."),
            (Story, "As a mom of two I walked during soccer practice."),
            (Post, "All 11-year-olds need the HPV vaccine. Source: https://www.cdc.gov"),
            (Post, "Our 10-year-old practice has a new roof."),
        ] {
            good("minor", context, text);
        }
    }
}
