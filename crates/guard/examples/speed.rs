//! How long one look at a text of 3,000 characters takes: `cargo run --release -p bedside-guard
//! --example speed`. The specification asks for less than 20 ms.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a measuring program")]

use std::time::Instant;

use bedside_guard::{Context, Guard, Lang, Profile, Text};

/// Looks that are timed in each context.
const LOOKS: u32 = 200;
const PARAGRAPH: &str = "Thank you for taking the time to write. Our patient Denise Kowalski, 62, lost 40 pounds with \
    Dr. Alvarez; call 541-555-0142 or write to j a n e at gmail dot com. Gracias por su visita a nuestra página. No \
    vaccine is 100% effective, and the best time to take a walk is the time that works for you. ";

fn main() {
    let guard = Guard::new(&Profile::default());
    let text: String = PARAGRAPH.chars().cycle().take(3_000).collect();
    for context in Context::ALL {
        let question = Text { text: &text, context: *context, lang: Lang::En, in_reply_to: None };
        let first = Instant::now();
        let findings = guard.look(&question).len();
        let first = first.elapsed();
        let start = Instant::now();
        for _ in 0..LOOKS {
            std::hint::black_box(guard.look(&question));
        }
        let looked = start.elapsed() / LOOKS;
        let advised = Instant::now();
        for _ in 0..LOOKS {
            std::hint::black_box(guard.advise(&question));
        }
        let advised = advised.elapsed() / LOOKS;
        println!(
            "{context:<15} first {first:>10.2?}, then {:>10.2?} each, {findings} findings, advised {advised:>10.2?}",
            looked
        );
    }
}
