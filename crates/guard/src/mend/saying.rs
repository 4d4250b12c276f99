//! Words for what a sentence says: that somebody is a patient, what their health is, that something cures, what to take.
//! Mostly the whole sentence gives way to one of the safe-reply playbook, which says the same to everybody.

use super::person;
use super::place::Place;
use crate::context::Context;
use crate::finding::Replacement;

const THANKS: (&str, &str) = ("Thank you for taking the time to write.", "Gracias por tomarse el tiempo de escribir.");
const SORRY: (&str, &str) = (
    "We are sorry to read this and take all feedback seriously.",
    "Lamentamos leer esto y tomamos en serio todos los comentarios.",
);
const SERIOUS: (&str, &str) = (
    "We take all feedback seriously and would like to understand it.",
    "Tomamos en serio todos los comentarios y nos gustaría entenderlos.",
);
const PRIVATE: (&str, &str) = (
    "Privacy rules keep us from discussing anything here, so please call our office.",
    "Las reglas de privacidad no nos permiten hablar de nada aquí; por favor, llame a nuestra oficina.",
);
const BILLING: (&str, &str) = (
    "Billing should be clear: please call our office, so that we can look into questions in private.",
    "La facturación debe ser clara: llame a nuestra oficina para ver sus preguntas en privado.",
);
const CALL: (&str, &str) = ("Please call our office.", "Por favor, llame a nuestra oficina.");
const EMERGENCY: (&str, &str) = (
    "For your own situation, please ask your clinician; in an emergency, call 911.",
    "Para su propia situación, consulte a su profesional de salud; en una emergencia, llame al 911.",
);
const EVERYONE: (&str, &str) =
    ("Thank you to everyone in our community.", "Gracias a todas las personas de nuestra comunidad.");
const ASK: (&str, &str) = (
    "For your own situation, please ask your clinician.",
    "Para su propia situación, consulte a su profesional de salud.",
);
const ASK_FIRST: (&str, &str) = (
    "Ask your clinician before you start, change or stop any medicine.",
    "Consulte a su profesional de salud antes de empezar, cambiar o dejar un medicamento.",
);
const DIFFER: (&str, &str) = (
    "Results differ from person to person, and we are glad to talk about what is known.",
    "Los resultados varían de una persona a otra, y con gusto hablamos de lo que se sabe.",
);
const OUR_BEST: (&str, &str) =
    ("We work hard for the health of our community.", "Trabajamos por la salud de nuestra comunidad.");
const OPINIONS: (&str, &str) =
    ("We welcome honest feedback from everyone.", "Agradecemos la opinión sincera de todos.");

/// Each as the whole sentence; when the text says one already, the finding's sentence just goes.
fn sentences(place: &Place<'_>, choices: &[(&'static str, &'static str)]) -> Vec<Replacement> {
    let words = choices.iter().map(|(english, spanish)| place.say(english, spanish));
    let fresh = words.filter(|words| !place.has(words)).map(|words| place.whole(words));
    fresh.chain(place.without_sentence()).collect()
}

fn says(place: &Place<'_>, words: &[&str]) -> bool {
    let said = place.said();
    words.iter().any(|word| said.contains(word))
}

/// Whether the sentence answers a complaint.
fn regrets(place: &Place<'_>) -> bool {
    says(
        place,
        &["sorry", "apolog", "regret", "unfortunate", "frustrat", "disappoint", "lament", "sentimos", "disculp"],
    )
}

/// Whether it defends or denies.
fn defends(place: &Place<'_>) -> bool {
    says(place, &[" no ", "not ", "n't", "n\u{2019}t", "never", "cannot", "fake", "nunca", "explained", "told you"])
}

/// Whether it is kindly meant.
fn is_glad(place: &Place<'_>) -> bool {
    let kind = [
        "glad",
        "great",
        "happy",
        "wonderful",
        "thank",
        "fantastic",
        "congrat",
        "pleasure",
        "honor",
        "privilege",
        "hope to see",
        "see you",
        "wait to",
        "look forward",
        "proud",
        "welcome",
        "thrilled",
        "appreciate",
        "loved",
        "love ",
        "gusto",
        "alegr",
        "gracias",
        "placer",
        "esperamos ver",
        "nos vemos",
    ];
    says(place, &kind)
}

fn money(place: &Place<'_>) -> bool {
    says(
        place,
        &["bill", "charge", "copay", "insur", "balance", "deductible", "cobr", "factur", "seguro", "pago", "owe"],
    )
}

/// For a sentence that says that somebody is, or is not, a patient.
pub(super) fn relationship(place: &Place<'_>) -> Vec<Replacement> {
    let mut mended = Vec::new();
    let thanks = &[
        "thank you for",
        "thank you so much for",
        "thanks for",
        "thanks so much for",
        "appreciate you",
        "gracias por",
    ];
    let ends = place.after().starts_with([',', '!', ';', ':']) || !place.after().contains(char::is_alphanumeric);
    if ends && place.led_by(thanks).is_some() {
        mended.push(place.here(place.say("taking the time to write", "tomarse el tiempo de escribir")));
    }
    if matches!(place.found().as_str(), "our patient" | "nuestra paciente" | "nuestro paciente") {
        let words = place.say("a patient", "una persona");
        mended.push(place.put(place.span.start..place.names_end(), words));
    }
    let choices: &[_] = match (place.context, regrets(place), money(place), is_glad(place)) {
        (Context::Post | Context::Story | Context::ColleagueCase, ..) => &[EVERYONE],
        (_, true, ..) => &[SORRY, SERIOUS],
        (_, _, true, _) => &[BILLING, SERIOUS],
        (_, _, _, true) => &[THANKS, PRIVATE],
        (Context::CommentReply, ..) if !defends(place) => &[PRIVATE, SERIOUS],
        _ => &[SERIOUS, PRIVATE],
    };
    mended.extend(sentences(place, choices));
    mended
}

/// For health or payment details of the person who is answered.
pub(super) fn phi_detail(place: &Place<'_>) -> Vec<Replacement> {
    if !place.context.is_reply() {
        return sentences(place, &[CALL]);
    }
    let choices: &[_] = match (money(place), regrets(place), is_glad(place) && !defends(place)) {
        (true, ..) => &[BILLING, PRIVATE],
        (_, true, _) => &[SORRY, PRIVATE],
        (_, _, true) => &[THANKS, PRIVATE],
        _ => &[PRIVATE, SERIOUS],
    };
    sentences(place, choices)
}

/// Weaker words: (in the finding, instead). English first; tried in order.
const WEAKER: &[(&str, &str)] = &[
    ("fda-approved supplement", "supplement"),
    ("fda approved supplement", "supplement"),
    ("100% safe", "well studied"),
    ("100 % safe", "well studied"),
    ("completely safe", "well studied"),
    ("100% effective", "well studied"),
    ("no side effects", "possible side effects that we explain"),
    ("without side effects", "with possible side effects that we explain"),
    ("zero side effects", "possible side effects that we explain"),
    ("risk-free", "carefully explained"),
    ("risk free", "carefully explained"),
    ("without any risk", "with risks that we explain"),
    ("no risk", "risks that we explain"),
    ("miracle cure", "treatment"),
    ("miracle drug", "medicine"),
    ("miracle", "new"),
    ("detox", "take care of"),
    ("gets rid of", "may help with"),
    ("get rid of", "may help with"),
    ("cures", "may help with"),
    ("heals", "may help with"),
    ("reverses", "may help with"),
    ("eliminates", "may help with"),
    ("eliminate", "may help with"),
    ("cure", "may help with"),
    ("reverse", "may help with"),
    ("most experienced", "experienced"),
    ("most trusted", "trusted"),
    ("world-class", "good"),
    ("the best", "a good"),
    ("sin efectos secundarios", "con posibles efectos secundarios que explicamos"),
    ("100% segura", "bien estudiada"),
    ("100% seguro", "bien estudiado"),
    ("sin riesgos", "con riesgos que explicamos"),
    ("milagroso", "nuevo"),
    ("milagrosa", "nueva"),
    ("elimina", "puede ayudar con"),
    ("cura", "puede ayudar con"),
];

/// How fast or for how long it is said to help; goes with the strong word.
const HASTE: &[&str] = &[
    " for good",
    " overnight",
    " forever",
    " permanently",
    " completely",
    " naturally",
    " in a weekend",
    " in a week",
    " in a month",
    " in days",
    " in two weeks",
    " para siempre",
    " en un mes",
    " en una semana",
    " en un día",
];

/// For a cure, a guarantee, a superlative.
pub(super) fn claim(place: &Place<'_>) -> Vec<Replacement> {
    let found = place.found();
    let mut mended = Vec::new();
    for (strong, weak) in WEAKER {
        let Some(at) = found.find(strong) else { continue };
        if found.contains(" and ") {
            break;
        }
        let free = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        let end = at + strong.len();
        if free(found[..at].chars().next_back()) && free(found[end..].chars().next()) && found.len() == place.span.len()
        {
            let helped = ["to", "can", "will", "could"].contains(&place.neighbours().0.to_lowercase().as_str());
            let weak = if helped && at == 0 { weak.trim_start_matches("may ") } else { weak };
            let (left, right) = (&place.written()[..at], &place.written()[end..]);
            let right = HASTE.iter().find_map(|haste| right.strip_suffix(haste)).unwrap_or(right);
            mended.push(place.here(&format!("{left}{weak}{right}")));
        }
    }
    // "The #1 clinic" becomes "a trusted clinic".
    let superlative = found.starts_with("#1") || found.starts_with("number one") || found.starts_with("no. 1");
    if let (true, Some(start)) = (superlative, place.led_by(&["the", "your"])) {
        let end =
            place.span.start + if found.starts_with("#1") { 2 } else { found.find(" clinic").unwrap_or(found.len()) };
        mended.push(place.put(start..end, "a trusted"));
    }
    let about_us =
        says(place, &["best", "better", "#1", "number one", "lowest", "highest", "top ", "leading", "mejor", "only "]);
    mended.extend(sentences(place, if about_us { &[OUR_BEST, DIFFER] } else { &[DIFFER, ASK] }));
    mended
}

/// For personal medical advice.
pub(super) fn advice(place: &Place<'_>) -> Vec<Replacement> {
    if says(place, &[" er ", "emergenc", "911", "hospital", "urgencias", "chest", "breath"]) {
        return sentences(place, &[EMERGENCY, ASK]);
    }
    sentences(place, if place.context.is_reply() { &[ASK, PRIVATE] } else { &[ASK_FIRST, ASK] })
}

/// For a reward for a review.
pub(super) fn incentive(place: &Place<'_>) -> Vec<Replacement> {
    sentences(place, &[OPINIONS, EVERYONE])
}

/// For anger, insult, threat.
pub(super) fn hostile(place: &Place<'_>) -> Vec<Replacement> {
    // "Hi Karen": a name used as a word for a person.
    if !place.found().contains(' ') && place.led_by(&["hi", "hello", "hey", "dear"]).is_some() {
        return person::name(place);
    }
    sentences(place, if place.context.is_reply() { &[SORRY, SERIOUS] } else { &[EVERYONE] })
}
