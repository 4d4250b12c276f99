//! # Cures, guarantees, superlatives
//!
//! **What it finds.** Blocks: cures of chronic disease, guarantees, "100 % safe", "no side
//! effects", miracles, FDA-approved supplements. Warns: best, number one, better than others,
//! detox, outcome figures of the practice. Negations ("no cure", "not guaranteed", "beware of"),
//! cured ham and best wishes are left alone.
//!
//! **Why it matters.** The FTC Act forbids claims that are not proven, the AMA's ethics (opinion
//! 9.6.1) misleading ones, and state boards discipline both. A false promise also costs the trust
//! that the page is for.
//!
//! **Say instead.** What is proven, with its source: "walking can lower blood pressure", "many
//! people feel better"; the training and the board certificate instead of "the best".

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Context, Severity};
use crate::reading::Page;
use crate::reading::pattern::{Pattern, patterns};

pub(super) const SEVERITY: BySeverity =
    BySeverity { post: Some(Severity::Block), reply: Some(Severity::Block), story: Some(Severity::Block), case: None };
const PROMISE: &str = "This promises more than medicine can keep.";
const PROMISE_SUGGESTION: &str =
    "Say what is proven and add its source, for example \"can help to lower blood pressure\".";
const BOAST: &str = "Nobody can check this comparison or figure.";
const BOAST_SUGGESTION: &str = "Say what can be checked: training, board certificate, opening hours, a sourced figure.";

patterns! {
    /// Cure, reverse, eliminate: with an illness near it.
    CURE = r"\b(?:cures?|cured|curing|reverses?|reversed|reversing|heals?|healed|eliminates?|eradicates?|erases?|ends?|gets? rid of|got rid of|wipes? out|melts?|dissolves?|beats?|stops?|prevents?|replaces?|fix(?:es|ed)?|curan?|curo|cura|revierten?|sanan?|eliminan?|previenen?|acaban? con|quitan?)(?: (?:belly|body|stubborn|all|your|my|any|the|every|chronic|type 2|type 1|type ii|high|severe|stubborn|and|la|el|los|las|su|tu|toda|todo|todos|todas)){0,3} (?:
        (?:colds? (?:and|or) )?(?:cancers?|tumors?)|diabetes|asthma|arthritis|(?:blood )?pressure|hypertension|depression|anxiety|autism|adhd|alzheimer'?s?|dementia|parkinson'?s?|migraines?|headaches?|allerg(?:y|ies)|eczema|psoriasis|copd|(?:heart|kidney|liver|lung|thyroid|autoimmune) (?:disease|failure|problems?)|strokes?|obesity|insomnia|infertility|lupus|crohn'?s?|ibs|fibromyalgia|neuropathy|sciatica|(?:back|knee|joint|chronic|neck|nerve) pain|pain|gout|hiv|herpes|covid(?:-19)?|long covid|flu|colds?|infections?|acne|fat|cellulite|wrinkles|aging|addiction|insulin|medications?|meds|medicines?|statins?|disease|illness|cholesterol|
        artritis|asma|presion(?: (?:alta|arterial))?|hipertension|depresion|ansiedad|colesterol|gastritis|migrana|alergias?|obesidad|dolor(?:es)?|enfermedad(?:es)?|tumores
        )\b(?: (?:overnight|forever|for good|permanently|in (?:a|one|two|three|\d+) \w+|en (?:un|una|dos|tres|\d+) \w+|para siempre))?";
    /// Weaker verbs only promise with a time or a "for good".
    @asked STRONG_VERB = r"^(?:cur|revers|heal|eradicat|eras|wip|melt|dissolv|replac|reviert|sana)|(?:overnight|forever|for good|permanently|para siempre)$|\b(?:in|en) (?:a|one|two|three|un|una|dos|tres|\d+) \w+$|\b(?:cancers?|insulin|autism|alzheimer'?s?|dementia|medications?|meds|medicines?|tumor\w*)$";
    PROMISED = r"\b(?:
        guarante+d? (?:\w+ ){0,2}?(?:results?|cure|relief|success|safe|safety|outcomes?|recovery|weight loss|to (?:work|cure|lose|lower|heal|help)|you(?:'ll| will)?\b|that\b)|(?:results?|success|relief|satisfaction|cure|safety)(?: (?:is|are))? guaranteed|\bguaranteed\b|money[ \-]back|or your money back|we guarantee|
        (?:we|i) promise(?: (?:you|that|to|results?|a))+ (?:\w+ ){0,4}?(?:pain[ \-]free|cured?|heal\w*|lose|results?|better|recover\w*|work|relief|gone)|you will (?:definitely |certainly |never )(?:\w+ ){0,3}?(?:lose|heal|recover|again|need (?:\w+ ){0,3}?(?:pills?|meds|medicines?|medications?|insulin|surgery))|never (?:\w+ )?need (?:\w+ ){0,4}?(?:pills?|meds|medicines?|medications?|insulin|surgery|doctor)\b|
        (?:100|one hundred|a hundred) ?(?:%|percent|por ciento) (?:\w+ ){0,2}?(?:safe|effective|natural cure|success\w*|cure\w*|painless|proven|accura\w+|protect\w+|segur[oa]s?|efectiv[oa]s?|eficaz|eficaces|natural)|
        (?:completely|totally|absolutely|perfectly|entirely|always|utterly|fully) (?:safe|risk[ \-]free|harmless|effective|painless|cured|proven)|works? (?:every (?:single )?time|for everyone|for everybody|100%|always|without fail)|never fails|fail[ \-]?proof|foolproof|
        (?:no|zero|without any|free of|not a single|sin|cero|ningun) (?:\w+ )?(?:side[ \-]?effects?|risks?|complications?|efectos secundarios|efectos adversos|riesgos?|complicaciones)\b|risk[ \-]free|side[ \-]effect[ \-]free|
        miracles?|miraculous|miracle (?:cure|drug|diet|pill)|magic (?:bullet|pill|cure)|wonder drug|secret (?:cure|remedy)|cure[ \-]all|milagros[oa]s?|milagros?|remedio magico|cura (?:segura|definitiva|total)|
        fda[ \-]approved (?:\w+ ){0,2}?(?:supplements?|vitamins?|herbs?|herbal|teas?|detox|cleanse|probiotics?|drip|cbd)|suplementos? aprobad[oa]s? por la fda|
        (?:throw|toss|ditch|flush|dump) (?:away |out )?(?:your )?(?:\w+ )?(?:insulin|pills?|meds|medicines?|medications?|statins?|inhalers?|prescriptions?)|
        resultados? (?:\w+ )?garantizad[oa]s?|garantizad[oa]s?|garantizamos|le devolvemos su dinero|curacion garantizada|100 ?% (?:segur[oa]s?|efectiv[oa]s?|eficaz)|totalmente segur[oa]s?|
        (?:say )?(?:good[ \-]?bye|bye|farewell) to (?:your |all )?(?:\w+ )?(?:pain|diabetes|migraines?|arthritis|asthma|allergies|anxiety|depression|insomnia|insulin|pills|meds|medications?|high blood pressure|cancer|eczema|wrinkles)(?: (?:forever|for good))?|adios (?:a|al) (?:la |el |los |las |su )?(?:dolor(?:es)?|diabetes|artritis|migrana|insulina|ansiedad|presion|asma)|
        never (?:get|catch|have|suffer|be|feel) (?:\w+ ){0,3}?(?:flu|colds?|sick|covid|pain|migraines?|headaches?|allergies|cavities|heartburn|anxiety)(?: \w+)? again|permanently (?:removes?|cures?|ends?|stops?|eliminates?|fix(?:es)?|heals?|relieves?)(?: \w+)?|kill(?:s|ing)? (?:the |all |every |any )?(?:viruses|virus|germs and viruses|cancer(?: cells)?|covid|tumors?)|
        (?:pain|anxiety|depression|migraines?|diabetes|arthritis|asthma|allergies|symptoms?|insomnia|dolor|ansiedad) (?:is|are|will be|was|desaparece\w*) (?:\w+ )?(?:gone|over|history|cured)(?: (?:for good|forever|in \w+ \w+))?|
        (?:pain|symptom|cancer|diabetes|drug|medication)[ \-]free (?:in|within|after|by|forever|for life|overnight)|cure (?:for|your|yours)\b(?: \w+)?|permanent (?:cure|relief|fix|results)|(?:cured|healed) (?:my|me of|her|him|his|yours)\b(?: \w+)?(?: and it will \w+ \w+)?
        )";
    BOASTED = r"(?:\b|[^\w])(?:
        (?:the |our |your )?(?:(?:very )?best|finest|greatest|top|leading|premier|most (?:experienced|trusted|advanced|qualified|skilled|caring|respected|compassionate|knowledgeable)|safest|highest[ \-]rated|top[ \-]rated|best[ \-]rated)(?: (?:and|only|truly|most|in|medical|family|primary|care|local|caring|experienced|health|heart|pediatric|skin|dental|eye|kind|,)){0,6} (?:doctors?|physicians?|providers?|clinics?|practice|practices|clinicians?|nurses?|staff|team|care|hospitals?|office|specialists?|surgeons?|dermatologists?|pediatricians?|dentists?|outcomes|results|pcp)\b(?: in (?:the )?\w+)?|
        (?:#|no\.? ?|nr\.? ?|number |numero )(?:1|one|uno)(?: (?:rated|ranked|choice|\w+))? ?(?:clinic|practice|doctors?|physicians?|provider|choice|team|office|hospital|in the|in town|in \w+|rated|clinica|consultorio|doctor[a]?)|
        better (?:outcomes?|results?|care|doctors?|service|nurses?|medicine|treatment) than(?: \w+){0,2}|(?:we|our)(?: \w+){0,3} better (?:outcomes?|results?|care|doctors?|service|nurses?|medicine|treatment)|(?:than|like) (?:any|no|every) other (?:\w+ )?(?:clinics?|practices?|doctors?|hospitals?|offices?|providers?)|(?:any|no|every) other (?:clinic|practice|doctor|hospital|office)|
        un(?:matched|rivaled|rivalled|paralleled|beatable|surpassed)(?: \w+)?|second to none|world[ \-]class|state[ \-]of[ \-]the[ \-]art (?:care|results)|cutting[ \-]edge (?:care|results)|nobody (?:\w+ ){0,4}?(?:better|like we do)|no one (?:\w+ ){0,4}?better|(?:best|top) in (?:town|the (?:state|county|country|valley|area|region|city|nation))|
        (?:doctors|physicians|nurses|staff|clinic|practice|team|providers|care|we) (?:is|are|'re) (?:much |far |way |simply )?better than|the only (?:\w+ ){0,2}?(?:clinics?|practice|doctors?|office|team|providers?|physicians?)(?: \w+)? (?:that|who|to|in|with|you)|(?:highest|best|greatest|lowest) (?:\w+ )?(?:success|cure|satisfaction|recovery|complication|survival|infection) rates?|lose (?:up to )?\d+ ?(?:pounds|lbs?|kilos?|kg) (?:in|within) (?:\w+ )?(?:\w+)|baje \d+ (?:libras|kilos) en|clinically proven|scientifically proven|somos (?:los|las|el|la) (?:numero uno|mejor\w*|unic[oa]s?)|
        detox\w*(?: (?:your|the) \w+)?(?: in (?:a|one|\w+) \w+)?|cleanse your (?:\w+)|flush(?:es)? (?:out )?(?:the )?toxins|boosts? your (?:immune system|immunity)|desintoxi\w+(?: (?:su|tu|el) \w+)?|
        (?:our|practice's|these) (?:\w+ )?(?:patients?|members|people)(?: have)? (?:lowered|lost|dropped|cut|reduced|improved|gained)(?: \w+){0,4} by (?:an average of )?\d+(?: \w+)?(?: on average)?|\d+ ?% (?:success|cure|satisfaction|recovery) rates?|success rates? of \d+|\d+ ?(?:%|percent) of our patients|
        (?:el|la|los|las) (?:mejor|mejores)(?: \w+)? ?(?:doctor(?:es|a|as)?|medic[oa]s?|clinicas?|consultorios?|equipo|atencion|especialistas?|enfermer[oa]s?|hospital|tratamientos?|resultados)|(?:mejor|mejores) (?:clinica|medicos|doctores) (?:de|del)|mejor(?:es)? que (?:cualquier|ning\w+|otr[oa]s?)|(?:lider|lideres) en|inigualable\w*|sin igual
        )";
    /// Turns a promise round: three to five words before it.
    @asked NEGATION = r"\b(?:no|not|never|nothing|none|neither|nobody|isn't|aren't|wasn't|don't|doesn't|didn't|won't|cannot|can't|can not|couldn't|without|hardly|rarely|beware|avoid|watch out|skeptical|suspicious|careful|wary|myths?|hoax|scams?|false|fake|claims? (?:of|that|to)|claiming|so[ \-]called|sells?|selling|too good|if (?:someone|anyone|somebody|a product|it|an ad)|looking for|search(?:ing)? for|research|find(?:ing)? a|toward|fight for|race for|hope for|fund|ningun[oa]?|nunca|jamas|nadie|nada|cuidado|desconfie|falso|falsa|mito|no existe|no hay|tampoco|buscan?)\b";
    /// Negates right behind: "risk-free does not exist", "is a myth".
    @asked NEGATED_BEHIND = r"^[^.!]{0,24}\b(?:is(?:n't| not)|are(?:n't| not)|does(?:n't| not)|do(?:n't| not)|myth|scam|hoax|too good|red flag|warning sign|no existe|es un mito|es falso|are lies|false)\b";
    /// Denies the noun of which the promise is said: "not found a proven way to prevent", "no plan that works for everybody".
    @asked DENIED_NOUN = r"\b(?:no|not|isn't|aren't|never|hardly|ningun[oa]?)\b[^.;!?]{0,60}\b(?:that|which|who|ways? to|que)(?: \w+)? ?$|\b(?:people|many|some|others|gente) (?:\w+ )?(?:believe|think|assume|say|cree\w*|piensa\w*)\b[^.;!?]{0,70}$";
    /// What medicine does: a treatment of the whole field, in the field's own careful words, and nobody's own offer.
    @asked TREATMENT = r"\b(?:surger(?:y|ies)|chemo\w*|radiation|radiotherapy|antibiotics?|antivirals?|immunotherapy|transplants?|laser|cryo\w+|photodynamic|therap(?:y|ies)|treatments?|medicines?|procedures?|cirugia|quimio\w*|radioterapia|antibioticos?|tratamientos?)\b";
    @asked OWN_OFFER = r"\b(?:we|our|us|i|my|me|this (?:tea|oil|drink|recipe|diet|herb|supplement|juice|pill|trick)|nuestr[oa]s?|nosotros|mi)\b";
    @asked ACUTE = r"(?:infections?|cancers?|cancer cells|tumou?rs?|disease)$";
    @asked FOOD = r"\b(?:ham|bacon|meats?|sausages?|salami|fish|salmon|olives?|smoked|dry|salt|jamon|carne|tocino|embutidos?|chorizo|pescado)\b";
    /// "best" with something that is no boast, "our best".
    @asked MODEST = r"\b(?:try|tries|tried|trying|do|does|doing|did|give|giving|gave|hacemos|damos) (?:our|my|your|their|his|her|its|nuestro|lo) (?:very )?(?:best|mejor)|best (?:wishes|time|way|place|bet|practice[s]?\b|of (?:luck|health|both)|regards|friend)|what is the best|which is the best|what's the best|it is best|it's best|best to\b";
    /// "guarantee yourself five minutes": nobody is promised anything medical.
    @asked FIGURATIVE = r"^guarante+ (?:yourself|your)|^guaranteed (?:fun|smile|laughs?|giggles)|^100 ?% (?:uv|uva|uvb|sun)\b|^miracle (?:whip|on|mile)|^miracles?$";
    @asked QUESTION = r"\bwhat (?:is|was|are|were)\b|\bcual es\b";
    @asked PROMISES_OTHERS = r"\b(?:you|your|yours|everyone|everybody|anyone|anybody|will|usted|tu|su|todos|ustedes|cualquiera)\b";
}

/// Words before a promise that a negation can reach.
const NEGATION_REACH: usize = 5;

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    let Some(most) = SEVERITY.of(page.context()) else { return };
    for (pattern, severity) in [(&CURE, Severity::Block), (&PROMISED, Severity::Block), (&BOASTED, Severity::Warn)] {
        for found in page.find(pattern) {
            if is_claim(page, pattern, found.range(), found.as_str()) {
                push(page, hits, severity.min(most), found.range());
            }
        }
    }
}

fn is_claim(page: &Page<'_>, pattern: &'static Pattern, found: Range<usize>, words: &str) -> bool {
    let (start, sentence) = page.folded_sentence(found.start);
    let before = &sentence[..found.start.saturating_sub(start)];
    let after = sentence.get(found.end - start..).unwrap_or_default();
    let reach: Vec<&str> = before.split_whitespace().rev().take(NEGATION_REACH).collect();
    let reach: String = reach.into_iter().rev().collect::<Vec<_>>().join(" ");
    let boasts = std::ptr::eq(pattern, &BOASTED);
    if !boasts && (NEGATION.is_match(&reach) || NEGATED_BEHIND.is_match(after)) {
        return false;
    }
    if boasts && (MODEST.is_match(sentence) || QUESTION.is_match(sentence)) && !words.contains('#') {
        return false;
    }
    if std::ptr::eq(pattern, &CURE)
        && (!STRONG_VERB.is_match(words) || (words.starts_with("cur") && FOOD.is_match(sentence)))
    {
        return false;
    }
    if FIGURATIVE.is_match(words) && !after.contains("cure") {
        return false;
    }
    if !boasts && DENIED_NOUN.is_match(before) {
        return false;
    }
    // Rights are guaranteed by law, and stopping a medicine is advice, which has its own rule.
    if (words.starts_with("guaranteed") && after.starts_with(" by "))
        || (words.starts_with("stop") && words.contains("medic"))
    {
        return false;
    }
    if !boasts && ACUTE.is_match(words) && TREATMENT.is_match(sentence) && !OWN_OFFER.is_match(sentence) {
        return false;
    }
    // A story tells what happened to its teller; it is a claim when it promises it to others.
    page.context() != Context::Story || (!boasts && PROMISES_OTHERS.is_match(sentence))
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, severity: Severity, folded: Range<usize>) {
    let promise = severity == Severity::Block;
    let words = &page.folded()[folded.clone()];
    let lead = words.len() - words.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '#').len();
    let folded = folded.start + lead..folded.end;
    hits.push(Hit {
        category: Category::Claim,
        severity,
        origin: page.origin(folded),
        rule: "claim",
        message: if promise { PROMISE } else { BOAST },
        suggestion: if promise { PROMISE_SUGGESTION } else { BOAST_SUGGESTION },
    });
}

#[cfg(test)]
mod tests {
    use super::super::examples::{bad, good};
    use crate::context::Context::*;
    use crate::context::Severity::{Block, Warn};

    #[test]
    fn finds_promises_and_boasts() {
        for (context, text, span, severity) in [
            (Post, "Our vaccines are 100% safe.", "100% safe", Block),
            (Post, "Guaranteed results or your money back.", "Guaranteed results", Block),
            (Post, "A risk-free procedure, no side effects.", "no side effects", Block),
            (Post, "This trick reverses high blood pressure overnight.", "reverses high blood pressure", Block),
            (Post, "FDA-approved supplement for memory", "FDA-approved supplement", Block),
            (Post, "We are the #1 clinic in the valley.", "#1 clinic", Warn),
            (ReviewReply, "Dr. Okafor is the most experienced doctor.", "the most experienced doctor", Warn),
            (Post, "Detox your liver in a weekend.", "Detox your liver", Warn),
            (Post, "Nuestro té cura la diabetes.", "cura la diabetes", Block),
            (Post, "Somos la mejor clínica del condado.", "la mejor clínica", Warn),
            (Story, "It cured my asthma and it will cure yours.", "cured my asthma", Block),
        ] {
            bad("claim", context, text, span, severity);
        }
    }

    #[test]
    fn what_medicine_does_is_no_excuse_for_an_own_offer() {
        for text in ["Our laser treatment will cure your cancer.", "This tea kills cancer cells, no surgery needed."] {
            bad("claim", Post, text, "cancer", Block);
        }
    }

    #[test]
    fn leaves_honest_words_alone() {
        for (context, text) in [
            (Post, "There is no cure for type 2 diabetes."),
            (Post, "No vaccine is 100% effective."),
            (Post, "Cured ham is high in sodium. Best wishes!"),
            (Post, "The best time to take a walk is the time that works for you."),
            (ReviewReply, "We try our best and we are always learning."),
            (Post, "We can't promise results, but we promise to listen."),
            (Post, "#1 tip from our readers: taste before you salt."),
            (Post, "Beware of anyone who sells a miracle cure."),
            (Story, "Walking cured my boredom."),
            (Post, "Antibiotics can clear the bacteria and cure the infection within days."),
            (Post, "Radiotherapy aims at killing cancer cells while sparing the skin."),
            (Post, "Scientists have not yet found a sure way to prevent dementia."),
            (Post, "Many people think that herbal teas are always safe."),
            (Post, "Pick sunglasses with 100% UV protection."),
        ] {
            good("claim", context, text);
        }
    }
}
