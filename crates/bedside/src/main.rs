//! `bedside`: see `bedside --help`.

use std::process::ExitCode;

use bedside::commands::{self, Command};
use clap::Parser;

/// Pages and rows are many small pieces that one thread makes and another drops; this allocator does that in half the
/// time of the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The social-media office of a small medical practice, on the practice's own server.
#[derive(Parser)]
#[command(name = "bedside", version, about, long_about = None, max_term_width = 100, after_help = "\
Without a command, `bedside` serves with the defaults: everything in the folder `data`, pages at http://127.0.0.1:7400.
At the first start it prints a link that sets the practice up.")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    options: bedside::config::Options,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // One TLS crypto provider, before anything can ask for one.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let command = arguments.command.unwrap_or(Command::Serve(arguments.options));
    match commands::run(command) {
        Ok(code) => code,
        Err(error) => {
            commands::say_error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
