//! The words of each draft, composed from the template's own texts in both languages.
//!
//! Every draft has a full text, which the practice's own page carries in every chosen language. Where the full
//! text is too long for a short network, the draft also has a short text: written from whole sentences, never
//! cut. Short networks get one language, the main one, because two languages in 300 characters serve nobody
//! and a second post would fill the same timeline twice.
//!
//! A short text leaves room for a link home (see the tests in `plan_tests`). Restricted to what the template
//! says: nothing here adds a health claim.

use jiff::civil::Date;

use super::template::{Fact, Language, Template, Text, Week};

mod recipe;

pub use recipe::recipe;

/// Title, full text and, where the full text is long, a short one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// For lists and for the own page.
    pub title: Text,
    /// The full text.
    pub text: Text,
    /// For networks with a short limit. `None`: the full text is short enough for all.
    pub short: Option<Text>,
}

/// Invites people to join, says that a nickname is enough, and where to get help.
#[must_use]
pub fn opening(template: &Template, start: Date) -> Wording {
    let title_in = |language| template.title.in_language(language);
    Wording {
        title: Text::compose(|language| match language {
            Language::English => format!("Join in: {}", title_in(language)),
            Language::Spanish => format!("Participe: {}", title_in(language)),
        }),
        text: Text::compose(|language| {
            let title = title_in(language);
            let tagline = sentence(template.tagline.in_language(language));
            let goal = sentence(template.goal.in_language(language));
            let general = template.safety.general.in_language(language);
            let help = template.safety.get_help.in_language(language);
            let date = spoken(start, language);
            match language {
                Language::English => format!(
                    "{title}: 28 days together, from {date}. {tagline}\n\nThe goal: {goal}\n\nOne small action and one \
                     tap a day. Join with a nickname only: no name, no health details.\n\n{general}\n\n{help}"
                ),
                Language::Spanish => format!(
                    "{title}: un reto de 28 días, desde el {date}. {tagline}\n\nLa meta: {goal}\n\nUna acción pequeña y un \
                     toque al día. Participe solo con un apodo: sin su nombre y sin datos de salud.\n\n{general}\n\n{help}"
                ),
            }
        }),
        short: Some(Text::compose(|language| {
            let title = title_in(language);
            let tagline = sentence(template.tagline.in_language(language));
            let date = spoken(start, language);
            match language {
                Language::English => format!(
                    "{title}: 28 days together, from {date}. {tagline} One small action a day. Join with a nickname only."
                ),
                Language::Spanish => format!(
                    "{title}: un reto de 28 días, desde el {date}. {tagline} Una acción pequeña al día. Participe solo con un \
                     apodo."
                ),
            }
        })),
    }
}

/// Opens a week: its theme, its sentence and the seven actions.
#[must_use]
pub fn week(template: &Template, week: &Week) -> Wording {
    let n = week.week;
    Wording {
        title: Text::compose(|language| {
            let theme = week.theme.in_language(language);
            match language {
                Language::English => format!("Week {n}: {theme}"),
                Language::Spanish => format!("Semana {n}: {theme}"),
            }
        }),
        text: Text::compose(|language| {
            let (word, day_word) = week_and_day(language);
            let theme = week.theme.in_language(language);
            let lead = week.lead.in_language(language);
            let mut text = format!("{}\n{word} {n}: {theme}. {lead}\n", template.title.in_language(language));
            for action in &week.daily {
                text.push_str(&format!("\n{day_word} {}: {}", action.day, action.text().in_language(language)));
            }
            text
        }),
        short: Some(Text::compose(|language| {
            let title = template.title.in_language(language);
            let theme = week.theme.in_language(language);
            let lead = week.lead.in_language(language);
            let first =
                week.daily.first().map(|action| sentence(action.text().in_language(language))).unwrap_or_default();
            match language {
                Language::English => {
                    format!("{title}, week {n}: {theme}. {lead} The first step: {first}")
                }
                Language::Spanish => {
                    format!("{title}, semana {n}: {theme}. {lead} El primer paso: {first}")
                }
            }
        })),
    }
}

/// The question of a week.
#[must_use]
pub fn question(week: &Week, question: &Text) -> Wording {
    let n = week.week;
    Wording {
        title: Text { en: format!("Question of week {n}"), es: format!("Pregunta de la semana {n}") },
        text: Text {
            en: format!("{}\n\nGeneral words are enough. Please share no private health details.", question.en),
            es: format!(
                "{}\n\nBasta con palabras generales. Por favor no comparta datos privados de salud.",
                question.es
            ),
        },
        short: None,
    }
}

/// A fact with its source, in the short text too. The page itself travels with the draft as its source.
#[must_use]
pub fn fact(week: &Week, fact: &Fact) -> Wording {
    let n = week.week;
    let (publisher, title) = (&fact.publisher, &fact.title);
    let sourced = |text: &Text| Text {
        en: format!("{}\n\nSource: {publisher}, {title}.", sentence(&text.en)),
        es: format!("{}\n\nFuente: {publisher}, {title}.", sentence(&text.es)),
    };
    Wording {
        title: Text { en: format!("Fact of week {n}"), es: format!("Dato de la semana {n}") },
        text: sourced(&fact.text),
        short: fact.short.as_ref().map(sourced),
    }
}

/// Invites a story.
#[must_use]
pub fn story(prompt: &Text) -> Wording {
    Wording {
        title: Text { en: "Your story".to_owned(), es: "Su historia".to_owned() },
        text: Text {
            en: format!(
                "{}\n\nA nickname and general words are enough. We ask you before a story goes public.",
                prompt.en
            ),
            es: format!(
                "{}\n\nBasta con un apodo y palabras generales. Le preguntamos antes de publicar una historia.",
                prompt.es
            ),
        },
        short: None,
    }
}

/// Thanks everybody on day 29. The group's numbers are on the page and are not known when the month is planned.
#[must_use]
pub fn results(template: &Template) -> Wording {
    Wording {
        title: Text { en: "Thank you".to_owned(), es: "Gracias".to_owned() },
        text: Text {
            en: format!(
                "28 days of \"{}\" are done. Thank you to all who took part, on good days and on hard ones.\n\nThe group's \
                 totals and three short questions are on our page.",
                template.title.en
            ),
            es: format!(
                "Terminaron los 28 días de «{}». Gracias a todas las personas que participaron, en días buenos y \
                 difíciles.\n\nLos totales del grupo y tres preguntas cortas están en nuestra página.",
                template.title.es
            ),
        },
        short: None,
    }
}

fn week_and_day(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::English => ("Week", "Day"),
        Language::Spanish => ("Semana", "Día"),
    }
}

/// The text with a full stop, unless it already ends a sentence.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!', ')']) { text.to_owned() } else { format!("{text}.") }
}

/// A date as people say it: "February 1", "1 de febrero".
fn spoken(date: Date, language: Language) -> String {
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const SPANISH: [&str; 12] = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ];
    let month = usize::from(date.month().unsigned_abs()) - 1;
    match language {
        Language::English => format!("{} {}", ENGLISH[month], date.day()),
        Language::Spanish => format!("{} de {}", date.day(), SPANISH[month]),
    }
}
