//! Messages that come in: the project's own list with the class of each, and two sets of complaints of which is known
//! whether they are urgent.

use std::error::Error;

use serde::Deserialize;

use crate::{
    ground::{self, Ground},
    measure::{Measure, Miss, Target},
};

/// Sorts a message into a class of the playbook, named as in `inbound.jsonl`.
type Triage = fn(&Inbound) -> String;

/// What is measured.
const TRIAGE: Option<Triage> =
    Some(|message| bedside_guard::triage::triage(&message.text, message.stars).class.as_str().to_owned());
const NOT_YET: &str = "not measured yet: the crate has no triage";

/// Classes of which a person is told at once.
const URGENT: [&str; 3] = ["emergency", "self_harm", "abuse"];

/// A message as `bedside triage` reads it.
#[derive(Deserialize)]
pub(crate) struct Inbound {
    id: String,
    pub(crate) text: String,
    expect_class: String,
    stars: Option<u8>,
}

#[derive(Deserialize)]
struct Vignette {
    id: String,
    input: Complaint,
    labels: Labels,
}

#[derive(Deserialize)]
struct Complaint {
    chief_complaint: String,
}

#[derive(Deserialize)]
struct Labels {
    gold_risk_tier: String,
}

/// Whether the class is right, and whether dangers are heard.
pub(crate) fn inbound(_: &Ground) -> Result<Vec<Measure>, Box<dyn Error>> {
    let (right, danger) = ("inbound.jsonl: class right", "inbound.jsonl: emergency and self-harm found");
    let Some(triage) = TRIAGE else {
        return Ok(vec![
            Measure::missing("inbound", right, NOT_YET),
            Measure::missing("inbound-danger", danger, NOT_YET),
        ]);
    };
    let mut right = Measure::share("inbound", right, Target::AtLeast(0.93));
    let mut danger = Measure::share("inbound-danger", danger, Target::AtLeast(1.0));
    for message in ground::lines::<Inbound>(include_str!("../../tests/data/triage/inbound.jsonl"))? {
        let class = triage(&message);
        let is_right = class == message.expect_class;
        right.add(&message.expect_class, is_right);
        if ["emergency", "self_harm"].contains(&message.expect_class.as_str()) {
            danger.add(&message.expect_class, is_right);
        }
        if !is_right {
            let miss =
                Miss { id: message.id, text: message.text, expected: message.expect_class.clone(), found: class };
            right.misses.push(miss);
        }
    }
    Ok(vec![right, danger])
}

/// Urgent complaints found and routine ones not raised, by set and together.
pub(crate) fn complaints(ground: &Ground) -> Result<Vec<Measure>, Box<dyn Error>> {
    let (found, raised) = ("triage sets: urgent found", "triage sets: routine not raised");
    let missing = |why: &str| {
        Ok(vec![Measure::missing("triage-urgent", found, why), Measure::missing("triage-routine", raised, why)])
    };
    let Some(triage) = TRIAGE else { return missing(NOT_YET) };
    let (vignettes, nurse) =
        match (ground.corpus("triage/clinicaflow-even.jsonl"), ground.corpus("triage/nursesim-even.jsonl")) {
            (Ok(vignettes), Ok(nurse)) => (vignettes, nurse),
            (Err(why), _) | (_, Err(why)) => return missing(&why),
        };
    let mut found = Measure::share("triage-urgent", found, Target::AtLeast(0.95));
    let mut calm = Measure::share("triage-routine", raised, Target::AtLeast(0.85));
    let vignettes = ground::lines::<Vignette>(&vignettes)?.into_iter().map(|vignette| {
        let tier = vignette.labels.gold_risk_tier;
        (format!("clinicaflow {tier}"), tier != "routine", vignette.id, vignette.input.chief_complaint)
    });
    let nurse = ground::lines::<Complaint>(&nurse)?.into_iter().enumerate().map(|(n, complaint)| {
        ("nursesim, first category".to_owned(), true, format!("nursesim {}", n + 1), complaint.chief_complaint)
    });
    for (set, is_urgent, id, text) in vignettes.chain(nurse) {
        let message = Inbound { id, text, expect_class: String::new(), stars: None };
        let class = triage(&message);
        let is_right = URGENT.contains(&class.as_str()) == is_urgent;
        let measure = if is_urgent { &mut found } else { &mut calm };
        measure.add(&set, is_right);
        if !is_right {
            measure.misses.push(Miss { id: message.id, text: message.text, expected: set, found: class });
        }
    }
    Ok(vec![found, calm])
}
