//! The guard's command-line conversation without the rest of Bedside:
//! `cargo run -p bedside-guard --example pipe -- practice.json < lines.jsonl`.

use std::error::Error;
use std::io;

use bedside_guard::{Guard, Profile, pipe};

fn main() -> Result<(), Box<dyn Error>> {
    let profile = match std::env::args().nth(1) {
        Some(file) => serde_json::from_slice(&std::fs::read(file)?)?,
        None => Profile::default(),
    };
    pipe(io::stdin().lock(), io::BufWriter::new(io::stdout().lock()), &Guard::new(&profile))?;
    Ok(())
}
