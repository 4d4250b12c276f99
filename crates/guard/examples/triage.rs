//! Triage in a program of one's own: JSON lines on standard input, sorted ones on standard output.
//!
//! `echo '{"id": 1, "text": "my chest hurts"}' | cargo run -p bedside-guard --example triage`

use std::io;

fn main() -> io::Result<()> {
    bedside_guard::triage::pipe(io::stdin().lock(), io::stdout().lock())
}
