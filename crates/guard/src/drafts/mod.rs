//! Safe drafts: what may be answered in public to a message of each class.
//!
//! Pure: a class, the message and the practice's role and phone go in, three short texts come out, which the guard clears.
//! Nothing is drafted for abuse (whoever hurts the person may read along) and for harassment, nor for a message that
//! speaks of a lawyer, of suing or of a death: there a person decides with counsel. The texts stand in `replies.txt`.
//!
//! ```
//! use bedside_guard::{Lang, drafts::{Asked, drafts}, triage::Class};
//!
//! let asked = Asked { class: Class::Billing, text: "Why two bills?", lang: Lang::En, role: "office manager", phone: "541-555-0100" };
//! assert_eq!(drafts(&asked).len(), 3);
//! assert!(drafts(&Asked { text: "I will sue you over this bill", ..asked }).is_empty());
//! ```

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::context::Lang;
use crate::triage::{Class, needs_counsel};

/// Where general information is, in each language (National Library of Medicine).
const SOURCE: (&str, &str) = ("https://medlineplus.gov", "https://medlineplus.gov/spanish");

/// The replies under their headings: class and language.
static REPLIES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut replies: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut heading = "";
    for line in include_str!("replies.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(named) => heading = named,
            None => replies.entry(heading).or_default().push(line),
        }
    }
    replies
});

/// A message that waits for an answer, and who answers it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What triage says of it.
    pub class: Class,
    /// Its words.
    pub text: &'a str,
    /// The language of the answer.
    pub lang: Lang,
    /// Who listens, for example "office manager"; in Spanish a feminine noun such as "gerencia".
    pub role: &'a str,
    /// The practice's phone; empty where there is none, and then drafts that need it are left out.
    pub phone: &'a str,
}

/// Three drafts, or none where nothing should be said in public.
pub fn drafts(asked: &Asked<'_>) -> Vec<String> {
    // A sentence that sends a person to help is never held back.
    if !asked.class.is_urgent() && needs_counsel(asked.text) {
        return Vec::new();
    }
    let source = if asked.lang == Lang::Es { SOURCE.1 } else { SOURCE.0 };
    let replies = model(asked.class, asked.lang).iter();
    replies
        .filter(|text| !asked.phone.is_empty() || !text.contains("{phone}"))
        .map(|text| text.replace("{role}", asked.role).replace("{phone}", asked.phone).replace("{source}", source))
        .collect()
}

/// The model replies of a class, nothing filled in; none where nothing is said in public.
pub fn model(class: Class, lang: Lang) -> &'static [&'static str] {
    REPLIES
        .get(format!("{class} {lang}", class = class.as_str(), lang = lang.as_str()).as_str())
        .map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_three_different_replies_in_both_languages_or_none() {
        for &class in Class::ALL {
            let wanted = if matches!(class, Class::Abuse | Class::Harassment) { 0 } else { 3 };
            for &lang in &[Lang::En, Lang::Es] {
                let mut replies = model(class, lang).to_vec();
                replies.sort_unstable();
                replies.dedup();
                assert_eq!(replies.len(), wanted, "{class:?} {lang:?}");
            }
        }
        assert_eq!(REPLIES.len(), 2 * (Class::ALL.len() - 2), "no heading is misspelled");
    }

    #[test]
    fn a_person_decides_where_a_lawyer_or_a_death_is_spoken_of() {
        let asked = |class, text| Asked { class, text, lang: Lang::En, role: "office", phone: "541-555-0100" };
        for text in ["My lawyer will call", "I'll sue", "He died in your office", "Mi abogado", "mi padre murió"] {
            assert!(drafts(&asked(Class::NegativeClinical, text)).is_empty(), "{text}");
        }
        assert_eq!(drafts(&asked(Class::LegalPress, "I am a reporter")).len(), 3);
        assert_eq!(drafts(&asked(Class::SelfHarm, "My wife died and I want to die")).len(), 3);
    }

    #[test]
    fn without_a_phone_no_draft_has_a_hole() {
        let asked = Asked { class: Class::StoryOffer, text: "", lang: Lang::En, role: "office", phone: "" };
        assert_eq!(drafts(&asked).len(), 1);
    }
}
