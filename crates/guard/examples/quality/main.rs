//! Every measure of the guard in one table: `cargo run --release -p bedside-guard --example quality`.
//!
//!     quality                        the table, then the figures by kind
//!     quality --misses NAME          what one measure (or all that begin so) missed: text, expected, found
//!     quality --json                 the table for a program
//!     quality ... --only NAME        only the measures that begin so
//!     quality ... --corpora FOLDER   the open corpora elsewhere than in bench/guard/corpora
//!
//! For `bench/run guard`, which sets peers beside the guard on the same texts:
//!
//!     quality --write POSTS LABELLED      writes the posts and the texts with marked identifiers
//!     quality --contestant POSTS LABELLED reads them as every peer does, and says how it went
//!
//! Reading order: [`measure`] (what a figure is), [`ground`] (guards and corpora), then one file for each set:
//! [`cases`], [`identifiers`], [`names`], [`posts`], [`triage`], [`speed`]; last [`contest`].

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods, reason = "a measuring program")]

mod cases;
mod contest;
mod ground;
mod identifiers;
mod measure;
mod names;
mod posts;
mod speed;
mod triage;

use std::{env, error::Error, path::PathBuf};

use ground::Ground;
use measure::Measure;

/// What the words after the command ask for.
#[derive(Default)]
struct Wishes {
    misses: Option<String>,
    only: Option<String>,
    json: bool,
    corpora: Option<PathBuf>,
    contest: Option<(bool, PathBuf, PathBuf)>,
}

impl Wishes {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Wishes, Box<dyn Error>> {
        let mut wishes = Wishes::default();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or(format!("{word} needs a word after it"));
            match word.as_str() {
                "--misses" => wishes.misses = Some(value()?),
                "--only" => wishes.only = Some(value()?),
                "--json" => wishes.json = true,
                "--corpora" => wishes.corpora = Some(value()?.into()),
                "--write" => wishes.contest = Some((true, value()?.into(), value()?.into())),
                "--contestant" => wishes.contest = Some((false, value()?.into(), value()?.into())),
                _ => return Err(format!("{word} is not known: see the head of quality/main.rs").into()),
            }
        }
        Ok(wishes)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let wishes = Wishes::read(env::args().skip(1))?;
    let ground = Ground::new(wishes.corpora.as_deref())?;
    match &wishes.contest {
        Some((true, posts, labelled)) => return contest::write(&ground, posts, labelled),
        Some((false, posts, labelled)) => return contest::enter(posts, labelled),
        None => {}
    }
    let only = wishes.misses.as_ref().or(wishes.only.as_ref()).map_or("", String::as_str);
    let measures = all(&ground, only)?;
    match (&wishes.misses, wishes.json) {
        (Some(_), json) => measure::print_misses(&measures, json),
        (None, true) => println!("{}", measure::json(&measures)),
        (None, false) => measure::print_table(&measures),
    }
    Ok(())
}

/// All measures whose names begin with `only`, in the order of the table.
fn all(ground: &Ground, only: &str) -> Result<Vec<Measure>, Box<dyn Error>> {
    type Measuring = fn(&Ground) -> Result<Vec<Measure>, Box<dyn Error>>;
    const SETS: [(&str, Measuring); 10] = [
        ("cases", cases::measure),
        ("asq-phi", identifiers::asq_phi),
        ("btc", names::btc),
        ("wnut17", names::wnut17),
        ("meddocan", identifiers::meddocan),
        ("medlineplus", posts::topics),
        ("inbound", triage::inbound),
        ("triage", triage::complaints),
        ("clean-posts", posts::clean),
        ("speed", speed::measure),
    ];
    let mut measures = Vec::new();
    for (set, measuring) in SETS {
        if set.starts_with(only) || only.starts_with(set) {
            measures.extend(measuring(ground)?);
        }
    }
    measures.retain(|measure| measure.name.starts_with(only));
    Ok(measures)
}
