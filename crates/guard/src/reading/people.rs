//! Runs of words that can be a person's name, with what stands around them. Whether such a name
//! may be said is the name rule's decision, not made here.

use std::ops::Range;

use super::{Page, Word};
use crate::lexicon;
use crate::tagger::NEVER;

/// A possible name.
#[derive(Debug)]
pub(crate) struct Run {
    /// The words, as indices into [`Page::words`]; a title is not among them.
    pub(crate) words: Range<usize>,
    /// The title before it.
    pub(crate) title: Option<Title>,
    /// How much it looks like a name by itself.
    pub(crate) likeness: Likeness,
    /// How likely the sentence makes it a name, in the tagger's units: its likeliest word.
    pub(crate) likely: i32,
}

/// What a title says about the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Title {
    /// Mr, Mrs, señora, don: any person.
    Person,
    /// Dr, Dra: a clinician.
    Doctor,
}

/// How much a run looks like a name without looking at what stands around it. Ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// Only its capital letter speaks for it, or it is an everyday word as well ("Hope", "Will").
    Faint,
    /// Several capitalised words that are no everyday words, or a given name that is one.
    Fair,
    /// A given name.
    Given,
    /// A given name followed by another name or an initial.
    Full,
}

const PERSON_TITLES: &[&str] = &[
    "mr", "mrs", "ms", "mx", "miss", "mister", "missus", "sra", "srta", "senor", "senora", "senorita", "don", "dona",
    "sr",
];
/// Titles that are everyday words in the other language or another sense, unless capitalised.
const NEED_CAPITAL: &[&str] = &["don", "miss", "sr", "ms"];
const DOCTOR_TITLES: &[&str] = &["dr", "dra", "doctor", "doctora", "drs"];
const CONNECTORS: &[&str] = &["de", "la", "las", "los", "del", "van", "von", "der", "da", "dos", "bin", "al", "st"];
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];
/// A word that the tagger takes for a name this surely begins a run even when no list speaks for it.
const SURE: i32 = -28;
/// Longest name that is read as one run, in words.
const LONGEST: usize = 5;

/// Every possible name of a page, in order, without overlap.
pub(crate) fn runs(page: &Page<'_>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < page.words().len() {
        match titled(page, at).or_else(|| untitled(page, at)).or_else(|| tagged(page, at)) {
            Some(run) => {
                at = run.words.end.max(at + 1);
                runs.push(run);
            }
            None => at += 1,
        }
    }
    runs
}

fn titled(page: &Page<'_>, at: usize) -> Option<Run> {
    let word = &page.words()[at];
    let folded = word.folded.as_str();
    let don_before_name = folded == "don" && page.words().get(at + 1).is_some_and(|next| next.capital);
    let title = if DOCTOR_TITLES.contains(&folded) {
        Title::Doctor
    } else if PERSON_TITLES.contains(&folded) && (word.capital || !NEED_CAPITAL.contains(&folded) || don_before_name) {
        Title::Person
    } else {
        return None;
    };
    let next = page.words().get(at + 1)?;
    if !matches!(gap(page, at), " " | ". " | ".") {
        return None;
    }
    // "doña Carmen": a title before a title.
    if let Some(inner) = titled(page, at + 1) {
        return Some(inner);
    }
    let typed_small = !next.capital && (next.folded.len() < 3 || lexicon::is_common(&next.folded));
    if typed_small || (title == Title::Doctor && !next.capital) {
        return None;
    }
    let words = extend(page, at + 1);
    Some(Run { likeness: likeness(page, &words), likely: likely(page, &words), words, title: Some(title) })
}

fn untitled(page: &Page<'_>, at: usize) -> Option<Run> {
    let word = &page.words()[at];
    if !word.capital || !starts_a_name(page, at) {
        return None;
    }
    // "Booing Roger Goodell": the name starts at the given name.
    let next = page.words().get(at + 1).filter(|next| next.capital && lexicon::is_given_name(&next.folded));
    if next.is_some() && gap(page, at) == " " && !lexicon::is_given_name(&word.folded) {
        return None;
    }
    let words = extend(page, at);
    if is_no_person(page, &words) {
        return None;
    }
    Some(Run { likeness: likeness(page, &words), likely: likely(page, &words), words, title: None })
}

/// Words that no list takes for a name, but the sentence does: "Will said so", "met with OPRAH".
fn tagged(page: &Page<'_>, at: usize) -> Option<Run> {
    let is_likely = |at: usize| {
        let (word, score) = (page.words().get(at)?, *page.likely().get(at)?);
        (score > SURE && !word.kinds.is_no_person() && !has_figure(&word.folded)).then_some(())
    };
    is_likely(at)?;
    let mut end = at + 1;
    while end - at < LONGEST && gap(page, end - 1) == " " && is_likely(end).is_some() {
        end += 1;
    }
    let words = at..end;
    if is_no_person(page, &words) {
        return None;
    }
    Some(Run { likeness: Likeness::Faint, likely: likely(page, &words), words, title: None })
}

fn likely(page: &Page<'_>, words: &Range<usize>) -> i32 {
    page.likely()[words.clone()].iter().copied().max().unwrap_or(NEVER)
}

fn starts_a_name(page: &Page<'_>, at: usize) -> bool {
    let word = &page.words()[at];
    let folded = word.folded.as_str();
    // TIA, JAMA, ELLA: short words in capitals are abbreviations.
    if word.shouted && word.range.len() < 5 {
        return false;
    }
    if lexicon::is_given_name(folded) {
        return true;
    }
    if is_mixed(&page.cased()[word.range.clone()])
        || has_figure(folded)
        || page.cased()[..word.range.start].ends_with(char::is_numeric)
    {
        return false;
    }
    let known_word = lexicon::is_common(folded) || CONNECTORS.contains(&folded);
    !known_word && !lexicon::is_no_person(folded) && !folded.contains('\'') && folded.len() > 2 && !word.shouted
}

/// "MedWatch", "VASc": capitals inside, but not as in "McDonald" or "DeShawn".
fn is_mixed(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let all = word.chars().count();
    let prefixed = ["Mc", "Mac", "O'", "De", "La", "Le", "Di", "Da", "Van", "Ja"].iter().any(|p| word.starts_with(p));
    capitals > 1 && capitals < all && !(prefixed && capitals == 2)
}

fn has_figure(word: &str) -> bool {
    word.contains(|c: char| c.is_numeric())
}

/// The words that belong to the name that starts here.
fn extend(page: &Page<'_>, start: usize) -> Range<usize> {
    let words = page.words();
    let mut end = start + 1;
    while end < words.len() && end - start < LONGEST {
        let joint = gap(page, end - 1);
        let after_initial = words[end - 1].range.len() == 1 && joint == ". ";
        if words[end - 1].possessive || !(matches!(joint, " " | "-") || after_initial) {
            break;
        }
        let next = &words[end];
        if CONNECTORS.contains(&next.folded.as_str()) && !next.shouted {
            let Some(after) = connected(page, end) else { break };
            end = after;
            continue;
        }
        if !next.capital || !continues_a_name(next) {
            break;
        }
        end += 1;
    }
    start..end
}

/// After "de", "la", "van": the end of the run, if a capitalised word follows.
fn connected(page: &Page<'_>, connector: usize) -> Option<usize> {
    let words = page.words();
    (connector + 1..words.len().min(connector + 3)).find_map(|at| {
        let all_spaces = (connector..at).all(|before| gap(page, before) == " ");
        let is_end = words[at].capital && !lexicon::is_no_person(&words[at].folded);
        (all_spaces && is_end && !lexicon::is_common_english(&words[at].folded)).then_some(at + 1)
    })
}

fn continues_a_name(next: &Word) -> bool {
    let folded = next.folded.as_str();
    if next.range.len() == 1 || has_figure(folded) {
        return folded != "i" && !has_figure(folded);
    }
    if next.shouted && next.range.len() < 4 {
        return SUFFIXES.contains(&folded);
    }
    lexicon::is_surname(folded)
        || lexicon::is_given_name(folded)
        || SUFFIXES.contains(&folded)
        || !(lexicon::is_common(folded) || lexicon::is_institution(folded) || lexicon::is_no_person(folded))
}

/// A place, an institution, a day, a disease: something that only carries a person's name.
fn is_no_person(page: &Page<'_>, run: &Range<usize>) -> bool {
    let words = page.words();
    let inside = &words[run.clone()];
    let last = &words[run.end - 1];
    let before = run.start.checked_sub(1).map(|at| (&words[at], gap(page, at)));
    if let Some((before, joint)) = before {
        let saint = ["st", "saint", "santa", "san", "mt", "mount", "fort", "lake", "port", "camp"];
        if (saint.contains(&before.folded.as_str()) && before.capital) || joint.contains('&') {
            return true;
        }
    }
    if gap(page, run.end - 1).contains('&') {
        return true;
    }
    // "Jackson Street Bakery", "Lincoln Middle School", "Murphy sign", "Bell's palsy".
    let mut follow = run.end..words.len().min(run.end + 2);
    let institution_follows = follow.any(|at| {
        let linked = (run.end - 1..at).all(|b| matches!(gap(page, b), " " | "-" | "'s " | "' "));
        let between = (run.end..at).all(|b| words[b].capital);
        linked
            && between
            && lexicon::is_institution(&words[at].folded)
            && (words[at].capital || is_eponym_noun(&words[at].folded))
    });
    let named_after = last.possessive && lexicon::is_no_person(&last.folded);
    let alone_no_person = inside.iter().all(|word| lexicon::is_no_person(&word.folded));
    let starts_no_person = lexicon::is_no_person(&inside[0].folded) && !lexicon::is_given_name(&inside[0].folded);
    let institution_inside = inside.len() > 1
        && inside.iter().any(|w| lexicon::is_institution(&w.folded) && !lexicon::is_surname(&w.folded));
    let own = inside.iter().all(|word| page.practice.own_word(&word.folded));
    institution_follows || named_after || alone_no_person || starts_no_person || institution_inside || own
}

/// Words that make a name an eponym even in lower case.
fn is_eponym_noun(folded: &str) -> bool {
    matches!(
        folded,
        "sign"
            | "test"
            | "score"
            | "scale"
            | "criteria"
            | "disease"
            | "syndrome"
            | "palsy"
            | "index"
            | "method"
            | "diet"
            | "study"
            | "trial"
            | "virus"
            | "fever"
            | "wort"
            | "enfermedad"
            | "sindrome"
    )
}

fn likeness(page: &Page<'_>, run: &Range<usize>) -> Likeness {
    let words = &page.words()[run.clone()];
    let first = &words[0].folded;
    let several = words.len() > 1;
    match (lexicon::is_given_name(first), lexicon::is_common(first) || lexicon::is_no_person(first)) {
        (true, false) if several => Likeness::Full,
        (true, false) => Likeness::Given,
        (true, true) if several => Likeness::Fair,
        (false, _) if several => Likeness::Fair,
        _ => Likeness::Faint,
    }
}

/// What stands between a word and the next one.
pub(crate) fn gap<'p>(page: &'p Page<'_>, at: usize) -> &'p str {
    let words = page.words();
    match (words.get(at), words.get(at + 1)) {
        (Some(word), Some(next)) => &page.cased()[word.range.end..next.range.start],
        (Some(word), None) => &page.cased()[word.range.end..],
        _ => "",
    }
}
