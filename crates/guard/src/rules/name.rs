//! # Names of people
//!
//! **What it finds.** Names next to a word that makes them a patient ("our patient", "Mrs.",
//! "congratulations to … who finished chemo", "her daughter …"), names in a greeting ("Hi Yolanda",
//! "Linda, we …"), self-introductions in stories, and initials. The practice's own people, its
//! colleagues, eponyms, institutions, months and mascots are left alone. Well-known people who
//! spoke for themselves are, too, as far as rules can tell.
//!
//! **Why it matters.** Names of the person, of relatives, employers and household members are the
//! first identifier of 45 CFR 164.514(b)(2)(i). In a reply, even a first name ties a stranger's
//! alias to a patient; replies that did were fined (Elite Dental 2019, New Vision Dental 2022).
//!
//! **Say instead.** "A patient in her 50s", "somebody in our challenge"; in a reply no name at all.

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Context, Severity};
use crate::lexicon;
use crate::reading::cues;
use crate::reading::pattern::patterns;
use crate::reading::people::{self, Likeness, Run, Title};
use crate::reading::{Page, Word};

pub(super) const SEVERITY: BySeverity = BySeverity {
    post: Some(Severity::Block),
    reply: Some(Severity::Block),
    story: Some(Severity::Warn),
    case: Some(Severity::Block),
};
const MESSAGE: &str = "A person can be recognised by name.";
const SUGGESTION: &str = "Leave the name out, or write \"a patient in her 50s\", \"somebody in our challenge\".";
const GREETING: &str = "A first name in a public reply ties this account to a person you know.";
const GREETING_SUGGESTION: &str = "Greet without a name: \"Thank you for taking the time to write.\"";

patterns! {
    /// Ends right before a name and says that a patient or a relative follows.
    @asked DIRECT = r"\b(?:
        patients?|pts?|pacientes?|client|little|initials|iniciales|
        (?:wife|husband|spouse|partner|son|daughter|mother|mom|mum|father|dad|sister|brother|aunt|uncle|niece|nephew|cousin|grand(?:ma|pa|mother|father|son|daughter)|granny|stepson|stepdaughter|twins?|kid|child|boy|girl|baby|newborn|toddler|infant|neighbou?r|friend|buddy|roommate|boyfriend|girlfriend|fianc[e]e?|caregiver|guardian|widow|widower|boss|coworker|
        espos[oa]|marido|mujer|hij[oa]|madre|mama|padre|papa|herman[oa]|ti[oa]|sobrin[oa]|prim[oa]|abuel[oa]|niet[oa]|nin[oa]|bebe|vecin[oa]|amig[oa]|cunad[oa]|suegr[oa]|novi[oa])|
        year[ \-]old|y/o|yo|named|name is|name's|goes by|known as|llamad[oa]|se llama|nombre es|real name|actually|reviewer|identity
        )(?: (?:is|was|es|named|called|llamad[oa]))?[,:\x22'(]* ?$";
    /// A field of a form, right before a name: "Nombre: Pedro", "Remitido por:", "Patient name:".
    @asked FIELD = r"\b(?:nombres?|apellidos?|medic[oa]s?|paciente|remit(?:ido|e|ente)(?: por)?|firmado(?: por)?|responsable|autor|doctora?|(?:patient |full |last |first )?names?|patient|provider|physician|referred by|attending)[ ]?[:=] ?$";
    /// Ends right before a name and introduces the writer.
    @asked INTRODUCES = r"(?:^|[^a-z])(?:my name is|my name's|i am|i'm|im|this is|it's|call me|me llamo|soy|mi nombre es|les habla|signed|love|yours)[,: ]+$";
    /// Stands right behind a name and says the same.
    @asked FOLLOWS = r"^(?:'s)?\.?(?:, ?\d{1,3}\b| ?\(\d{1,3}\b)|^(?:'s)?\.?,? ?\(?(?:\d{1,3} ?(?:yo|y/o|f\b|m\b|years?|anos)|(?:aged?|a|an|our|one of our) \d|de \d+ anos|one of our|a patient|our patient|paciente|nuestr[oa] paciente|here\b|y tengo)";
    /// The words that open a greeting, up to the name.
    @asked GREETS = r"^[^a-z0-9]*(?:(?:hi|hello|hey|dear|hola|estimad[oa]s?|querid[oa]s?|good (?:morning|afternoon|evening)|buenos dias|buenas tardes|welcome(?: back)?|bienvenid[oa]|(?:many )?thanks(?: so much| again| a lot)?|thank you(?: so much| very much| again| kindly)?|(?:muchas |mil )?gracias|sorry|congrats|congratulations|happy birthday|we hear you|bless you|aw+|oh|yes|no|so|well|ok(?:ay)?|great job|great question|way to go)(?: there)?[,:!]* )$";
    @asked CLOSES = r"^(?:[,!.:;?]|-|~| -| ~|$| and | y | for | por |\s*$)";
    /// A form of a Spanish verb that addresses the reader: "Hornee", "Conozca", "Únanse", "Pruébelo".
    @asked SPANISH_CALL = r"^[A-Za-z]{2,}(?:e|a|en|an|amos|emos)(?:se|lo|la|los|las|le|les|nos|me)?$";
    /// What stands behind such a verb, and not behind a name that opens a sentence.
    @asked SPANISH_OBJECT = r"^ (?:el|la|los|las|lo|un|una|unos|unas|su|sus|al|este|esta|estos|estas|cada|mas|menos|con|en|sin|por|hasta|solo|bien|todo|todas?|todos|agua|que|como|cuanto|cuanta|nuestr[oa]s?|algun[oa]?|otr[oa]s?|dos|tres|media|\d+) ";
    @asked INITIALS = r"^(?:(?:[A-Z]\. ?){2,4}|[A-Z]{2,3}\b)";
    @asked AGE_BEHIND = r"^,? ?(?:a |an |is a |is an )?\d{1,3}\b";
    SMALL = r"\b(?:my name is|i am|i'm|im|call me|me llamo|soy|our patient|patient named|hi|hello|hey|dear|hola|thanks|thank you|mrs?\.?|ms\.?|gracias|nuestra paciente|nuestro paciente|mom|dad|wife|husband|daughter|son),? (?P<name>[a-z]{3,})\b";
    @asked MASCOT = r"^(?:salt|sal|sodium|pepper|pimienta|fiber|fibra|sugar|azucar|bean|beans|broccoli|carrot|apple|banana|potato|heart|tooth|germ|germs|virus|water|stress|sneeze|yuk|clean|bones|veggie|fruit|snack|soda|sleep|step|steps|rogers|claus)$";
}

/// From here on, in the tagger's units, a case takes a word for a name: seven of eight names of people in posts are found
/// so, and one in eight posts without a person is stopped. Among colleagues asking once too often costs little.
const LIKELY: i32 = -28;

/// Initials that are no person.
const NO_INITIALS: &[&str] = &[
    "us", "usa", "dc", "uk", "md", "do", "np", "pa", "rn", "phd", "am", "pm", "iv", "im", "er", "icu", "pt", "ot",
    "la", "ny", "bid", "tid", "qid", "prn", "po", "eg", "ie", "ok", "eeuu", "dds", "dmd", "bp", "hr", "un", "eu",
];

/// Spanish verbs that are given names as well.
const CALLS_THAT_ARE_NAMES: &[&str] =
    &["lea", "ria", "abra", "vea", "sirva", "mire", "elija", "marque", "pase", "tome", "evite"];

/// What stands around a possible name.
struct Evidence {
    direct: bool,
    introduces: bool,
    greeting: bool,
    /// Opens a Spanish sentence as a verb does.
    calls_reader: bool,
    patient: bool,
    public: bool,
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    for run in people::runs(page) {
        let evidence = evidence(page, &run);
        if is_excused(page, &run, &evidence) || !names_a_person(page, &run, &evidence) {
            continue;
        }
        let first_only = run.title.is_none() && run.words.len() == 1;
        let lenient = page.context().is_reply() && evidence.greeting && first_only && !evidence.direct;
        push(page, hits, origin(page, &run), lenient);
    }
    initials(page, hits);
    typed_small(page, hits);
}

/// A first name in a greeting is a warning by itself. Beside anything that says that the person is
/// a patient it unmasks them, and blocks.
pub(super) fn weigh(hits: &mut [Hit]) {
    let unmasks =
        hits.iter().any(|hit| matches!(hit.category, Category::Relationship | Category::PhiDetail | Category::Minor));
    for hit in hits.iter_mut().filter(|hit| unmasks && hit.message == GREETING) {
        hit.severity = Severity::Block;
    }
}

fn evidence(page: &Page<'_>, run: &Run) -> Evidence {
    let words = page.words();
    let first = run.words.start - usize::from(run.title.is_some());
    let start = words[first].range.start;
    let end = words[run.words.end - 1].range.end;
    let sentence = page.sentence_at(start);
    let whole = page.around(start);
    let before = &page.folded()[whole.start..start];
    let after = &page.folded()[end..whole.end.max(end)];
    let opens = before.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    let closes = CLOSES.is_match(after);
    let calls = opens && after.starts_with(',');
    let ends = before.trim_end().ends_with(',') && after.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    let calls_reader =
        opens && run.words.len() == 1 && is_spanish_call(&words[first].folded) && SPANISH_OBJECT.is_match(after);
    let signs = matches!(before.trim(), "-" | "~" | "--") || before.ends_with("- ") && after.trim().is_empty();
    Evidence {
        direct: DIRECT.is_match(before) || FIELD.is_match(before) || FOLLOWS.is_match(after) || signs,
        introduces: INTRODUCES.is_match(before),
        greeting: (GREETS.is_match(before) && closes) || calls || ends,
        calls_reader,
        patient: cues::speaks_of_patient(page, sentence),
        public: cues::speaks_of_public_person(page, sentence),
    }
}

/// Spanish verbs that open a sentence; own people and colleagues, with or without title; but "our patient Maria" is no excuse by a
/// doctor of that first name.
fn is_excused(page: &Page<'_>, run: &Run, evidence: &Evidence) -> bool {
    let names: Vec<&str> = page.words()[run.words.clone()].iter().map(|word| word.folded.as_str()).collect();
    let as_patient = evidence.direct || run.title == Some(Title::Person);
    let known = page.practice.knows(&names) && !(as_patient && names.len() == 1 && evidence.patient);
    // "Priya Nair reads", "Jordan Lee, NP": more words than the list knows still begin with a known name.
    let known_start = names.len() > 2 && page.practice.knows(&names[..2]);
    let is_verb = run.title.is_none() && evidence.calls_reader && !evidence.direct && !evidence.greeting;
    known || known_start || is_verb
}

fn is_spanish_call(folded: &str) -> bool {
    let is_free = !lexicon::is_given_name(folded) && !lexicon::is_surname(folded);
    SPANISH_CALL.is_match(folded) && (is_free || CALLS_THAT_ARE_NAMES.contains(&folded))
}

fn names_a_person(page: &Page<'_>, run: &Run, evidence: &Evidence) -> bool {
    let first = &page.words()[run.words.start];
    match (run.title, page.context()) {
        (Some(Title::Doctor), Context::ColleagueCase) => evidence.patient,
        (Some(Title::Doctor), _) => false,
        (Some(Title::Person), context) => {
            let strict = context.is_reply() || context == Context::ColleagueCase;
            strict || !is_mascot(page, run)
        }
        (None, Context::Post) => in_post(page, run, evidence),
        (None, Context::ReviewReply | Context::CommentReply) => in_reply(page, run, evidence),
        (None, Context::Story) => {
            let likely = run.likeness >= Likeness::Given && !first.possessive && !evidence.public;
            let said = evidence.introduces || evidence.direct;
            likely
                || (said && run.likeness >= Likeness::Faint && is_rare(first))
                || (said && run.likeness == Likeness::Fair)
        }
        (None, Context::ColleagueCase) => {
            let adjacent =
                (evidence.direct || evidence.introduces) && (is_rare(first) || run.likeness >= Likeness::Fair);
            let last = &page.words()[run.words.end - 1].folded;
            let known = lexicon::is_given_name(&first.folded) || lexicon::is_surname(last);
            let fair = run.likeness == Likeness::Fair && known && ends_in_surname(page, run);
            run.likeness >= Likeness::Given || adjacent || fair || run.likely > LIKELY
        }
    }
}

fn in_post(page: &Page<'_>, run: &Run, evidence: &Evidence) -> bool {
    let first = &page.words()[run.words.start];
    if evidence.public && !evidence.direct {
        return false;
    }
    let named = run.likeness >= Likeness::Given || (run.likeness == Likeness::Fair && ends_in_surname(page, run));
    let adjacent = evidence.direct && (is_rare(first) || run.likeness >= Likeness::Fair);
    let greeted = evidence.greeting && run.likeness >= Likeness::Given;
    adjacent || greeted || (named && evidence.patient && !is_brand(page, run))
}

fn in_reply(page: &Page<'_>, run: &Run, evidence: &Evidence) -> bool {
    let first = &page.words()[run.words.start];
    let greeted = evidence.greeting
        && (is_rare(first) || run.likeness >= Likeness::Fair || lexicon::is_given_name(&first.folded));
    let adjacent = evidence.direct && is_rare(first);
    let full = run.likeness == Likeness::Fair && ends_in_surname(page, run);
    greeted || adjacent || full || (run.likeness >= Likeness::Given && !is_brand(page, run))
}

/// Neither an everyday word nor a known thing: only a name is written like this.
fn is_rare(word: &Word) -> bool {
    !lexicon::is_common(&word.folded) && !lexicon::is_no_person(&word.folded) && !lexicon::is_institution(&word.folded)
}

fn ends_in_surname(page: &Page<'_>, run: &Run) -> bool {
    let last = &page.words()[run.words.end - 1];
    last.range.len() == 1 || lexicon::is_surname(&last.folded) || is_rare(last)
}

/// "Mr. Salt", "Señor Sal": a title before an everyday word that is no frequent surname.
fn is_mascot(page: &Page<'_>, run: &Run) -> bool {
    let words = &page.words()[run.words.clone()];
    let first = words[0].folded.as_str();
    let everyday = lexicon::is_common(first) && !lexicon::is_surname(first);
    words.len() == 1 && (everyday || MASCOT.is_match(first))
}

/// "Trader Joe's", "Wendy's": a shop.
fn is_brand(page: &Page<'_>, run: &Run) -> bool {
    run.words.len() == 1 && page.words()[run.words.start].possessive && {
        let next = page.words().get(run.words.end);
        next.is_none_or(|next| next.capital)
    }
}

fn origin(page: &Page<'_>, run: &Run) -> Range<usize> {
    let words = page.words();
    let first = run.words.start - usize::from(run.title.is_some());
    let last = &words[run.words.end - 1];
    let point = usize::from(last.range.len() == 1 && page.cased()[last.range.end..].starts_with('.'));
    page.origin(words[first].range.start..last.range.end + point)
}

/// Words with their place on the page.
struct Place<'p> {
    start: usize,
    words: &'p str,
}

impl Place<'_> {
    fn end(&self) -> usize {
        self.start + self.words.len()
    }
}

/// "J.D.W., 62", "Pt R.B.": initials are derived from the name.
fn initials(page: &Page<'_>, hits: &mut Vec<Hit>) {
    let mut done = 0;
    for word in page.words().iter().filter(|word| word.capital && (word.shouted || word.range.len() == 1)) {
        let found = INITIALS.find_in(&page.cased()[word.range.start..]).next();
        let Some(found) = found.filter(|_| word.range.start >= done) else { continue };
        let found = Place { start: word.range.start, words: found.as_str() };
        done = found.end();
        let letters: String = found.words.chars().filter(|c| c.is_alphabetic()).collect();
        let dotted = found.words.contains('.');
        if NO_INITIALS.contains(&letters.to_lowercase().as_str()) {
            continue;
        }
        let before = &page.folded()[page.around(found.start).start..found.start];
        let opens = before.trim().is_empty();
        let said = DIRECT.is_match(before) || INTRODUCES.is_match(before);
        let aged = AGE_BEHIND.is_match(&page.cased()[found.end()..]);
        let greeted = GREETS.is_match(before);
        let is_name = match page.context() {
            Context::ColleagueCase => (dotted && (said || aged || opens)) || (said && aged),
            _ => dotted && (said || greeted || (opens && aged)),
        };
        if is_name {
            let end = found.start + found.words.trim_end().len();
            push(page, hits, page.origin(found.start..end), false);
        }
    }
}

/// "hi karen", "my name is jessica": people do not always type capitals.
fn typed_small(page: &Page<'_>, hits: &mut Vec<Hit>) {
    for found in page.groups(&SMALL) {
        let (all, Some(name)) = (found.whole(), found.name("name")) else { continue };
        let word = name.as_str();
        let is_name = lexicon::is_given_name(word) && !lexicon::is_common(word) && !lexicon::is_no_person(word);
        if !is_name || page.practice.knows(&[word]) {
            continue;
        }
        let greets = matches!(
            all.as_str().split(' ').next(),
            Some("hi" | "hello" | "hey" | "dear" | "hola" | "thanks" | "thank" | "gracias")
        );
        push(page, hits, page.origin(name.range()), page.context().is_reply() && greets);
    }
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, origin: Range<usize>, greeting: bool) {
    let Some(severity) = SEVERITY.of(page.context()) else { return };
    // The same name, found in two ways: the graver one stays.
    let same =
        |hit: &Hit| hit.category == Category::Name && hit.origin.start < origin.end && origin.start < hit.origin.end;
    if greeting && hits.iter().any(same) {
        return;
    }
    hits.push(Hit {
        category: Category::Name,
        severity: if greeting { Severity::Warn } else { severity },
        origin,
        rule: "name",
        message: if greeting { GREETING } else { MESSAGE },
        suggestion: if greeting { GREETING_SUGGESTION } else { SUGGESTION },
    });
}

#[cfg(test)]
mod tests {
    use super::super::examples::{bad, good};
    use crate::context::Context::*;
    use crate::context::Severity::{Block, Warn};

    #[test]
    fn finds_people() {
        for (context, text, span, severity) in [
            (Post, "Congratulations to Denise Kowalski, who finished chemo!", "Denise Kowalski", Block),
            (Post, "Our patient Marcus T. lost 40 pounds.", "Marcus T.", Block),
            (ReviewReply, "Thank you Mr. Petrakis for the note.", "Mr. Petrakis", Block),
            (ReviewReply, "Hi Karen, thank you.", "Karen", Warn),
            (ReviewReply, "hi karen, thank you.", "karen", Warn),
            (ReviewReply, "Karen, thank you for visiting us.", "Karen", Block),
            (ColleagueCase, "Pt J.D.W., 62, on four agents", "J.D.W.", Block),
            (ColleagueCase, "Her daughter Keisha Brown called", "Keisha Brown", Block),
            (Story, "I'm Gus, 58.", "Gus", Warn),
            (Story, "my name is j e s s i c a", "j e s s i c a", Warn),
            (Post, "Nuestra paciente Lupita Hernández bajó su presión.", "Lupita Hernández", Block),
            (ReviewReply, "Gracias, señora Ramírez.", "señora Ramírez", Block),
        ] {
            bad("name", context, text, span, severity);
        }
    }

    #[test]
    fn leaves_everybody_else_alone() {
        for (context, text) in [
            (Post, "Dr. Maria Alvarez and Jordan Lee, NP, see patients on Monday."),
            (Post, "Meet Mr. Salt. May is Blood Pressure Month for our patients."),
            (Post, "Parkinson's and Crohn's are named after doctors."),
            (Post, "Thanks to Jackson Street Bakery and Johnson & Johnson."),
            (ColleagueCase, "Positive Murphy sign, Bell's palsy, Wells score 3."),
            (ReviewReply, "Dr. Okafor and Priya appreciate it."),
            (Post, "El Señor Sal se esconde en el pan. Mayo es el mes de la presión."),
            (ReviewReply, "Thank you for the kind words. Google shows them to us."),
            (Post, "Baje su presión. Hornee el pollo con limón. Su meta: menos sal."),
            (Post, "Lea las etiquetas antes de su cita."),
            (Post, "Conozca su presión; felicidades a todos."),
            (Post, "Las Guías Alimentarias ayudan a cada paciente."),
        ] {
            good("name", context, text);
        }
    }
}
