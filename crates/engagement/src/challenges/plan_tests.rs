//! Tests of the month: what one real plan looks like, and what every plan keeps.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, Time, date, time};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::library::Library;
use super::plan::{Draft, Kind, Languages, Note, OpeningDay, Plan, PlanProblem, Rhythm, plan};
use super::rest_days::RestDays;
use super::template::Language;

/// A post on Bluesky: <https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json>
const BLUESKY_GRAPHEMES: usize = 300;
const BLUESKY_BYTES: usize = 3000;
/// A post on an ordinary Mastodon server: <https://docs.joinmastodon.org/user/posting/>
const MASTODON_CHARACTERS: usize = 500;
/// Blank line and address of the own page's post: `\n\nhttps://bedside.example.org/cedar-hollow/posts/…`
const LINK_HOME: usize = 62;

/// Twelve files are read once, not once for each of the property test's cases.
static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::embedded().unwrap());

fn rhythm(start: Date) -> Rhythm {
    Rhythm {
        start,
        time_of_day: time(8, 30, 0, 0),
        time_zone: TimeZone::get("America/New_York").unwrap(),
        languages: Languages::EnglishAndSpanish,
        rest_days: RestDays::default(),
        kinds: Kind::ALL.into(),
        opening: OpeningDay::DayBefore,
    }
}

fn less_salt(rhythm: &Rhythm) -> Plan {
    plan(LIBRARY.get("less-salt").unwrap(), rhythm).unwrap()
}

fn dates(plan: &Plan) -> Vec<String> {
    plan.drafts().map(|draft| format!("{} {}", draft.due.strftime("%a %b %-d"), draft.key)).collect()
}

#[test]
fn february_with_posts_on_every_day() {
    let plan = less_salt(&rhythm(date(2027, 2, 1)));
    assert_eq!(plan.end, date(2027, 2, 28));
    let expected = [
        "Sun Jan 31 opening",
        "Mon Feb 1 week-1-post",
        "Tue Feb 2 week-1-fact",
        "Thu Feb 4 week-1-question",
        "Fri Feb 5 week-1-recipe",
        "Sat Feb 6 week-1-story",
        "Mon Feb 8 week-2-post",
    ];
    assert_eq!(dates(&plan)[..7], expected);
    assert_eq!(dates(&plan).last().unwrap(), "Mon Mar 1 results");
    assert_eq!(plan.drafts().count(), 22);
    assert_eq!(plan.minutes_per_week(), 15);
    assert_eq!(plan.days[4].action.es, "Busque el sodio de su comida rápida favorita");
    assert!(plan.drafts().all(|draft| draft.notes.is_empty()));
}

#[test]
fn february_with_weekends_and_presidents_day_off() {
    let plan = less_salt(&Rhythm { rest_days: RestDays::office(), ..rhythm(date(2027, 2, 1)) });
    let dates = dates(&plan);
    assert_eq!(dates[0], "Fri Jan 29 opening");
    assert!(dates.contains(&"Wed Feb 3 week-1-story".to_owned()), "{dates:?}");
    let story = plan.drafts().find(|draft| draft.key == "week-1-story").unwrap();
    assert_eq!(story.notes, [Note::MovedFrom(date(2027, 2, 6))]);
    assert_eq!(story.notes[0].to_string(), "Moved from Saturday, February 6, a day without posts.");
    // Week 3 has four open days for five drafts: the post leaves Presidents' Day, and one day is shared.
    let week: Vec<&Draft> = plan.days[14..21].iter().flat_map(|day| &day.drafts).collect();
    assert_eq!(week.len(), 5);
    assert!(week.iter().all(|draft| !RestDays::office().contains(draft.due.date())));
    assert_eq!(week.iter().filter(|draft| draft.notes.contains(&Note::SharesDay)).count(), 2);
}

#[test]
fn a_challenge_that_starts_today_opens_on_day_one() {
    let plan = less_salt(&Rhythm { opening: OpeningDay::FirstDay, ..rhythm(date(2027, 2, 1)) });
    assert!(plan.before.is_empty());
    assert_eq!(plan.days[0].drafts.iter().map(|draft| draft.kind).collect::<Vec<_>>(), [Kind::Opening]);
    assert_eq!(plan.days[2].drafts[0].key, "week-1-post");
}

#[test]
fn a_template_with_three_facts_gets_no_invented_fourth() {
    for template in LIBRARY.templates() {
        let plan = plan(template, &rhythm(date(2027, 5, 3))).unwrap();
        assert_eq!(plan.count(Kind::Fact), template.facts.len().min(4), "{}", template.id);
        assert!((21..=22).contains(&plan.drafts().count()), "{}", template.id);
        for draft in plan.drafts().filter(|draft| draft.kind == Kind::Fact) {
            let source = draft.source.as_ref().expect("every fact has its source");
            assert!(draft.health && source.check_before_publishing);
            for language in [Language::English, Language::Spanish] {
                assert!(draft.text.in_language(language).contains(&source.publisher));
                assert!(draft.shortest(language).contains(&source.publisher));
            }
        }
    }
}

#[test]
fn the_spring_clock_change_is_noted() {
    let plan = less_salt(&Rhythm { time_of_day: time(2, 30, 0, 0), ..rhythm(date(2027, 3, 9)) });
    let story = plan.drafts().find(|draft| draft.key == "week-1-story").unwrap();
    assert_eq!(story.due.to_string(), "2027-03-14T03:00:00-04:00[America/New_York]");
    assert_eq!(story.notes, [Note::NoSuchTime(time(2, 30, 0, 0))]);
    assert!(story.notes[0].to_string().contains("2:30 AM does not exist"));
}

#[test]
fn an_empty_choice_or_a_nameless_zone_is_refused() {
    let template = LIBRARY.get("less-salt").unwrap();
    let nothing = Rhythm { kinds: [].into(), ..rhythm(date(2027, 2, 1)) };
    assert_eq!(plan(template, &nothing), Err(PlanProblem::NothingToPost));
    let nameless = Rhythm { time_zone: TimeZone::fixed(jiff::tz::offset(-5)), ..rhythm(date(2027, 2, 1)) };
    assert_eq!(plan(template, &nameless), Err(PlanProblem::ZoneWithoutName));
    assert_eq!(plan(template, &rhythm(date(9999, 12, 20))), Err(PlanProblem::DateOutOfRange));
}

#[test]
fn every_draft_has_a_version_for_short_networks() {
    let mut too_long = Vec::new();
    // A date with long names in both languages.
    for template in LIBRARY.templates() {
        for draft in plan(template, &rhythm(date(2027, 9, 29))).unwrap().drafts() {
            for language in [Language::English, Language::Spanish] {
                let text = draft.shortest(language);
                let graphemes = text.graphemes(true).count() + LINK_HOME;
                let fits = graphemes <= BLUESKY_GRAPHEMES
                    && text.len() + LINK_HOME <= BLUESKY_BYTES
                    && text.chars().count() + LINK_HOME <= MASTODON_CHARACTERS;
                if !fits {
                    too_long.push(format!("{} {} {graphemes}: {text}", template.id, draft.key));
                }
            }
        }
    }
    assert!(too_long.is_empty(), "{}", too_long.join("\n"));
}

#[test]
fn no_ranking_and_no_talk_of_weight() {
    for template in LIBRARY.templates() {
        for draft in plan(template, &rhythm(date(2027, 2, 1))).unwrap().drafts() {
            for word in ["weight", "calorie", "leaderboard", "winner", "best member", " peso", "concurso"] {
                // "2,000 calories" stands in the label's definition of 10 %, which the source itself uses.
                let quoted = draft.kind == Kind::Fact && word == "calorie";
                let said = draft.text.en.to_lowercase().contains(word) || draft.text.es.to_lowercase().contains(word);
                assert!(quoted || !said, "{} {}: {word}", template.id, draft.key);
            }
            assert!(!draft.text.en.contains("Moderators"), "{}", template.id);
        }
    }
}

#[test]
fn the_opening_says_how_to_join_and_where_help_is() {
    for template in LIBRARY.templates() {
        let plan = plan(template, &rhythm(date(2027, 2, 1))).unwrap();
        let opening = plan.before.first().unwrap();
        for (text, words) in
            [(&opening.text.en, ["nickname", "February 1"]), (&opening.text.es, ["apodo", "1 de febrero"])]
        {
            assert!(words.iter().chain(&["911", "988"]).all(|word| text.contains(word)), "{text}");
        }
        assert!(opening.health);
    }
}

const ZONES: [&str; 8] = [
    "America/New_York",
    "America/Los_Angeles",
    "America/Puerto_Rico",
    "America/Phoenix",
    "Pacific/Honolulu",
    "Pacific/Guam",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
];

prop_compose! {
    fn any_rhythm()(
        days in 0..4000i64,
        minute in 0..1440i32,
        zone in prop::sample::select(&ZONES[..]),
        weekdays in prop::collection::btree_set(1..=7i8, 0..=7),
        federal_holidays in any::<bool>(),
        off in prop::collection::vec(-8..40i64, 0..12),
        kinds in prop::collection::btree_set(prop::sample::select(&Kind::ALL[..]), 1..=7),
        first_day in any::<bool>(),
    ) -> Rhythm {
        let start = date(2026, 1, 1) + days.days();
        Rhythm {
            start,
            time_of_day: Time::midnight() + minute.minutes(),
            time_zone: TimeZone::get(zone).unwrap(),
            languages: Languages::SpanishAndEnglish,
            rest_days: RestDays {
                weekdays: weekdays.into_iter().collect(),
                federal_holidays,
                dates: off.into_iter().map(|day| start + day.days()).collect(),
            },
            kinds,
            opening: if first_day { OpeningDay::FirstDay } else { OpeningDay::DayBefore },
        }
    }
}

proptest! {
    #[test]
    fn every_month_keeps_the_frame(rhythm in any_rhythm(), which in 0..12usize) {
        let template = &LIBRARY.templates()[which];
        let month = plan(template, &rhythm).unwrap();
        prop_assert_eq!(&month, &plan(template, &rhythm).unwrap(), "the same choices give the same month");

        prop_assert_eq!(month.days.len(), 28);
        for (n, day) in month.days.iter().enumerate() {
            prop_assert_eq!(day.date, rhythm.start + i64::try_from(n).unwrap().days());
        }

        let dues: Vec<_> = month.drafts().map(|draft| draft.due.timestamp()).collect();
        prop_assert!(dues.windows(2).all(|pair| pair[0] < pair[1]), "moments grow: {:?}", dates(&month));

        for week in month.days.chunks(7) {
            let open: Vec<_> = week.iter().filter(|day| !rhythm.rest_days.contains(day.date)).collect();
            let posted: usize = week.iter().map(|day| day.drafts.len()).sum();
            if !open.is_empty() {
                prop_assert_eq!(posted, open.iter().map(|day| day.drafts.len()).sum::<usize>(), "rest days rest");
                let fullest = open.iter().map(|day| day.drafts.len()).max().unwrap();
                prop_assert!(fullest <= posted.div_ceil(open.len()), "days are shared only when all are full");
            }
        }

        let mut counts = BTreeMap::new();
        for draft in month.drafts() {
            *counts.entry(draft.kind).or_insert(0) += 1;
            prop_assert!(rhythm.kinds.contains(&draft.kind));
            prop_assert_eq!(draft.source.is_some(), draft.kind == Kind::Fact);
            prop_assert_eq!(draft.due.time_zone(), &rhythm.time_zone);
        }
        for (kind, count) in counts {
            let expected = match kind {
                Kind::Opening | Kind::Results => 1,
                Kind::Fact => template.facts.len().min(4),
                _ => 4,
            };
            prop_assert_eq!(count, expected, "{:?}", kind);
        }
    }
}
