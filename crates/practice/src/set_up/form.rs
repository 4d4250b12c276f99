//! What is typed at the first run, and what can be wrong with it. Pure.

use bedside_web::Mistakes;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::{
    facts::{Facts, list},
    members::NewMember,
    passwords,
    rights::Rights,
};

/// Rows for people that the page begins with.
const ROWS: usize = 3;
/// Longest line that a field takes, in bytes.
const LONGEST: usize = 400;

/// The form, field by field as typed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the fields are those of the page")]
pub struct TypedSetUp {
    pub name: String,
    pub short_names: String,
    pub specialty: String,
    pub address: String,
    pub city: String,
    pub county: String,
    pub state: String,
    pub time_zone: String,
    pub languages: String,
    pub phones: String,
    pub fax: String,
    pub emails: String,
    pub domains: String,
    pub handles: String,
    pub person_name: Vec<String>,
    pub person_credentials: Vec<String>,
    pub person_may: Vec<String>,
    pub rows: usize,
    pub owner_name: String,
    pub owner_credentials: String,
    pub owner_signs: String,
    pub email: String,
    #[serde(skip_serializing)]
    pub password: String,
    #[serde(skip_serializing)]
    pub more: String,
}

impl Default for TypedSetUp {
    fn default() -> Self {
        Self {
            name: String::new(),
            short_names: String::new(),
            specialty: String::new(),
            address: String::new(),
            city: String::new(),
            county: String::new(),
            state: String::new(),
            time_zone: String::new(),
            languages: "en es".to_owned(),
            phones: String::new(),
            fax: String::new(),
            emails: String::new(),
            domains: String::new(),
            handles: String::new(),
            person_name: Vec::new(),
            person_credentials: Vec::new(),
            person_may: Vec::new(),
            rows: ROWS,
            owner_name: String::new(),
            owner_credentials: String::new(),
            owner_signs: String::new(),
            email: String::new(),
            password: String::new(),
            more: String::new(),
        }
    }
}

/// One row of the table of people.
#[derive(Debug, Clone, Default)]
pub struct PersonRow {
    /// Number of the row, from 1.
    pub n: usize,
    /// Name as typed.
    pub name: String,
    /// Credentials or role as typed.
    pub credentials: String,
    /// `signs`, `writes`, `both` or empty.
    pub may: String,
}

impl TypedSetUp {
    /// Everything that must be mended before the practice can begin.
    pub fn mistakes(&self) -> Mistakes {
        let mut mistakes = Mistakes::default();
        let mut need = |field: &str, value: &str, words: &str| {
            if value.trim().is_empty() {
                mistakes.add(field, words);
            }
        };
        need("name", &self.name, "Write the practice’s full name, as on the door.");
        need("state", &self.state, "Write the state in full, for example Oregon.");
        need("city", &self.city, "Write the city or town. The guard stops it when it could point at a patient.");
        need("phones", &self.phones, "Write a phone number for patients. Safe answers name it.");
        need("owner_name", &self.owner_name, "Write your name, as it may stand under a post.");
        if self.time_zone.is_empty() || TimeZone::get(&self.time_zone).is_err() {
            mistakes.add("time_zone", "Choose the time zone of the practice, so that posts go out at the right hour.");
        }
        if !is_email(&self.email) {
            mistakes.add("email", "Write your whole e-mail address, for example maria@cedarhollow.example.");
        }
        for domain in list(&self.domains) {
            if !domain.contains('.') || domain.contains([' ', '@', '/']) {
                mistakes.add("domains", "Write the whole name of each domain, for example cedarhollow.example.");
                break;
            }
        }
        if let Some(words) = passwords::problem(&self.password) {
            mistakes.add("password", words);
        }
        let fields =
            [&self.name, &self.short_names, &self.address, &self.phones, &self.emails, &self.domains, &self.handles];
        if fields.iter().any(|value| value.len() > LONGEST) {
            mistakes.add("name", "One of the lines is longer than 400 characters. Please shorten it.");
        }
        mistakes
    }

    /// What stands under the field of the password, which comes back empty with every answer.
    pub fn password_hint(&self) -> &'static str {
        if self.password.is_empty() {
            "Twelve characters or more; a sentence is fine."
        } else {
            "Please type it once more: it is never kept. Twelve characters or more; a sentence is fine."
        }
    }

    /// What the practice says of itself.
    pub fn facts(&self) -> Facts {
        let trimmed = |text: &str| text.trim().to_owned();
        Facts {
            name: trimmed(&self.name),
            short_names: list(&self.short_names),
            state: trimmed(&self.state),
            city: trimmed(&self.city),
            county: trimmed(&self.county),
            address: trimmed(&self.address),
            phones: list(&self.phones),
            fax: list(&self.fax),
            emails: list(&self.emails),
            domains: list(&self.domains),
            handles: list(&self.handles),
            colleagues: Vec::new(),
            specialty: trimmed(&self.specialty),
        }
    }

    /// Language tags, the main one first.
    pub fn language_tags(&self) -> Vec<String> {
        match self.languages.as_str() {
            "es en" => vec!["es".to_owned(), "en".to_owned()],
            "en" => vec!["en".to_owned()],
            "es" => vec!["es".to_owned()],
            _ => vec!["en".to_owned(), "es".to_owned()],
        }
    }

    /// The rows of the table: those typed, filled up with empty ones.
    pub fn person_rows(&self) -> Vec<PersonRow> {
        let at = |list: &[String], n: usize| list.get(n).cloned().unwrap_or_default();
        (0..self.rows.clamp(self.person_name.len().max(1), 60))
            .map(|n| PersonRow {
                n: n + 1,
                name: at(&self.person_name, n),
                credentials: at(&self.person_credentials, n),
                may: at(&self.person_may, n),
            })
            .collect()
    }

    /// The people of the rows that have a name. They get no sign-in yet; the owner invites them later.
    pub fn people(&self) -> Vec<NewMember> {
        self.person_rows()
            .into_iter()
            .filter(|row| !row.name.trim().is_empty())
            .map(|row| NewMember {
                name: row.name.trim().to_owned(),
                credentials: row.credentials.trim().to_owned(),
                rights: Rights {
                    signs: row.may == "signs" || row.may == "both",
                    writes: row.may == "writes" || row.may == "both",
                    ..Rights::default()
                },
                ..NewMember::default()
            })
            .collect()
    }
}

/// Good enough to send to: one @, a dot behind it, nothing that breaks a header.
pub fn is_email(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 254
        && !text.contains(char::is_whitespace)
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@') && !host.ends_with('.')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> TypedSetUp {
        TypedSetUp {
            name: "Cedar Hollow Family Medicine".into(),
            state: "Oregon".into(),
            city: "Maple Falls".into(),
            phones: "(541) 555-0142".into(),
            time_zone: "America/Los_Angeles".into(),
            owner_name: "Maria Alvarez".into(),
            email: "maria@cedarhollow.example".into(),
            password: "a quiet waiting room".into(),
            ..TypedSetUp::default()
        }
    }

    #[test]
    fn a_whole_form_has_no_mistakes_and_an_empty_one_names_each() {
        assert!(typed().mistakes().is_empty());
        let empty = TypedSetUp::default().mistakes();
        for field in ["name", "state", "city", "phones", "owner_name", "time_zone", "email", "password"] {
            assert!(empty.of(field).is_some(), "{field}");
        }
        let domain = TypedSetUp { domains: "cedarhollow".into(), ..typed() };
        assert!(domain.mistakes().of("domains").is_some());
    }

    #[test]
    fn only_rows_with_a_name_become_people() {
        let typed = TypedSetUp {
            person_name: vec!["Ben Okafor".into(), " ".into()],
            person_credentials: vec!["MD".into(), "RN".into()],
            person_may: vec!["signs".into(), String::new()],
            ..typed()
        };
        let people = typed.people();
        assert_eq!(people.len(), 1);
        assert!(people[0].rights.signs && !people[0].rights.writes);
    }

    #[test]
    fn a_draft_never_holds_the_password() {
        let kept = serde_json::to_string(&typed()).unwrap_or_default();
        assert!(!kept.contains("waiting room"));
    }

    #[test]
    fn addresses_are_checked_with_sense() {
        assert!(is_email("maria@cedarhollow.example"));
        for wrong in ["maria", "maria@", "maria@host", "a b@c.d", "a@b@c.d", "a@b."] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }
}
