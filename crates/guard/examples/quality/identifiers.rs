//! Texts of others with their identifiers marked, read as cases between colleagues: asq-phi in English, MEDDOCAN in
//! Spanish. A mark counts as found if any finding overlaps it.

use std::error::Error;

use bedside_guard::{Context, Lang};

use crate::{
    ground::{self, Ground, Marked, around, told, touches},
    measure::{Measure, Miss, Target},
};

/// Kinds of marks in MEDDOCAN that are asked for, and what we call them. Places, ages, sex, kinship and jobs are not.
const MEDDOCAN: [(&str, &str); 11] = [
    ("NOMBRE_SUJETO_ASISTENCIA", "name of the patient"),
    ("NOMBRE_PERSONAL_SANITARIO", "name of staff"),
    ("FECHAS", "date"),
    ("ID_SUJETO_ASISTENCIA", "id of the patient"),
    ("ID_TITULACION_PERSONAL_SANITARIO", "id of staff"),
    ("ID_ASEGURAMIENTO", "id of insurance"),
    ("ID_CONTACTO_ASISTENCIAL", "id of the contact"),
    ("ID_EMPLEO_PERSONAL_SANITARIO", "id of staff"),
    ("CORREO_ELECTRONICO", "e-mail"),
    ("NUMERO_TELEFONO", "phone"),
    ("NUMERO_FAX", "fax"),
];

/// The file of asq-phi that may be learnt from.
pub(crate) const ASQ_PHI: &str = "asq-phi/spans-even.jsonl";

/// Marks overlapped, and false alarms on the texts without a mark.
pub(crate) fn asq_phi(ground: &Ground) -> Result<Vec<Measure>, Box<dyn Error>> {
    let content = match ground.corpus(ASQ_PHI) {
        Ok(content) => content,
        Err(why) => return Ok(vec![Measure::missing("asq-phi", "asq-phi", why)]),
    };
    let texts: Vec<Marked> = ground::lines(&content)?;
    let mut alarms = Measure::share(
        "asq-phi-alarm",
        "asq-phi: texts without a mark with a warning or a block",
        Target::AtMost(0.10),
    );
    for (n, text) in texts.iter().enumerate().filter(|(_, text)| text.marks().is_empty()) {
        let findings = ground::look(&ground.anybody, &text.text, Context::ColleagueCase, Lang::En);
        let loud: Vec<_> = findings.iter().filter(ground::is_loud).collect();
        alarms.add("hard negatives", !loud.is_empty());
        if !loud.is_empty() {
            let (id, text) = (format!("line {}", n + 1), text.text.clone());
            alarms.misses.push(Miss { id, text, expected: "nothing".to_owned(), found: told(loud) });
        }
    }
    let mut measures =
        overlaps(ground, ("asq-phi", Target::AtLeast(0.95)), &texts, Lang::En, |kind| Some(kind.to_owned()));
    measures.push(alarms);
    Ok(measures)
}

/// Names, dates, numbers and contacts overlapped.
pub(crate) fn meddocan(ground: &Ground) -> Result<Vec<Measure>, Box<dyn Error>> {
    let content = match ground.corpus("meddocan-dev/reports.jsonl") {
        Ok(content) => content,
        Err(why) => return Ok(vec![Measure::missing("meddocan", "meddocan-dev", why)]),
    };
    let asked = |kind: &str| MEDDOCAN.iter().find(|(theirs, _)| *theirs == kind).map(|(_, ours)| (*ours).to_owned());
    Ok(overlaps(ground, ("meddocan", Target::AtLeast(0.90)), &ground::lines(&content)?, Lang::Es, asked))
}

/// The share of marks that any finding overlaps, and, told only, that a warning or a block overlaps. `asked` gives a
/// kind the name that it is counted under, or leaves it out.
fn overlaps(
    ground: &Ground,
    (name, target): (&str, Target),
    texts: &[Marked],
    lang: Lang,
    asked: impl Fn(&str) -> Option<String>,
) -> Vec<Measure> {
    let mut any = Measure::share(name, format!("{name}: marked identifiers overlapped by a finding"), target);
    let mut loud =
        Measure::share(format!("{name}-loud"), format!("{name}: overlapped by a warning or a block"), Target::None);
    for (n, text) in texts.iter().enumerate() {
        let findings = ground::look(&ground.anybody, &text.text, Context::ColleagueCase, lang);
        for (kind, place) in text.marks() {
            let Some(kind) = asked(kind) else { continue };
            let there: Vec<_> = findings.iter().filter(|finding| touches(finding, &place)).collect();
            any.add(&kind, !there.is_empty());
            loud.add(&kind, there.iter().any(ground::is_loud));
            if there.is_empty() {
                any.misses.push(Miss {
                    id: format!("line {} {}", n + 1, text.id).trim_end().to_owned(),
                    text: around(&text.text, &place),
                    expected: format!("{kind} {:?}", &text.text[place]),
                    found: told(&findings),
                });
            }
        }
    }
    vec![any, loud]
}
