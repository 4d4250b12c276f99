//! The allow-lists of one practice, in the form in which they are asked.

use std::collections::HashSet;

use super::normal::{fold, normal};
use super::words::words;
use crate::profile::Profile;

/// What belongs to the practice or to the public and raises no alarm.
#[derive(Debug, Default)]
pub(crate) struct Practice {
    /// Digits of numbers, without the country's 1; vanity letters as digits.
    numbers: HashSet<String>,
    domains: Vec<String>,
    emails: HashSet<String>,
    handles: HashSet<String>,
    /// The names of each known person, folded, without titles and credentials.
    people: Vec<Vec<String>>,
    /// Words of the practice's own name and places.
    own_words: HashSet<String>,
}

/// Titles and credentials that are no part of a name.
const TITLES: &[&str] = &[
    "dr",
    "dra",
    "doctor",
    "doctora",
    "mr",
    "mrs",
    "ms",
    "md",
    "do",
    "np",
    "pa",
    "rn",
    "lpn",
    "cna",
    "phd",
    "dnp",
    "fnp",
    "aprn",
    "ma",
    "bsn",
    "msn",
    "nurse",
    "enfermera",
    "c",
    "bc",
    "sra",
    "sr",
];

impl Practice {
    pub(crate) fn new(profile: &Profile) -> Practice {
        let facts = &profile.practice;
        let own_numbers = facts.phones.iter().chain(&facts.fax);
        let own_names = [&facts.name, &facts.city, &facts.county, &facts.address, &facts.state];
        let own_names = own_names.into_iter().chain(&facts.short_names);
        Practice {
            numbers: own_numbers.chain(&profile.public_numbers).map(|n| number(n)).collect(),
            domains: facts.domains.iter().chain(&profile.public_domains).map(|domain| domain.to_lowercase()).collect(),
            emails: facts.emails.iter().map(|email| email.to_lowercase()).collect(),
            handles: facts.handles.iter().map(|handle| handle_of(handle)).collect(),
            people: facts.staff.iter().chain(&facts.colleagues).map(|name| name_words(name)).collect(),
            own_words: own_names.flat_map(|name| folded_words(name)).collect(),
        }
    }

    /// Whether a phone number, in any format, is the practice's own or a public line.
    pub(crate) fn owns_number(&self, written: &str) -> bool {
        self.numbers.contains(&number(written))
    }

    /// Whether a host is an own or public domain, or under one. Government is public.
    pub(crate) fn owns_host(&self, host: &str) -> bool {
        let host = host.to_lowercase();
        let host = host.trim_end_matches('.');
        let government = [".gov", ".mil"].iter().any(|end| host.ends_with(end));
        government
            || self.domains.iter().any(|domain| {
                host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            })
    }

    pub(crate) fn owns_email(&self, email: &str) -> bool {
        let email = email.to_lowercase();
        let host = email.rsplit('@').next().unwrap_or_default();
        self.emails.contains(&email) || self.owns_host(host)
    }

    pub(crate) fn owns_handle(&self, handle: &str) -> bool {
        self.handles.contains(&handle_of(handle))
    }

    /// Whether all these words are names of one known person: full name, first or last name.
    pub(crate) fn knows(&self, name: &[&str]) -> bool {
        name.iter().any(|word| word.len() > 1)
            && self.people.iter().any(|person| {
                name.iter().all(|word| {
                    person.iter().any(|own| own == word)
                        || (word.len() == 1 && person.iter().any(|own| own.starts_with(word)))
                })
            })
    }

    /// Whether a folded word belongs to the practice's name or places.
    pub(crate) fn own_word(&self, folded: &str) -> bool {
        self.own_words.contains(folded)
    }
}

/// The digits of a number, letters as on a phone's keys, without the country's 1.
fn number(written: &str) -> String {
    let digits: String = fold(written)
        .chars()
        .filter_map(|c| match c {
            '0'..='9' => Some(c),
            'a'..='c' => Some('2'),
            'd'..='f' => Some('3'),
            'g'..='i' => Some('4'),
            'j'..='l' => Some('5'),
            'm'..='o' => Some('6'),
            'p'..='s' => Some('7'),
            't'..='v' => Some('8'),
            'w'..='z' => Some('9'),
            _ => None,
        })
        .collect();
    match digits.strip_prefix('1') {
        Some(rest) if rest.len() >= 10 => rest.to_owned(),
        _ => digits,
    }
}

fn handle_of(handle: &str) -> String {
    handle.trim_start_matches('@').to_lowercase()
}

fn folded_words(text: &str) -> Vec<String> {
    words(normal(text).text(), &fold(text)).into_iter().map(|word| word.folded.to_string()).collect()
}

fn name_words(name: &str) -> Vec<String> {
    let bare = name.split(',').next().unwrap_or_default();
    folded_words(bare).into_iter().filter(|word| !TITLES.contains(&word.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn practice() -> Practice {
        let facts = r#"{"practice": {"phones": ["(541) 555-0142"], "domains": ["cedarhollow.example"],
            "staff": ["Dr. María Alvarez", "Jordan Lee, NP"], "handles": ["@Cedar"]}}"#;
        let mut profile: Profile = serde_json::from_str(facts).unwrap_or_default();
        profile.public_numbers = Profile::default().public_numbers;
        Practice::new(&profile)
    }

    #[test]
    fn numbers_in_any_format() {
        let practice = practice();
        for own in ["+1 541.555.0142", "5415550142", "1-800-QUIT-NOW", "1-855-DÉJELO-YA", "988"] {
            assert!(practice.owns_number(own), "{own}");
        }
        assert!(!practice.owns_number("541-555-0143"));
    }

    #[test]
    fn hosts_and_their_subdomains() {
        let practice = practice();
        assert!(practice.owns_host("portal.cedarhollow.example") && practice.owns_host("www.cdc.gov"));
        assert!(!practice.owns_host("notcedarhollow.example"));
    }

    #[test]
    fn people_with_and_without_title() {
        let practice = practice();
        assert!(practice.knows(&["maria", "alvarez"]) && practice.knows(&["alvarez"]));
        assert!(practice.knows(&["jordan"]) && !practice.knows(&["maria", "lee"]));
    }
}
