//! Trains the guard's tagger for people's names and says how well it does on posts it did not see:
//!
//! ```text
//! cargo run --release -p bedside-guard --example train_tagger             writes src/tagger/weights.bin
//! cargo run --release -p bedside-guard --example train_tagger -- --check  compares with it, and fails if it differs
//! ```
//!
//! First it trains without a third of asq-phi and prints what that third and the development parts say; then it
//! trains with it, and that is what ships. Nothing depends on the machine: chance has a seed, the order is fixed,
//! and of floating point only operations are used whose result IEEE 754 fixes to the last bit. The word lists of
//! the lexicon are part of what is learned: when they change, train again.
//!
//! Reading order: [`corpora`] (posts with marked names, from `bench/guard/corpora`), [`text`] (words, sentences),
//! [`lists`] (what the lexicon says of a word), [`augment`] (other names, lower case), [`learn`], [`measure`].
#![allow(clippy::print_stdout, reason = "a program for the command line")]

use std::{error::Error, fs, path::Path};

mod augment;
mod corpora;
mod learn;
mod lists;
mod measure;
mod text;

/// The tagger itself, so that training and use look at the same features.
#[path = "../../src/tagger/mod.rs"]
mod tagger;

use corpora::{Post, Spacing};

fn main() -> Result<(), Box<dyn Error>> {
    let guard = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lists = lists::Lists::read(&guard.join("src/lexicon"))?;
    let folder = guard.join("../../bench/guard/corpora");
    let read = |name: &str, spacing| corpora::read(&folder.join(name), spacing, &lists);

    let mut training: Vec<Post> = read("medlineplus/topics.jsonl", Spacing::Close)?;
    for spacing in [Spacing::Close, Spacing::Wide] {
        training.extend(read("btc/btc.train", spacing)?);
        training.extend(read("wnut17/wnut17train.conll", spacing)?);
    }
    let asq_phi = read("asq-phi/spans-even.jsonl", Spacing::Close)?;
    let (held_back, shown): (Vec<_>, Vec<_>) = asq_phi.into_iter().enumerate().partition(|(row, _)| row % 3 == 2);
    let posts = |rows: Vec<(usize, Post)>| rows.into_iter().map(|(_, post)| post).collect::<Vec<Post>>();
    let held_back = posts(held_back);
    training.extend(posts(shown));

    let trial = learn::train(&training, &lists);
    for (spacing, how) in [(Spacing::Close, "as a person writes"), (Spacing::Wide, "a space between all tokens")] {
        measure::print(&format!("btc.dev, {how}"), &read("btc/btc.dev", spacing)?, &trial);
        measure::print(&format!("wnut17 dev, {how}"), &read("wnut17/emerging.dev.conll", spacing)?, &trial);
    }
    let btc = read("btc/btc.dev", Spacing::Close)?;
    measure::print("btc.dev in lower case", &augment::all(&btc, augment::small), &trial);
    measure::print("btc.dev in capitals", &augment::all(&btc, augment::shouted), &trial);
    measure::print("asq-phi even, held-out third", &held_back, &trial);

    training.extend(held_back);
    let weights = learn::train(&training, &lists);
    println!("{} of {} weights are not 0", weights.iter().filter(|weight| **weight != 0).count(), weights.len());
    let bytes: Vec<u8> = weights.iter().map(|weight| weight.to_le_bytes()[0]).collect();
    let file = guard.join("src/tagger/weights.bin");
    if std::env::args().any(|argument| argument == "--check") {
        if fs::read(&file)? != bytes {
            return Err("weights.bin is not what this program makes of the corpora and word lists".into());
        }
        println!("weights.bin is what this program makes");
    } else {
        fs::write(&file, bytes)?;
    }
    measure::print_speed(&training);
    Ok(())
}
