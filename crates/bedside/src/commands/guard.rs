//! `bedside guard`: the guard on a pipe, for tests and for whoever wants to judge it, and the list of its rules.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufWriter, Write},
    path::Path,
    process::ExitCode,
};

use anyhow::Context;
use bedside_guard::{Category, Context as Reader, Guard, Profile, Severity, pipe, rules::ALL};
use serde::Serialize;

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

/// A rule as the list shows it.
#[derive(Serialize)]
struct Listed {
    id: &'static str,
    category: Category,
    /// For each context the gravest that it finds; nothing where it does not look.
    severity: BTreeMap<&'static str, Option<Severity>>,
    /// What staff read about it, in Markdown.
    page: String,
}

/// Prints every rule in the order in which they look.
pub(super) fn rules(json: bool) -> anyhow::Result<ExitCode> {
    let listed = ALL.iter().map(|rule| Listed {
        id: rule.id,
        category: rule.category,
        severity: Reader::ALL.iter().map(|context| (context.as_str(), rule.severity(*context))).collect(),
        page: rule.page(),
    });
    let listed: Vec<Listed> = listed.collect();
    let mut out = BufWriter::new(io::stdout().lock());
    let written = if json {
        serde_json::to_writer_pretty(&mut out, &listed).map_err(io::Error::from).and_then(|()| writeln!(out))
    } else {
        listed.iter().try_for_each(|rule| print(rule, &mut out))
    };
    written.and_then(|()| out.flush()).context("the list cannot be written")?;
    Ok(ExitCode::SUCCESS)
}

fn print(rule: &Listed, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} ({})", rule.id, rule.category)?;
    for (context, severity) in &rule.severity {
        writeln!(out, "  {context:<14} {}", severity.map_or("not looked for", Severity::as_str))?;
    }
    writeln!(out, "\n{}", rule.page)
}
