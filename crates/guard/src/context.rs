//! The four words that every part of the guard speaks: where a text goes, how grave a finding is,
//! what it is about, and in which language the text is written.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A word that is not one of the names of a [`Context`], [`Severity`] or [`Category`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{word}\" is not a known {kind}")]
pub struct UnknownWord {
    /// What was looked for: "context", "severity" or "category".
    pub kind: &'static str,
    /// The word that was given.
    pub word: String,
}

/// Declares an enum with one snake_case word for each variant, used in JSON, in the database and
/// on the command line alike.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident ($kind:literal) { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The word used in JSON, in the database and on the command line.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok($name::$variant),)+
                    _ => Err(UnknownWord { kind: $kind, word: word.to_owned() }),
                }
            }
        }
    };
}

words! {
    /// Where a text will be read.
    Context("context") {
        /// A public post by the practice.
        Post = "post",
        /// The practice's public reply to a review.
        ReviewReply = "review_reply",
        /// The practice's public reply to a comment.
        CommentReply = "comment_reply",
        /// A participant's own words, before they are shown.
        Story = "story",
        /// A case or advice thread between clinicians.
        ColleagueCase = "colleague_case",
    }
}

impl Context {
    /// A public reply to one person, where even a thank-you can confirm that they are a patient.
    pub fn is_reply(self) -> bool {
        matches!(self, Context::ReviewReply | Context::CommentReply)
    }
}

words! {
    /// How grave a finding is. Ordered: `Note < Warn < Block`.
    Severity("severity") {
        /// A hint; no click needed.
        Note = "note",
        /// The author fixes it, or keeps it and says why.
        Warn = "warn",
        /// Does not leave; only the privacy lead may keep some of these, with a reason.
        Block = "block",
    }
}

words! {
    /// What a finding is about.
    Category("category") {
        /// A person's name, initials or alias.
        Name = "name",
        /// A date tied to a person.
        Date = "date",
        /// Phone, fax, e-mail, profile link, handle, IP address.
        Contact = "contact",
        /// A number that belongs to one person or device.
        IdNumber = "id_number",
        /// A place smaller than a state.
        Location = "location",
        /// An age of 90 or more.
        Age = "age",
        /// A picture, video or voice of a person.
        Photo = "photo",
        /// A sentence that says somebody is, or is not, a patient.
        Relationship = "relationship",
        /// Health or payment details of the person who is answered.
        PhiDetail = "phi_detail",
        /// A role or an event by which a person can be recognised.
        Indirect = "indirect",
        /// A cure, a guarantee, a superlative.
        Claim = "claim",
        /// Personal medical advice.
        Advice = "advice",
        /// A figure or a study without its source.
        NoSource = "no_source",
        /// A child who can be recognised.
        Minor = "minor",
        /// A reward for a review.
        Incentive = "incentive",
        /// Anger, insult, threat.
        Hostile = "hostile",
        /// A person who may need help now.
        Emergency = "emergency",
    }
}

/// The language of a text. The guard knows English and Spanish; every other tag is read as English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Lang {
    /// Reads a language tag such as `es`, `es-MX` or `en_US`.
    pub fn from_tag(tag: &str) -> Lang {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("es") || primary.eq_ignore_ascii_case("spa") { Lang::Es } else { Lang::En }
    }

    /// The primary tag: `en` or `es`.
    pub fn as_str(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Es => "es",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_the_round_trip() {
        for category in Category::ALL {
            assert_eq!(category.as_str().parse(), Ok(*category));
        }
        for context in Context::ALL {
            assert_eq!(context.as_str().parse(), Ok(*context));
        }
        assert!("memo".parse::<Context>().is_err());
    }

    #[test]
    fn severity_is_ordered() {
        assert!(Severity::Note < Severity::Warn && Severity::Warn < Severity::Block);
    }

    #[test]
    fn language_tags() {
        assert_eq!(Lang::from_tag("es-MX"), Lang::Es);
        assert_eq!(Lang::from_tag("en_US"), Lang::En);
        assert_eq!(Lang::from_tag(""), Lang::En);
    }
}
