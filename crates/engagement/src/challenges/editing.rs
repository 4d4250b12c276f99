//! Editing a template: the practice gets its own edition, as the YAML it is written in, checked as a whole before it
//! is kept. Challenges that were planned before keep the words they were planned with.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use bedside_practice::SignedIn;
use bedside_publishing::Desk;
use bedside_web::{Answer, Failure, Flash, Html, Mistakes, Posted, SeeOther, StaffShell, answer::mistaken};
use serde::Deserialize;
use serde_json::json;

use super::{library, store, template::Template};

/// Largest template that is read, in bytes; the ready ones have about 20 kB.
const MOST_BYTES: usize = 200_000;

#[derive(askama::Template)]
#[template(path = "challenges/views/edit.html")]
pub(super) struct Page {
    shell: StaffShell,
    id: String,
    title: String,
    yaml: String,
    edited: bool,
    problems: Vec<(String, String)>,
    mistakes: Mistakes,
}

#[derive(Deserialize)]
pub(super) struct Form {
    #[serde(default)]
    yaml: String,
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// The text of the practice's edition, or of the ready template.
pub(super) async fn show(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Path(id): Path<String>,
) -> Answer<Html<Page>> {
    signed_in.must_write()?;
    let own = store::own_yaml(&desk.ground.database, &signed_in.practice.id, &id).await?;
    let edited = own.is_some();
    let yaml = own.or_else(|| library::original(&id).map(str::to_owned)).ok_or_else(Failure::not_found)?;
    Ok(Html(Page {
        shell,
        title: title_of(&id)?,
        id,
        yaml,
        edited,
        problems: Vec::new(),
        mistakes: Mistakes::default(),
    }))
}

/// Keeps an edition without problems; otherwise shows them all, with the text as typed.
pub(super) async fn keep(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Path(id): Path<String>,
    posted: Posted<Form>,
) -> Answer<Response> {
    signed_in.must_write()?;
    let (database, practice_id, now) = (&desk.ground.database, &signed_in.practice.id, desk.ground.now());
    let title = title_of(&id)?;
    let yaml = posted.form.yaml.replace("\r\n", "\n");
    let problems = problems(&id, &yaml);
    if !problems.is_empty() {
        let mut mistakes = Mistakes::default();
        mistakes.add("yaml", "The template cannot be used yet. Mend what the list names, then keep it again.");
        let edited = store::own_yaml(database, practice_id, &id).await?.is_some();
        return Ok(mistaken(Page { shell, id, title, yaml, edited, problems, mistakes }));
    }
    let mut tx = database.begin_write().await?;
    store::keep_yaml(&mut tx, practice_id, &id, &yaml, &signed_in.member.id, now).await?;
    signed_in.record(&desk.ground, &mut tx, "challenge.template_edited", &id, json!({})).await?;
    tx.commit().await?;
    Ok(SeeOther::to(format!("/challenges/new?template={id}"))
        .saying(Flash::done("Your edition of the template is kept."))
        .into_response())
}

/// Goes back to the ready template.
pub(super) async fn reset(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Answer<SeeOther> {
    signed_in.must_write()?;
    title_of(&id)?;
    let mut tx = desk.ground.database.begin_write().await?;
    store::drop_yaml(&mut tx, &signed_in.practice.id, &id).await?;
    signed_in.record(&desk.ground, &mut tx, "challenge.template_reset", &id, json!({})).await?;
    tx.commit().await?;
    Ok(SeeOther::to(format!("/challenges/templates/{id}/edit"))
        .saying(Flash::done("The template is as Bedside brought it.")))
}

fn title_of(id: &str) -> Answer<String> {
    let ready = library::ready().iter().find(|ready| ready.id == id);
    ready.map(|ready| ready.title.en.clone()).ok_or_else(Failure::not_found)
}

/// Everything that stands in the way: (place, what is wrong there).
fn problems(id: &str, yaml: &str) -> Vec<(String, String)> {
    if yaml.len() > MOST_BYTES {
        return vec![("the whole text".to_owned(), format!("is longer than {MOST_BYTES} bytes"))];
    }
    let template = match serde_yaml_ng::from_str::<Template>(yaml) {
        Ok(template) => template,
        Err(error) => {
            let place = error.location().map_or_else(
                || "the whole text".to_owned(),
                |at| format!("line {}, column {}", at.line(), at.column()),
            );
            return vec![(place, error.to_string())];
        }
    };
    let mut found: Vec<(String, String)> =
        template.problems(id).into_iter().map(|problem| (problem.place, problem.what)).collect();
    if template.id != id {
        found.insert(0, ("id".to_owned(), format!("must stay {id}")));
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let good = library::original("less-salt").unwrap();
        assert_eq!(problems("less-salt", good), []);
        assert_eq!(problems("more-fiber", good)[0], ("id".to_owned(), "must stay more-fiber".to_owned()));
        let (place, _) = problems("less-salt", "id: [").remove(0);
        assert!(place.starts_with("line "), "{place}");
        let without_version = good.replacen("version:", "verzion:", 1);
        assert!(problems("less-salt", &without_version)[0].1.contains("verzion"));
    }
}
