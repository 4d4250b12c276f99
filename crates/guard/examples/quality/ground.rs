//! What every measure stands on: the two guards, the corpora, and the words for what was found.

use std::{
    error::Error,
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

use bedside_guard::{Category, Context, Finding, Guard, Lang, Profile, Severity, Text};
use serde::{Deserialize, de::DeserializeOwned};

/// Characters of a long text that are shown around what was missed.
const SHOWN: usize = 160;

/// Guards and the folder of the corpora.
pub(crate) struct Ground {
    /// For the example practice that the cases are about.
    pub(crate) cedar_hollow: Guard,
    /// For nobody in particular: all texts that are not ours.
    pub(crate) anybody: Guard,
    corpora: PathBuf,
}

/// A text with its identifiers marked, as the files of asq-phi and meddocan-dev have them.
#[derive(Deserialize)]
pub(crate) struct Marked {
    #[serde(default)]
    pub(crate) id: String,
    pub(crate) text: String,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    #[serde(rename = "type")]
    kind: String,
    /// In characters; none where the words of the mark do not stand in the text.
    start: Option<usize>,
    end: Option<usize>,
}

impl Ground {
    pub(crate) fn new(corpora: Option<&Path>) -> Result<Ground, Box<dyn Error>> {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let profile: Profile = serde_json::from_str(include_str!("../../tests/data/practice.json"))?;
        Ok(Ground {
            cedar_hollow: Guard::new(&profile),
            anybody: Guard::new(&Profile::default()),
            corpora: corpora.map_or_else(|| project.join("bench/guard/corpora"), Path::to_owned),
        })
    }

    /// A file of the corpora, or a sentence that says that it is absent.
    pub(crate) fn corpus(&self, file: &str) -> Result<String, String> {
        fs::read_to_string(self.corpora.join(file)).map_err(|_| format!("absent: {file}"))
    }
}

/// Reads JSON lines.
pub(crate) fn lines<T: DeserializeOwned>(content: &str) -> Result<Vec<T>, Box<dyn Error>> {
    content.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

impl Marked {
    /// Kind and place (in bytes) of each mark.
    pub(crate) fn marks(&self) -> Vec<(&str, Range<usize>)> {
        let places: Vec<usize> = self.text.char_indices().map(|(at, _)| at).chain([self.text.len()]).collect();
        let place = |span: &Span| Some(*places.get(span.start?)?..*places.get(span.end?)?);
        self.spans.iter().filter_map(|span| Some((span.kind.as_str(), place(span)?))).collect()
    }
}

/// Looks at a text that answers nothing.
pub(crate) fn look(guard: &Guard, text: &str, context: Context, lang: Lang) -> Vec<Finding> {
    guard.look(&Text { text, context, lang, in_reply_to: None })
}

/// Whether a finding touches a place.
pub(crate) fn touches(finding: &Finding, place: &Range<usize>) -> bool {
    finding.start < place.end && place.start < finding.end
}

/// A warning or a block: what the author has to answer for.
pub(crate) fn is_loud(finding: &&Finding) -> bool {
    finding.severity > Severity::Note
}

/// What identifies a person; peers look for the same.
pub(crate) fn is_identifier(category: Category) -> bool {
    use Category::{Age, Contact, Date, IdNumber, Location, Minor, Name};
    matches!(category, Name | Date | Contact | IdNumber | Location | Age | Minor)
}

/// The findings in a line: `block name "Denise"`.
pub(crate) fn told<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> String {
    let told: Vec<String> = findings
        .into_iter()
        .map(|finding| format!("{} {} {:?}", finding.severity, finding.category, finding.span))
        .collect();
    if told.is_empty() { "nothing".to_owned() } else { told.join("; ") }
}

/// The words around a place, in one line.
pub(crate) fn around(text: &str, place: &Range<usize>) -> String {
    let start = text[..place.start].char_indices().rev().nth(SHOWN).map_or(0, |(at, _)| at);
    let end = text[place.end..].char_indices().nth(SHOWN).map_or(text.len(), |(at, _)| place.end + at);
    let (before, after) = (if start > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
    format!("{before}{}{after}", text[start..end].replace(['\r', '\n'], " "))
}
