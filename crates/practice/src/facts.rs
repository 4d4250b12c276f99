//! What the practice says of itself: names, places, numbers. Everything here is public and may stand in a post;
//! the guard lets it pass and stops everybody else's.

use serde::{Deserialize, Serialize};

/// The public facts of a practice. Stored as JSON with the practice; missing fields are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Full name.
    pub name: String,
    /// Names and abbreviations people use.
    pub short_names: Vec<String>,
    /// State, written out.
    pub state: String,
    /// City or town.
    pub city: String,
    /// County.
    pub county: String,
    /// Postal address in one line.
    pub address: String,
    /// Phones for patients, as people write them.
    pub phones: Vec<String>,
    /// Fax numbers.
    pub fax: Vec<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Own domains.
    pub domains: Vec<String>,
    /// Own handles on networks.
    pub handles: Vec<String>,
    /// Colleagues elsewhere who agreed to be named.
    pub colleagues: Vec<String>,
    /// Specialty, for example `family medicine`.
    pub specialty: String,
}

impl Facts {
    /// The shortest name the practice goes by, for the corner of the screen.
    pub fn short_name(&self) -> &str {
        self.short_names.first().map_or(self.name.as_str(), String::as_str)
    }
}

/// Splits what was typed into a one-line field: commas, semicolons and line ends separate.
pub fn list(typed: &str) -> Vec<String> {
    typed.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A part of an address for the practice: lower-case letters, digits and single hyphens.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        let plain = match letter {
            'á' | 'à' | 'ä' | 'â' => 'a',
            'é' | 'è' | 'ë' | 'ê' => 'e',
            'í' | 'ì' | 'ï' | 'î' => 'i',
            'ó' | 'ò' | 'ö' | 'ô' => 'o',
            'ú' | 'ù' | 'ü' | 'û' => 'u',
            'ñ' => 'n',
            other => other,
        };
        if plain.is_ascii_alphanumeric() {
            slug.push(plain);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(48);
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "practice".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses_and_lists_come_apart() {
        assert_eq!(slug("Cedar Hollow Family Medicine"), "cedar-hollow-family-medicine");
        assert_eq!(slug("Clínica Peña & Hijos"), "clinica-pena-hijos");
        assert_eq!(slug("???"), "practice");
        assert_eq!(list(" Cedar Hollow, CHFM ;"), ["Cedar Hollow", "CHFM"]);
    }
}
