//! # Dates tied to a person
//!
//! **What it finds.** Days and months of birth, visits, surgery, admission or death, written in
//! figures or words, in English or Spanish; as a warning also relative days ("last Tuesday",
//! "yesterday", "Thanksgiving Day") in a sentence about a person. Events, opening hours, observances
//! and a year alone are left alone.
//!
//! **Why it matters.** All elements of dates except the year, if tied to a person, are identifiers
//! of 45 CFR 164.514(b)(2)(i)(C). In a reply the day of a visit confirms the visit as well.
//!
//! **Say instead.** The year, or a duration: "three weeks later", "a few years ago".

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Context, Severity};
use crate::reading::pattern::{Pattern, patterns};
use crate::reading::{Page, cues};

pub(super) const EXACT: BySeverity = BySeverity {
    post: Some(Severity::Block),
    reply: Some(Severity::Block),
    story: Some(Severity::Warn),
    case: Some(Severity::Block),
};
const RELATIVE_DAY: BySeverity =
    BySeverity { post: Some(Severity::Warn), reply: Some(Severity::Warn), story: None, case: Some(Severity::Warn) };
const MESSAGE: &str = "This date is tied to a person.";
const SUGGESTION: &str = "Write the year only, or a duration: \"three weeks later\", \"a few years ago\".";

patterns! {
    /// Day, month and year in figures.
    FIGURES = r"\b(?:0?[1-9]|[12]\d|3[01])[/.\-](?:0?[1-9]|[12]\d|3[01])[/.\-](?:(?:19|20)\d{2}|\d{2})\b|\b(?:19|20)\d{2}[/.\-](?:0?[1-9]|1[0-2])[/.\-](?:0?[1-9]|[12]\d|3[01])\b";
    /// "2/3": a date only after a word that leads to one, or in a list of dates.
    SHORT = r"(?:\b(?:on|since|seen|saw|born|dob|lmp|edd|admitted|discharged|visits?|visited|surgery|until|dated?|started|dos|el|del|desde|visto|vista|nacio|ingreso)[:,]? (?:on |el )?|(?:\d/\d{1,2})(?:,| and| y) )(?P<date>(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01]))(?:[^/\d%]|$)";
    WORDS = r"\b(?:(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,? (?:the )?(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?:,? (?:of )?(?:19|20)\d{2})?|(?:the )?(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)? (?:of )?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?:,? (?:19|20)\d{2})?|(?:el |del )?(?:0?[1-9]|[12]\d|3[01]|primero)(?: de |[\-/. ])(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)(?:(?: (?:de|del) |[\-/. ])(?:19|20)\d{2})?)";
    /// A month with a year; in a case the month counts.
    MONTH = r"\b(?:(?:early |late |mid-?)?(?:january|february|march|april|may|june|july|august|september|october|november|december)|jan|feb|apr|aug|sept?|oct|nov|dec)\.?,? (?:of )?(?:19|20)\d{2}\b|\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre) (?:(?:de|del) )?(?:19|20)\d{2}\b";
    RELATIVE = r"\b(?:(?:on|last|this(?: past)?|next|since) (?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?|yesterday(?: (?:morning|afternoon))?|last night|this morning|tonight|tomorrow|earlier today|the other day|ayer|anoche|esta manana|(?:el|este) (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)(?: pasado)?|(?:on |over |last |the day (?:after|before) )?(?:thanksgiving|christmas|new year's|easter|halloween|labor day|memorial day|mother's day|father's day|independence day|navidad|nochebuena|ano nuevo|semana santa)(?: (?:day|eve|weekend))?(?: last year| this year| of (?:19|20)\d{2})?)\b";
    /// An event, an observance, a publication, opening hours.
    @asked PUBLIC = r"\b(?:join|speaks?|walk with us|event|fair|festival|class|talk|charla|webinar|workshop|session|meeting|conference|lecture|grand rounds|journal club|rsvp|regist\w+|sign[ \-]?up|open(?:s|ed|ing)?|clos(?:es|ed|ing)|hours|holiday|observ\w+|awareness|national|world|day of|month of|starts? on|begins?|deadline|published|updated|posted|revised|guidelines?|recall\w*|approved|release[ds]?|issue|volume|trial|launch\w*|week \d|webcast|live|thread|caminata|feria|reto|evento|taller|cerrad[oa]|abierto|horario|mes de|dia mundial|actualizado|falls on|season|vaccine clinic|flu clinic)\b";
    /// Care of one person, in a case.
    @asked CLINICAL = r"\b(?:seen|saw|admitted|discharged|treated|evaluated|diagnosed|visit(?:ed|s)?|presented|presenting|consulted|appointment|surgery|operated|underwent|hospitali[sz]ed|referred|mrn|dob|born|died|observed|year[ \-]old|\d*yo|y/o|pt|patient|ingres\w+|vist[oa]|atendid[oa]|operad[oa]|fallecio)\b";
    /// What the practice announces: "appointments on Monday", "will see adults from June 1".
    @asked SCHEDULE = r"\b(?:will (?:see|be|offer|have|call|answer|open|join)|available|slots?|walk[ \-]ins?|welcome|book|call us|appointments (?:on|every|are)|every|each|free|deadline|patients can|dara|habra|seran|sera|gratis|cada)\b";
    /// The person who is answered, and care or a past.
    @asked ANSWERED = r"\b(?:your (?:\w+ ){0,2}?(?:visits?|appointments?|appt|surger\w+|procedures?|shots?|vaccin\w+|exams?|results?|labs?|tests?|check[ \-]?ups?|follow[ \-]?up|calls?|bills?|prescriptions?|refills?|infusions?|biops\w+|scans?|mammogram|colonoscopy|x[ \-]?ray|treatments?|session|stay|admission|fall|birth|pregnancy|injury|chart|physical)|you (?:were|are|came|had|missed|saw|called|left|visited|cancelled|canceled|arrived|showed|signed|paid|refused)|records?|visits?|appointments?|seen|he|she|his|her|su (?:cita|visita|consulta|vacuna|cirugia)|usted|vino|cita)\b";
    @asked SELF = r"\b(?:i|my|me|mi|mis|yo|me (?:operaron|diagnosticaron)|tuve|fui)\b";
    @asked OWN_CARE = r"\b(?:surger\w+|operation|heart attack|stroke|diagnos\w+|chemo\w*|hospital\w*|admitted|born|birth(?:day)?|died|er\b|baby|delivered|transplant|biopsy|sober|quit|smok\w+|cancer|infarto|cirugia|operaron|operacion|diagnosticaron|naci\w*|hospital|murio|dialysis|rehab|results?|vaccin\w*|treatment)\b";
    /// Ends right before the day on which something for everybody starts.
    @asked STARTS = r"\b(?:desde|a partir|empieza|empezamos|comienza|comenzamos|inicia|iniciamos|arranca|starting|beginning|begins|starts|from|as of)(?: on)?(?: el| del| de)? ?$";
    /// Says that a start is somebody's own.
    @asked OWN_START = r"\b(?:patients?|pts?|pacientes?|he|she|his|her|him|they|their|ella|lleva|llevaba|perdio|bajo|dejo|diagnos\w+|operad[oa]|ingres\w+|atendid[oa]|hospital\w*|nacid[oa]|nacio|fallecio|murio|internad[oa]|admitted|born|died|treated|surger\w+|cirugia|chemo\w*|quimio\w*|sober|sobri[oa]|one of our|congrat\w*|felicidades|felicitamos|hij[oa]|son|daughter|mr|mrs|sra?|don|dona)\b";
    /// A date of birth says so itself.
    @asked BORN = r"(?:\bdob|d\.o\.b\.?|\bborn|\bbirth ?date|date of birth|\bnacid[oa]|\bnacio|fecha de nacimiento)\W*(?:\w+ )?$";
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    let exact: &[&'static Pattern] = &[&FIGURES, &WORDS];
    for pattern in exact {
        for found in page.find(pattern) {
            judge(page, hits, &EXACT, found.range());
        }
    }
    let mut from = 0;
    while let Some(found) = page.groups_at(&SHORT, from) {
        let Some(date) = found.name("date") else { break };
        judge(page, hits, &EXACT, date.range());
        // The next date of a list starts its search at this one.
        from = date.start();
    }
    if page.context() == Context::ColleagueCase {
        for found in page.find(&MONTH) {
            judge(page, hits, &EXACT, found.range());
        }
    }
    for found in page.find(&RELATIVE) {
        judge(page, hits, &RELATIVE_DAY, found.range());
    }
}

fn judge(page: &Page<'_>, hits: &mut Vec<Hit>, severity: &BySeverity, found: Range<usize>) {
    let Some(severity) = severity.of(page.context()) else { return };
    let (start, sentence) = page.folded_sentence(found.start);
    let before = sentence.get(..found.start.saturating_sub(start)).unwrap_or_default();
    let born = BORN.is_match(before);
    // A date may end in the next line, and so outside of the sentence that it begins in.
    let date = &page.folded()[found.clone()];
    let is_start = page.context() == Context::Post && is_start_for_all(before, date, sentence);
    if born || (!is_start && is_of_a_person(page.context(), sentence)) {
        hits.push(Hit {
            category: Category::Date,
            severity,
            origin: page.origin(found),
            rule: "date",
            message: MESSAGE,
            suggestion: SUGGESTION,
        });
    }
}

/// "Desde el 1 de marzo": the start of a programme, unless the sentence speaks of one person.
fn is_start_for_all(before: &str, date: &str, sentence: &str) -> bool {
    let leads = STARTS.is_match(before) || (before.trim_end().ends_with("desde") && date.starts_with("el "));
    leads && !OWN_START.is_match(sentence)
}

fn is_of_a_person(context: Context, sentence: &str) -> bool {
    let public = PUBLIC.is_match(sentence);
    if public && context != Context::ColleagueCase {
        return false;
    }
    match context {
        Context::ColleagueCase => !public || CLINICAL.is_match(sentence),
        Context::Post => cues::sentence_speaks_of_patient(sentence) && !SCHEDULE.is_match(sentence),
        Context::Story => SELF.is_match(sentence) && OWN_CARE.is_match(sentence),
        Context::ReviewReply | Context::CommentReply => ANSWERED.is_match(sentence) && !SCHEDULE.is_match(sentence),
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{bad, good};
    use crate::context::Context::*;
    use crate::context::Severity::{Block, Warn};

    #[test]
    fn a_date_that_ends_in_the_next_line_is_read_without_harm() {
        good("date", Post, "Day 16: One foot a little ahead of the other\nDay 17: 3\nMay 12 steps, then rest.");
        good("date", Post, "We start on March\n5 for everybody. Until June\n1 it is free.");
    }

    #[test]
    fn finds_dates_of_people() {
        for (context, text, span, severity) in [
            (ColleagueCase, "58F seen on 03/14/2025 with new block.", "03/14/2025", Block),
            (ColleagueCase, "Her hysterectomy was on the 3rd of June.", "3rd of June", Block),
            (ColleagueCase, "Seen 2/3, smoker.", "2/3", Block),
            (ColleagueCase, "Fecha de nacimiento: 23-febrero-1951", "23-febrero-1951", Block),
            (ColleagueCase, "Intervenida en enero 2011 de la cadera", "enero 2011", Block),
            (ColleagueCase, "Seen last Tuesday, 33 weeks.", "last Tuesday", Warn),
            (ReviewReply, "On October 28 you were 40 minutes late.", "October 28", Block),
            (ReviewReply, "Lamentamos que su cita del 4 de marzo no fuera buena.", "4 de marzo", Block),
            (Story, "My surgery was 5/5/24.", "5/5/24", Warn),
            (Post, "Our patient had her surgery on May 3.", "May 3", Block),
        ] {
            bad("date", context, text, span, severity);
        }
    }

    #[test]
    fn leaves_public_dates_alone() {
        for (context, text) in [
            (Post, "Join our walk on Saturday, May 16 at 9 a.m."),
            (Post, "World Diabetes Day falls on November 14."),
            (Post, "Our office is closed on Monday, September 7 for Labor Day."),
            (ColleagueCase, "In 2019 she had a normal colonoscopy; strength 4/5, murmur 2/6."),
            (ReviewReply, "Our office hours are Monday to Friday, 8 to 5."),
            (Post, "Cuide su presión con nosotros desde el 1 de marzo; pregunte en su cita."),
            (Post, "La Dra. Alvarez dará una charla el jueves 14 de mayo."),
        ] {
            good("date", context, text);
        }
    }
}
