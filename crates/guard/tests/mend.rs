//! Words put in place: each that is offered mends its finding and brings none, over every sentence the project has; and a
//! list of sentences before and after that was read by a person.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;

use bedside_guard::{Category, Context, Finding, Guard, Lang, Profile, Severity, Text};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    text: String,
    context: Context,
    lang: String,
    #[serde(default)]
    in_reply_to: Option<String>,
}

impl Case {
    fn text(&self) -> Text<'_> {
        Text {
            text: &self.text,
            context: self.context,
            lang: Lang::from_tag(&self.lang),
            in_reply_to: self.in_reply_to.as_deref(),
        }
    }
}

fn cedar_hollow() -> Guard {
    Guard::new(&serde_json::from_str::<Profile>(include_str!("data/practice.json")).unwrap())
}

fn cases() -> impl Iterator<Item = Case> {
    [include_str!("data/cases.jsonl"), include_str!("data/heldout.jsonl"), include_str!("data/heldout_all.jsonl")]
        .into_iter()
        .flat_map(str::lines)
        .map(|line| serde_json::from_str(line).unwrap())
}

/// What must be decided: category and words of each finding above a note, sorted.
fn loud(findings: &[Finding]) -> Vec<(Category, &str)> {
    let loud = findings.iter().filter(|finding| finding.severity > Severity::Note);
    let mut loud: Vec<_> = loud.map(|finding| (finding.category, finding.span.as_str())).collect();
    loud.sort_unstable();
    loud
}

/// Context, category, the sentence, the sentence with its first finding of that category mended.
const READ: &[(Context, Category, &str, &str)] = &[
    (
        Context::ReviewReply,
        Category::Name,
        "Dear Samantha, we appreciate the kind words.",
        "Hello, we appreciate the kind words.",
    ),
    (
        Context::CommentReply,
        Category::Name,
        "Thank you so much, Bethany! We appreciate the feedback.",
        "Thank you so much! We appreciate the feedback.",
    ),
    (
        Context::ReviewReply,
        Category::Name,
        "Hola Patricia, gracias por sus palabras.",
        "Hola, gracias por sus palabras.",
    ),
    (
        Context::Post,
        Category::Name,
        "Our patient Gloria Mendez walked 100 miles this year.",
        "A patient walked 100 miles this year.",
    ),
    (
        Context::Post,
        Category::Name,
        "Felicidades a nuestra paciente Carmen Ortiz por dejar de fumar.",
        "Felicidades a una persona por dejar de fumar.",
    ),
    (Context::Post, Category::Name, "Thank you, Brian Doyle, for your knee story!", "Thank you for your knee story!"),
    (Context::Story, Category::Name, "My name is Doreen Walsh and I cut out soda.", "I cut out soda."),
    (Context::Story, Category::Name, "Me llamo Ana Torres y camino todos los días.", "Camino todos los días."),
    (
        Context::ColleagueCase,
        Category::Name,
        "Mrs. Whitaker, 71, with new atrial fibrillation.",
        "A patient, 71, with new atrial fibrillation.",
    ),
    (
        Context::ColleagueCase,
        Category::Name,
        "Seen with her sister Guadalupe, who manages the meds.",
        "Seen with her sister, who manages the meds.",
    ),
    (
        Context::Post,
        Category::Date,
        "Congratulations to Harold Finch, who finished cardiac rehab on March 3, 2024!",
        "Congratulations to Harold Finch, who finished cardiac rehab in 2024!",
    ),
    (Context::ColleagueCase, Category::Date, "Seen last Thursday with a rash.", "Seen recently with a rash."),
    (
        Context::ColleagueCase,
        Category::Date,
        "Nació el 12/09/1958, fibrilación auricular.",
        "Nació en 1958, fibrilación auricular.",
    ),
    (
        Context::CommentReply,
        Category::Contact,
        "We will call you at 541-555-0199 about your results.",
        "We will call you about your results.",
    ),
    (Context::Story, Category::Contact, "Mi celular es 541 555 0188.", "Mi celular es privado."),
    (
        Context::ColleagueCase,
        Category::IdNumber,
        "MRN 5521987, 45F with recurrent pancreatitis.",
        "45F with recurrent pancreatitis.",
    ),
    (
        Context::ColleagueCase,
        Category::IdNumber,
        "His driver's license OR 4471902 was used to pick up the oxycodone.",
        "His driver's license was used to pick up the oxycodone.",
    ),
    (
        Context::Post,
        Category::Location,
        "A patient from Sweet Home lost 20 pounds with our walking group.",
        "A patient from Oregon lost 20 pounds with our walking group.",
    ),
    (
        Context::ColleagueCase,
        Category::Location,
        "62M from Philomath with chest pain.",
        "62M from the area with chest pain.",
    ),
    (
        Context::Story,
        Category::Location,
        "Vivo en la calle Roble 45 y camino en las noches.",
        "Vivo en nuestra zona y camino en las noches.",
    ),
    (Context::ColleagueCase, Category::Age, "94 y/o man with syncope.", "Man aged 90 or older with syncope."),
    (
        Context::Post,
        Category::Age,
        "Una paciente de 95 años camina cada día.",
        "Una paciente de 90 años o más camina cada día.",
    ),
    (
        Context::Post,
        Category::Age,
        "Happy 100th birthday to one of our favorite patients!",
        "Happy birthday to one of our favorite patients!",
    ),
    (
        Context::Story,
        Category::Minor,
        "My daughter Lily has asthma and we walk together.",
        "My daughter has asthma and we walk together.",
    ),
    (
        Context::Post,
        Category::Minor,
        "Look who was brave today: 4-year-old Mia got her vaccines!",
        "Look who was brave today: a child got her vaccines!",
    ),
    (
        Context::ReviewReply,
        Category::Relationship,
        "Thanks so much for visiting us!",
        "Thanks so much for taking the time to write!",
    ),
    (
        Context::ReviewReply,
        Category::Relationship,
        "Gracias por visitarnos.",
        "Gracias por tomarse el tiempo de escribir.",
    ),
    (
        Context::ReviewReply,
        Category::Relationship,
        "We are sorry that your appointment started late. Please call our manager.",
        "We are sorry to read this and take all feedback seriously. Please call our manager.",
    ),
    (
        Context::CommentReply,
        Category::PhiDetail,
        "Hey there! Your labs came back great.",
        "Hey there! Thank you for taking the time to write.",
    ),
    (
        Context::ReviewReply,
        Category::PhiDetail,
        "Nos alegra que su operación saliera bien.",
        "Gracias por tomarse el tiempo de escribir.",
    ),
    (Context::Post, Category::Claim, "Our new shot cures arthritis.", "Our new shot may help with arthritis."),
    (Context::Post, Category::Claim, "Este jarabe cura el asma.", "Este jarabe puede ayudar con el asma."),
    (Context::Post, Category::Claim, "We are the #1 clinic in the valley.", "We are a trusted clinic in the valley."),
    (
        Context::CommentReply,
        Category::Advice,
        "Good question! You should double your metformin.",
        "Good question! For your own situation, please ask your clinician.",
    ),
    (
        Context::Post,
        Category::Incentive,
        "Leave us five stars and get a gift card.",
        "We welcome honest feedback from everyone.",
    ),
    (
        Context::ReviewReply,
        Category::Hostile,
        "You are a liar and everyone knows it.",
        "We are sorry to read this and take all feedback seriously.",
    ),
];

#[test]
fn the_mended_sentence_reads_well() {
    let guard = cedar_hollow();
    let mut wrong = Vec::new();
    for (context, category, text, expected) in READ {
        let findings = guard.advise(&Text { text, context: *context, lang: Lang::En, in_reply_to: None });
        let found = findings.iter().find(|finding| finding.category == *category);
        let mended = found.and_then(|finding| finding.replacement.as_ref()).map(|words| words.applied(text));
        if mended.as_deref() != Some(*expected) {
            wrong.push(format!("{text}\n  {mended:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_wants_more_than_words_gets_none() {
    let guard = cedar_hollow();
    for (context, category, text) in [
        (Context::Post, Category::NoSource, "Flu kills 36,000 people every year."),
        (Context::Post, Category::Photo, "Selfie with our favorite patient after her last infusion."),
        (Context::Story, Category::Emergency, "After the new salt substitute I fainted."),
    ] {
        let findings = guard.advise(&Text { text, context, lang: Lang::En, in_reply_to: None });
        let found = findings.iter().find(|finding| finding.category == category).unwrap();
        assert_eq!(found.replacement, None, "{text}");
    }
}

#[test]
fn a_long_text_is_read_again_only_so_often() {
    let guard = cedar_hollow();
    let text = "Mrs. Osei came back with the same rash. ".repeat(500);
    let question = Text { text: &text, context: Context::ColleagueCase, lang: Lang::En, in_reply_to: None };
    let findings = guard.advise(&question);
    assert!(findings.len() > 400 && findings.iter().filter(|finding| finding.replacement.is_some()).count() < 100);
}

#[test]
fn a_replacement_mends_its_finding_and_brings_none() {
    let guard = cedar_hollow();
    let mut counts: BTreeMap<Category, (usize, usize)> = BTreeMap::new();
    for case in cases() {
        let findings = guard.advise(&case.text());
        for finding in findings.iter().filter(|finding| finding.severity > Severity::Note) {
            let (mended, all) = counts.entry(finding.category).or_default();
            *all += 1;
            let Some(replacement) = &finding.replacement else {
                println!("none  {} {} {:?} in: {}", case.context, finding.category, finding.span, case.text);
                continue;
            };
            *mended += 1;
            let text = replacement.applied(&case.text);
            println!("{} {} {:?}\n      {}\n      {text}", case.context, finding.category, finding.span, case.text);
            let after = guard.look(&Text { text: &text, ..case.text() });
            let (before, after) = (loud(&findings), loud(&after));
            assert!(after.len() < before.len(), "{text}: {after:?} after {before:?}");
            assert!(after.iter().all(|left| before.iter().any(|was| was.0 == left.0)), "{text}: {after:?}");
        }
    }
    let (mended, all) = counts.values().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    for (category, (mended, all)) in &counts {
        println!("{category:<13} {mended:>3} of {all}");
    }
    println!("words for {mended} of {all}");
    assert!(mended * 10 >= all * 6, "words for {mended} of {all}");
}
