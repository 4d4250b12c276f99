//! Makes `src/lexicon/name_frequencies.txt` from the name files of the US Census Bureau (public domain):
//!
//! ```text
//! cargo run --release -p bedside-guard --example name_frequencies -- dist.female.first dist.male.first surnames_2000_count.csv
//! ```
//!
//! The first two are the given names of 1990 with their share in per cent, the third the surnames of 2000 with
//! their count. Each line of the result is `name`, a space, the given-name class and the surname class, 0 to 7
//! each: `linda 72`. 0 means that it is not listed as such a name, 7 that it is one of the most frequent.
#![allow(clippy::print_stdout, reason = "a program for the command line")]

use std::{collections::BTreeMap, error::Error, fs, path::Path};

/// Lowest share of the population, in millionths, for the classes 2 to 7 of given names.
const GIVEN_CLASSES: [u64; 6] = [20, 40, 100, 300, 1_000, 4_000];
/// The same for surnames, which spread over many more names.
const SURNAME_CLASSES: [u64; 6] = [10, 20, 40, 100, 300, 1_000];
/// Surnames that are kept, by frequency.
const SURNAMES_KEPT: usize = 18_000;
/// The class of given names of our own list that the census does not know, short and Spanish forms above all.
const OWN_CLASS: u8 = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [female, male, surnames] = paths.as_slice() else {
        return Err("name three files: female given names, male given names, surnames".into());
    };
    let lexicon = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lexicon");
    let mut classes: BTreeMap<String, (u8, u8)> = BTreeMap::new();
    for (name, millionths) in given_names(&[female, male])? {
        classes.entry(name).or_default().0 = class(millionths, &GIVEN_CLASSES);
    }
    for name in fs::read_to_string(lexicon.join("given_names.txt"))?.lines().filter(|name| name.len() > 2) {
        let given = &mut classes.entry(name.to_owned()).or_default().0;
        *given = if *given == 0 { OWN_CLASS } else { *given };
    }
    for (name, millionths) in frequent_surnames(surnames)? {
        classes.entry(name).or_default().1 = class(millionths, &SURNAME_CLASSES);
    }
    let lines: String = classes.iter().map(|(name, (given, surname))| format!("{name} {given}{surname}\n")).collect();
    fs::write(lexicon.join("name_frequencies.txt"), &lines)?;
    println!("{} names, {} bytes", classes.len(), lines.len());
    Ok(())
}

/// Names with their share of both sexes together: half of the share of one.
fn given_names(paths: &[&String]) -> Result<BTreeMap<String, u64>, Box<dyn Error>> {
    let mut names = BTreeMap::new();
    for path in paths {
        for line in fs::read_to_string(path)?.lines() {
            let mut columns = line.split_whitespace();
            let (Some(name), Some(share)) = (columns.next(), columns.next()) else { continue };
            // "1.035" per cent of one sex.
            let thousandths: u64 = share.replace('.', "").parse()?;
            *names.entry(name.to_lowercase()).or_default() += thousandths * 5;
        }
    }
    Ok(names)
}

fn frequent_surnames(path: &str) -> Result<Vec<(String, u64)>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let mut counts = Vec::new();
    for line in text.lines().skip(1) {
        let (name, count) = line.split_once(',').ok_or("a line without a comma")?;
        counts.push((name.trim_matches('"').to_lowercase(), count.trim().parse::<u64>()?));
    }
    let people: u64 = counts.iter().map(|(_, count)| count).sum();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(SURNAMES_KEPT);
    Ok(counts.into_iter().map(|(name, count)| (name, count * 1_000_000 / people)).collect())
}

fn class(millionths: u64, lowest: &[u64; 6]) -> u8 {
    1 + lowest.iter().map(|least| u8::from(millionths >= *least)).sum::<u8>()
}
