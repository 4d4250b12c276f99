//! The month as pages draw it: four weeks of seven days, each with its action and what goes out on it.

use bedside_web::{Lang, dates};
use jiff::{ToSpan, civil::Date};

use super::{
    rhythm::Kind,
    template::{RecipeKind, Template},
};

/// A week.
pub(super) struct WeekView {
    pub(super) n: usize,
    pub(super) theme: String,
    pub(super) lead: String,
    pub(super) days: Vec<DayView>,
}

/// A day.
pub(super) struct DayView {
    /// "Mon 1".
    pub(super) name: String,
    pub(super) action: String,
    pub(super) slots: Vec<SlotView>,
}

/// Something that goes out.
#[derive(Clone)]
pub(super) struct SlotView {
    pub(super) date: Date,
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    pub(super) word: &'static str,
    /// Where it can be changed; empty while nothing is written down.
    pub(super) href: String,
    /// What a screen reader adds: the title and how it stands.
    pub(super) title: String,
}

impl SlotView {
    /// A slot of a kind.
    pub(super) fn of(kind: Kind, template: &Template, date: Date, title: String, href: String) -> Self {
        let how_tos = template.recipes.iter().all(|recipe| recipe.kind == RecipeKind::HowTo);
        let (class, icon, word) = look(kind, how_tos);
        Self { date, class, icon, word, href, title }
    }
}

fn look(kind: Kind, how_tos: bool) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::Opening => ("slot-post", "megaphone", "Opening"),
        Kind::Post => ("slot-post", "megaphone", "Post"),
        Kind::Fact => ("slot-fact", "lightbulb", "Fact"),
        Kind::Question => ("slot-q", "message-circle-question", "Question"),
        Kind::Recipe if how_tos => ("slot-recipe", "utensils", "How-to"),
        Kind::Recipe => ("slot-recipe", "utensils", "Recipe"),
        Kind::Story => ("slot-story", "quote", "Story"),
        Kind::Results => ("slot-post", "megaphone", "Thanks"),
    }
}

/// The kind of a post of the month, from its part: `week-2-fact`.
pub(super) fn kind_of(part: &str) -> Kind {
    let word = part.rsplit('-').next().unwrap_or(part);
    Kind::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or(Kind::Post)
}

/// The four weeks from `start`.
pub(super) fn weeks(template: &Template, start: Date, slots: &[SlotView]) -> Vec<WeekView> {
    let day = |day: usize, action: &str| {
        let date = start.saturating_add(i64::try_from(day).unwrap_or(1).saturating_sub(1).days());
        let weekday: String = dates::weekday(Lang::En, date.weekday()).chars().take(3).collect();
        DayView {
            name: format!("{weekday} {}", date.day()),
            action: action.to_owned(),
            slots: slots.iter().filter(|slot| slot.date == date).cloned().collect(),
        }
    };
    let week = |week: &super::template::Week| WeekView {
        n: week.week,
        theme: week.theme.en.clone(),
        lead: week.lead.en.clone(),
        days: week.daily.iter().map(|action| day(action.day, &action.en)).collect(),
    };
    template.weeks.iter().map(week).collect()
}

/// "22 posts: 1 opening, 4 posts, 4 facts": how many of each kind.
pub(super) fn totals(count: impl Fn(Kind) -> usize, how_tos: bool) -> String {
    let words = |kind: Kind| match kind {
        Kind::Opening => ("opening", "openings"),
        Kind::Post => ("week’s post", "weeks’ posts"),
        Kind::Fact => ("fact", "facts"),
        Kind::Question => ("question", "questions"),
        Kind::Recipe if how_tos => ("how-to", "how-tos"),
        Kind::Recipe => ("recipe", "recipes"),
        Kind::Story => ("story prompt", "story prompts"),
        Kind::Results => ("thank-you", "thank-yous"),
    };
    let part = |kind: Kind| match count(kind) {
        0 => None,
        1 => Some(format!("1 {}", words(kind).0)),
        many => Some(format!("{many} {}", words(kind).1)),
    };
    Kind::ALL.into_iter().filter_map(part).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_name_their_kind() {
        assert_eq!(kind_of("week-2-fact"), Kind::Fact);
        assert_eq!(kind_of("opening"), Kind::Opening);
        assert_eq!(kind_of("own"), Kind::Post);
    }

    #[test]
    fn totals_read_as_a_sentence() {
        let one_or_four = |kind| if matches!(kind, Kind::Opening | Kind::Results) { 1 } else { 4 };
        assert_eq!(
            totals(one_or_four, true),
            "1 opening, 4 weeks’ posts, 4 facts, 4 questions, 4 how-tos, 4 story prompts, 1 thank-you"
        );
    }
}
