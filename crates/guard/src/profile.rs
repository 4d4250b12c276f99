//! What the guard knows about the practice: the names, numbers and addresses that are public
//! because they are the practice's own.

use serde::{Deserialize, Serialize};

/// The practice's own facts and the public help lines: everything that must not raise an alarm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// The practice itself.
    pub practice: PracticeFacts,
    /// Numbers that belong to the public: emergency, help lines, quit lines.
    pub public_numbers: Vec<String>,
    /// Domains that may be linked by anybody: federal agencies, national bodies.
    pub public_domains: Vec<String>,
}

/// Names, places and contacts of the practice. Missing fields are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PracticeFacts {
    /// Full name.
    pub name: String,
    /// Short names and abbreviations in use.
    pub short_names: Vec<String>,
    /// State, in full.
    pub state: String,
    /// City of the practice.
    pub city: String,
    /// County of the practice.
    pub county: String,
    /// Street address in one line.
    pub address: String,
    /// Phone numbers in any format.
    pub phones: Vec<String>,
    /// Fax numbers in any format.
    pub fax: Vec<String>,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Own domains; subdomains belong to them.
    pub domains: Vec<String>,
    /// Own handles on networks, with or without `@`.
    pub handles: Vec<String>,
    /// Everybody who works here, with or without title and credentials.
    pub staff: Vec<String>,
    /// Colleagues elsewhere who agreed to be named.
    pub colleagues: Vec<String>,
    /// Specialty, for example "family medicine".
    pub specialty: String,
}

/// National help lines. 911, 988, 211 and the poison, quit and FDA lines; the sexual assault,
/// domestic violence, SAMHSA, veterans and maternal mental health lines are public knowledge too.
const PUBLIC_NUMBERS: &[&str] = &[
    "911",
    "988",
    "211",
    "311",
    "711",
    "1-800-222-1222",
    "1-800-QUIT-NOW",
    "1-800-784-8669",
    "1-855-DEJELO-YA",
    "1-800-FDA-1088",
    "1-800-799-7233",
    "1-800-662-4357",
    "1-800-656-4673",
    "1-800-273-8255",
    "1-833-852-6262",
    "1-800-232-4636",
    "1-800-MEDICARE",
    "1-800-822-7967",
    "741741",
    "47848",
];

/// Public bodies whose pages a practice may link. Every `.gov` and `.mil` domain is public anyway.
const PUBLIC_DOMAINS: &[&str] = &[
    "cdc.gov",
    "nih.gov",
    "medlineplus.gov",
    "odphp.health.gov",
    "health.gov",
    "fda.gov",
    "usda.gov",
    "988lifeline.org",
    "heart.org",
    "uspreventiveservicestaskforce.org",
    "who.int",
    "epa.gov",
];

impl Default for Profile {
    fn default() -> Profile {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Profile {
            practice: PracticeFacts::default(),
            public_numbers: owned(PUBLIC_NUMBERS),
            public_domains: owned(PUBLIC_DOMAINS),
        }
    }
}
