//! The rules that every challenge keeps, whoever wrote it: 28 days in four weeks, two questions a week, four
//! recipes or how-tos, every text in both languages, every fact with a page that can be opened.

use url::Url;

use super::{Answer, Recipe, RecipeKind, SpanishReview, Template, Text, WEEKS};

/// Days of one week.
const WEEK_DAYS: usize = 7;
/// Questions that each week has at least.
const QUESTIONS: usize = 2;
/// Recipes or how-tos: one for each week.
const RECIPES: usize = 4;
/// Facts that a template has at least.
const FACTS: usize = 3;

/// Place in the file, and what is wrong there.
pub(super) type Problem = (String, String);

/// Everything that is wrong with a template, in the order of the file.
pub(super) fn problems(template: &Template) -> Vec<Problem> {
    let mut found = Vec::new();
    head(template, &mut found);
    safety(template, &mut found);
    checkin(template, &mut found);
    weeks(template, &mut found);
    facts(template, &mut found);
    for (n, prompt) in template.share_prompts.by_week().into_iter().enumerate() {
        both(["start", "failure", "helper", "success"][n], "share_prompts.", prompt, &mut found);
    }
    recipes(template, &mut found);
    found
}

fn head(template: &Template, found: &mut Vec<Problem>) {
    let id_is_plain = !template.id.is_empty() && template.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    need(id_is_plain, "id", "must be small letters and hyphens", found);
    need(template.version > 0, "version", "must be 1 or more", found);
    let reviewer = template.spanish_reviewed_by.as_deref().unwrap_or_default().trim();
    let reviewed = template.spanish_review == SpanishReview::Reviewed;
    need(reviewed != reviewer.is_empty(), "spanish_reviewed_by", "names the reviewer, exactly when reviewed", found);
    both("title", "", &template.title, found);
    both("tagline", "", &template.tagline, found);
    both("goal", "", &template.goal, found);
    both("audience", "", &template.audience, found);
    let months = !template.best_months.is_empty() && template.best_months.iter().all(|month| (1..=12).contains(month));
    need(months, "best_months", "must be months from 1 to 12", found);
}

fn safety(template: &Template, found: &mut Vec<Problem>) {
    both("general", "safety.", &template.safety.general, found);
    both("get_help", "safety.", &template.safety.get_help, found);
    for (n, note) in template.safety.notes.iter().enumerate() {
        both("who", &format!("safety.notes[{n}]."), &note.who, found);
        both("text", &format!("safety.notes[{n}]."), &note.text, found);
    }
    need(template.patient_notes().next().is_some(), "safety.notes", "must have a note for patients", found);
}

fn checkin(template: &Template, found: &mut Vec<Problem>) {
    let checkin = &template.checkin;
    both("question", "checkin.", &checkin.question, found);
    both("unit", "checkin.", &checkin.unit, found);
    need(checkin.weekly_target > 0, "checkin.weekly_target", "must be 1 or more", found);
    let is_choice = checkin.answer == Answer::Choice;
    need(is_choice == (checkin.options.len() >= 2), "checkin.options", "are two or more, for a choice only", found);
    for (n, option) in checkin.options.iter().enumerate() {
        both("", &format!("checkin.options[{n}]"), option, found);
    }
    both("person", "success.", &template.success.person, found);
}

fn weeks(template: &Template, found: &mut Vec<Problem>) {
    need(template.weeks.len() == WEEKS, "weeks", "must be four", found);
    for (w, week) in template.weeks.iter().enumerate() {
        let place = format!("weeks[{w}]");
        need(week.week == w + 1, &format!("{place}.week"), "must count from 1 to 4", found);
        both("theme", &format!("{place}."), &week.theme, found);
        both("lead", &format!("{place}."), &week.lead, found);
        need(week.daily.len() == WEEK_DAYS, &format!("{place}.daily"), "must be seven days", found);
        for (d, action) in week.daily.iter().enumerate() {
            let place = format!("{place}.daily[{d}]");
            need(action.day == w * WEEK_DAYS + d + 1, &format!("{place}.day"), "must count from 1 to 28", found);
            both("", &place, &action.text(), found);
        }
        need(week.questions.len() >= QUESTIONS, &format!("{place}.questions"), "must be two or more", found);
        for (q, question) in week.questions.iter().enumerate() {
            both("", &format!("{place}.questions[{q}]"), question, found);
        }
    }
}

fn facts(template: &Template, found: &mut Vec<Problem>) {
    need(template.facts.len() >= FACTS, "facts", "must be three or more", found);
    for (n, fact) in template.facts.iter().enumerate() {
        let place = format!("facts[{n}]");
        both("text", &format!("{place}."), &fact.text, found);
        if let Some(short) = &fact.short {
            both("short", &format!("{place}."), short, found);
        }
        need(!fact.publisher.trim().is_empty(), &format!("{place}.publisher"), "must say who says it", found);
        need(!fact.title.trim().is_empty(), &format!("{place}.title"), "must name the page", found);
        let opens = Url::parse(&fact.url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        need(opens, &format!("{place}.url"), "must be a web address (http or https)", found);
    }
}

fn recipes(template: &Template, found: &mut Vec<Problem>) {
    need(template.recipes.len() == RECIPES, "recipes", "must be four", found);
    for (n, recipe) in template.recipes.iter().enumerate() {
        let place = format!("recipes[{n}]");
        both("title", &format!("{place}."), &recipe.title, found);
        both("note", &format!("{place}."), &recipe.note, found);
        if let Some(short) = &recipe.short {
            both("short", &format!("{place}."), short, found);
        }
        need(recipe.minutes > 0, &format!("{place}.minutes"), "must be 1 or more", found);
        need(!recipe.steps.is_empty(), &format!("{place}.steps"), "must not be empty", found);
        need(
            lists_fit_kind(recipe),
            &format!("{place}.ingredients"),
            "and serves are for a recipe, not a how-to",
            found,
        );
        for (i, line) in recipe.ingredients.iter().enumerate() {
            both("", &format!("{place}.ingredients[{i}]"), line, found);
        }
        for (i, line) in recipe.steps.iter().enumerate() {
            both("", &format!("{place}.steps[{i}]"), line, found);
        }
    }
}

fn lists_fit_kind(recipe: &Recipe) -> bool {
    match recipe.kind {
        RecipeKind::Recipe => recipe.serves.is_some_and(|serves| serves > 0) && !recipe.ingredients.is_empty(),
        RecipeKind::HowTo => recipe.serves.is_none() && recipe.ingredients.is_empty(),
    }
}

fn need(holds: bool, place: &str, what: &str, found: &mut Vec<Problem>) {
    if !holds {
        found.push((place.to_owned(), what.to_owned()));
    }
}

fn both(name: &str, parent: &str, text: &Text, found: &mut Vec<Problem>) {
    need(!text.en.trim().is_empty(), &format!("{parent}{name}.en"), "is empty", found);
    need(!text.es.trim().is_empty(), &format!("{parent}{name}.es"), "is empty", found);
}
