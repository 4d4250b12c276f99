//! The guard beside its peers: the texts that all of them read, and the guard as one contestant.
//!
//! Posts are `{id, text, clean}`. Labelled texts are `{id, text, context, lang, clean, spans: [{kind, start, end}]}`
//! with offsets in characters: the project's cases and asq-phi, of which the kinds that all peers claim are kept. A
//! contestant reads both files and prints one object: `{characters, seconds, flagged: [id], labelled: {id: [[start,
//! end]]}}`; only the posts are timed.

use std::{collections::BTreeMap, error::Error, fs, path::Path};

use bedside_guard::{Category, Context, Finding, Guard, Lang, Profile};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    cases::{self, Case},
    ground::{self, Ground, Marked, is_identifier},
    identifiers::ASQ_PHI,
    posts::{self, Post},
    speed,
};

#[derive(Serialize, Deserialize)]
struct Labelled {
    id: String,
    text: String,
    context: Context,
    lang: Lang,
    /// Nothing at all is expected in it.
    clean: bool,
    spans: Vec<Label>,
}

#[derive(Serialize, Deserialize)]
struct Label {
    kind: Category,
    start: usize,
    end: usize,
}

/// Writes both files.
pub(crate) fn write(ground: &Ground, posts: &Path, labelled: &Path) -> Result<(), Box<dyn Error>> {
    fs::write(posts, json_lines(&posts::ten_thousand(ground)??)?)?;
    let mut texts: Vec<Labelled> = cases::cases()?.iter().map(of_case).collect();
    let marked: Vec<Marked> = ground::lines(&ground.corpus(ASQ_PHI)?)?;
    texts.extend(marked.iter().enumerate().map(|(n, text)| of_asq_phi(n, text)));
    fs::write(labelled, json_lines(&texts)?)?;
    Ok(())
}

/// Reads both files as every peer does.
pub(crate) fn enter(posts: &Path, labelled: &Path) -> Result<(), Box<dyn Error>> {
    let posts: Vec<Post> = ground::lines(&fs::read_to_string(posts)?)?;
    let labelled: Vec<Labelled> = ground::lines(&fs::read_to_string(labelled)?)?;
    let guard = Guard::new(&Profile::default());
    let seconds = speed::seconds(&guard, &posts);
    let identifies = |text: &str, context, lang| -> Vec<Finding> {
        let mut findings = ground::look(&guard, text, context, lang);
        findings.retain(|finding| ground::is_loud(&finding) && is_identifier(finding.category));
        findings
    };
    let flagged: Vec<&str> = posts
        .iter()
        .filter(|post| !identifies(&post.text, Context::Post, Lang::En).is_empty())
        .map(|post| post.id.as_str())
        .collect();
    let found: BTreeMap<&str, Vec<[usize; 2]>> = labelled
        .iter()
        .map(|text| {
            let findings = identifies(&text.text, text.context, text.lang);
            let places = findings.iter().map(|found| in_characters(&text.text, found.start, found.end)).collect();
            (text.id.as_str(), places)
        })
        .collect();
    println!(
        "{}",
        json!({ "characters": speed::characters(&posts), "seconds": seconds, "flagged": flagged, "labelled": found })
    );
    Ok(())
}

fn json_lines<T: Serialize>(rows: &[T]) -> Result<String, Box<dyn Error>> {
    let lines: Result<Vec<String>, _> = rows.iter().map(serde_json::to_string).collect();
    Ok(lines?.join("\n") + "\n")
}

fn of_case(case: &Case) -> Labelled {
    let place = |span: &str| case.text.find(span).map(|start| (start, start + span.len()));
    let labels = case.expect.iter().filter(|expected| is_compared(expected.category));
    let spans = labels.filter_map(|expected| {
        let (start, end) = place(expected.span.as_deref()?)?;
        Some(label(&case.text, expected.category, start, end))
    });
    Labelled {
        id: case.id.clone(),
        text: case.text.clone(),
        context: case.context,
        lang: Lang::from_tag(&case.lang),
        clean: case.expect.is_empty(),
        spans: spans.collect(),
    }
}

fn of_asq_phi(n: usize, text: &Marked) -> Labelled {
    let marks = text.marks();
    let spans = marks.iter().filter_map(|(kind, place)| {
        let kind = match *kind {
            "NAME" => Category::Name,
            "DATE" => Category::Date,
            "GEOGRAPHIC_LOCATION" => Category::Location,
            "PHONE_NUMBER" | "FAX_NUMBER" | "EMAIL_ADDRESS" | "URL" | "IP_ADDRESS" => Category::Contact,
            "AGE" | "AGE_OVER_89" => return None,
            _ => Category::IdNumber,
        };
        Some(label(&text.text, kind, place.start, place.end))
    });
    Labelled {
        id: format!("asq-phi {}", n + 1),
        text: text.text.clone(),
        context: Context::ColleagueCase,
        lang: Lang::En,
        clean: marks.is_empty(),
        spans: spans.collect(),
    }
}

/// What at least one of the peers looks for.
fn is_compared(category: Category) -> bool {
    is_identifier(category) && !matches!(category, Category::Age | Category::Minor)
}

fn label(text: &str, kind: Category, start: usize, end: usize) -> Label {
    let [start, end] = in_characters(text, start, end);
    Label { kind, start, end }
}

fn in_characters(text: &str, start: usize, end: usize) -> [usize; 2] {
    let start_in_characters = text[..start].chars().count();
    [start_in_characters, start_in_characters + text[start..end].chars().count()]
}
