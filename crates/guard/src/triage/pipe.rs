//! Triage on the command line: JSON lines in, JSON lines out, in the same order.
//!
//! In: `{"id", "kind", "stars", "text", "lang"}`, of which only the text must be there. Out: `{"id", "class", "signals":
//! [{"signal", "span", "start", "end"}]}`. A line that cannot be read gives `{"id"?, "error"}` and the next line is read.

use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Signal, Verdict, triage};
use crate::pipe::{Refusal, answer_lines};

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    id: Value,
    text: String,
    #[serde(default)]
    stars: Option<f32>,
}

#[derive(Serialize)]
struct Sorted {
    id: Value,
    class: &'static str,
    signals: Vec<Signal>,
}

/// Reads messages until the input ends and sorts each on its own line.
///
/// # Errors
/// Only when reading or writing itself fails; a bad line is answered and passed over.
pub fn pipe(input: impl BufRead, output: impl Write) -> io::Result<()> {
    answer_lines(input, output, |line| {
        let message: Message = serde_json::from_slice(line)
            .map_err(|error| Refusal::of(line, format!("not a message that can be sorted: {error}")))?;
        // Half stars round up; a number that is none of stars becomes the nearest one that is.
        let stars = message.stars.map(|stars| stars.round().clamp(0.0, 5.0) as u8);
        let Verdict { class, signals } = triage(&message.text, stars);
        Ok(Sorted { id: message.id, class: class.as_str(), signals })
    })
}
