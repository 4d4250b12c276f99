//! Patient cues: the words that turn a name, a date or a place into one of a patient.

use super::Page;
use super::pattern::patterns;

patterns! {
    /// Somebody is called a patient, or what happened to them is care.
    @asked CUE = r"\b(?:
        patients?|pts?|pacientes?|one of our|our own|
        bab(?:y|ies)|newborn|mom|dad|bebe|mama|papa|y/o|years?[ \-]old|\d*yo|\d*yrs?|
        admitted|discharged|diagnos\w+|came (?:in|back|to (?:us|see))|walked in|was seen|presented|
        ingres(?:o|ada|ado)|atendi\w+|diagnosticad[oa]|vino a|operad[oa]|anos de edad|de \d+ anos|
        surger(?:y|ies)|chemo(?:therapy)?|radiation|biopsy|transplant|infusions?|dialysis|procedure|
        cirugia|quimio\w*|cancer|tumor|remission|remision|recover(?:ed|y|ing)|relapse|rehab|
        stroke|heart attack|infarto|insulin|insulina|asthma|seizures?|pregnan\w+|embaraz\w+|
        treated|treating|treatment|tratamiento|prescri\w+|referred|appointment|cita|visit with us|
        (?:lost|dropped|shed|down|bajo|perdio) (?:\w+ )?(?:\d+|\w+teen|twenty|thirty|forty|fifty) ?(?:pounds|lbs?|kilos?|kg|libras)|
        quit (?:smoking|drinking|vaping)|smoke[ -]free|dejo de fumar|sober|sobri[oa]|
        a1c|blood (?:pressure|sugar|thinner) (?:is|was|went|came|dropped)|
        (?:his|her|their) (?:\w+ )?(?:blood|pressure|sugar|knee|hip|heart|back|weight|meds?|results?|shots?|vaccin\w+|diabetes|pain|labs?|chart|goal)|
        su (?:presion|azucar|rodilla|peso|meta|diabetes)|
        (?:first|flu|covid|second) (?:shot|vaccine|dose)|her shots|got (?:her|his|their)|
        congrat\w*|felicidades|felicitamos|enhorabuena|shout[ -]?outs?|kudos|way to go|so proud|proud of|orgullos\w+|
        happy birthday|feliz cumpleanos|get well|in (?:loving )?memory|rest in peace|passed away|fallecio|brave|
        (?:could|can|can't|couldn't|cannot) (?:not |now |barely |hardly )?(?:walk|climb|run|stand|breathe|bend|sleep|lift|see|hear)|able to (?:walk|climb|run|stand|breathe|bend)|on (?:his|her) feet again|weighed|was born|nacio|delivered|milestone|success story|inspiration|inspires
    )\b";
    /// Somebody is known to the public and spoke for themself.
    @asked PUBLIC_FIGURE = r"\b(?:
        (?:spoke|spoken|speaks|talked|opened up|open) (?:\w+ )?(?:publicly|openly|about)|publicly|announced|revealed|shared (?:publicly|on)|
        singer|actor|actress|senator|president|governor|congress\w*|surgeon general|author(?:ed)?|novelist|nobel|olympi\w+|athlete|quarterback|
        scientist|discovered|invented|invent(?:or|ed)|pioneer\w*|founded|historian|philosopher|quote|said it best|once said|wrote|celebrity|famous|
        cantante|actriz|presidente|gobernador\w*|cientific[oa]|descubrio|fundo
    )\b";
    /// Somebody works here, or comes to speak or to help.
    @asked COLLEAGUE = r"\b(?:
        (?:join(?:s|ed|ing)?|welcome to) (?:our|the) (?:team|practice|staff|clinic|office)|our (?:new(?:est)? )?(?:\w+ ){0,3}(?:nurse|doctor|physician|np|pa|provider|therapist|dietitian|pharmacist|receptionist|manager|coordinator|assistant|intern|team member)|
        (?:registered|guest|keynote) (?:dietitian|speaker|nurse)|our guest|speaker|will (?:speak|teach|lead|host|perform|present|cater)|teaches|hosted by|led by|taught by|
        volunteers?|sponsor\w*|donat\w+|pharmacist|chef|coach|librarian|principal of|owner of|retir(?:es|ing|ement)|work anniversary|
        nuestra? nuev[oa] (?:enfermer[oa]|doctora?|medic[oa])|se une a nuestro equipo|dara una charla|impartid[oa] por
    )\b";
    /// Said outright: a patient, not a colleague or a public figure.
    @asked PATIENT = r"\b(?:patients?|pts?|pacientes?|cancer[ -]free|chemo|her surgery|his surgery|diagnosed)\b";
}

/// Whether the sentence, or the one before or after it, speaks of a patient.
pub(crate) fn speaks_of_patient(page: &Page<'_>, sentence: usize) -> bool {
    let around = [sentence.checked_sub(1), Some(sentence), sentence.checked_add(1)];
    around.into_iter().any(|at| CUE.is_match(page.folded_of(at)))
}

/// Whether a folded sentence by itself speaks of a patient.
pub(crate) fn sentence_speaks_of_patient(folded: &str) -> bool {
    CUE.is_match(folded)
}

/// Whether the sentence speaks of a public figure, a colleague or a guest, and of no patient.
pub(crate) fn speaks_of_public_person(page: &Page<'_>, sentence: usize) -> bool {
    let text = page.folded_of(Some(sentence));
    !PATIENT.is_match(text) && (PUBLIC_FIGURE.is_match(text) || COLLEAGUE.is_match(text))
}
