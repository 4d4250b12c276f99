//! Triage: which case of the playbook a message is. Pure: a text goes in, a class comes out.
//!
//! The classes stand in the order of their priority: the first whose signals are found wins. For dangers a false
//! alarm costs a minute and a miss may cost a life, so their signals are many; a plain denial undoes them, and for the body also a sentence that is about the past or
//! about what one may learn.

use std::sync::LazyLock;

use async_trait::async_trait;
use bedside_publishing::{
    Desk,
    inbound::{Kind, Message, Sorted, Sorter},
};

use super::{
    sentence,
    signals::{Signals, Word, quoted},
};

/// How far before a physical danger a denial may stand, in words.
const DENIAL_REACH: usize = 6;
/// Most phrases that are quoted as what made a message urgent.
const QUOTED: usize = 3;

#[allow(clippy::expect_used, reason = "the file is part of the program; a test reads it")]
static SIGNALS: LazyLock<Signals> =
    LazyLock::new(|| Signals::read(include_str!("../../content/inbox/signals.yaml")).expect("the signals can be read"));

macro_rules! classes {
    ($($(#[$about:meta])* $variant:ident = $word:literal, $name:literal, $icon:literal;)+) => {
        /// A case of the playbook, in the order of priority.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Class { $($(#[$about])* $variant,)+ }

        impl Class {
            /// All of them, the most pressing first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in the database and in the content files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What people read.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The icon beside it.
            pub fn icon(self) -> &'static str {
                match self { $(Self::$variant => $icon,)+ }
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
    Emergency = "emergency", "Emergency", "siren";
    /// Somebody speaks of hurting themselves.
    SelfHarm = "self_harm", "Self-harm", "siren";
    /// Somebody is hurt by another.
    Abuse = "abuse", "Abuse", "siren";
    /// A child writes or is shown.
    Minor = "minor", "A child", "user";
    /// A side effect or a faulty product.
    AdverseEvent = "adverse_event", "Side effect", "triangle-alert";
    /// Press or lawyer.
    LegalPress = "legal_press", "Press or lawyer", "megaphone";
    /// Threats, hate, spam.
    Harassment = "harassment", "Threat or insult", "octagon-x";
    /// A question about somebody's own health.
    MedicalQuestion = "medical_question", "Medical question", "message-circle-question";
    /// A complaint about care.
    NegativeClinical = "negative_clinical", "Complaint about care", "star";
    /// Money.
    Billing = "billing", "Billing", "banknote";
    /// A claim that is not so.
    Misinformation = "misinformation", "Misinformation", "circle-help";
    /// Somebody offers their story.
    StoryOffer = "story_offer", "Story offer", "signature";
    /// A complaint about service.
    NegativeService = "negative_service", "Bad service", "star";
    /// Praise that tells details.
    PositiveDetail = "positive_detail", "Praise with details", "heart";
    /// Praise.
    PositiveGeneral = "positive_general", "Praise", "heart";
    /// Everything else.
    Other = "other", "Message", "messages-square";
}

impl Class {
    /// Whether somebody may be in danger.
    pub fn is_urgent(self) -> bool {
        matches!(self, Self::Emergency | Self::SelfHarm | Self::Abuse)
    }
}

/// What triage says of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The class.
    pub class: Class,
    /// The words in the text that decided, as they are written there.
    pub because: Vec<String>,
}

/// Sorts a text into the playbook.
pub fn triage(text: &str) -> Verdict {
    let words = SIGNALS.without_idioms(text);
    let deciding = |class: Class, places: Vec<(usize, usize)>| {
        let mut because: Vec<String> = Vec::new();
        for place in places {
            let words_there = quoted(text, &words, place).to_owned();
            if because.len() < QUOTED && !because.contains(&words_there) {
                because.push(words_there);
            }
        }
        Verdict { class, because }
    };
    for &class in Class::ALL {
        if class == Class::PositiveGeneral {
            let shown = SIGNALS.places("child_shown", &words);
            if !shown.is_empty() {
                return deciding(Class::Minor, shown);
            }
        }
        let found = found(class, &words);
        if !found.is_empty() {
            return deciding(class, found);
        }
    }
    Verdict { class: Class::Other, because: Vec::new() }
}

fn found(class: Class, words: &[Word]) -> Vec<(usize, usize)> {
    let mut places = SIGNALS.places(class.as_str(), words);
    match class {
        Class::Emergency => places.retain(|place| {
            !SIGNALS.is_denied(words, place.0, DENIAL_REACH) && !SIGNALS.is_told_calmly(words, place.0)
        }),
        // "Not suicidal" is a denial; anything longer is heard by a person.
        Class::SelfHarm | Class::Abuse => places.retain(|place| !SIGNALS.is_denied(words, place.0, 1)),
        Class::PositiveDetail if !SIGNALS.is_praise(words) => places.clear(),
        _ => {}
    }
    places
}

/// Whether a text speaks of self-harm or abuse in any way, whatever else it is about and even where it is denied.
pub fn speaks_of_harm(text: &str) -> bool {
    let words = SIGNALS.without_idioms(text);
    [Class::SelfHarm, Class::Abuse].iter().any(|class| !SIGNALS.places(class.as_str(), &words).is_empty())
}

/// Words that Spanish uses all the time and English does not.
const SPANISH: &[&str] = &[
    "el", "la", "los", "las", "que", "de", "mi", "un", "una", "por", "para", "con", "es", "muy", "gracias", "tengo",
    "puedo", "esta", "y", "del", "al", "lo", "se", "su", "mis", "como", "ya", "les", "hola", "todo", "quiero",
    "cuando", "donde",
];

/// Whether an answer should be in Spanish: the network says so, or the text does.
pub fn is_spanish(text: &str, lang: &str) -> bool {
    let lowered = text.to_lowercase();
    let mut words = lowered.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    let (total, known) = words
        .by_ref()
        .fold((0_usize, 0_usize), |(total, known), word| (total + 1, known + usize::from(SPANISH.contains(&word))));
    let looks_spanish = known * 5 >= total && known > 0 || lowered.contains(['ñ', '¿', '¡']);
    // People leave their app's language on English and write Spanish; the other way round is rare.
    looks_spanish || (lang.starts_with("es") && known > 0)
}

/// The sorter that the reader is given.
#[derive(Debug, Clone, Copy, Default)]
pub struct Triage;

#[async_trait]
impl Sorter for Triage {
    fn sort(&self, text: &str, _lang: &str, kind: Kind) -> Sorted {
        if !kind.has_words() {
            return Sorted::default();
        }
        let Verdict { class, because } = triage(text);
        Sorted { sort: class.as_str().to_owned(), urgent: class.is_urgent().then(|| because.join(" · ")) }
    }

    async fn urgent_arrived(&self, desk: &Desk, message: &Message) {
        if let Err(failure) = sentence::answer(desk, message).await {
            tracing::error!(message = message.id, "the 911 sentence could not be said: {failure:?}");
        }
    }
}
