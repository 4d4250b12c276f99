//! A recipe or how-to in words.

use super::Wording;
use crate::challenges::template::{Language, Recipe, RecipeKind, Text};

/// A recipe or how-to: everything on the own page, title and note on short networks.
#[must_use]
pub fn recipe(recipe: &Recipe) -> Wording {
    let composed = || {
        Text::compose(|language| {
            let (title, note) = (recipe.title.in_language(language), recipe.note.in_language(language));
            let minutes = minutes(recipe.minutes, language);
            match (language, recipe.kind) {
                (Language::English, RecipeKind::Recipe) => {
                    format!("Recipe: {title}, {minutes}. {note} The whole recipe is on our page.")
                }
                (Language::English, RecipeKind::HowTo) => {
                    format!("How to: {title}, {minutes}. {note} All steps are on our page.")
                }
                (Language::Spanish, RecipeKind::Recipe) => {
                    format!("Receta: {title}, {minutes}. {note} La receta completa está en nuestra página.")
                }
                (Language::Spanish, RecipeKind::HowTo) => {
                    format!("Cómo hacerlo: {title}, {minutes}. {note} Los pasos están en nuestra página.")
                }
            }
        })
    };
    Wording {
        title: recipe.title.clone(),
        text: Text::compose(|language| whole_recipe(recipe, language)),
        short: Some(recipe.short.clone().unwrap_or_else(composed)),
    }
}

fn whole_recipe(recipe: &Recipe, language: Language) -> String {
    let (title, note) = (recipe.title.in_language(language), recipe.note.in_language(language));
    let mut text = format!("{title}\n{}", minutes(recipe.minutes, language));
    if let Some(serves) = recipe.serves {
        text.push_str(&match language {
            Language::English => format!(", serves {serves}"),
            Language::Spanish => format!(", para {serves} personas"),
        });
    }
    text.push('\n');
    for ingredient in &recipe.ingredients {
        text.push_str(&format!("\n- {}", ingredient.in_language(language)));
    }
    if !recipe.ingredients.is_empty() {
        text.push('\n');
    }
    for (n, step) in recipe.steps.iter().enumerate() {
        text.push_str(&format!("\n{}. {}", n + 1, step.in_language(language)));
    }
    text.push_str(&format!("\n\n{note}"));
    text
}

fn minutes(n: u32, language: Language) -> String {
    let word = match (language, n) {
        (Language::English, 1) => "minute",
        (Language::English, _) => "minutes",
        (Language::Spanish, 1) => "minuto",
        (Language::Spanish, _) => "minutos",
    };
    format!("{n} {word}")
}
