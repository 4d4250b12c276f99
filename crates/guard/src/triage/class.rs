//! The cases of the playbook, in the order of their priority.

macro_rules! classes {
    ($($(#[$about:meta])* $variant:ident = $word:literal, $name:literal;)+) => {
        /// A case of the playbook. Ordered: the more pressing comes first.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class { $($(#[$about])* $variant,)+ }

        impl Class {
            /// All of them, the most pressing first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in JSON, in the database and in the content files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What people read.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The class of a stored word; an unknown word is [`Class::Other`].
            pub fn from_word(word: &str) -> Self {
                match word { $($word => Self::$variant,)+ _ => Self::Other }
            }
        }
    };
}

classes! {
    /// Somebody's body is in danger.
    Emergency = "emergency", "Emergency";
    /// Somebody speaks of hurting themselves.
    SelfHarm = "self_harm", "Self-harm";
    /// Somebody is hurt by another.
    Abuse = "abuse", "Abuse";
    /// A child writes or is shown.
    Minor = "minor", "A child";
    /// A side effect or a faulty product.
    AdverseEvent = "adverse_event", "Side effect";
    /// Press or lawyer.
    LegalPress = "legal_press", "Press or lawyer";
    /// Threats, hate, spam.
    Harassment = "harassment", "Threat or insult";
    /// A question about somebody's own health.
    MedicalQuestion = "medical_question", "Medical question";
    /// A complaint about care.
    NegativeClinical = "negative_clinical", "Complaint about care";
    /// Money.
    Billing = "billing", "Billing";
    /// A claim that is not so.
    Misinformation = "misinformation", "Misinformation";
    /// Somebody offers their story.
    StoryOffer = "story_offer", "Story offer";
    /// A complaint about service.
    NegativeService = "negative_service", "Bad service";
    /// Praise that tells details.
    PositiveDetail = "positive_detail", "Praise with details";
    /// Praise.
    PositiveGeneral = "positive_general", "Praise";
    /// Everything else.
    Other = "other", "Message";
}

impl Class {
    /// Whether somebody may be in danger.
    pub fn is_urgent(self) -> bool {
        matches!(self, Self::Emergency | Self::SelfHarm | Self::Abuse)
    }
}
