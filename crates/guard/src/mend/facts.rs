//! Words for facts about a person: a date becomes its year or "recently", a place the state or "our area", a number is
//! left out, and a way to reach somebody becomes the office.

use super::place::Place;
use crate::context::Context;
use crate::finding::Replacement;

const SINCE: &[&str] = &["since", "desde"];
const UNTIL: &[&str] = &["until", "till", "hasta"];
const DETERMINERS: &[&str] = &["a", "an", "the", "our", "your", "his", "her", "their", "my", "this"];
const PREPOSITIONS: &[&str] = &["at", "on", "to", "via", "through", "or", "al", "a", "en", "por"];

/// For a date.
pub(super) fn date(place: &Place<'_>) -> Vec<Replacement> {
    let mut mended = Vec::new();
    if is_one_of_several(place) {
        return mended;
    }
    let on = place.led_by(&["on", "el"]);
    let of = place.led_by(&["del", "de"]).or(place.found().starts_with("del ").then_some(place.span.start));
    let start = on.unwrap_or(place.span.start);
    if let Some(year) = year(&place.found()) {
        let alone = place
            .led_by(&["since", "from", "until", "before", "after", "of", "by", "in", "dob", "desde", "hasta", "de"]);
        if alone.is_none() {
            mended.push(place.from(start, &format!("{} {year}", place.say("in", "en"))));
        }
        mended.push(place.here(&year));
    }
    if let Some(from) = place.led_by(SINCE) {
        mended.push(place.from(from, place.say("lately", "últimamente")));
    }
    if let Some(from) = place.led_by(UNTIL) {
        mended.push(place.from(from, place.say("until recently", "hasta hace poco")));
    }
    if let (true, Some(from)) = (place.spanish, of) {
        mended.push(place.from(from, "reciente"));
    }
    let (before, after) = place.neighbours();
    let noun = after.chars().next().is_some_and(char::is_lowercase);
    let goes_on = ["could", "can", "may", "might", "would", "will", "has", "was", "is"].contains(&after);
    if goes_on && place.found().starts_with("on ") {
        mended.extend(place.left_out());
    }
    if let Some(start) = place.led_by(&["was on", "is on"]) {
        mended.push(place.from(start, "was recent"));
    }
    if noun && DETERMINERS.contains(&before.to_lowercase().as_str()) {
        mended.extend(place.left_out());
    }
    let to_come = [
        " will ",
        "'ll ",
        " going to ",
        "next ",
        "tomorrow",
        "tonight",
        "mañana",
        "próxim",
        "later ",
        "see you",
        "wait to",
        "nos vemos",
    ];
    let said = format!(" {} ", place.said());
    if to_come.iter().any(|word| said.contains(word)) {
        mended.push(place.from(start, place.say("soon", "pronto")));
        mended.extend(place.out(start));
        return mended;
    }
    mended.push(place.from(start, place.say("recently", "hace poco")));
    mended.push(place.from(start, place.say("some time ago", "hace un tiempo")));
    mended.extend(place.out(start));
    mended
}

/// "1/8, 2/11 and 3/15": what is right for one date is wrong in a row of them.
fn is_one_of_several(place: &Place<'_>) -> bool {
    let joins = |letter: char| matches!(letter, ',' | ' ' | '&');
    let after = place.after().trim_start_matches(joins).trim_start_matches("and ").trim_start_matches("y ");
    let before = place.before().trim_end_matches(joins).trim_end_matches(" and").trim_end_matches(" y");
    let (next, last) = (after.split(' ').next().unwrap_or_default(), before.rsplit(' ').next().unwrap_or_default());
    let is_date = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit()) && word.contains(['/', '-']);
    place.found().contains('/') && (is_date(next) || is_date(last))
}

/// The year in a date, four figures or two at its end.
fn year(date: &str) -> Option<String> {
    let figures = date.split(|letter: char| !letter.is_ascii_digit()).filter(|run| !run.is_empty());
    let runs: Vec<&str> = figures.collect();
    if let Some(year) = runs.iter().find(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20"))) {
        return Some((*year).to_owned());
    }
    match runs.as_slice() {
        // "5/5/24"; the century turns where nobody's date of birth and nobody's appointment is meant.
        [_, _, year] if year.len() == 2 => Some(format!("{}{year}", if *year <= "40" { "20" } else { "19" })),
        _ => None,
    }
}

/// For a way to reach somebody.
pub(super) fn contact(place: &Place<'_>) -> Vec<Replacement> {
    let mut mended = Vec::new();
    let (before, _) = place.neighbours();
    let before = before.to_lowercase();
    let is_call = ["call", "text", "phone", "llame", "llámenos", "llame al", "llamen al"].contains(&before.as_str());
    let own = match place.context {
        Context::Post | Context::ReviewReply | Context::CommentReply => place.say("our office", "nuestra oficina"),
        Context::Story => place.say("the practice", "el consultorio"),
        Context::ColleagueCase => place.say("the referring office", "el consultorio que refiere"),
    };
    if is_call {
        mended.push(place.here(own));
    }
    if place.led_by(&["write to", "write me at", "fax to"]).is_some() {
        mended.push(place.here(own));
    }
    if let Some(start) = place.led_by(&["escríbanme a", "escríbame a", "escríbeme a", "escribir a", "escríbanos a"])
    {
        let verb = place.led_by(&["a"]).unwrap_or(start);
        mended.push(place.from(verb, "al consultorio"));
    }
    for from in ["find me at", "follow me at", "find me on"] {
        let at = place.led_by(&[from]).and(place.led_by(&["at", "on"]));
        mended.extend(at.map(|start| place.from(start, "online")));
    }
    if place.written().chars().all(|letter| letter.is_ascii_digit() || letter == '.')
        && place.written().matches('.').count() == 3
    {
        mended.push(place.here(place.say("another device", "otro equipo")));
    }
    for from in ["e-mail me at", "email me at", "text me at", "call me at", "write to me at", "message me at"] {
        mended.extend(place.led_by(&[from]).map(|start| place.from(start, &format!("ask at {own}"))));
    }
    let there = match place.context {
        Context::ColleagueCase => place.say("available by secure message", "disponible por mensaje seguro"),
        _ => place.say("available from our office", "disponible en nuestra oficina"),
    };
    for from in ["are at", "is at", "están en", "está en"] {
        let start = place.led_by(&[from]).map(|start| start + from.len() - from.rsplit(' ').next().map_or(0, str::len));
        mended.extend(start.map(|start| place.from(start, there)));
    }
    if ["is", "es", "was", "are"].contains(&before.as_str()) {
        mended.push(place.here(place.say("private", "privado")));
    }
    if let Some(start) = place.led_by(PREPOSITIONS) {
        mended.extend(place.out(start));
        mended.push(place.here(own));
    }
    mended.extend(place.left_out());
    mended.push(place.here(own));
    mended
}

/// For a number that belongs to one person: it is left out, or its owner named in its stead.
pub(super) fn id_number(place: &Place<'_>) -> Vec<Replacement> {
    let (before, after) = place.neighbours();
    let mut mended = Vec::new();
    if ["is", "es", "was", "era"].contains(&before.to_lowercase().as_str()) {
        mended.push(place.here(place.say("private", "privado")));
    }
    // "My Medicare number is 1EG4-…".
    let written = place.written();
    let verb = [" is ", " es ", " was "].iter().find_map(|verb| Some(written.find(verb)? + verb.len()));
    if let Some(end) = verb {
        let hidden = match place.context {
            Context::ColleagueCase => place.say("in the chart", "en el expediente"),
            _ => place.say("private", "privado"),
        };
        mended.push(place.here(&format!("{}{hidden}", &written[..end])));
    }
    if let Some(start) = place.led_by(&["with", "con", "de", "del"]) {
        mended.extend(place.out(start));
        return mended;
    }
    // "Chart 4432 shows" becomes "The chart shows".
    let is_figures = |word: &&str| word.contains(|letter: char| letter.is_ascii_digit() || letter == '#');
    let mut kept: Vec<&str> = written.split_whitespace().filter(|word| !is_figures(word)).collect();
    let idle = |word: &str| ["no", "no.", "number", "OR", "número"].contains(&word);
    while kept.len() > 1 && kept.last().is_some_and(|word| idle(word)) {
        kept.pop();
    }
    let goes_on = after.chars().next().is_some_and(char::is_lowercase);
    if !kept.is_empty() && goes_on && verb.is_none() {
        let keyword = kept.join(" ").trim_end_matches([':', '.', ',']).to_owned();
        let determined = DETERMINERS.contains(&before.to_lowercase().as_str());
        let shouted = keyword.chars().nth(1).is_some_and(char::is_uppercase);
        let keyword = if shouted || determined { keyword } else { lower_first(&keyword) };
        let words = if determined { keyword } else { format!("{} {keyword}", place.say("the", "el")) };
        mended.push(place.here(&words));
    }
    mended.extend(place.left_out());
    mended.extend(place.without_sentence());
    mended
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// For a place smaller than a state.
pub(super) fn location(place: &Place<'_>) -> Vec<Replacement> {
    let found = place.found();
    let (before, _) = place.neighbours();
    let before = before.to_lowercase();
    let mut mended = Vec::new();
    if found.ends_with(" mrn") {
        return mended;
    }
    if found.starts_with("zip") {
        mended.extend(place.left_out());
    }
    if found.contains("school") || found.contains(" high") || found.contains("academy") || found.contains("escuela") {
        mended.extend(at_article(place, place.say("a local school", "una escuela de la zona")));
    }
    // "A Sweet Home woman" becomes "A local woman".
    if place.noun_follows() && ["a", "an", "our", "your", "my"].contains(&before.as_str()) {
        mended.push(match place.led_by(&["an"]) {
            Some(start) => place.from(start, "a local"),
            None => place.here("local"),
        });
    }
    let the = place.led_by(&["from the"]).map(|start| place.from(start, place.say("from our area", "de nuestra zona")));
    mended.extend(the);
    if place.context == Context::Post && !place.state.is_empty() {
        mended.push(place.here(place.state));
    }
    let area = match place.context {
        Context::ColleagueCase => place.say("the area", "la zona"),
        _ => place.say("our area", "nuestra zona"),
    };
    let from = place.led_by(&["on", "at", "off", "near", "in the", "en la", "en el"]);
    if let Some(start) = from {
        mended.push(place.from(start, &format!("{} {area}", place.say("in", "en"))));
    }
    mended.push(place.here(area));
    mended.push(place.here(place.say("a rural area", "una zona rural")));
    mended.extend(place.left_out());
    mended
}

/// The words here; an article that stands before goes.
fn at_article(place: &Place<'_>, words: &str) -> Vec<Replacement> {
    match place.led_by(&["the", "la", "el"]) {
        Some(start) => vec![place.from(start, words)],
        None => vec![place.here(words)],
    }
}
