//! A challenge template: everything a month needs, in English and Spanish, as data.
//!
//! The twelve ready ones are in [`super::library`]; a practice copies one and edits the copy, so reading and
//! checking are the same for both. Reading order: [`Template`], its `pieces`, then the rules in `check`.

use serde::{Deserialize, Serialize};

mod check;
mod pieces;

pub use pieces::{
    Action, Answer, Checkin, Fact, FactStatus, Reader, Recipe, RecipeKind, Safety, SafetyNote, SharePrompts, Success,
    Week,
};

/// Length of every challenge, in days.
pub const DAYS: i64 = 28;
/// Weeks of every challenge.
pub const WEEKS: usize = 4;

/// Why a template cannot be used: where, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {place}: {what}")]
pub struct TemplateProblem {
    /// The file's name.
    pub file: String,
    /// The place in the file, for example `weeks[2].daily[4]`, or `line 12 column 3`.
    pub place: String,
    /// What is wrong there, in words.
    pub what: String,
}

/// The languages in which a challenge speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    English,
    /// Spanish, formal (`usted`).
    Spanish,
}

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
}

impl Text {
    /// The text in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Spanish => &self.es,
        }
    }

    /// Composes a text, once for each language.
    pub fn compose(mut words: impl FnMut(Language) -> String) -> Self {
        Self { en: words(Language::English), es: words(Language::Spanish) }
    }
}

/// Whether a named person has read the Spanish of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpanishReview {
    /// Nobody has read it yet. Screens say so before a Spanish text is signed.
    Unreviewed,
    /// Read and found good by the person in `spanish_reviewed_by`.
    Reviewed,
}

/// One challenge: everything a month needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Stable name in addresses and pictures, for example `less-salt`.
    pub id: String,
    /// Grows with every change of the content.
    pub version: u32,
    /// Whether a person has read the Spanish.
    pub spanish_review: SpanishReview,
    /// The person who read it; required when it is reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spanish_reviewed_by: Option<String>,
    /// The name that patients see.
    pub title: Text,
    /// One line under the name.
    pub tagline: Text,
    /// The small, countable goal.
    pub goal: Text,
    /// For whom it is made.
    pub audience: Text,
    /// Months in which it fits best, 1 to 12.
    pub best_months: Vec<i8>,
    /// Names of observances that it fits.
    pub observances: Vec<String>,
    /// Behaviour-change techniques it uses, for staff.
    pub techniques: Vec<String>,
    /// Safety notes, shown on every page of the challenge.
    pub safety: Safety,
    /// The daily check-in.
    pub checkin: Checkin,
    /// What counts as success.
    pub success: Success,
    /// The four weeks.
    pub weeks: Vec<Week>,
    /// Facts, each with its source.
    pub facts: Vec<Fact>,
    /// Invitations to tell a story.
    pub share_prompts: SharePrompts,
    /// Four recipes or how-tos, one for each week.
    pub recipes: Vec<Recipe>,
    /// Steps that staff must take on the day a post goes out. Empty for most challenges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub publish_check: Vec<String>,
}

impl Template {
    /// Reads one template and checks it against the rules that every challenge keeps.
    ///
    /// # Errors
    /// [`TemplateProblem`] with the file's name and the place.
    pub fn from_yaml(file: &str, yaml: &str) -> Result<Self, TemplateProblem> {
        let template: Self = serde_yaml_ng::from_str(yaml).map_err(|error| TemplateProblem {
            file: file.to_owned(),
            place: error.location().map_or_else(
                || "the whole file".to_owned(),
                |place| format!("line {} column {}", place.line(), place.column()),
            ),
            what: error.to_string(),
        })?;
        match template.problems(file).into_iter().next() {
            None => Ok(template),
            Some(problem) => Err(problem),
        }
    }

    /// Everything that is wrong with this template, in the order of the file: for the page on which a practice
    /// edits its copy. Empty when it can be planned.
    #[must_use]
    pub fn problems(&self, file: &str) -> Vec<TemplateProblem> {
        let found = check::problems(self).into_iter();
        let named = |(place, what)| TemplateProblem { file: file.to_owned(), place, what };
        found.map(named).collect()
    }

    /// The safety notes that patients see. Notes for moderators are never among them.
    pub fn patient_notes(&self) -> impl Iterator<Item = &SafetyNote> {
        self.safety.notes.iter().filter(|note| note.reader == Reader::Patients)
    }

    /// The safety notes for the people who read and answer comments.
    pub fn moderator_notes(&self) -> impl Iterator<Item = &SafetyNote> {
        self.safety.notes.iter().filter(|note| note.reader == Reader::Moderators)
    }
}
