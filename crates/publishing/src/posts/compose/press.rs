//! Which button of the form was pressed. Pure.

use super::typed::Fields;

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Press {
    /// Keep what is typed. Also the Enter key in a field.
    Save,
    /// Keep it in place of this newer version, which the person has seen.
    Over(i64),
    /// Take the chosen file in.
    AddPicture,
    /// Take a picture off the post: its media id.
    RemovePicture(String),
    /// Attach the chosen or the new source.
    AddSource,
    /// Take a source off the post: its id.
    RemoveSource(String),
    /// The person opened this source and it says so.
    Tick(String),
    /// Keep a finding: what it is called, and why.
    Keep {
        /// See [`super::findings::Found::key`].
        key: String,
        /// The reason as typed.
        reason: String,
        /// Number of the finding on the page, for the mistake at its field.
        n: String,
    },
    /// Put other words in the place of a finding.
    Replace(String),
    /// Take out the sentence in which a finding stands.
    Cut(String),
    /// Ask for a signature.
    Ask,
}

impl Press {
    /// From the field `do`: a word and, after a colon, what it is about.
    pub(super) fn from_fields(fields: &Fields) -> Self {
        let pressed = fields.all("do").last().unwrap_or_default();
        let (word, about) = pressed.split_once(':').unwrap_or((pressed, ""));
        let finding = || fields.first(&format!("finding_{about}")).to_owned();
        match word {
            "over" => about.parse().map_or(Self::Save, Self::Over),
            "add-picture" => Self::AddPicture,
            "remove-picture" => Self::RemovePicture(about.to_owned()),
            "add-source" => Self::AddSource,
            "remove-source" => Self::RemoveSource(about.to_owned()),
            "tick" => Self::Tick(about.to_owned()),
            "keep" => Self::Keep {
                key: finding(),
                reason: fields.first(&format!("reason_{about}")).trim().to_owned(),
                n: about.to_owned(),
            },
            "replace" => Self::Replace(finding()),
            "cut" => Self::Cut(finding()),
            "ask" => Self::Ask,
            _ => Self::Save,
        }
    }

    /// Where on the page the person goes on.
    pub(super) fn anchor(&self) -> &'static str {
        match self {
            Self::AddPicture | Self::RemovePicture(_) => "#pictures",
            Self::AddSource | Self::RemoveSource(_) | Self::Tick(_) => "#sources",
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_says_what_it_is_about() {
        let fields = |pairs: &[(&str, &str)]| {
            Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
        };
        let keep = fields(&[("finding_2", "text|claim|best"), ("reason_2", " A prize. "), ("do", "keep:2")]);
        let expected = Press::Keep { key: "text|claim|best".into(), reason: "A prize.".into(), n: "2".into() };
        assert_eq!(Press::from_fields(&keep), expected);
        assert_eq!(Press::from_fields(&fields(&[("do", "over:7")])), Press::Over(7));
        assert_eq!(Press::from_fields(&fields(&[("do", "over:x")])), Press::Save);
        assert_eq!(Press::from_fields(&fields(&[])), Press::Save);
    }
}
