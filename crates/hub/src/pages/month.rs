//! A challenge to read: the goal, today's action, the month day by day, who should ask first, where to get help.

use askama::Template;
use bedside_web::{Answer, Failure, Lang, PublicShell, dates};

use super::{ChallengePage, ChallengeText, Marks, Page, SafetyNote, post::other_language_note};
use crate::{
    shelf::{Desk, Leaf},
    words::say_of,
};

/// The page of a challenge.
#[derive(Template)]
#[template(path = "pages/views/challenge.html")]
struct ChallengeView {
    shell: PublicShell,
    /// The language that the text is in; the page around it may be in another.
    lang: Lang,
    note: Option<String>,
    title: String,
    kicker: String,
    marks: Option<Marks>,
    tagline: String,
    goal: String,
    today: Option<Today>,
    weeks: Vec<WeekView>,
    safety: Vec<SafetyNote>,
    get_help: String,
}

struct Today {
    kicker: String,
    action: String,
}

struct WeekView {
    kicker: String,
    theme: String,
    lead: String,
    days: Vec<DayView>,
}

struct DayView {
    words: String,
    date: String,
    iso: String,
    action: String,
    today: bool,
}

/// The page of a challenge.
pub(crate) fn show(desk: &Desk<'_>, page: &Page) -> Answer<Leaf> {
    let Some(challenge) = &page.content.challenge else {
        return Err(Failure::internal("a challenge's page has no challenge"));
    };
    let (edition, settings) = (desk.edition, &desk.ground.settings);
    let (title, _, lang) = page.in_lang(desk.lang);
    let text = challenge.in_lang(lang);
    let rest = page.rest();
    let mut shell = edition.shell(settings, desk.lang, &rest, page.speaks(Lang::Es));
    shell.description = text.tagline.clone();
    shell.canonical_url = edition.url(settings, lang, &rest);
    shell.og_image = Some(edition.url(settings, lang, &format!("{rest}/card.png")));
    Leaf::page(&ChallengeView {
        lang,
        note: other_language_note(desk.lang, lang),
        title: title.to_owned(),
        kicker: say_of(
            desk.lang,
            "with",
            &[("dates", &dates_of(desk.lang, challenge)), ("practice", edition.practice.name())],
        ),
        marks: Marks::read(&challenge.marks),
        tagline: text.tagline.clone(),
        goal: text.goal.clone(),
        today: today(desk, challenge, text),
        weeks: weeks(desk, challenge, text),
        safety: text.safety.clone(),
        get_help: text.get_help.clone(),
        shell,
    })
}

/// "February 1 to February 28, 2027".
fn dates_of(lang: Lang, challenge: &ChallengePage) -> String {
    let (start, end) = (challenge.start, challenge.end());
    let first = dates::full_date(lang, start);
    // The year is said once when both days are in it.
    let first = match (lang, start.year() == end.year()) {
        (Lang::En, true) => format!("{} {}", dates::month(lang, start), start.day()),
        (Lang::Es, true) => format!("{} de {}", start.day(), dates::month(lang, start)),
        (_, false) => first,
    };
    say_of(lang, "from-to", &[("from", &first), ("to", &dates::full_date(lang, end))])
}

fn today(desk: &Desk<'_>, challenge: &ChallengePage, text: &ChallengeText) -> Option<Today> {
    let day = challenge.day_on(desk.edition.today)?;
    let values = [("day", &*day.to_string()), ("days", &*challenge.days().to_string())];
    Some(Today { kicker: say_of(desk.lang, "today-kicker", &values), action: text.action(day)?.to_owned() })
}

fn weeks(desk: &Desk<'_>, challenge: &ChallengePage, text: &ChallengeText) -> Vec<WeekView> {
    let day = |n: u16, action: &str| {
        let date = challenge.date_of(n);
        DayView {
            words: say_of(desk.lang, "day", &[("n", &n.to_string())]),
            date: dates::short_date(desk.lang, date),
            iso: date.to_string(),
            action: action.to_owned(),
            today: date == desk.edition.today,
        }
    };
    let week = |(at, week): (usize, &super::ChallengeWeek)| WeekView {
        kicker: say_of(desk.lang, "week", &[("n", &(at + 1).to_string())]),
        theme: week.theme.clone(),
        lead: week.lead.clone(),
        days: week.days.iter().map(|one| day(one.n, &one.action)).collect(),
    };
    text.weeks.iter().enumerate().map(week).collect()
}
