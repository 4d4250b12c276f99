//! National Health Observances: months, weeks and days on which a topic is in everybody's mouth, so that a
//! practice's posts find open ears.
//!
//! There is no feed of them that a program could read, so they are data with rules
//! (`content/observances.yaml`), embedded in the program. Some are sensitive: they carry information and help
//! lines and are never made into a contest. Names and dates come from general knowledge and each carries the
//! mark that a person must check it once a year.
//!
//! Reading order: [`Calendar`], [`Observance`], then [`Rule`] in `rule.rs`.

pub mod on_calendar;
mod rule;

use jiff::civil::Date;
use serde::Deserialize;

pub use rule::{Rule, Weekday};

const FILE: &str = "observances.yaml";
const YAML: &str = include_str!("../../content/observances.yaml");

/// The observances of any year.
#[derive(Debug, Clone)]
pub struct Calendar {
    check_each_year: bool,
    entries: Vec<Entry>,
}

/// An observance in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observance {
    /// Its name in English.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day; the same as the first for a single day.
    pub to: Date,
    /// Information and help lines only, never a contest.
    pub sensitive: bool,
    /// What to offer with a sensitive one: a help line, or what not to say.
    pub help: Option<String>,
    /// Ids of the challenge templates that fit.
    pub challenges: Vec<String>,
    /// A person must check name and dates once a year.
    pub check_each_year: bool,
}

/// Why the observances cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {what}")]
pub struct CalendarProblem {
    /// The file's name.
    pub file: String,
    /// What is wrong, with its place.
    pub what: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    check_each_year: bool,
    observances: Vec<Entry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    rule: Rule,
    challenges: Vec<String>,
    sensitive: bool,
    help: Option<String>,
}

impl Calendar {
    /// Reads the embedded observances.
    ///
    /// # Errors
    /// [`CalendarProblem`] with the place. The embedded file passes in the tests, so at run time this can only
    /// fail in a program that was built from broken content.
    pub fn embedded() -> Result<Self, CalendarProblem> {
        Self::from_yaml(FILE, YAML)
    }

    fn from_yaml(file: &str, yaml: &str) -> Result<Self, CalendarProblem> {
        let problem = |what: String| CalendarProblem { file: file.to_owned(), what };
        let read: File = serde_yaml_ng::from_str(yaml).map_err(|error| problem(error.to_string()))?;
        for (n, entry) in read.observances.iter().enumerate() {
            // A date that a year can lack is missing in a leap year or in the year after it.
            if entry.rule.days(2028).is_none() || entry.rule.days(2029).is_none() {
                return Err(problem(format!("observances[{n}].rule: {} does not come every year", entry.name)));
            }
        }
        Ok(Self { check_each_year: read.check_each_year, entries: read.observances })
    }

    /// What is observed in a month, also when it begins before or ends after it. By first day, then as in the
    /// file. Empty for a month that does not exist.
    #[must_use]
    pub fn observances_in(&self, year: i16, month: i8) -> Vec<Observance> {
        let Ok(first) = Date::new(year, month, 1) else {
            return Vec::new();
        };
        let last = first.last_of_month();
        let years = [year.saturating_sub(1), year];
        let mut found: Vec<Observance> = years
            .into_iter()
            .flat_map(|year| self.entries.iter().filter_map(move |entry| self.in_year(entry, year)))
            .filter(|observance| observance.from <= last && observance.to >= first)
            .collect();
        found.sort_by_key(|observance| observance.from);
        found
    }

    fn in_year(&self, entry: &Entry, year: i16) -> Option<Observance> {
        let (from, to) = entry.rule.days(year)?;
        Some(Observance {
            name: entry.name.clone(),
            from,
            to,
            sensitive: entry.sensitive,
            help: entry.help.clone(),
            challenges: entry.challenges.clone(),
            check_each_year: self.check_each_year,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use jiff::civil::date;

    use super::*;

    fn days_of(name: &str, year: i16, month: i8) -> (Date, Date) {
        let found = Calendar::embedded().unwrap().observances_in(year, month);
        let observance = found.iter().find(|observance| observance.name.contains(name));
        observance.map(|observance| (observance.from, observance.to)).unwrap_or_else(|| panic!("{name} {year}-{month}"))
    }

    #[test]
    fn known_days_of_2027() {
        for (name, from, to) in [
            ("American Heart Month", date(2027, 2, 1), date(2027, 2, 28)),
            ("Wear Red Day", date(2027, 2, 5), date(2027, 2, 5)),
            ("Eating Disorders", date(2027, 2, 22), date(2027, 2, 28)),
            ("World Kidney Day", date(2027, 3, 11), date(2027, 3, 11)),
            ("Sleep Awareness Week", date(2027, 3, 14), date(2027, 3, 20)),
            ("Public Health Week", date(2027, 4, 5), date(2027, 4, 11)),
            ("Walking Day", date(2027, 4, 7), date(2027, 4, 7)),
            ("Women's Health Week", date(2027, 5, 9), date(2027, 5, 15)),
            ("No Tobacco Day", date(2027, 5, 31), date(2027, 5, 31)),
            ("Breastfeeding Week", date(2027, 8, 1), date(2027, 8, 7)),
            ("Falls Prevention", date(2027, 9, 20), date(2027, 9, 26)),
            ("Smokeout", date(2027, 11, 18), date(2027, 11, 18)),
            ("Family Health History", date(2027, 11, 25), date(2027, 11, 25)),
            ("Antibiotic Awareness", date(2027, 11, 18), date(2027, 11, 24)),
            ("Influenza Vaccination Week", date(2027, 12, 6), date(2027, 12, 12)),
        ] {
            assert_eq!(days_of(name, 2027, from.month()), (from, to), "{name}");
        }
    }

    #[test]
    fn other_years_move_the_days() {
        assert_eq!(days_of("American Heart Month", 2028, 2), (date(2028, 2, 1), date(2028, 2, 29)));
        assert_eq!(days_of("Smokeout", 2026, 11).0, date(2026, 11, 19));
        assert_eq!(days_of("Family Health History", 2029, 11).0, date(2029, 11, 22));
        assert_eq!(days_of("Falls Prevention", 2026, 9), (date(2026, 9, 21), date(2026, 9, 27)));
    }

    #[test]
    fn a_week_across_two_months_is_in_both() {
        let week = (date(2026, 2, 23), date(2026, 3, 1));
        assert_eq!(days_of("Eating Disorders", 2026, 2), week);
        assert_eq!(days_of("Eating Disorders", 2026, 3), week);
    }

    #[test]
    fn months_have_no_gaps_and_are_in_order() {
        let calendar = Calendar::embedded().unwrap();
        for month in 1..=12 {
            let found = calendar.observances_in(2027, month);
            assert!(!found.is_empty(), "month {month}");
            assert!(found.is_sorted_by_key(|observance| observance.from));
            assert!(found.iter().all(|observance| observance.from <= observance.to && observance.check_each_year));
        }
        assert!(calendar.observances_in(2027, 13).is_empty());
    }

    #[test]
    fn sensitive_ones_offer_help() {
        let calendar = Calendar::embedded().unwrap();
        let sensitive = calendar.entries.iter().filter(|entry| entry.sensitive);
        assert!(sensitive.clone().all(|entry| entry.help.is_some()));
        assert!(calendar.entries.iter().all(|entry| entry.sensitive || entry.help.is_none()));
        assert_eq!(sensitive.count(), 13);
    }

    #[test]
    fn every_challenge_exists() {
        let templates = concat!(env!("CARGO_MANIFEST_DIR"), "/../engagement/content/challenges");
        for entry in Calendar::embedded().unwrap().entries {
            for id in entry.challenges {
                let file = std::path::Path::new(templates).join(format!("{id}.yaml"));
                assert!(file.is_file(), "{}: {id}", entry.name);
            }
        }
    }

    #[test]
    fn a_mistake_is_named_with_its_place() {
        let typo = YAML.replacen("type: fixed", "type: fixt", 1);
        let problem = Calendar::from_yaml(FILE, &typo).unwrap_err();
        assert!(problem.to_string().contains("observances.yaml") && problem.what.contains("fixt"), "{problem}");
        let never = YAML.replacen("month: 3, day: 30", "month: 2, day: 30", 1);
        assert_ne!(never, YAML);
        let problem = Calendar::from_yaml(FILE, &never).unwrap_err();
        assert!(problem.what.contains("National Doctors' Day does not come every year"), "{problem}");
    }
}
