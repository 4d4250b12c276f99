//! Words for people: a name gives way to "a patient" or is left out, an age to "90 or older", a child to "a child".

use super::place::Place;
use super::saying;
use crate::context::Context;
use crate::finding::Replacement;

/// Openings that stand as well without a name, in English and Spanish.
const GREETINGS: &[(&str, &str)] = &[
    ("good morning", "Good morning"),
    ("good afternoon", "Good afternoon"),
    ("hi there", "Hello"),
    ("hello", "Hello"),
    ("hey", "Hello"),
    ("hi", "Hello"),
    ("dear", "Hello"),
    ("buenos dias", "Buenos días"),
    ("buenas tardes", "Buenas tardes"),
    ("hola", "Hola"),
    ("estimada", "Hola"),
    ("estimado", "Hola"),
    ("querida", "Hola"),
    ("querido", "Hola"),
];
/// Words that belong to the name behind them.
const FOND: &[&str] = &["little", "sweet", "dear", "young", "brave", "old", "baby"];
const THANKS: &[&str] =
    &["thank you", "thank you so much", "thanks", "thanks so much", "many thanks", "gracias", "muchas gracias"];
/// People who are somebody's, after whom a name can be left out.
const KIN: &[&str] = &[
    "son",
    "daughter",
    "wife",
    "husband",
    "mother",
    "father",
    "mom",
    "mum",
    "dad",
    "sister",
    "brother",
    "aunt",
    "uncle",
    "grandmother",
    "grandfather",
    "grandma",
    "grandpa",
    "niece",
    "nephew",
    "cousin",
    "partner",
    "friend",
    "neighbor",
    "baby",
    "grandson",
    "granddaughter",
    "child",
    "kid",
    "twins",
    "hijo",
    "hija",
    "esposa",
    "esposo",
    "madre",
    "padre",
    "mamá",
    "papá",
    "hermana",
    "hermano",
    "tía",
    "tío",
    "abuela",
    "abuelo",
    "nieta",
    "nieto",
    "amiga",
    "amigo",
    "vecina",
    "vecino",
    "bebé",
    "niño",
    "niña",
];
const PATIENTS: &[&str] =
    &["patient", "patients", "pt", "client", "member", "paciente", "pacientes", "clienta", "cliente"];
const OWN: &[&str] = &["my", "our", "her", "his", "their", "your", "mi", "nuestra", "nuestro", "su", "tu"];
const ARTICLES: &[&str] =
    &["an", "the", "our", "this", "that", "un", "una", "el", "la", "nuestra", "nuestro", "este", "esta"];
const CALLED: &[&str] =
    &["named", "called", "by the name of", "llamada", "llamado", "de nombre", "whose name is", "que se llama"];
const INTRODUCED: &[&str] =
    &["my name is", "my name's", "name is", "i am", "i'm", "i\u{2019}m", "this is", "me llamo", "soy", "mi nombre es"];

fn is_one_of(word: &str, list: &[&str]) -> bool {
    let word = word.to_lowercase();
    list.contains(&word.as_str())
}

/// A person without a name, as the text's readers would say it.
fn somebody(place: &Place<'_>) -> &'static str {
    match place.context {
        Context::Post | Context::ColleagueCase => place.say("a patient", "una persona"),
        Context::Story | Context::ReviewReply | Context::CommentReply => place.say("someone", "alguien"),
    }
}

/// For a name.
pub(super) fn name(place: &Place<'_>) -> Vec<Replacement> {
    if place.is_inside_a_word() {
        return Vec::new();
    }
    let mut found: Vec<Replacement> = greeting(place).into_iter().collect();
    if !found.is_empty() {
        return found;
    }
    found.extend(introduction(place));
    found.extend(called(place));
    if !found.is_empty() {
        return found;
    }
    let (before, after) = place.neighbours();
    let appositive = [", one of", ", a ", ", an ", ", our ", ", una ", ", nuestra ", ", nuestro "];
    if appositive.iter().any(|start| place.after().starts_with(start)) {
        found.extend(place.without_name_before());
    }
    // "Linda, we are so glad", "… better, doña Meche."
    let spoken_to = place.context.is_reply();
    let opens = place.before().trim().is_empty() && place.after().starts_with([',', '!']);
    let closes =
        place.before().trim_end().ends_with(',') && place.after().trim_start_matches(['.', '!', '?']).is_empty();
    if spoken_to && (opens || closes) {
        return place.left_out().into_iter().collect();
    }
    if spoken_to && is_one_of(before, &["is", "was", "actually", "really", "es"]) {
        return saying::hostile(place);
    }
    // "Bill and Judy".
    if is_one_of(before, &["and", "y", "&"]) || is_one_of(after, &["and", "y", "&"]) {
        found.extend(pair(place));
    }
    let possessive = place.after().starts_with(['\'', '\u{2019}']);
    let own_article = is_one_of(before, ARTICLES) && !place.before().trim_end().ends_with(',');
    let here = place.context == Context::Story && after == "here";
    let words = if here { "a neighbor" } else { somebody(place) };
    if before.ends_with("old") {
        return found;
    }
    if is_one_of(before, FOND)
        && let Some(start) = place.led_by(FOND)
    {
        let small = is_one_of(before, &["little", "young", "brave", "baby"]);
        return vec![place.from(start, if small { "a child" } else { words })];
    }
    if own_article && let Some(start) = place.led_by(&[before.to_lowercase().as_str()]) {
        found.push(place.from(start, words));
    }
    let lower_case_noun = before.chars().next().is_some_and(char::is_lowercase);
    if !(own_article || possessive && lower_case_noun) {
        found.push(place.here(words));
    }
    if spoken_to && !possessive {
        found.extend(place.left_out());
    }
    found
}

/// "Hi Yolanda," becomes "Hello,", and "Thank you Mr. Petrakis," becomes "Thank you,".
fn greeting(place: &Place<'_>) -> Option<Replacement> {
    let greeted = GREETINGS.iter().find_map(|(from, to)| Some((place.led_by(&[from])?, *to)));
    match greeted {
        Some((start, words)) => Some(place.from(start, words)),
        None => place.led_by(THANKS).and_then(|_| place.left_out()),
    }
}

/// "My name is Pat and I quit" becomes "I quit".
fn introduction(place: &Place<'_>) -> Vec<Replacement> {
    let Some(start) = place.led_by(INTRODUCED) else { return Vec::new() };
    let after = place.after();
    let by_name = place.led_by(&["my name is", "my name's", "me llamo", "mi nombre es"]);
    if let Some(start) = by_name.filter(|_| after.trim_start_matches(['.', '!', '?']).is_empty()) {
        let clause = place.out(start);
        return clause
            .into_iter()
            .chain([place.from(start, place.say("I am a neighbor", "soy una persona"))])
            .collect();
    }
    let joined = [" and ", " y ", ", and ", ", y ", ", "].iter().find(|joint| after.starts_with(**joint));
    let Some(joint) = joined else { return vec![place.here(place.say("a neighbor", "una persona"))] };
    let goes_on = &after[joint.len()..];
    let speaks = ["i ", "i'", "i\u{2019}", "my "].iter().any(|word| goes_on.to_lowercase().starts_with(word));
    let Some(first) = goes_on.chars().next().filter(|_| speaks || place.spanish) else {
        return vec![place.here(place.say("a neighbor", "una persona"))];
    };
    let end = place.span.end + joint.len() + first.len_utf8();
    vec![place.put(start..end, first.encode_utf8(&mut [0; 4]))]
}

/// "A man named Petersen", "my husband Jerome", "our patient Marcus T.", "the Petersen family".
fn called(place: &Place<'_>) -> Vec<Replacement> {
    if let Some(start) = place.led_by(CALLED) {
        return place.out(start).into_iter().collect();
    }
    let (before, after) = place.neighbours();
    if is_one_of(before, KIN) || (is_one_of(before, PATIENTS) && place.before().trim_end().ends_with(',')) {
        return place.left_out().into_iter().collect();
    }
    if is_one_of(before, PATIENTS) {
        let led: Vec<String> =
            OWN.iter().chain(ARTICLES).map(|own| format!("{own} {}", before.to_lowercase())).collect();
        let led: Vec<&str> = led.iter().map(String::as_str).collect();
        let whole = place.led_by(&led).map(|start| place.from(start, place.say("a patient", "una persona")));
        return whole.into_iter().chain(place.left_out()).collect();
    }
    if is_one_of(before, &["the", "la", "los"]) && is_one_of(after, &["family", "household", "brothers", "sisters"]) {
        return place.left_out().into_iter().collect();
    }
    Vec::new()
}

/// Two people with names, of whom the guard found one or both.
fn pair(place: &Place<'_>) -> Option<Replacement> {
    let words = match place.context {
        Context::Post | Context::ColleagueCase => place.say("two patients", "dos personas"),
        _ => place.say("two people", "dos personas"),
    };
    let is_name = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let before = place.before().trim_end();
    let other = before.strip_suffix("and").or(before.strip_suffix(" y")).or(before.strip_suffix('&'))?.trim_end();
    let first = other.rsplit(char::is_whitespace).next().filter(|word| is_name(word))?;
    let start = place.span.start - place.before().len() + other.len() - first.len();
    Some(place.from(start, words))
}

/// For a child who can be recognised.
pub(super) fn minor(place: &Place<'_>) -> Vec<Replacement> {
    let found = place.found();
    let mut words = found.split_whitespace().map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()));
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (before, after) = place.neighbours();
    let mut mended = Vec::new();
    if is_one_of(first, OWN) && is_one_of(second, KIN) {
        mended.push(place.here(&format!("{first} {second}")));
        mended.push(place.here(&format!("{first} {}", place.say("child", "familia"))));
    }
    let plural = ["twins", "triplets", "quadruplets", "quintuplets", "gemelos", "mellizos"];
    if plural.contains(&found.as_str()) {
        return vec![place.here(place.say("children", "menores"))];
    }
    if [" is ", " are ", " and ", " arrived ", " at ", "arrived"].iter().any(|verb| found.contains(verb))
        && mended.is_empty()
    {
        return mended;
    }
    let adjective = found.contains("year-old") || found.contains("year old") || found.ends_with("yo");
    let alone = found.ends_with("old") || found.ends_with("yo") || found.ends_with("y/o");
    let names_end = place.names_end();
    if names_end > place.span.end && !is_one_of(before, ARTICLES) {
        return vec![place.put(place.span.start..names_end, place.say("a child", "un menor"))];
    }
    if adjective && alone && after.chars().next().is_some_and(char::is_lowercase) {
        return with_article(place, "young").into_iter().collect();
    }
    if is_one_of(before, OWN) || is_one_of(before, ARTICLES) {
        let patient = found.ends_with("patient");
        mended.extend(with_article(place, if patient { "young patient" } else { place.say("child", "menor") }));
    }
    if found.starts_with("i am") || found.starts_with("i'm") || found.starts_with("tengo") {
        mended.push(place.here(place.say("I am young", "soy joven")));
        return mended;
    }
    if is_one_of(before, OWN) {
        return mended;
    }
    mended.push(place.here(place.say("a child", "un menor")));
    mended
}

/// The words here, with "an" before them turned into "a".
fn with_article(place: &Place<'_>, words: &str) -> Option<Replacement> {
    match place.led_by(&["an"]) {
        Some(start) => Some(place.from(start, &format!("a {words}"))),
        None => Some(place.here(words)),
    }
}

/// For an age of 90 or more.
pub(super) fn age(place: &Place<'_>) -> Vec<Replacement> {
    let found = place.found();
    let (before, after) = place.neighbours();
    let noun = place.noun_follows();
    if found.contains("birthday") || found.contains("cumpleaños") {
        return with_article(place, place.say("birthday", "cumpleaños")).into_iter().collect();
    }
    if found.starts_with("turn") || found.starts_with("cumpli") {
        return vec![place.here(place.say("had a birthday", "cumplió años"))];
    }
    if is_one_of(before, &["turned", "turns", "turning"]) {
        let start = place.led_by(&["turned", "turns", "turning"]);
        return start.map(|start| place.from(start, "celebrated a birthday")).into_iter().collect();
    }
    let mut mended = Vec::new();
    if found.contains("narian") || found.contains("genari") {
        let (adjective, noun_form) = (place.say("older", "mayor"), place.say("older adult", "persona mayor"));
        let many = found.ends_with('s') && !place.spanish;
        let words = if noun { adjective.to_owned() } else { format!("{noun_form}{}", if many { "s" } else { "" }) };
        mended.extend(with_older(place, &words));
        return mended;
    }
    if noun
        && (found.contains("year-old") || found.contains("year old") || found.ends_with("y/o") || found.ends_with("yo"))
    {
        let end = place.span.end + 1 + after.len();
        let aged = format!("{after} aged 90 or older");
        mended.push(place.put(place.span.start..end, &aged));
        mended.extend(place.led_by(&["our", "my"]).map(|start| place.put(start..end, &format!("a {aged}"))));
        return mended;
    }
    if found.starts_with("born") || found.starts_with("dob") || found.starts_with("nac") {
        mended.push(place.here(place.say("aged 90 or older", "de 90 años o más")));
    }
    if found.starts_with("aged") || found.starts_with("age ") || found.contains("old") && !noun {
        let aged = if found.starts_with("age") { "aged 90 or older" } else { "90 or older" };
        mended.push(place.here(aged));
    }
    let person = place.here(place.say("patient aged 90 or older", "persona de 90 años o más"));
    let older = place.here(place.say("90 or older", "90 años o más"));
    // "91M", "94 y/o F" are a person, "96" is an age.
    let stands_for_a_person =
        !found.ends_with("old") && !found.ends_with("años") && found.contains(char::is_alphabetic);
    mended.extend(if stands_for_a_person { [person, older] } else { [older, person] });
    mended
}

/// "A centenarian" becomes "an older adult".
fn with_older(place: &Place<'_>, words: &str) -> Vec<Replacement> {
    match place.led_by(&["a"]) {
        Some(start) if !place.spanish => vec![place.from(start, &format!("an {words}"))],
        _ => vec![place.here(words)],
    }
}

/// For a role or an event by which a person can be recognised: only where the words are one person with an article,
/// or a word before "patient".
pub(super) fn indirect(place: &Place<'_>) -> Vec<Replacement> {
    let found = place.found();
    let first = found.split_whitespace().next().unwrap_or_default();
    let (before, _) = place.neighbours();
    let mut mended = Vec::new();
    if found.ends_with(" patient") && !is_one_of(first, ARTICLES) {
        mended.extend(with_article(place, "patient"));
    }
    let kin = found.split_whitespace().next_back().is_some_and(|word| is_one_of(word, KIN));
    let who = place.written().find(" who ").map(|at| &place.written()[at..]);
    let event = ["crash", "accident", "fire", "shooting", "news", "last"].iter().any(|word| found.contains(word));
    let short = found.split_whitespace().count() <= 3 && !is_one_of(before, &["is", "was"]);
    let led = is_one_of(first, ARTICLES) || is_one_of(first, &["a"]);
    if let (true, Some(who)) = (led, who) {
        mended.push(place.here(&format!("a member of the community{who}")));
    } else if (led && short && !event) || kin {
        mended.push(place.here(place.say("a member of the community", "una persona de la comunidad")));
        mended.push(place.here(place.say("somebody", "alguien")));
    } else if is_one_of(before, ARTICLES) && !place.after().starts_with(" of ") {
        mended.extend(with_article(place, place.say("person", "persona")));
    }
    mended
}
