//! The practice's first page: who we are, what runs now, what is new. And the list of everything.

use askama::Template;
use bedside_web::{Answer, Lang, PublicShell, dates, shell::tel};

use super::{Marks, Page, store};
use crate::{
    masthead::capital,
    shelf::{Desk, Leaf},
    words::{say, say_of},
};

/// Posts on the first page.
const LATEST: usize = 8;
/// Posts on the page of all posts; a practice that posts daily fills it in three years.
const ALL: usize = 1000;

/// The first page.
#[derive(Template)]
#[template(path = "pages/views/home.html")]
struct HomePage {
    shell: PublicShell,
    place: Option<String>,
    phone_href: String,
    running: Option<Running>,
    entries: Vec<Entry>,
    posts_path: String,
}

/// The list of everything.
#[derive(Template)]
#[template(path = "pages/views/posts.html")]
struct PostsPage {
    shell: PublicShell,
    entries: Vec<Entry>,
}

/// A post in a list.
struct Entry {
    lang: Lang,
    href: String,
    heading: String,
    beginning: String,
    signed_by: Option<String>,
    date: String,
    source: Option<String>,
}

/// The challenge of this month.
struct Running {
    lang: Lang,
    href: String,
    title: String,
    kicker: String,
    tagline: String,
    action: Option<String>,
    marks: Option<Marks>,
}

/// The first page.
pub(crate) async fn first(desk: &Desk<'_>) -> Answer<Leaf> {
    let practice = &desk.edition.practice;
    let pages = store::listed(desk.ground, &practice.id, LATEST).await?;
    let running = store::running(desk.ground, &practice.id, desk.edition.today).await?;
    let mut shell =
        desk.edition.shell(&desk.ground.settings, desk.lang, "", pages.iter().any(|page| page.speaks(Lang::Es)));
    let running = running.and_then(|page| Running::of(desk, &page));
    if let Some(running) = &running {
        shell.links.insert(0, (say(desk.lang, "nav-challenge"), running.href.clone()));
    }
    Leaf::page(&HomePage {
        place: place(desk),
        phone_href: tel(shell.phone.as_deref().unwrap_or_default()),
        running,
        entries: pages.iter().map(|page| Entry::of(desk, page)).collect(),
        posts_path: desk.edition.path(desk.lang, "/posts"),
        shell,
    })
}

/// Every post.
pub(crate) async fn all(desk: &Desk<'_>) -> Answer<Leaf> {
    let pages = store::listed(desk.ground, &desk.edition.practice.id, ALL).await?;
    let shell =
        desk.edition.shell(&desk.ground.settings, desk.lang, "/posts", pages.iter().any(|page| page.speaks(Lang::Es)));
    Leaf::page(&PostsPage { entries: pages.iter().map(|page| Entry::of(desk, page)).collect(), shell })
}

/// "Family medicine in Maple Falls, Oregon."
fn place(desk: &Desk<'_>) -> Option<String> {
    let facts = &desk.edition.practice.facts;
    let place: Vec<_> =
        [&facts.city, &facts.state].into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
    // The specialty is written in one language, and a Spanish page must not mix two.
    let known = !facts.specialty.is_empty() && !place.is_empty() && desk.lang == Lang::En;
    known.then(|| {
        say_of(desk.lang, "home-in", &[("specialty", &capital(&facts.specialty)), ("place", &place.join(", "))])
    })
}

impl Entry {
    fn of(desk: &Desk<'_>, page: &Page) -> Self {
        Self {
            lang: page.in_lang(desk.lang).2,
            href: desk.edition.path(desk.lang, &page.rest()),
            heading: page.heading(desk.lang),
            // Without a title, the heading is the beginning already.
            beginning: if page.in_lang(desk.lang).0.is_empty() { String::new() } else { page.beginning(desk.lang) },
            signed_by: page.content.signed_by.clone(),
            date: dates::full_date(desk.lang, desk.edition.day_of(page.published_at)),
            source: page.content.sources.first().map(|source| source.title.clone()),
        }
    }
}

impl Running {
    fn of(desk: &Desk<'_>, page: &Page) -> Option<Self> {
        let challenge = page.content.challenge.as_ref()?;
        let (title, _, lang) = page.in_lang(desk.lang);
        let text = challenge.in_lang(lang);
        let day = challenge.day_on(desk.edition.today);
        let kicker = match day {
            Some(day) => {
                say_of(desk.lang, "this-month", &[("day", &day.to_string()), ("days", &challenge.days().to_string())])
            }
            None => say_of(desk.lang, "starts-on", &[("date", &dates::day(desk.lang, challenge.start))]),
        };
        Some(Self {
            lang,
            href: desk.edition.path(desk.lang, &page.rest()),
            title: title.to_owned(),
            kicker,
            tagline: text.tagline.clone(),
            action: day.and_then(|day| text.action(day)).map(str::to_owned),
            marks: Marks::read(&challenge.marks),
        })
    }
}
