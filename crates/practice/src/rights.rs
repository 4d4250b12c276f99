//! What a member may do. Rights add up; each is given by name, none follows from another but one: the owner
//! may give and take them.

use std::fmt;

/// The rights of a member.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rights {
    /// Runs the practice's installation: people, accounts, settings.
    pub owner: bool,
    /// A clinician: may sign health content.
    pub signs: bool,
    /// May write posts and answer messages.
    pub writes: bool,
    /// Alone may override what the guard blocks, with a reason.
    pub privacy_lead: bool,
    /// Is called when a message sounds like an emergency.
    pub on_call: bool,
}

const WORDS: [&str; 5] = ["owner", "signs", "writes", "privacy_lead", "on_call"];

impl Rights {
    /// All of them: the person who sets up.
    pub const ALL: Self = Self { owner: true, signs: true, writes: true, privacy_lead: true, on_call: true };

    /// From the words of the database or of a form. Unknown words are passed over.
    pub fn from_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut rights = Self::default();
        for word in words {
            match word.trim() {
                "owner" => rights.owner = true,
                "signs" => rights.signs = true,
                "writes" => rights.writes = true,
                "privacy_lead" => rights.privacy_lead = true,
                "on_call" => rights.on_call = true,
                _ => {}
            }
        }
        rights
    }

    /// From the stored form.
    pub fn from_stored(text: &str) -> Self {
        Self::from_words(text.split(' '))
    }

    /// The stored form: words with spaces between.
    pub fn stored(self) -> String {
        let held = [self.owner, self.signs, self.writes, self.privacy_lead, self.on_call];
        WORDS.iter().zip(held).filter(|(_, held)| *held).map(|(word, _)| *word).collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for Rights {
    /// "Owner, signs, writes": the line under a member's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = [
            (self.owner, "owner"),
            (self.signs, "signs"),
            (self.writes, "writes and answers"),
            (self.privacy_lead, "privacy lead"),
            (self.on_call, "on call"),
        ];
        let line = words.iter().filter(|(held, _)| *held).map(|(_, word)| *word).collect::<Vec<_>>().join(", ");
        let mut letters = line.chars();
        match letters.next() {
            Some(first) => write!(f, "{}{}", first.to_uppercase(), letters.as_str()),
            None => f.write_str("Named in posts only"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_survive_storing() {
        let rights = Rights { signs: true, on_call: true, ..Rights::default() };
        assert_eq!(Rights::from_stored(&rights.stored()), rights);
        assert_eq!(rights.to_string(), "Signs, on call");
        assert_eq!(Rights::from_stored(""), Rights::default());
    }
}
