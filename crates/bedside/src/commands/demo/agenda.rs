//! What happened when: the scenes of the past, in order.

use bedside_publishing::posts::{self, Post};
use jiff::{
    SignedDuration, Timestamp, ToSpan, ZonedDateTime,
    civil::{Date, Weekday, time},
    tz::TimeZone,
};

use super::{
    audience,
    cast::{self, Cast, Stage},
    month::{self, Trouble, posts_window},
    past::Past,
    story::Story,
};

/// A challenge that began on the Monday before this many days is in its second or third week.
const RUNNING_DAYS: i64 = 10;
/// The practice began this many days before the challenge, and planned it this many days before.
const BEGAN_DAYS: i64 = 12;
const PLANNED_DAYS: i64 = 5;

/// Something that happens.
enum Scene {
    /// Only time passes.
    Look,
    /// The next post goes wrong.
    GoWrong(Trouble),
    /// The clinician signs everything that is due before this moment.
    Sign(Timestamp),
    /// The writer posts by hand.
    Tick(Box<Post>),
    /// Somebody writes: number of the message.
    Say(usize),
    /// The writer answers: number of the message.
    Answer(usize),
    /// People like and share.
    Applaud,
    /// The writer begins the drafts.
    Draft,
}

/// When the story plays.
pub(super) struct Dates {
    now: Timestamp,
    zone: TimeZone,
    /// Day 1 of the challenge.
    start: Date,
}

impl Dates {
    /// A challenge that is under way at `now`.
    pub(super) fn around(now: Timestamp) -> anyhow::Result<Self> {
        let zone = TimeZone::get(cast::TIME_ZONE)?;
        let day = now.to_zoned_datetime(zone.clone()).date().checked_sub(RUNNING_DAYS.days())?;
        let start = if day.weekday() == Weekday::Monday { day } else { day.nth_weekday(-1, Weekday::Monday)? };
        Ok(Self { now, zone, start })
    }

    /// When the practice began.
    pub(super) fn beginning(&self) -> anyhow::Result<Timestamp> {
        self.at(-BEGAN_DAYS, 9, 0)
    }

    fn at(&self, day: i64, hour: i8, minute: i8) -> anyhow::Result<Timestamp> {
        let date = self.start.checked_add(day.days())?;
        Ok(date.to_datetime(time(hour, minute, 0, 0)).to_zoned_datetime(self.zone.clone())?.timestamp())
    }

    fn ago(&self, minutes: i64) -> Timestamp {
        self.now - SignedDuration::from_mins(minutes)
    }

    fn end_of_today(&self) -> anyhow::Result<Timestamp> {
        let today: ZonedDateTime = self.now.to_zoned_datetime(self.zone.clone());
        Ok(today.tomorrow()?.start_of_day()?.timestamp())
    }
}

/// Plays the whole past.
pub(super) async fn play(past: &Past, stage: &Stage, story: &Story, dates: &Dates) -> anyhow::Result<Cast> {
    let desk = &past.desk;
    let cast = cast::begin(desk, story).await?;
    past.reach(dates.at(-PLANNED_DAYS, 9, 0)?).await?;
    let challenge_id = month::plan(desk, &cast, &story.template, dates.start).await?;
    let month = posts::store::of_challenge(&desk.ground.database, &cast.practice.id, &challenge_id).await?;
    for (at, scene) in agenda(story, dates, &month)? {
        if let Scene::GoWrong(trouble) = scene {
            trouble.prepare(stage, at)?;
            continue;
        }
        past.reach(at).await?;
        match scene {
            Scene::Look | Scene::GoWrong(_) => {}
            Scene::Sign(until) => month::sign(desk, &cast, until.as_microsecond()).await?,
            Scene::Tick(post) => month::tick_by_hand(desk, &cast, &post).await?,
            Scene::Say(n) => audience::say(desk, &cast, stage, &challenge_id, &story.messages[n]).await?,
            Scene::Answer(n) => audience::reply(desk, &cast, &story.messages[n]).await?,
            Scene::Applaud => {
                for applause in &story.applause {
                    audience::applaud(desk, &cast, stage, &challenge_id, applause).await?;
                }
            }
            Scene::Draft => {
                for begun in &story.drafts {
                    let due = dates.now + SignedDuration::from_hours(24 * begun.days_ahead);
                    let noon = due.to_zoned_datetime(dates.zone.clone()).with().time(time(12, 10, 0, 0)).build()?;
                    month::begin_draft(desk, &cast, begun, noon.timestamp().as_microsecond()).await?;
                }
            }
        }
        past.settle().await?;
        past.look_around().await?;
    }
    Ok(cast)
}

/// All scenes that are over by now, in order; what prepares a moment stands before it.
fn agenda(story: &Story, dates: &Dates, month: &[Post]) -> anyhow::Result<Vec<(Timestamp, Scene)>> {
    let mut scenes = signings(dates)?;
    scenes.extend(deliveries(dates, month));
    for (n, said) in story.messages.iter().enumerate() {
        scenes.push((dates.ago(said.minutes_ago), Scene::Say(n)));
        scenes.extend(said.answered_after.map(|after| (dates.ago(said.minutes_ago - after), Scene::Answer(n))));
    }
    scenes.push((dates.ago(200), Scene::Draft));
    scenes.push((dates.ago(30), Scene::Applaud));
    scenes.push((dates.now, Scene::Look));
    scenes.retain(|(at, _)| *at <= dates.now);
    scenes.sort_by_key(|(at, scene)| (*at, !matches!(scene, Scene::GoWrong(_))));
    Ok(scenes)
}

/// The opening is signed on the Friday before, each week on its Monday; this week only what goes out until tonight.
fn signings(dates: &Dates) -> anyhow::Result<Vec<(Timestamp, Scene)>> {
    let tonight = dates.end_of_today()?;
    let mut scenes = vec![(dates.at(-3, 8, 30)?, Scene::Sign(dates.at(0, 0, 0)?))];
    for monday in [0, 7, 14, 21] {
        scenes.push((dates.at(monday, 8, 30)?, Scene::Sign(tonight.min(dates.at(monday + 7, 0, 0)?))));
    }
    Ok(scenes)
}

fn deliveries(dates: &Dates, month: &[Post]) -> Vec<(Timestamp, Scene)> {
    let dues = month.iter().filter_map(|post| Some((Timestamp::from_microsecond(post.due_at?).ok()?, post)));
    let mut out: Vec<(Timestamp, &Post)> = dues.filter(|(due, _)| *due <= dates.now).collect();
    out.sort_by_key(|(due, _)| *due);
    let mut scenes = Vec::new();
    for (n, (due, post)) in out.iter().enumerate() {
        let (due, a_minute) = (*due, SignedDuration::from_mins(1));
        // Settled by a look a moment later, missed when the window is over, sent when the pause is.
        let window = due + posts_window();
        let looks = [due, due + a_minute, window, window + SignedDuration::from_mins(31)];
        scenes.extend(looks.map(|at| (at, Scene::Look)));
        // The newest one still waits for its tick.
        if n + 1 < out.len() {
            scenes.push((due + SignedDuration::from_mins(25), Scene::Tick(Box::new((*post).clone()))));
        }
    }
    let over = out.iter().filter(|(due, _)| *due + posts_window() + SignedDuration::from_hours(1) <= dates.now);
    let newest_last: Vec<Timestamp> = over.map(|(due, _)| *due).collect();
    let troubled = newest_last.len().saturating_sub(Trouble::ALL.len());
    scenes
        .extend(newest_last[troubled..].iter().zip(Trouble::ALL).map(|(due, trouble)| (*due, Scene::GoWrong(trouble))));
    scenes
}
