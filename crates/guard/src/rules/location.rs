//! # Places smaller than a state
//!
//! **What it finds.** Towns, counties, ZIP codes, streets, schools, hospitals and coordinates, where
//! they are tied to a person: "a farmer from Sweet Home", "ZIP 97999", "you live on Mill Creek
//! Road". States and regions, the practice's own address and places of public events are left alone.
//!
//! **Why it matters.** Every part of geography below the state is an identifier of 45 CFR
//! 164.514(b)(2)(i)(B). In a small town, town and disease are often enough.
//!
//! **Say instead.** The state, or "from a rural area".

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Context, Severity};
use crate::lexicon;
use crate::reading::normal::fold;
use crate::reading::pattern::patterns;
use crate::reading::{Page, cues};

pub(super) const SEVERITY: BySeverity = BySeverity {
    post: Some(Severity::Block),
    reply: Some(Severity::Block),
    story: Some(Severity::Warn),
    case: Some(Severity::Block),
};
const MESSAGE: &str = "This place is smaller than a state and is tied to a person.";
const SUGGESTION: &str = "Write the state, or \"from a rural area\".";

patterns! {
    @cased ZIP = r"\b(?i:zip(?: code)?|codigo postal|postal code)[ :#]*\d{5}(?:-\d{4})?\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b";
    @cased STREET = r"\b(?:\d{1,5} )?(?:[NSEW]\.? )?(?:[A-Z][[A-Za-z]']+ ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Boulevard|Blvd|Court|Ct|Terrace|Highway|Hwy)\b|\b(?i:calle|avenida|av\.|carretera|colonia|camino) [A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?(?: #?\d+)?";
    @cased COORDINATES = r"-?\d{1,2}\.\d{3,}\x1f?[ NS]*, ?-?\d{1,3}\.\d{3,}";
    /// A capitalised name after a word that leads to a place.
    @cased LED = r"\b(?P<lead>(?i:lives? (?:in|on|near|at|by)|living (?:in|on|near|at)|resid(?:es?|ing|ent) (?:in|of|at)|moved to|grew up in|farms? (?:in|outside|near)|works? (?:in|at)|outside(?: of)?|near|from|born in|vive en|vivo en|vecin[oa] de|residente de|cerca de|visited|attended|in|at|to|de|en)) (?P<the>(?:the|el|la|our) )?(?P<place>[A-Z][A-Za-z'.\-]*(?:,? (?:de |del |la |of )?[A-Z][A-Za-z'.\-]*){0,4}(?: (?:trailer park|nursing home|high school|middle school|mobile home park|apartments|reservation))?)";
    /// Institutions and counties carry their kind in the name.
    @asked KIND = r"(?i)\b(?:county|condado|hospital|clinic|clinica|medical cent(?:er|re)|health cent(?:er|re)|medical|presbyterian|sinai|memorial|school|escuela|elementary|middle|high|academy|college|university|church|iglesia|nursing home|trailer park|jail|prison|shelter|reservation|facility)\b";
    @asked SURE_LEAD = r"(?i)^(?:liv|resid|moved|grew|farm|works?|outside|near|from|born|viv|vecin|cerca)";
    @asked CARE = r"\b(?:seen|admitted|discharged|treated|evaluated|diagnosed|visit(?:ed|s)?|presented|presenting|consulted|surgery|operated|underwent|hospitali[sz]ed|transferred|referred|found|observed|managed|followed|last seen|atendid[oa]|ingresad[oa]|vist[oa]|operad[oa])\b";
    /// A person, a few words before the place.
    @asked PERSON = r"\b(?:patients?|pacientes?|moms?|dads?|mother|father|man|woman|men|women|guy|farmer|teacher|student|boy|girl|kid|child|year[ \-]old|neighbor|gentleman|lady|someone|somebody|baby|family|couple|widow\w*|nurse|coach|driver|runner|people|folks|senora?|hombre|mujer|mama|papa|alguien|you|he|she|who|reviewer|logger|veteran|worker)(?: [\w\-]+){0,4} ?$";
    @asked PUBLIC_PLACE = r"\b(?:study|studies|trial|score|scale|rules?|criteria|guidelines?|conference|meeting|market|fair|join|event|(?:in|at) the park|parade|festival|fiesta|library|walk|class|visit us|located|office|open|air quality|protocol|marathon|diet|grand rounds|rheumatologist in|specialist in|looking for|publish\w+|researchers?|news)\b";
    /// Somebody's home, in a reply.
    @asked LIVING = r"\b(?:you live|lives? (?:on|at|in|near)|your (?:house|home|address|street|neighborhood)|usted vive|su (?:casa|domicilio|direccion))\b";
    @asked LIVES = r"\b(?:i|my|me|mi|yo|vivo|soy|here)\b";
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    let text = page.cased();
    for found in page.find(&ZIP).chain(page.find(&COORDINATES)) {
        if is_tied(page, found.start()) && !is_own_address(page, found.range()) {
            push(page, hits, found.range());
        }
    }
    for found in page.find(&STREET) {
        if is_tied(page, found.start()) && !is_own_address(page, found.range()) {
            push(page, hits, found.range());
        }
    }
    let mut from = 0;
    while let Some(found) = page.groups_at(&LED, from) {
        let (Some(lead), Some(place)) = (found.name("lead"), found.name("place")) else { break };
        // "from Ebola. The virus": a place ends with its sentence.
        let end = place.end().min(page.around(place.start()).end);
        let end = place.start() + text[place.start()..end].trim_end_matches(['.', ',', '-', ' ']).len();
        if is_place(page, lead.as_str(), &text[place.start()..end], place.start()) {
            push(page, hits, place.start()..end);
        }
        // "to Albany in Linn County": the next lead may stand right behind.
        from = lead.end();
    }
}

fn is_place(page: &Page<'_>, lead: &str, place: &str, at: usize) -> bool {
    let words: Vec<String> =
        place.split([' ', ',', '-']).map(|w| fold(w.trim_matches(['\'', '.']))).filter(|w| w.len() > 1).collect();
    let kind = KIND.is_match(place);
    let sure = SURE_LEAD.is_match(lead);
    let shouted = place.chars().all(|c| !c.is_lowercase());
    let own_city = words.iter().all(|word| page.practice.own_word(word));
    // "at Stanford" is a place, "in Crohn's" is not.
    let eponym = |word: &String| lexicon::is_no_person(word) && !matches!(lead, "at" | "visited" | "attended");
    // "recovered from Ebola": a thing that no person and no place is named after.
    if !kind && words.iter().all(eponym) {
        return false;
    }
    let rare = |word: &String| !lexicon::is_common(word) && !eponym(word) && !lexicon::is_given_name(word);
    let town = (sure && words.len() > 1)
        || words.iter().any(rare)
        || own_city
        || (sure && words.iter().any(|w| !lexicon::is_common(w)));
    if words.is_empty() || words.iter().all(|word| lexicon::is_region(word)) || !(kind || (town && !shouted)) {
        return false;
    }
    let sentence = sentence_of(page, at);
    let before = page.folded()[page.around(at).start..at].trim_end();
    let before = [" the", " el", " la", " our"].iter().find_map(|the| before.strip_suffix(the)).unwrap_or(before);
    let before = before.strip_suffix(&fold(lead)).unwrap_or(before).trim_end();
    match page.context() {
        Context::ColleagueCase => {
            (!PUBLIC_PLACE.is_match(sentence) || CARE.is_match(sentence)) && (sure || kind || CARE.is_match(sentence))
        }
        Context::Story => sure && LIVES.is_match(sentence) && !PUBLIC_PLACE.is_match(sentence),
        Context::Post => {
            (sure || kind)
                && PERSON.is_match(before)
                && (cues::sentence_speaks_of_patient(sentence) || kind)
                && !PUBLIC_PLACE.is_match(sentence)
        }
        Context::ReviewReply | Context::CommentReply => {
            sure && PERSON.is_match(before) && !PUBLIC_PLACE.is_match(sentence)
        }
    }
}

fn sentence_of<'p>(page: &'p Page<'_>, plain: usize) -> &'p str {
    page.folded_of(Some(page.sentence_at(plain)))
}

/// Whether a street, a ZIP or a coordinate is somebody's: in a case and a story always.
fn is_tied(page: &Page<'_>, at: usize) -> bool {
    let sentence = sentence_of(page, at);
    match page.context() {
        Context::ColleagueCase => true,
        Context::Story => LIVES.is_match(sentence) && !PUBLIC_PLACE.is_match(sentence),
        Context::Post => cues::sentence_speaks_of_patient(sentence) && !PUBLIC_PLACE.is_match(sentence),
        Context::ReviewReply | Context::CommentReply => LIVING.is_match(sentence),
    }
}

/// The practice's address, except in a case: there a ZIP or a street is the patient's.
fn is_own_address(page: &Page<'_>, range: Range<usize>) -> bool {
    let mut words = page.words().iter().filter(|word| range.contains(&word.range.start));
    page.context() != Context::ColleagueCase && words.all(|word| page.practice.own_word(&word.folded))
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, range: Range<usize>) {
    let Some(severity) = SEVERITY.of(page.context()) else { return };
    hits.push(Hit {
        category: Category::Location,
        severity,
        origin: page.origin(range),
        rule: "location",
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
    fn finds_places_of_people() {
        for (context, text, span, severity) in [
            (ColleagueCase, "29F from Maple Falls, second embolism.", "Maple Falls", Block),
            (ColleagueCase, "ZIP 97999, lead level 12.", "ZIP 97999", Block),
            (ColleagueCase, "He farms outside Harrisburg.", "Harrisburg", Block),
            (
                ColleagueCase,
                "Admitted to Jefferson Memorial Hospital with sepsis.",
                "Jefferson Memorial Hospital",
                Block,
            ),
            (Post, "A mom in Linn County told us about it.", "Linn County", Block),
            (CommentReply, "You live on Mill Creek Road, right?", "Mill Creek Road", Block),
            (Story, "I'm a retired teacher from Sweet Home.", "Sweet Home", Warn),
            (Story, "Vivo en la calle Roble 45.", "calle Roble 45", Warn),
        ] {
            bad("location", context, text, span, severity);
        }
    }

    #[test]
    fn leaves_public_places_alone() {
        for (context, text) in [
            (ColleagueCase, "55M from Oregon, outdoor worker."),
            (Post, "Free checks at the Maple Falls farmers market on Saturday."),
            (Post, "Visit us at 218 Mill Street, Maple Falls, OR 97999."),
            (Post, "Air quality in Linn County is poor today."),
            (ColleagueCase, "Recovered from Ebola. The virus was gone by then."),
            (ColleagueCase, "Lyme titers positive, no travel to the Northeast."),
            (ColleagueCase, "Three-digit ZIP 973, population above 20,000."),
        ] {
            good("location", context, text);
        }
    }
}
