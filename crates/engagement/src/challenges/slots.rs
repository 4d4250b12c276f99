//! Where each draft finds its day and its moment.
//!
//! A slot is a draft that still looks for its day. Slots outside the 28 days move away from them until they
//! meet a day that is no rest day. Within a week, slots whose own day is free keep it; the others then take the
//! nearest free day, and share a day only when no day is left. Rest days are used only in a week of nothing
//! but rest days.

use jiff::civil::{Date, Time};
use jiff::{ToSpan, ZonedDateTime};

use super::due;
use super::plan::{Draft, FactSource, Note, PlanProblem};
use super::rhythm::{Kind, OpeningDay, Rhythm};
use super::template::{DAYS, Fact, Template};
use super::wording::{self, Wording};

/// How many days the opening may move back, and the results forward, to find a day that is no rest day.
const MARGIN: i64 = 7;
/// Between two drafts that share a day, in minutes.
const BETWEEN_MINUTES: i64 = 90;
/// Days of a week.
const WEEK: i64 = 7;

/// The date of a day of the challenge, where 1 is its start.
pub(super) type DateOf<'a> = dyn Fn(i64) -> Result<Date, PlanProblem> + 'a;

/// All drafts of the month, in the order in which they go out.
pub(super) fn drafts(template: &Template, rhythm: &Rhythm, date_of: &DateOf<'_>) -> Result<Vec<Draft>, PlanProblem> {
    let mut outside = outside(template, rhythm);
    for slot in &mut outside {
        slot.settle_outside(rhythm, date_of)?;
    }
    let mut slots = outside;
    for n in 0..template.weeks.len() {
        let mut week = of_week(template, rhythm, n);
        settle_week(&mut week, rhythm, date_of)?;
        slots.append(&mut week);
    }
    slots.sort_by_key(|slot| (slot.day, slot.kind));
    give_moments(slots, rhythm, date_of)
}

/// A draft that looks for its day.
struct Slot {
    key: String,
    kind: Kind,
    wanted: i64,
    day: i64,
    words: Wording,
    source: Option<FactSource>,
    staff_note: Option<String>,
    notes: Vec<Note>,
}

impl Slot {
    fn new(key: String, kind: Kind, wanted: i64, words: Wording) -> Self {
        Self { key, kind, wanted, day: wanted, words, source: None, staff_note: None, notes: Vec::new() }
    }

    /// Finds a day before the start or after the end.
    fn settle_outside(&mut self, rhythm: &Rhythm, date_of: &DateOf<'_>) -> Result<(), PlanProblem> {
        let step = if self.kind == Kind::Opening { -1 } else { 1 };
        for moved in 0..MARGIN {
            let day = self.wanted + step * moved;
            if !rhythm.rest_days.contains(date_of(day)?) {
                return self.settle(day, false, date_of);
            }
        }
        self.settle(self.wanted, true, date_of)
    }

    fn into_draft(self, due: ZonedDateTime) -> Draft {
        let Wording { title, text, short } = self.words;
        Draft {
            health: self.kind.is_health_content(),
            key: self.key,
            kind: self.kind,
            day: self.day,
            due,
            title,
            text,
            short,
            source: self.source,
            staff_note: self.staff_note,
            notes: self.notes,
        }
    }

    fn settle(&mut self, day: i64, on_rest_day: bool, date_of: &DateOf<'_>) -> Result<(), PlanProblem> {
        self.day = day;
        if on_rest_day {
            self.notes.push(Note::OnRestDay);
        } else if day != self.wanted {
            self.notes.push(Note::MovedFrom(date_of(self.wanted)?));
        }
        Ok(())
    }
}

/// The opening before day 1 and the results after the last day.
fn outside(template: &Template, rhythm: &Rhythm) -> Vec<Slot> {
    let mut slots = Vec::new();
    if rhythm.kinds.contains(&Kind::Opening) && rhythm.opening == OpeningDay::DayBefore {
        slots.push(Slot::new("opening".into(), Kind::Opening, 0, wording::opening(template, rhythm.start)));
    }
    if rhythm.kinds.contains(&Kind::Results) {
        slots.push(Slot::new("results".into(), Kind::Results, DAYS + 1, wording::results(template)));
    }
    slots
}

/// The slots of one week. A template with three facts has none in week 4: nobody invents a fourth.
fn of_week(template: &Template, rhythm: &Rhythm, n: usize) -> Vec<Slot> {
    let mut slots = Vec::new();
    let Some(week) = template.weeks.get(n) else {
        return slots;
    };
    let number = week.week;
    let first_day = WEEK * i64::try_from(n).unwrap_or(0) + 1;
    let mut add = |kind: Kind, words: Option<Wording>| {
        let Some(words) = words.filter(|_| rhythm.kinds.contains(&kind)) else {
            return;
        };
        let key = if kind == Kind::Opening { "opening".into() } else { format!("week-{number}-{}", kind.word()) };
        slots.push(Slot::new(key, kind, first_day + kind.offset(), words));
    };
    if n == 0 && rhythm.opening == OpeningDay::FirstDay {
        add(Kind::Opening, Some(wording::opening(template, rhythm.start)));
    }
    let fact = template.facts.get(n);
    add(Kind::Post, Some(wording::week(template, week)));
    add(Kind::Fact, fact.map(|fact| wording::fact(week, fact)));
    add(Kind::Question, week.questions.first().map(|question| wording::question(week, question)));
    add(Kind::Recipe, template.recipes.get(n).map(wording::recipe));
    add(Kind::Story, template.share_prompts.by_week().get(n).map(|prompt| wording::story(prompt)));
    for slot in &mut slots {
        if let (Kind::Fact, Some(fact)) = (slot.kind, fact) {
            slot.source = Some(source(fact));
            slot.staff_note = fact.staff_note.clone();
        }
    }
    slots
}

fn source(fact: &Fact) -> FactSource {
    FactSource {
        publisher: fact.publisher.clone(),
        title: fact.title.clone(),
        url: fact.url.clone(),
        check_before_publishing: fact.check_before_publishing,
    }
}

/// Gives each slot of one week its day.
fn settle_week(slots: &mut [Slot], rhythm: &Rhythm, date_of: &DateOf<'_>) -> Result<(), PlanProblem> {
    let Some(first_day) = slots.first().map(|slot| (slot.wanted - 1) / WEEK * WEEK + 1) else {
        return Ok(());
    };
    let mut open = Vec::new();
    for day in first_day..first_day + WEEK {
        if !rhythm.rest_days.contains(date_of(day)?) {
            open.push(day);
        }
    }
    let mut taken: Vec<i64> = Vec::new();
    let mut homeless = Vec::new();
    for slot in slots {
        if open.contains(&slot.wanted) && !taken.contains(&slot.wanted) {
            taken.push(slot.wanted);
        } else {
            homeless.push(slot);
        }
    }
    for slot in homeless {
        // Fewest drafts first, then nearest, then earliest.
        let crowd = |day: &i64| taken.iter().filter(|other| *other == day).count();
        let nearest = open.iter().min_by_key(|day| (crowd(day), (*day - slot.wanted).abs(), **day)).copied();
        slot.settle(nearest.unwrap_or(slot.wanted), nearest.is_none(), date_of)?;
        taken.push(slot.day);
    }
    Ok(())
}

/// Gives each draft its moment. Drafts on one day stand 90 minutes apart, and every moment is later than the
/// one before it, whatever the clocks do.
fn give_moments(slots: Vec<Slot>, rhythm: &Rhythm, date_of: &DateOf<'_>) -> Result<Vec<Draft>, PlanProblem> {
    let days: Vec<i64> = slots.iter().map(|slot| slot.day).collect();
    let mut last: Option<ZonedDateTime> = None;
    let mut drafts = Vec::with_capacity(slots.len());
    for (n, mut slot) in slots.into_iter().enumerate() {
        let on_this_day = days.iter().filter(|day| **day == slot.day).count();
        let before_it = days.iter().take(n).filter(|day| **day == slot.day).count();
        if on_this_day > 1 {
            slot.notes.push(Note::SharesDay);
        }
        let time = time_of(before_it, on_this_day, rhythm.time_of_day);
        let moment = due::moment(date_of(slot.day)?, time, &rhythm.time_zone);
        let (mut due, skipped) = moment.map_err(|_| PlanProblem::DateOutOfRange)?;
        if skipped {
            slot.notes.push(Note::NoSuchTime(time));
        }
        if let Some(last) = last.filter(|last| *last >= due) {
            due = last.checked_add(1.minute()).map_err(|_| PlanProblem::DateOutOfRange)?;
        }
        last = Some(due.clone());
        drafts.push(slot.into_draft(due));
    }
    Ok(drafts)
}

/// The time of the `n`th of `all` drafts on one day: the first at the chosen time and the others after it, or,
/// late in the evening, the last at the chosen time and the others before it.
fn time_of(n: usize, all: usize, chosen: Time) -> Time {
    let step = |count: usize| (BETWEEN_MINUTES * i64::try_from(count).unwrap_or(0)).minutes();
    match chosen.checked_add(step(all - 1)) {
        Ok(_) => chosen.saturating_add(step(n)),
        Err(_) => chosen.saturating_sub(step(all - 1 - n)),
    }
}
