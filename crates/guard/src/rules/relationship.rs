//! # Saying that somebody is, or is not, a patient
//!
//! **What it finds.** "Thank you for visiting us", "your appointment", "we loved having you",
//! "trusting us with your care", "see you again", and the denials: "we have no record of you".
//! In Spanish: "gracias por visitarnos", "su cita", "nuestra paciente", "esperamos verla".
//!
//! **Why it matters.** That a person received care here is health information by itself (45 CFR
//! 160.103), whatever the person wrote before. A denial teaches everybody to read silence as a
//! yes. Practices paid $10,000 to $50,000 for such replies.
//!
//! **Say instead.** Thank for the comment, speak of policy, offer a phone: "Thank you for taking the
//! time to write. Please call our office manager; we would like to listen."
//!
//! In a public reply this can never be kept.

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Context, Severity};
use crate::reading::Page;
use crate::reading::pattern::{Pattern, patterns};

pub(super) const SEVERITY: BySeverity =
    BySeverity { post: Some(Severity::Warn), reply: Some(Severity::Block), story: None, case: None };
const MESSAGE: &str = "This sentence says that the person is (or is not) a patient.";
const SUGGESTION: &str = "Thank for the comment, speak of policy, not of a person, and offer the office's phone.";

patterns! {
    /// Coming here, being cared for: after thanks, joy or regret, or said outright.
    CAME = r"\b(?:
        (?:visiting|(?:coming|stopping|dropping|popping|swinging|walking) (?:in\b|by|back|over|out to|all the way|to (?:us|see|our|the (?:office|clinic|practice)))|(?:entrusting|trusting|choosing|picking|selecting) (?:us|our|dr|the (?:practice|clinic|team)|cedar)|
        being (?:such )?(?:a|an|our|one of our|part of our) (?:\w+ ){0,3}?(?:patient|family|client)s?|having (?:you|your \w+)(?: (?:as|in|at|with|here|back|under)\b| for (?:so|all|many|the))?|
        (?:caring|care) for (?:you|your)|taking (?:such )?(?:good |great |excellent )?care of (?:you|your)|(?:treating|serving|seeing|examining|healing|delivering|vaccinating) (?:you|your|him|her|them)|
        (?:served?|serving|helping|help|treat|assisting|assist) (?:you|your \w+) (?:again|better|soon|for years|in the future|with your)|(?:did|done|do) (?:everything|all|our best|what) (?:\w+ ){0,3}for you|after seeing (?:us|dr|our)|seeing us|
        (?:made|make|makes|making) (?:you|your \w+) feel (?:\w+ )?(?:comfortable|welcome|at home|heard|better|at ease|cared for)|
        (?:letting|let) (?:us|our (?:team|practice|doctors|staff)) (?:care|treat|help|serve|be|take|look)|allowing (?:us|our (?:team|practice|doctors|staff)) to (?:care|treat|help|serve|be|take|look)|giving us the (?:chance|opportunity) to (?:care|treat|help|serve)|
        (?:look(?:ed|ing)?|looks) after (?:you|your)|(?:privilege|pleasure|honor|honour|joy|delight|great|nice|good|wonderful|lovely) (?:to (?:treat|care for|see|serve|have|help|meet|look after)|treating|caring for|seeing|serving|having|helping|looking after) (?:you|your|him|her|them)
        )(?: (?:us|our (?:office|practice|clinic|team|staff)|the (?:office|clinic|practice)|dr\.? \w+|with your (?:\w+ )?\w+|so many years|your \w+|as a patient|to see dr\.? \w+))?
        )\b";
    /// What belongs to a person's care: "your appointment", "her chart".
    YOURS = r"\b(?:your|ur|his|her|their|su|sus|tu|tus)(?: (?:own|last|next|first|second|recent|upcoming|latest|previous|past|missed|annual|yearly|routine|follow[ \-]?up|\w+day|scheduled|initial|new|proxim[oa]|ultim[oa]|primera?|pasad[oa]|office|telehealth|virtual|video|medical|patient|dental|hospital|physical)){0,3} (?:
        visits?|appointments?|appts?|apptmt|check[ \-]?ups?|procedures?|charts?|records?|medical file|file|physical|exams?|insurance|coverage|deductible|loyalty|business|patronage|prior authorization|payment plan|medical history|account|wait time|consult(?:ation)?s?|follow[ \-]?up|copay(?:ment)?s?|bills?|invoice|balance|statement|stay|admission|treatments?|treatment plan|case|referral|
        citas?|visitas?|consultas?|expedientes?|historial|tratamientos?|copagos?|facturas?|procedimientos?|cirugias?|chequeos?|examen(?:es)?|cuenta pendiente
        )\b";
    /// A patient of ours, said outright.
    OURS = r"\b(?:
        (?:our|as our|as a|as one of our|one of our|a|an|the|any|this|another|such a|former|current|new|established) (?:\w+ ){0,3}?patients? (?:of|with|at|in|here|for|since|like you|under)\b|
        (?:you|he|she|they|u)(?: (?:are|were|is|was|have|had|has|never|not|been|ever|once|certainly|clearly|simply|actually|still|no longer)|'re|'ve|n't| aren't| weren't| isn't| wasn't| haven't| hasn't){1,5} (?:a|an|our|one of our|any)? ?(?:\w+ ){0,2}?(?:patients?|client)\b|
        never (?:been|was|were) (?:a |our )?(?:patients?|seen|treated|here|in our|to our|at (?:our|this))|
        not (?:a|our|one of our) (?:\w+ )?patients?\b|
        (?:you|he|she|they) (?:were|was|are|is) (?:such |always |really |truly )*(?:a|an) (?:\w+ ){0,2}patient\b|as a (?:\w+ )?patient\b|as (?:your|his|her) (?:\w+ )?(?:doctor|physician|provider|nurse|pcp|dentist|therapist|clinician)|(?:being|been|be) your (?:\w+ )?(?:doctors?|physicians?|provider|clinic|practice|medical home|pcp)|part of (?:our|the) (?:\w+ ){0,2}family|
        our (?:\w+ ){0,2}?patient\b|patients like you|valued patient|loyal patient|
        (?:ser|siendo|sea|es|fue|era|como) (?:una? |nuestr[oa] )(?:\w+ )?paciente|nuestr[oa] (?:\w+ )?paciente|nunca (?:ha sido|fue|estuvo|vino|ha estado|ha venido)(?: (?:nuestr[oa] )?(?:paciente|aqui|en))?|no (?:es|fue|era|ha sido) (?:nuestr[oa] )?paciente
        )";
    /// What the person did here, or what we did with the person.
    DID = r"\b(?:
        (?:you|he|she|u)(?:'ve| have| had| has)?(?: (?:never|only|first|last|also|even|always|just|already|all))? (?:were here|was here|been here|came (?:in|to|by|here|back|for|late)|come (?:in|to us)|visited|visit|saw (?:us|our|dr)|see dr|seen (?:by|at|here|in)|left (?:our|the|us)|chose|choose (?:us|our)|checked in|checked out|showed up|no[ \-]showed|arrived|missed|cancell?ed|rescheduled|walked (?:in|out)|refused|declined|signed|scheduled|booked|stopped by|sat in|waited (?:in|at|for dr|here)|joined our practice|transferred|switched)\b(?: (?:us|our \w+|your \w+|the \w+|dr\.? \w+|here|in|to us))?|
        (?:walk|walked|walking|came|come|step|stepped|entered) (?:\w+ )?through our doors?|you (?:had|have had|have|received|experienced|encountered|got|felt)(?: \w+){0,6}? (?:at|in|with|from) (?:our|dr|us\b|the (?:office|clinic|practice|doctor|nurse))(?: (?:office|clinic|practice|staff|team))?|(?:doctor|nurse|provider|physician|staff|person|receptionist)(?: \w+)? (?:you|he|she) (?:saw|met|spoke|talked|dealt)|(?:kept|keep|keeping|made|make) you (?:waiting|wait)|you (?:left|waited|yelled|shouted|screamed|threatened|walked out|stormed out|hung up|paid|owe|owed|never paid|agreed to|consented)\b|
        (?:dr\.? \w+|our \w+|the (?:doctor|nurse|staff|team|receptionist|provider)|he|she|they|we|i|\w+ lee|nurse \w+)(?: \w+)? (?:remembers?|spent|spoke|talked|met|sat|worked|was (?:\w+ )?(?:rude|unkind|short|impatient|late|attentive|kind)|were (?:\w+ )?(?:rude|unkind|short|impatient|late))(?: \w+){0,4}? (?:you|with you|to you|your \w+)\b|
        you (?:were|are|'re|have been|had been|have not been|haven't been|were not|weren't) (?:\w+ )?(?:seen|treated|diagnosed|prescribed|given|told|offered|billed|charged|scheduled|late|examined|admitted|discharged|referred|a no[ \-]show|under our|in our|at our|with us|here|seeing (?:us|our|dr)|rude to our|(?:\w+ )?(?:to|at|with|in) our (?:front desk|staff|office|clinic|waiting room|receptionist|nurses?))\b(?: office)?|
        (?:we|i|our (?:\w+ )?(?:team|staff|nurses?|doctors?|physicians?|providers?|receptionist|front desk)|dr\.? \w+|the (?:doctor|nurse|team|staff)|(?:jordan|nurse) \w+)(?:'ve| have| has| had| could| can| was able to| were able to| did| only| also| always| both| really| so)* (?:saw|seen|treat(?:ed)?|examined?|diagnosed?|prescribed?|operated on|cared for|care for|took care of|take care of|looked after|look after|help(?:ed)?|called|billed|refund(?:ed)?|offered|told|explained(?: this)? to|gave|served?|vaccinated?|delivered|get|got|made|rescheduled|referred|enjoys? (?:seeing|treating)|loves? (?:seeing|treating)|advised|informed) (?:you|your|ur|him|her)\b(?: feeling better)?|
        (?:your|his|her) (?:\w+ )?(?:mother|father|mom|dad|son|daughter|wife|husband|child|children|kids?|baby|family|parents?|brother|sister|grandmother|grandfather) (?:was|were|is|has been|had|came|comes) (?:\w+ )?(?:seen|treated|here|in|late|a patient|our patient|our|with us|under)|
        (?:treat|treating|caring for|care for|seeing|helping|delivering|looking after|look after|taking care of) (?:your|his|her) (?:\w+ )?(?:mother|father|mom|dad|son|daughter|wife|husband|child|children|kids?|baby|family|parents?|brother|sister|grandmother|grandfather|loved one)|
        (?:since|because|when|after|before|while|during) (?:you|your) (?:\w+ )?(?:were here|were in|were seen|left|came|visit|stay|procedure|surgery)|
        during (?:your|the) (?:\w+ )?(?:visit|procedure|appointment|stay|exam|surgery)
        )";
    /// Looking somebody up.
    LOOKED_UP = r"\b(?:
        (?:we|i|our (?:records?|files?|system|schedule|notes|office|database))(?:'ve| have| had| do| did)?(?: (?:not|n't|no|never|also|carefully|just|already|don't|cannot|can't|can not|couldn't|could not|see|are unable to|were unable to|find))* ?(?:have|has|find|found|show|shows|see|indicates?|reviewed|checked|looked (?:at|in|into|up|through)|pulled|locate|confirm|reflect|any|pull up) (?:that )?(?:\w+ ){0,3}?(?:records?(?: of (?:you|your|ever|seeing|treating|any|this|a)(?: as a patient)?)?|you\b(?: in| as| at| on)?|your (?:chart|records?|file|account|visits?|appointments?|history|name)|you as a patient|visits?\b|patient by|(?:anyone|anybody|any(?: \w+)?|a|no) (?:\w+ )?(?:by|with|under) (?:that|this|your) name)|
        no (?:\w+ )?records? (?:of|for|that|with|under)|(?:anyone|anybody|nobody|no one|a patient|any patient|patient) (?:\w+ )?(?:by|with|under|of) (?:that|this|your) name|not (?:find|have) (?:you|your name)|not in our (?:system|records|files|database)|
        (?:according to|per|based on) (?:our|your|the) (?:records?|chart|files?|notes?|system)|our (?:notes?|records?|chart|system|files?|cameras?|logs?) (?:show|shows|say|says|tell|tells|indicates?|confirms?|prove|proves|reflect)\w*|
        (?:no tenemos|no encontramos|no hay|no existe) (?:\w+ ){0,2}?(?:registro|expediente|record|constancia|historial|cita|paciente)(?: (?:suyo|de usted|con ese nombre|a su nombre))?|revisamos su|segun (?:nuestros|sus|su) (?:registros?|expedientes?|archivos)|nuestros registros (?:muestran|indican)
        )";
    /// Meeting again.
    AGAIN = r"\b(?:
        (?:see|seeing|welcome|welcoming|having|have|greet|greeting|meet|meeting) (?:you|u|y'all|your \w+)(?: (?:both|all))? (?:again|back|soon|next (?:time|week|month|year|visit)|at your|in (?:the|our) (?:office|clinic)|in a (?:few|couple)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow)(?: (?:soon|again|first|next|appointment|appt|visit|check[ \-]?up|for your \w+))*|
        (?:next time|whenever|when) you(?:'re| are)? (?:here|in|come in|come back|visit|stop by|see us)|until (?:your )?next (?:visit|time|appointment)|(?:your|the) next (?:visit|appointment|check[ \-]?up)|come (?:back )?(?:and )?see us|come back (?:soon|to us|in)|welcome back to (?:our|the)|
        (?:verl[oae]s?|verte|recibirl[oa]s?|atenderl[oa]s?|tenerl[oa]s?)(?: \w+){0,2} (?:pronto|otra vez|de nuevo|nuevamente|en (?:la|su|nuestra))(?: \w+){0,4}|nos vemos (?:en su|en tu|pronto|en la (?:clinica|consulta|cita))|(?:su|tu) proxim[oa] (?:cita|visita|consulta)|vuelva pronto|regrese pronto|lo esperamos de nuevo|la esperamos de nuevo
        )\b";
    /// Spanish: coming here, being cared for.
    VINO = r"\b(?:
        visitarnos|habernos visitado|su visita|venir (?:a (?:vernos|nuestra?|la clinica|la consulta)|con nosotros)|acudir a (?:nuestra?|la)|elegirnos|escogernos|preferirnos|confiar en (?:nosotros|nuestra?|nuestro|la dra?|el dr)|(?:su|la) confianza (?:en (?:nosotros|nuestr[oa])|que (?:puso|deposito))|confiarnos (?:su|la)|permitirnos (?:atender|cuidar|ayudar)\w*|dejarnos (?:atender|cuidar)\w*|
        haberl[eoa]s? (?:atendido|ayudado|visto|recibido|tratado|cuidado|servido)|habert?e (?:atendido|ayudado)|tenerl[oae]s? (?:como|en|con)|como (?:nuestr[oa] )?paciente|(?:le|lo|la|les|te) (?:haya|hayan|ha|han|hemos) (?:ayudado|atendido|tratado|cuidado)|(?:le|lo|la|te) (?:ayudo|ayudaron|ayudamos|hicimos esperar)|hacerl[eoa]s? esperar|la espera que|ser su (?:doctora?|medic[oa]|clinica)|somos su (?:clinica|doctora?)|su (?:seguro|copago|cuenta|lealtad|preferencia|experiencia en)|
        (?:atender|cuidar|tratar|servir|operar|curar|ayudar|recibir|conocer)(?:l[oae]s?|te)\b(?: a usted)?|(?:lo|la|le|te|los|las) (?:atendimos|tratamos|vimos|cuidamos|operamos|recetamos|llamamos|esperamos de|hemos atendido|atendio|ayudo|trato|vio|atendieron)\b|
        (?:usted|ustedes|tu) (?:vino|estuvo|llego|falto|cancelo|no (?:vino|pago|llego|asistio)|salio|firmo|rechazo|se nego|fue atendid[oa])|cuando (?:vino|nos visito|estuvo|la atendimos|lo atendimos)|haber (?:sido|estado) (?:nuestr[oa]|con nosotros)|atencion que (?:recibio|le dimos)
        )";
    /// Nothing to do with care: pages, booths, events, general statements of policy.
    @asked ELSEWHERE = r"\b(?:page|site|website|web|profile|blog|feed|channel|booth|table|stand|stall|tent|fair|event|market|parade|walk|challenge|class|webinar|live session|q&a|open house|talk|workshop|seminar|lecture|support group|picnic|dinner|lunch|concert|festival|booths|screening day|live|stream|town hall|post|posts|video|recipe|article|facebook|instagram|library|potluck|5k|race|pagina|sitio|perfil|puesto|feria|reto|caminata|evento|mesa|charla|video|mercado|redes)\b";
    @asked POLICY = r"\b(?:whether|privacy (?:rules|laws?)|law (?:keeps|does not|doesn't|prevents|prohibits|bars)|hipaa|(?:cannot|can't|can not|do not|don't|never|not able to|unable to|not allowed to|may not) (?:\w+ )?(?:say|confirm|discuss|comment|tell|acknowledge|disclose|share|reveal|talk|respond)|is or is not|confirm or deny|leyes? de privacidad|privacidad|no podemos (?:decir|confirmar|hablar|comentar|comentarlo)|si (?:alguien|una persona) es)\b";
    /// An offer to the public, not a statement about the person.
    @asked OFFER = r"\b(?:if you(?:'d| would| ever| do| still| also)? (?:have|need|want|wish|like|prefer|are looking|think)|if anyone|anyone|anybody|whoever|everyone who (?:needs|wants)|to (?:book|schedule|make|request|cancel|change) (?:your|an?)|(?:book|schedule|request|make) your|would like an|(?:ask|call|contact|check with|talk to|talk with|bring)(?: \w+)? $|in general|si (?:usted )?(?:desea|quiere|necesita|tiene)|cualquier persona|para (?:pedir|hacer|programar) (?:su|una))\b";
    /// In a post: care that has happened, not an invitation.
    @asked HAPPENED = r"\b(?:thank|thanks|glad|loved|enjoyed|so (?:happy|glad|proud)|great (?:to see|seeing)|our (?:\w+ ){0,2}?patient\b|gracias|nuestr[oa] paciente|came|everybody|everyone who)\b";
    POST_CAME = r"\b(?:(?:everyone|everybody|all|those|people|folks) (?:\w+ ){0,4}?(?:who|that|for) (?:\w+ )?(?:came|coming|visited|visiting|saw|stopped|got|had)(?: (?:in|by|to (?:see )?us))?(?: for (?:a|an|their|your) [\w\-]+)?|visiting us|visitarnos)\b";
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    let Some(severity) = SEVERITY.of(page.context()) else { return };
    let rules: &[&'static Pattern] = match page.context() {
        Context::Post => &[&POST_CAME, &OURS, &CAME, &VINO],
        _ => &[&CAME, &YOURS, &OURS, &DID, &LOOKED_UP, &AGAIN, &VINO],
    };
    for pattern in rules {
        for found in page.find(pattern) {
            if is_about_care(page, pattern, found.range()) {
                hits.push(Hit {
                    category: Category::Relationship,
                    severity,
                    origin: page.origin(found.range()),
                    rule: "relationship",
                    message: MESSAGE,
                    suggestion: SUGGESTION,
                });
            }
        }
    }
}

fn is_about_care(page: &Page<'_>, pattern: &'static Pattern, found: Range<usize>) -> bool {
    let (start, sentence) = page.folded_sentence(found.start);
    let before = &sentence[..found.start - start];
    let after = sentence.get(found.end - start..).unwrap_or_default();
    let words = &sentence[found.start - start..(found.end - start).min(sentence.len())];
    // What is visited stands in the few words behind: "visiting our booth at the county fair".
    let near = after.split(['.', ',', ';', '!', '?']).next().unwrap_or_default();
    let near: String = near.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    let moves = std::ptr::eq(pattern, &CAME)
        || std::ptr::eq(pattern, &AGAIN)
        || std::ptr::eq(pattern, &VINO)
        || std::ptr::eq(pattern, &POST_CAME)
        || std::ptr::eq(pattern, &DID);
    if moves && (ELSEWHERE.is_match(&near) || ELSEWHERE.is_match(words)) {
        return false;
    }
    if POLICY.is_match(before) {
        return false;
    }
    let belongs = std::ptr::eq(pattern, &YOURS);
    if belongs && OFFER.is_match(before) {
        return false;
    }
    page.context() != Context::Post || HAPPENED.is_match(sentence)
}

#[cfg(test)]
mod tests {
    use super::super::examples::{bad, good};
    use crate::context::Context::*;
    use crate::context::Severity::{Block, Warn};

    #[test]
    fn finds_what_confirms_or_denies() {
        for (context, text, span, severity) in [
            (ReviewReply, "Thank you for visiting us!", "visiting us", Block),
            (ReviewReply, "We are sorry that your visit did not go well.", "your visit", Block),
            (ReviewReply, "We loved having you as a patient.", "having you as a patient", Block),
            (ReviewReply, "We have no record of you as a patient.", "no record of you", Block),
            (ReviewReply, "Thanks for trusting us with your care.", "trusting us with your care", Block),
            (CommentReply, "See you at your appointment!", "your appointment", Block),
            (ReviewReply, "It was a pleasure treating your father.", "treating your father", Block),
            (ReviewReply, "Glad that our nurse could help you.", "our nurse could help you", Block),
            (ReviewReply, "Gracias por ser nuestra paciente.", "ser nuestra paciente", Block),
            (ReviewReply, "Esperamos verla pronto en la clínica.", "verla pronto", Block),
            (Post, "Thank you to everybody who came in this week!", "everybody who came in", Warn),
        ] {
            bad("relationship", context, text, span, severity);
        }
    }

    #[test]
    fn leaves_neutral_words_alone() {
        for (context, text) in [
            (ReviewReply, "Thank you for taking the time to share your feedback."),
            (CommentReply, "Thank you for visiting our page!"),
            (ReviewReply, "Privacy rules do not let us say whether anyone is or is not a patient."),
            (Post, "Book your visit online. We are accepting new patients."),
            (CommentReply, "See you at the walk on Saturday!"),
            (ReviewReply, "For your own situation please call your clinician's office."),
            (CommentReply, "¡Gracias por visitar nuestra página!"),
        ] {
            good("relationship", context, text);
        }
    }
}
