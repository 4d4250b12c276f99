//! `bedside triage`: inbound messages on a pipe, sorted into the playbook.

use std::{
    io::{self, BufWriter},
    process::ExitCode,
};

use anyhow::Context;
use bedside_guard::triage::pipe;

pub(super) fn read() -> anyhow::Result<ExitCode> {
    pipe(io::stdin().lock(), BufWriter::new(io::stdout().lock())).context("reading or writing stopped")?;
    Ok(ExitCode::SUCCESS)
}
