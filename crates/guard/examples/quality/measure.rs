//! One measure: a figure, its target, what it is made of and what it missed; and the table of all.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

/// What a figure should be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target {
    AtLeast(f64),
    AtMost(f64),
    /// Told, not judged.
    None,
}

/// What was measured.
#[derive(Debug, Clone)]
pub(crate) enum Figure {
    /// A part of a whole, shown in per cent. Targets are shares of one.
    Share { part: usize, whole: usize },
    /// A number with its unit.
    Number { value: f64, unit: &'static str },
    /// Not measured, and why. Never counts as reached.
    Missing(String),
}

/// One line of the table.
#[derive(Debug, Clone)]
pub(crate) struct Measure {
    pub(crate) name: String,
    pub(crate) what: String,
    pub(crate) figure: Figure,
    pub(crate) target: Target,
    /// Part and whole of each kind that the figure is made of.
    pub(crate) kinds: BTreeMap<String, (usize, usize)>,
    pub(crate) misses: Vec<Miss>,
}

/// One thing that went wrong, for the writers of rules.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Miss {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) expected: String,
    pub(crate) found: String,
}

impl Measure {
    /// A share that starts empty and is added to.
    pub(crate) fn share(name: impl Into<String>, what: impl Into<String>, target: Target) -> Measure {
        Measure::new(name.into(), what.into(), Figure::Share { part: 0, whole: 0 }, target)
    }

    pub(crate) fn number(name: &str, what: String, (value, unit): (f64, &'static str), target: Target) -> Measure {
        Measure::new(name.to_owned(), what, Figure::Number { value, unit }, target)
    }

    pub(crate) fn missing(name: impl Into<String>, what: impl Into<String>, why: impl Into<String>) -> Measure {
        Measure::new(name.into(), what.into(), Figure::Missing(why.into()), Target::None)
    }

    fn new(name: String, what: String, figure: Figure, target: Target) -> Measure {
        Measure { name, what, figure, target, kinds: BTreeMap::new(), misses: Vec::new() }
    }

    /// Counts one item of a kind; `counts` is whether it belongs to the part.
    pub(crate) fn add(&mut self, kind: &str, counts: bool) {
        self.add_all(kind, usize::from(counts), 1);
    }

    fn add_all(&mut self, kind: &str, more: usize, items: usize) {
        if let Figure::Share { part, whole } = &mut self.figure {
            *part += more;
            *whole += items;
        }
        let of_kind = self.kinds.entry(kind.to_owned()).or_default();
        of_kind.0 += more;
        of_kind.1 += items;
    }

    /// The same measure over several sets. It has no misses of its own.
    pub(crate) fn together((name, what): (String, String), parts: &[&Measure]) -> Measure {
        let mut sum = Measure::share(name, what, parts.first().map_or(Target::None, |part| part.target));
        for (kind, (part, whole)) in parts.iter().flat_map(|part| &part.kinds) {
            sum.add_all(kind, *part, *whole);
        }
        sum
    }

    fn value(&self) -> Option<f64> {
        match self.figure {
            Figure::Share { part, whole } => (whole > 0).then(|| part as f64 / whole as f64),
            Figure::Number { value, .. } => Some(value),
            Figure::Missing(_) => None,
        }
    }

    fn reached(&self) -> Option<bool> {
        match (self.target, self.value()) {
            (Target::None, _) => None,
            (Target::AtLeast(goal), value) => Some(value.is_some_and(|value| value >= goal)),
            (Target::AtMost(goal), value) => Some(value.is_some_and(|value| value <= goal)),
        }
    }

    fn figure_words(&self) -> String {
        match &self.figure {
            Figure::Share { part, whole } => {
                format!("{:.1} % ({part} of {whole})", 100.0 * *part as f64 / (*whole).max(1) as f64)
            }
            Figure::Number { value, unit } => format!("{value:.2} {unit}"),
            Figure::Missing(why) => why.clone(),
        }
    }

    fn target_words(&self) -> String {
        let goal = |goal: f64| match self.figure {
            Figure::Number { unit, .. } => format!("{goal} {unit}"),
            _ => format!("{} %", (goal * 1000.0).round() / 10.0),
        };
        match self.target {
            Target::AtLeast(least) => format!("≥ {}", goal(least)),
            Target::AtMost(most) => format!("≤ {}", goal(most)),
            Target::None => String::new(),
        }
    }

    fn reached_words(&self) -> &'static str {
        match (&self.figure, self.reached()) {
            (Figure::Missing(_), _) => "not measured",
            (_, Some(true)) => "reached",
            (_, Some(false)) => "NOT reached",
            (_, None) => "",
        }
    }
}

/// The table, then what each share is made of.
pub(crate) fn print_table(measures: &[Measure]) {
    println!("| name | measure | figure | target | |\n|---|---|---|---|---|");
    for measure in measures {
        println!(
            "| {} | {} | {} | {} | {} |",
            measure.name,
            measure.what,
            measure.figure_words(),
            measure.target_words(),
            measure.reached_words()
        );
    }
    let judged: Vec<bool> = measures.iter().filter_map(Measure::reached).collect();
    let reached = judged.iter().filter(|reached| **reached).count();
    let missing = measures.iter().filter(|measure| matches!(measure.figure, Figure::Missing(_))).count();
    println!("\n{reached} of {} targets reached, {missing} measures not measured", judged.len());
    println!("\nBy kind:");
    for measure in measures.iter().filter(|measure| measure.kinds.len() > 1) {
        let kinds: Vec<String> =
            measure.kinds.iter().map(|(kind, (part, whole))| format!("{kind} {part}/{whole}")).collect();
        println!("- {}: {}", measure.name, kinds.join(", "));
    }
}

/// The table for a program.
pub(crate) fn json(measures: &[Measure]) -> Value {
    let line = |measure: &Measure| {
        json!({
            "name": measure.name, "what": measure.what, "value": measure.value(), "figure": measure.figure_words(),
            "target": measure.target_words(), "reached": measure.reached(), "verdict": measure.reached_words(),
            "kinds": measure.kinds,
        })
    };
    measures.iter().map(line).collect()
}

/// What was missed, most useful for a rule writer when read top to bottom.
pub(crate) fn print_misses(measures: &[Measure], as_json: bool) {
    for measure in measures.iter().filter(|measure| !measure.misses.is_empty()) {
        if as_json {
            for miss in &measure.misses {
                println!("{}", json!({ "measure": measure.name, "miss": miss }));
            }
            continue;
        }
        println!("# {}: {} ({} misses)", measure.name, measure.figure_words(), measure.misses.len());
        for miss in &measure.misses {
            println!(
                "{}\n  text      {}\n  expected  {}\n  found     {}",
                miss.id, miss.text, miss.expected, miss.found
            );
        }
    }
}
