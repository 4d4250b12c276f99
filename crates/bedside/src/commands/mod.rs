//! The command line: one file a command.

mod audit;
mod backup;
pub mod demo;
mod doctor;
mod export;
mod guard;
mod new_password;
mod serve;
mod set_up_link;
mod triage;

use std::{
    io::{self, Write},
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
};

use clap::Subcommand;

use crate::config::Options;

pub use serve::{Running, start};

/// What Bedside can do.
#[allow(missing_docs, reason = "the fields without a text are groups of options, each of which has its own")]
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Serve pages and publish (this is also what happens without a command)
    Serve(Options),
    /// Open the example practice with a running challenge and a filled inbox; nothing leaves this machine
    Demo {
        /// Address to listen on
        #[arg(long, value_name = "ADDR", default_value = crate::config::LISTEN)]
        listen: SocketAddr,
    },
    /// Read texts as JSON lines on standard input and write what the guard finds as JSON lines
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Guard {
        /// The practice's facts as JSON: what may pass because it is the practice's own
        #[arg(long, value_name = "FILE", required = true)]
        practice: Option<PathBuf>,
        #[command(subcommand)]
        command: Option<GuardCommand>,
    },
    /// Read messages as JSON lines on standard input and write the playbook's class of each, with what made it so
    Triage,
    /// The record of decisions
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Say in plain words what is wrong with this installation and how to mend it
    Doctor(Options),
    /// Print a one-time link for somebody who forgot the password while no owner can make one
    NewPassword {
        /// The e-mail address they sign in with
        #[arg(long, value_name = "ADDRESS")]
        email: String,
        #[command(flatten)]
        options: Options,
    },
    /// Print a one-time link that sets one more practice up on this installation
    SetUpLink(Options),
    /// Copy the whole installation (database, media, key) into a new folder, also while it runs
    Backup {
        /// The folder that is made; it must not exist yet
        folder: PathBuf,
        #[command(flatten)]
        options: Options,
    },
    /// Put a backup into an empty data folder. What fell due since is looked for on the networks before anything is sent
    Restore {
        /// A folder that `bedside backup` made
        folder: PathBuf,
        #[command(flatten)]
        options: Options,
    },
    /// Write all data of each practice as JSON files, without secrets
    Export {
        /// The folder that is made; it must not exist yet
        folder: PathBuf,
        #[command(flatten)]
        options: Options,
    },
}

/// Commands about the guard itself.
#[derive(Subcommand, Debug)]
pub enum GuardCommand {
    /// List the rules: what each is about, how grave its findings are in each context, and its page for staff
    Rules {
        /// As JSON, one object for each rule
        #[arg(long)]
        json: bool,
    },
}

/// Commands about the audit log.
#[derive(Subcommand, Debug)]
pub enum AuditCommand {
    /// Prove that no entry was changed, removed or put in
    Verify(Options),
}

/// Runs a command to its end.
///
/// # Errors
/// With a sentence for the person at the terminal.
pub fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(options) => runtime()?.block_on(serve::serve(options)),
        Command::Demo { listen } => runtime()?.block_on(demo::demo(listen)),
        Command::Guard { command: Some(GuardCommand::Rules { json }), .. } => guard::rules(json),
        Command::Guard { practice, .. } => guard::read(&practice.unwrap_or_default()),
        Command::Triage => triage::read(),
        Command::Audit { command: AuditCommand::Verify(options) } => runtime()?.block_on(audit::verify(options)),
        Command::Doctor(options) => runtime()?.block_on(doctor::examine(options)),
        Command::NewPassword { email, options } => runtime()?.block_on(new_password::new_password(options, &email)),
        Command::SetUpLink(options) => runtime()?.block_on(set_up_link::set_up_link(options)),
        Command::Backup { folder, options } => runtime()?.block_on(backup::backup(options, &folder)),
        Command::Restore { folder, options } => runtime()?.block_on(backup::restore(options, &folder)),
        Command::Export { folder, options } => runtime()?.block_on(export::export(options, &folder)),
    }
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// A line for the person at the terminal. A closed terminal is not an error.
pub fn say(line: &str) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// A line about a failure.
pub fn say_error(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
