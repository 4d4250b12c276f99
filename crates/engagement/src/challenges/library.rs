//! The library of ready challenges: `content/challenges/*.yaml`, one file for each, embedded in the program.

use std::sync::LazyLock;

use super::template::{Template, TemplateProblem};

/// The embedded files: name for error messages, and text.
const FILES: [(&str, &str); 12] = [
    ("better-sleep.yaml", include_str!("../../content/challenges/better-sleep.yaml")),
    ("calm-minutes.yaml", include_str!("../../content/challenges/calm-minutes.yaml")),
    ("know-your-pressure.yaml", include_str!("../../content/challenges/know-your-pressure.yaml")),
    ("less-salt.yaml", include_str!("../../content/challenges/less-salt.yaml")),
    ("more-fiber.yaml", include_str!("../../content/challenges/more-fiber.yaml")),
    ("quit-smoking.yaml", include_str!("../../content/challenges/quit-smoking.yaml")),
    ("ready-for-flu-season.yaml", include_str!("../../content/challenges/ready-for-flu-season.yaml")),
    ("rethink-your-drink.yaml", include_str!("../../content/challenges/rethink-your-drink.yaml")),
    ("screens-down.yaml", include_str!("../../content/challenges/screens-down.yaml")),
    ("steady-on-your-feet.yaml", include_str!("../../content/challenges/steady-on-your-feet.yaml")),
    ("sun-smart.yaml", include_str!("../../content/challenges/sun-smart.yaml")),
    ("walk-more.yaml", include_str!("../../content/challenges/walk-more.yaml")),
];

/// Reading twelve files takes a while, so they are read once. Empty only in a program that was built from broken
/// content, which the tests below do not let through.
static READY: LazyLock<Vec<Template>> =
    LazyLock::new(|| Library::embedded().map(|library| library.templates).unwrap_or_default());

/// The ready challenges, in the order of their ids.
pub fn ready() -> &'static [Template] {
    &READY
}

/// The ready challenge of this id as it was written, with its comments: what a practice begins to edit from.
#[must_use]
pub fn original(id: &str) -> Option<&'static str> {
    let file = format!("{id}.yaml");
    FILES.iter().find(|(name, _)| *name == file).map(|(_, yaml)| *yaml)
}

/// The ready challenges, in the order of their ids.
#[derive(Debug, Clone)]
pub struct Library {
    templates: Vec<Template>,
}

impl Library {
    /// Reads and checks the twelve embedded templates.
    ///
    /// # Errors
    /// The first problem found, with its file and place. The embedded files pass in the tests, so at run time
    /// this can only fail in a program that was built from broken content.
    pub fn embedded() -> Result<Self, TemplateProblem> {
        let templates = FILES.iter().map(|(file, yaml)| Template::from_yaml(file, yaml)).collect::<Result<_, _>>()?;
        Ok(Self { templates })
    }

    /// All templates, in the order of their ids.
    #[must_use]
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// The template with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use crate::challenges::template::SpanishReview;

    #[test]
    fn all_twelve_load_and_keep_the_rules() {
        let library = Library::embedded().unwrap_or_else(|problem| panic!("{problem}"));
        assert_eq!(library.templates().len(), 12);
        for (template, (file, _)) in library.templates().iter().zip(FILES) {
            assert_eq!(format!("{}.yaml", template.id), file);
            assert_eq!(template.weeks.iter().map(|week| week.daily.len()).sum::<usize>(), 28);
            assert!(template.weeks.iter().map(|week| week.questions.len()).sum::<usize>() >= 8, "{file}");
            assert_eq!(template.recipes.len(), 4, "{file}");
            assert!(template.facts.iter().all(|fact| fact.check_before_publishing), "{file}");
            assert_eq!(template.spanish_review, SpanishReview::Unreviewed, "{file}");
        }
    }

    #[test]
    fn moderator_notes_never_reach_patients() {
        let library = Library::embedded().unwrap();
        let mut moderators = 0;
        for template in library.templates() {
            assert!(template.patient_notes().count() >= 3, "{}", template.id);
            assert!(template.patient_notes().all(|note| note.who.en != "Moderators"), "{}", template.id);
            moderators += template.moderator_notes().count();
        }
        assert_eq!(moderators, 6);
    }

    #[test]
    fn problems_name_file_and_place() {
        let (file, yaml) = FILES[3];
        let typo = yaml.replacen("tagline:", "tag_line:", 1);
        let problem = Template::from_yaml(file, &typo).unwrap_err();
        assert!(problem.place.starts_with("line "), "{problem}");
        assert!(problem.to_string().contains("less-salt.yaml") && problem.what.contains("tag_line"), "{problem}");

        let untranslated = yaml.replacen("es: Lea la línea del sodio en una etiqueta", "es: ''", 1);
        let problem = Template::from_yaml(file, &untranslated).unwrap_err();
        assert_eq!(problem.place, "weeks[0].daily[1].es");

        let unsourced = yaml.replacen("url: https://www.nhlbi", "url: ftp://www.nhlbi", 1);
        let problem = Template::from_yaml(file, &unsourced).unwrap_err();
        assert_eq!(problem.place, "facts[4].url");
    }

    #[test]
    fn a_template_survives_being_saved_and_read_again() {
        for template in Library::embedded().unwrap().templates() {
            let saved = serde_yaml_ng::to_string(template).unwrap();
            assert_eq!(&Template::from_yaml("copy", &saved).unwrap(), template);
        }
    }

    #[test]
    fn the_spanish_is_formal() {
        for (file, yaml) in FILES {
            let words: Vec<&str> = yaml.split(|c: char| !c.is_alphanumeric()).collect();
            for informal in ["tú", "tus", "contigo", "puedes", "tienes", "quieres"] {
                assert!(!words.contains(&informal), "{file}: {informal}");
            }
        }
    }
}
