//! The guard on the command line: JSON lines in, JSON lines out, in the same order.
//!
//! In: `{"id", "text", "context", "lang", "in_reply_to"?}`. Out: `{"id", "findings": […]}`, each
//! finding with its `replacement` where there are words that mend it. A line that cannot be read gives `{"id"?, "error"}` and the next line is read.

use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::context::{Context, Lang};
use crate::finding::Finding;
use crate::guard::{Guard, Text};

/// Longest line that is read, in bytes; far above any post.
const LONGEST_LINE: usize = 4 * 1024 * 1024;

#[derive(Deserialize)]
struct Question {
    #[serde(default)]
    id: Value,
    text: String,
    context: Context,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    in_reply_to: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    id: Value,
    findings: Vec<Finding>,
}

/// Why a line got no answer.
#[derive(Serialize)]
pub(crate) struct Refusal {
    #[serde(skip_serializing_if = "Value::is_null")]
    id: Value,
    error: String,
}

impl Refusal {
    /// A line may be JSON and still no question; its id then tells the caller which one failed.
    pub(crate) fn of(line: &[u8], error: String) -> Refusal {
        let id = match serde_json::from_slice::<Value>(line) {
            Ok(Value::Object(mut fields)) => fields.remove("id").unwrap_or(Value::Null),
            _ => Value::Null,
        };
        Refusal { id, error }
    }
}

/// Reads questions until the input ends and answers each on its own line.
///
/// # Errors
/// Only when reading or writing itself fails; a bad line is answered and passed over.
pub fn pipe(input: impl BufRead, output: impl Write, guard: &Guard) -> io::Result<()> {
    answer_lines(input, output, |line| answer(line, guard))
}

/// The conversation itself, whatever is asked: each line gets one line, in order.
pub(crate) fn answer_lines<A: Serialize>(
    mut input: impl BufRead,
    mut output: impl Write,
    answer: impl Fn(&[u8]) -> Result<A, Refusal>,
) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return output.flush();
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answered = if line.len() > LONGEST_LINE {
            Err(Refusal { id: Value::Null, error: format!("the line is longer than {LONGEST_LINE} bytes") })
        } else {
            answer(&line)
        };
        match answered {
            Ok(answer) => serde_json::to_writer(&mut output, &answer)?,
            Err(refusal) => serde_json::to_writer(&mut output, &refusal)?,
        }
        output.write_all(b"\n")?;
        output.flush()?;
    }
}

fn answer(line: &[u8], guard: &Guard) -> Result<Answer, Refusal> {
    let question: Question = serde_json::from_slice(line)
        .map_err(|error| Refusal::of(line, format!("not a question the guard can read: {error}")))?;
    let findings = guard.advise(&Text {
        text: &question.text,
        context: question.context,
        lang: Lang::from_tag(question.lang.as_deref().unwrap_or_default()),
        in_reply_to: question.in_reply_to.as_deref(),
    });
    Ok(Answer { id: question.id, findings })
}
