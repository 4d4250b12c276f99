//! # Personal medical advice
//!
//! **What it finds.** Telling people in public to start, stop or change a medicine or a dose, naming
//! a diagnosis ("that sounds like shingles"), calming without having looked ("your mole is fine",
//! "no need to go to the ER"). "Ask your clinician", "never stop on your own", "call 911" and an
//! account of one's own care are left alone.
//!
//! **Why it matters.** Advice to one person makes a duty of care without an examination, and others
//! follow it too. False calm delays emergency care.
//!
//! **Say instead.** "We can't give personal medical advice here. Please call your clinician's
//! office; in an emergency call 911", with general information from a source.

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Context, Severity};
use crate::reading::Page;
use crate::reading::pattern::patterns;

pub(super) const SEVERITY: BySeverity =
    BySeverity { post: Some(Severity::Block), reply: Some(Severity::Block), story: Some(Severity::Block), case: None };
const MESSAGE: &str = "This is personal medical advice in public.";
const SUGGESTION: &str = "Give general information with its source and write: \"Please call your clinician's office; in an emergency call 911.\"";

patterns! {
    /// Stopping or changing a medicine.
    CHANGE = r"\b(?:stop(?: taking| using)?|quit(?: taking)?|skip|drop|ditch|double|halve|increase|decrease|lower|reduce|come off|go off|get off|wean off|throw (?:away|out)|toss|replace|start(?: taking)?|begin|switch(?: from \w+)? to|switch from|keep taking|deje(?: de tomar)?|suspenda|aumente|duplique|cambie|empiece|inicie|baje|tire|no tome) (?:[\w']+ ){0,4}?
        (?:blood thinners?|statins?|insulin|antibiotics?|medicines?|medications?|meds|pills?|tablets?|inhalers?|antidepressants?|steroids?|painkillers?|opioids?|dose|dosage|beta[ \-]?blockers?|birth control|lisinopril|losartan|metformin|warfarin|coumadin|eliquis|xarelto|plavix|aspirin|ibuprofen|advil|tylenol|acetaminophen|naproxen|aleve|prednisone|amoxicillin|azithromycin|valacyclovir|labetalol|metoprolol|amlodipine|atorvastatin|lipitor|zoloft|prozac|lexapro|xanax|ambien|adderall|ozempic|wegovy|levothyroxine|synthroid|gabapentin|tramadol|lasix|
        anticoagulante|insulina|antibiotico|medicamentos?|medicinas?|pastillas?|metformina|aspirina|ibuprofeno|losartan|estatinas?|dosis)\b";
    /// A dose, or a medicine, for the one who asks.
    TAKE = r"\b(?:take|use|try|give (?:him|her|it)|have|tome|use|dele|pongase) (?:\w+ ){0,2}?(?:\d+ ?(?:mg|mcg|ml|pills?|tablets?|drops|puffs|pastillas|gotas|tabletas)|(?:one|two|three|four|half|un|una|dos|tres|media) (?:pills?|tablets?|pastillas?|tabletas?|doses?)|an? (?:antacid|aspirin|antihistamine|benadryl|laxative)|ibuprofen|tylenol|benadryl|advil|aspirin|antacids?|antihistamines?|ivermectin|melatonin|ibuprofeno|aspirina|antibioticos?)\b(?: of \w+)?(?: (?:\w+ ){0,2}(?:times|every|a day|daily|hours))?";
    DIAGNOSIS = r"\b(?:(?:that |this |it )?(?:sounds|looks|seems|feels) (?:to me |a lot |just |very much )?like (?:a |an |the )?(?:\w+ )?(?:shingles|eczema|ringworm|flu|covid|cold|virus|strep|uti|infection|allerg\w+|reflux|anxiety|panic|migraine|gout|arthritis|sprain|asthma|bronchitis|pneumonia|diabetes|psoriasis|hives|rash|heartburn|sciatica|vertigo|depression|pink ?eye|sinus\w*|stroke|fungus|pregnan\w+)|probably (?:just |only )?(?:\w+ )?(?:reflux|a virus|viral|a cold|the flu|allerg\w+|anxiety|stress|gas|muscle\w*|heartburn|nothing|a sprain|hormones|side effect|indigestion)|(?:you|he|she) (?:probably|likely|definitely|clearly|may|might|must) ha(?:ve|s) (?:a |an |the )?(?:\w+ )?(?:shingles|eczema|flu|covid|cold|virus|strep|infection|allerg\w+|reflux|anxiety|migraines?|gout|arthritis|asthma|bronchitis|pneumonia|diabetes|apnea|hypertension|anemia|hernia|ulcer|stones|depression|cancer|tumor|clot|fracture|sprain)|it(?:'s| is) (?:just |only |probably )?(?:a |an )?(?:virus|cold|reflux|anxiety|gas|viral)|suena a|parece (?:que (?:es|tiene) )?(?:una? )?(?:infeccion|alergia|gripe|herpes|migrana|virus|ansiedad)|es (?:solo|probablemente) (?:una? )?\w+|seguramente es)\b";
    CALM = r"\b(?:(?:you )?(?:don't|do not|no|won't|needn't)(?: really)? need(?: (?:to|a|the|an|for))*(?: (?:go|see|call|visit|be seen|worry|come|get))? ?(?:to |in |the |a |an )*(?:er|emergency(?: room)?|doctor|hospital|ambulance|911|checked|antibiotics?|test|in)\b|(?:your|the|that|this|his|her|su|el|la) (?:\w+ )?(?:mole|lump|rash|bump|swelling|bleeding|fever|pain|spot|cough|dizziness|numbness|lunar|bulto|dolor|fiebre) (?:is|looks|sounds|are|esta|es) (?:\w+ )?(?:fine|normal|harmless|nothing|ok|okay|benign|bien)|(?:swelling|bleeding|fever|pain|bruising|dizziness|numbness|spotting|hinchazon|sangrado|fiebre) (?:is|are|es) (?:\w+ )?(?:normal|fine|harmless|to be expected|nothing to worry)|no (?:tiene|necesita|hace falta) (?:que )?ir a (?:emergencias|urgencias)|no es necesario (?:ir|llamar)|no es nada(?: grave)?|it(?:'s| is) nothing(?: serious| to worry about)?)\b";
    SHOULD = r"\b(?:you|he|she|usted) (?:should|must|need to|have to|ought to|debe|tiene que) (?:\w+ )?(?:take|avoid|stop|start|use|switch|skip|double|increase|reduce|lower|tomar|dejar|evitar|suspender|usar) (?:\w+ ){0,3}?\w+|you should too\b|(?:do|try) (?:it|the same|what i did) too\b";
    /// Unsafe for some of those it speaks to.
    GROUP = r"\b(?:everyone|everybody|all (?:adults|patients|people|women|men)|anyone|people)(?: \w+){0,6} (?:should|must|needs? to) (?:\w+ )?(?:switch to|take|use|fast|drink|stop|start|eat) (?:\w+ ){0,3}?(?:potassium|salt substitutes?|aspirin|fasting|supplements?|vitamin \w+|keto|statins?|a gallon|water)\b(?: salt)?";
    @asked NEGATED = r"\b(?:never|don't|do not|not|no|before you|before|without|unless|ask|whether|if|should (?:i|you|we)\?|avoid|nunca|no|antes de|sin|pregunte|si|talk (?:with|to)|consulte)\b";
    /// Tells what happens, and nobody to do it: "risks increase", "after you start".
    @asked TELLING = r"\b(?:or|may|will|when|after|risks|an?|who|people|(?:after|when|once|while|if) your?(?: first)?|(?:may|might|could) (?:need|have) to|(?:how|when|why) (?:\w+ ){0,3}|ways? to|quickly) $|^\W*to $";
    /// A question that a reader brings to the clinician.
    @asked QUESTION = r"\b(?:should|do|can|when|how|if|why|what)\b[^.!]*\bi\b[^.!]*\?";
    /// Not a medicine after all: an overdose, or something on the other side of "or".
    @asked OTHER = r"\b(?:or|than)\b|^keep taking";
    @asked OVERDOSE = r"^ (?:overdoses?|withdrawal|crisis|misuse|use disorder|epidemic)";
    /// Nothing before the verb but a call: it tells the reader to do it.
    @asked IMPERATIVE = r"(?:^|[,;:!] ?|\b(?:just|please|so|and|then) )$";
    @asked SAFE = r"\b(?:call (?:911|us|your|our|the office)|ask (?:your|a|the|first)|talk (?:with|to) (?:your|a|our)|your (?:own )?(?:clinician|doctor|pharmacist)|as (?:prescribed|directed)|llame|pregunte|hable con|su (?:medico|doctora?|clinica|farmaceutic[oa])|can't give|no podemos dar)\b";
    @asked OWN = r"\b(?:i|my|we|mi|yo|me)\b";
    @asked TELLS = r"\b(?:you|everyone|everybody|anyone|usted|ustedes|todos|tu)\b";
    @asked MEDICINE = r"\b(?:statin|insulin|medic\w+|meds|pills?|dose|blood thinner|cold turkey|antibiotic|antidepress\w+|inhaler|pastillas?|metformin)\b";
}

/// Words before an advice that a negation can reach.
const NEGATION_REACH: usize = 5;

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    let Some(most) = SEVERITY.of(page.context()) else { return };
    let story = page.context() == Context::Story;
    for found in page.find(&CHANGE).chain(page.context().is_reply().then(|| page.find(&TAKE)).into_iter().flatten()) {
        let (start, sentence) = page.folded_sentence(found.start());
        let orders = IMPERATIVE.is_match(&sentence[..found.start() - start]);
        let own_story = story && !orders && (OWN.is_match(sentence) || !TELLS.is_match(sentence));
        let asks = page.context() == Context::Post
            && (SAFE.is_match(sentence)
                || TELLING.is_match(&sentence[..found.start() - start])
                || QUESTION.is_match(sentence)
                || OTHER.is_match(found.as_str())
                || OVERDOSE.is_match(&page.folded()[found.end()..]));
        if !own_story && !asks && !is_negated(page, found.start()) {
            push(page, hits, most, found.range());
        }
    }
    if page.context().is_reply() {
        for pattern in [&DIAGNOSIS, &CALM, &SHOULD] {
            let calms = std::ptr::eq(pattern, &CALM);
            for found in page.find(pattern).filter(|found| calms || !is_negated(page, found.start())) {
                push(page, hits, most, found.range());
            }
        }
    } else {
        for found in page.find(&GROUP).filter(|found| !is_negated(page, found.start())) {
            push(page, hits, Severity::Warn, found.range());
        }
        for found in page.find(&CALM).filter(|found| page.context() == Context::Post && found.as_str().contains("need"))
        {
            push(page, hits, most, found.range());
        }
    }
    if story {
        for found in page.find(&SHOULD) {
            let (_, sentence) = page.folded_sentence(found.start());
            if MEDICINE.is_match(sentence) && !SAFE.is_match(sentence) {
                push(page, hits, most, found.range());
            }
        }
    }
}

fn is_negated(page: &Page<'_>, at: usize) -> bool {
    let (start, sentence) = page.folded_sentence(at);
    let before: Vec<&str> = sentence[..at - start].split_whitespace().rev().take(NEGATION_REACH).collect();
    before.into_iter().any(|word| NEGATED.is_match(word)) || sentence[..at - start].contains("before you")
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, severity: Severity, folded: Range<usize>) {
    hits.push(Hit {
        category: Category::Advice,
        severity,
        origin: page.origin(folded),
        rule: "advice",
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
    fn finds_advice() {
        for (context, text, span, severity) in [
            (CommentReply, "That sounds like shingles, start valacyclovir today.", "sounds like shingles", Block),
            (CommentReply, "You can stop the blood thinner before the dentist.", "stop the blood thinner", Block),
            (CommentReply, "Probably just reflux, take an antacid.", "Probably just reflux", Block),
            (CommentReply, "No need to go to the ER for that.", "No need to go to the ER", Block),
            (CommentReply, "Your mole is fine.", "mole is fine", Block),
            (Post, "Throw away your insulin!", "Throw away your insulin", Block),
            (
                Post,
                "Everyone with high blood pressure should switch to potassium salt now.",
                "should switch to potassium",
                Warn,
            ),
            (Story, "I quit my statin cold turkey and you should too.", "you should too", Block),
            (CommentReply, "Deje el anticoagulante tres días antes.", "Deje el anticoagulante", Block),
        ] {
            bad("advice", context, text, span, severity);
        }
    }

    #[test]
    fn leaves_safe_words_alone() {
        for (context, text) in [
            (Post, "Never stop a blood thinner on your own."),
            (Post, "Talk with your clinician before you change any medicine."),
            (Story, "My doctor and I lowered my dose together."),
            (CommentReply, "We can't give personal medical advice here. Please call us."),
            (Post, "Try half your plate of vegetables this week."),
            (Post, "Write down your questions: When should I stop this medicine? What if I miss a dose?"),
            (Post, "Naloxone can quickly stop an opioid overdose."),
            (Post, "To come off an antidepressant safely takes weeks and a plan."),
            (Post, "You may need to stop some of your medicines before the test; your clinician tells you which."),
            (CommentReply, "No podemos dar consejos personales aquí. Llame a su clínica."),
        ] {
            good("advice", context, text);
        }
    }
}
