//! Names of people in posts of strangers: the Broad Twitter Corpus and WNUT 2017, read as cases between colleagues.
//! Only names that begin with a capital letter are asked for; handles and hashtags are neither asked for nor counted
//! against the guard, and a text that marks one is no text without a person. Told beside it, not judged: the same with
//! the tokens set apart by spaces and nothing left out, the hardest way to ask.

use std::{error::Error, ops::Range};

use bedside_guard::{Category, Context, Finding, Lang};

use crate::{
    ground::{self, Ground, around, told, touches},
    measure::{Measure, Miss, Target},
};

/// Marks that stand close to the word before them.
const CLOSE_BEHIND: &str = ".,!?;:)]}%…";
/// Marks that stand close to the word after them.
const CLOSE_BEFORE: &str = "([{#@$";
/// Texts without a person in which a name may be seen.
const MOST_SEEN: f64 = 0.15;

/// How tokens are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spacing {
    /// As a person would have written them.
    AsWritten,
    /// With a space between any two.
    Apart,
}

/// A text made from its tokens again.
#[derive(Default)]
pub(crate) struct Post {
    pub(crate) text: String,
    names: Vec<Range<usize>>,
    has_person: bool,
}

pub(crate) fn btc(ground: &Ground) -> Result<Vec<Measure>, Box<dyn Error>> {
    Ok(measure(ground, "btc", BTC, 0.80))
}

pub(crate) fn wnut17(ground: &Ground) -> Result<Vec<Measure>, Box<dyn Error>> {
    Ok(measure(ground, "wnut17", "wnut17/emerging.dev.conll", 0.70))
}

/// The file of the Broad Twitter Corpus that is measured with.
pub(crate) const BTC: &str = "btc/btc.dev";

fn measure(ground: &Ground, name: &str, file: &str, least: f64) -> Vec<Measure> {
    let content = match ground.corpus(file) {
        Ok(content) => content,
        Err(why) => return vec![Measure::missing(name, name, why)],
    };
    let mut found = Measure::share(name, format!("{name} dev: names of people found"), Target::AtLeast(least));
    let mut seen = Measure::share(
        format!("{name}-alarm"),
        format!("{name} dev: texts without a person in which a name is seen"),
        Target::AtMost(MOST_SEEN),
    );
    let mut apart = Measure::share(
        format!("{name}-apart"),
        format!("{name} dev: the same, tokens apart, handles too"),
        Target::None,
    );
    for post in posts(&content, Spacing::Apart) {
        let findings = names_in(ground, &post.text);
        for place in &post.names {
            apart.add("names", findings.iter().any(|finding| touches(finding, place)));
        }
    }
    for (n, post) in posts(&content, Spacing::AsWritten).iter().enumerate() {
        let findings = names_in(ground, &post.text);
        let miss = |text: String, expected: String| Miss {
            id: format!("text {}", n + 1),
            text,
            expected,
            found: told(&findings),
        };
        for place in &post.names {
            let is_found = findings.iter().any(|finding| touches(finding, place));
            let words = post.text[place.clone()].split(' ').count();
            found.add(if words > 1 { "several words" } else { "one word" }, is_found);
            if !is_found {
                found.misses.push(miss(around(&post.text, place), format!("name {:?}", &post.text[place.clone()])));
            }
        }
        if !post.has_person {
            seen.add("texts", !findings.is_empty());
            if !findings.is_empty() {
                seen.misses.push(miss(post.text.clone(), "no name".to_owned()));
            }
        }
    }
    vec![found, apart, seen]
}

fn names_in(ground: &Ground, text: &str) -> Vec<Finding> {
    let mut findings = ground::look(&ground.anybody, text, Context::ColleagueCase, Lang::En);
    findings.retain(|finding| finding.category == Category::Name);
    findings
}

/// Reads a file with one token and its tag a line and an empty line between texts.
pub(crate) fn posts(content: &str, spacing: Spacing) -> Vec<Post> {
    let mut posts = Vec::new();
    let mut rows = Vec::new();
    for line in content.lines().chain([""]) {
        match line.trim().split_once('\t') {
            Some(row) => rows.push(row),
            None if !rows.is_empty() => posts.push(post(&std::mem::take(&mut rows), spacing)),
            None => {}
        }
    }
    posts
}

/// Writes the tokens, and keeps where the names came to stand.
fn post(rows: &[(&str, &str)], spacing: Spacing) -> Post {
    let mut post = Post::default();
    let mut inside = false;
    for (token, tag) in rows {
        let is_apart = spacing == Spacing::Apart && !post.text.is_empty();
        if is_apart || !is_close(&post.text, token) {
            post.text.push(' ');
        }
        let start = post.text.len();
        let handle = token.starts_with(['@', '#']) || post.text.ends_with(['@', '#']); // never after a space
        post.text.push_str(token);
        let is_person = tag.ends_with("-PER") || tag.ends_with("-person");
        post.has_person |= is_person;
        let is_name = is_person && !handle;
        match post.names.last_mut() {
            Some(name) if is_name && inside && tag.starts_with('I') => name.end = post.text.len(),
            _ if is_name => post.names.push(start..post.text.len()),
            _ => {}
        }
        inside = is_name;
    }
    let text = &post.text;
    post.names.retain(|name| text[name.clone()].starts_with(char::is_uppercase));
    post
}

fn is_close(text: &str, token: &str) -> bool {
    text.is_empty()
        || token.starts_with(|c| CLOSE_BEHIND.contains(c))
        || text.ends_with(|c| CLOSE_BEFORE.contains(c))
        || (token.starts_with('\'') || token == "n't") && token.len() > 1
}
