//! The pieces of a template, in the order of the file: safety, check-in, weeks, facts, story prompts, recipes.

use serde::{Deserialize, Serialize};

use super::{Text, WEEKS};

/// What keeps people safe in this challenge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Safety {
    /// General information, not advice.
    pub general: Text,
    /// 911, 988 and that comments are not watched.
    pub get_help: Text,
    /// Notes for groups of people.
    pub notes: Vec<SafetyNote>,
}

/// A safety note for one group of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyNote {
    /// Who reads it.
    #[serde(rename = "for")]
    pub reader: Reader,
    /// Whom it is about.
    pub who: Text,
    /// What they should know.
    pub text: Text,
}

/// Who reads a safety note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// Everybody who opens the challenge.
    Patients,
    /// Only the practice's people who answer comments.
    Moderators,
}

/// The one question a member answers each day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkin {
    /// The question.
    pub question: Text,
    /// How it is answered.
    #[serde(rename = "type")]
    pub answer: Answer,
    /// What is counted, for example "swap days".
    pub unit: Text,
    /// How many units a week are the goal.
    pub weekly_target: u32,
    /// The choices, for [`Answer::Choice`] only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Text>,
    /// The privacy rule, for staff.
    pub privacy: String,
}

/// How a check-in is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes or no.
    YesNo,
    /// A whole number of units.
    Number,
    /// One or more of the options.
    Choice,
}

/// What counts as success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Success {
    /// For one member; never compared with another.
    pub person: Text,
    /// For the group, for staff.
    pub group: String,
}

/// One of the four weeks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Week {
    /// 1 to 4.
    pub week: usize,
    /// One or two words.
    pub theme: Text,
    /// One sentence.
    pub lead: Text,
    /// Seven actions.
    pub daily: Vec<Action>,
    /// The first is posted; the others wait in the composer.
    pub questions: Vec<Text>,
}

/// The small action of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// 1 to 28.
    pub day: usize,
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
}

impl Action {
    /// The action in both languages.
    #[must_use]
    pub fn text(&self) -> Text {
        Text { en: self.en.clone(), es: self.es.clone() }
    }
}

/// A health fact. Nobody signs it before a person opened its source and ticked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The fact.
    pub text: Text,
    /// The fact for a short network, where text and source together would be too long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<Text>,
    /// Who says it.
    pub publisher: String,
    /// The page's title.
    pub title: String,
    /// The page.
    pub url: String,
    /// Where the fact comes from.
    pub status: FactStatus,
    /// Always true in the library: the page must be opened before the fact is signed.
    pub check_before_publishing: bool,
    /// What staff must know before they sign it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff_note: Option<String>,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactStatus {
    /// Read in a stored copy of the page, whose age varies.
    StoredSource,
    /// Written from general knowledge; the page was not read.
    GeneralKnowledge,
}

/// Invitations to tell a story, one for each week. None of them asks for a success only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharePrompts {
    /// Week 1: why people join.
    pub start: Text,
    /// Week 2: what got in the way.
    pub failure: Text,
    /// Week 3: who or what helps.
    pub helper: Text,
    /// Week 4: what changed.
    pub success: Text,
}

impl SharePrompts {
    /// The prompts in the order of the weeks.
    #[must_use]
    pub fn by_week(&self) -> [&Text; WEEKS] {
        [&self.start, &self.failure, &self.helper, &self.success]
    }
}

/// A recipe, or a how-to where the challenge is not about food.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Which of the two.
    pub kind: RecipeKind,
    /// Its name.
    pub title: Text,
    /// Time it takes.
    pub minutes: u32,
    /// People served, for recipes only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serves: Option<u32>,
    /// What is needed, for recipes only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ingredients: Vec<Text>,
    /// What to do, in order.
    pub steps: Vec<Text>,
    /// What keeps people safe, or makes it work.
    pub note: Text,
    /// The text for a short network, where the one composed from title and note would be too long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<Text>,
}

/// A recipe or a how-to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecipeKind {
    /// Something to cook or drink.
    Recipe,
    /// Something to do.
    HowTo,
}
