//! Words that mend a finding: other words are tried in its place, the text is read again, and the first that the guard
//! clears is offered.
//!
//! [`place`] knows the grammar around a finding; [`person`], [`facts`] and [`saying`] know words for each category. They
//! may propose freely, because nothing is offered that was not read in its place. They never bring in a fact that the
//! author did not write, and there are findings that no words mend: a figure wants its source, a picture its
//! authorization, and a person in danger wants help.

mod facts;
mod person;
mod place;
mod saying;

use std::ops::Range;

use crate::context::{Category, Severity};
use crate::finding::{Finding, Replacement};
use crate::guard::Text;
use place::Place;

/// How many bytes are read again for one text at most, so that a long text with many findings stays quick. The findings
/// beyond it stay without a replacement.
const READ_AGAIN: usize = 96 * 1024;

/// Gives each finding the first words that mend it. `look` reads a mended text.
pub(crate) fn mend(text: &Text<'_>, state: &str, findings: &mut [Finding], look: impl Fn(&str) -> Vec<Finding>) {
    let mut budget = READ_AGAIN;
    let mut mended = Vec::with_capacity(findings.len());
    for finding in findings.iter() {
        if budget < text.text.len() {
            break;
        }
        let place = Place::new(text, finding, state);
        let clears = |replacement: &Replacement| {
            let Some(left) = budget.checked_sub(text.text.len()) else { return false };
            budget = left;
            let after = look(&replacement.applied(text.text));
            is_mended(finding, findings, replacement, &after)
        };
        // A town that could be a name too.
        let is_place = findings.iter().any(|other| {
            other.category == Category::Location && other.start < finding.end && finding.start < other.end
        });
        let category =
            if finding.category == Category::Name && is_place { Category::Location } else { finding.category };
        mended.push(candidates(&place, category).into_iter().find(clears));
    }
    for (finding, replacement) in findings.iter_mut().zip(mended) {
        finding.replacement = replacement;
    }
}

fn candidates(place: &Place<'_>, category: Category) -> Vec<Replacement> {
    match category {
        Category::Name => person::name(place),
        Category::Minor => person::minor(place),
        Category::Age => person::age(place),
        Category::Indirect => person::indirect(place),
        Category::Date => facts::date(place),
        Category::Contact => facts::contact(place),
        Category::IdNumber => facts::id_number(place),
        Category::Location => facts::location(place),
        Category::Relationship => saying::relationship(place),
        Category::PhiDetail => saying::phi_detail(place),
        Category::Claim => saying::claim(place),
        Category::Advice => saying::advice(place),
        Category::Incentive => saying::incentive(place),
        Category::Hostile => saying::hostile(place),
        Category::NoSource | Category::Photo | Category::Emergency => Vec::new(),
    }
}

/// Whether the finding is gone and all that is still found above a note was found before, elsewhere, and as grave.
fn is_mended(finding: &Finding, before: &[Finding], replacement: &Replacement, after: &[Finding]) -> bool {
    let put = replacement.start..replacement.start + replacement.words.len();
    let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    // A place in the mended text as one in the text before.
    let back = |at: usize| if at <= put.start { at } else { (at + replacement.end).saturating_sub(put.end) };
    after.iter().filter(|new| new.severity > Severity::Note || new.category == finding.category).all(|new| {
        let was = back(new.start)..back(new.end);
        let in_the_words = put.start <= new.start && new.end <= put.end;
        let again = new.category == finding.category && put.len() > 1 && overlap(&(new.start..new.end), &put);
        !in_the_words
            && !again
            && before.iter().any(|old| {
                old != finding
                    && old.category == new.category
                    && old.severity >= new.severity
                    && overlap(&(old.start..old.end), &was)
            })
    })
}
