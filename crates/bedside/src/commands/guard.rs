//! `bedside guard`: the guard on a pipe, for tests and for whoever wants to judge it.

use std::{
    fs,
    io::{self, BufWriter},
    path::Path,
    process::ExitCode,
};

use anyhow::Context;
use bedside_guard::{Guard, Profile, pipe};

pub(super) fn read(practice: &Path) -> anyhow::Result<ExitCode> {
    let text = fs::read_to_string(practice)
        .with_context(|| format!("the practice file {} cannot be read", practice.display()))?;
    let profile: Profile = serde_json::from_str(&text).with_context(|| {
        format!("the practice file {} is not in the form of JSON that is needed", practice.display())
    })?;
    pipe(io::stdin().lock(), BufWriter::new(io::stdout().lock()), &Guard::new(&profile))
        .context("reading or writing stopped")?;
    Ok(ExitCode::SUCCESS)
}
