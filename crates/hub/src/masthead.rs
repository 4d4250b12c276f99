//! The practice as the public sees it, its addresses on this installation, and the edition of its pages.

use bedside_platform::{Ground, settings::Settings};
use bedside_practice::Practice;
use bedside_web::{Answer, Lang, PublicShell};
use jiff::civil::Date;
use sqlx::Row;

use crate::words::{say, say_of};

/// A state of a practice's pages. Whatever was rendered from one edition stays right until there is another:
/// something was published, changed or withdrawn, the practice's facts changed, or a new day began.
#[derive(Debug, Clone)]
pub(crate) struct Edition {
    /// Grows with every change of a page.
    number: i64,
    /// Whose pages these are.
    pub(crate) practice: Practice,
    /// The day at the practice.
    pub(crate) today: Date,
}

impl Edition {
    /// The present edition of the practice with this word in its addresses; `None` when there is none.
    pub(crate) async fn load(ground: &Ground, slug: &str) -> Answer<Option<Self>> {
        let row = sqlx::query(
            "SELECT practices.*, COALESCE(page_editions.number, 0) AS edition FROM practices \
             LEFT JOIN page_editions ON page_editions.practice_id = practices.id WHERE practices.slug = $1",
        )
        .bind(slug)
        .fetch_optional(ground.database.read())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let practice = Practice::from_row(&row)?;
        let today = practice.local(ground.now()).date();
        Ok(Some(Self { number: row.try_get("edition")?, practice, today }))
    }

    /// Whether pages made from one are still right for the other.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.number == other.number
            && self.today == other.today
            && self.practice.id == other.practice.id
            && self.practice.facts == other.practice.facts
            && self.practice.time_zone == other.practice.time_zone
            && self.practice.languages == other.practice.languages
    }

    /// A path of this practice in a language. `rest` is empty or begins with a slash.
    pub(crate) fn path(&self, lang: Lang, rest: &str) -> String {
        practice_path(&self.practice.slug, lang, rest)
    }

    /// The same as an absolute address.
    pub(crate) fn url(&self, settings: &Settings, lang: Lang, rest: &str) -> String {
        settings.address(&self.path(lang, rest))
    }

    /// The day at the practice of a moment in microseconds.
    pub(crate) fn day_of(&self, micros: i64) -> Date {
        self.practice.local(micros).date()
    }

    /// The frame of the page at `rest`, which also exists in Spanish when `spanish` says so.
    pub(crate) fn shell(&self, settings: &Settings, lang: Lang, rest: &str, spanish: bool) -> PublicShell {
        let (facts, path) = (&self.practice.facts, |rest: &str| self.path(lang, rest));
        let phone = facts.phones.first().cloned();
        let languages = if spanish || self.practice.speaks_spanish() || lang == Lang::Es {
            Lang::ALL.into_iter().map(|other| (other, self.path(other, rest))).collect()
        } else {
            Vec::new()
        };
        let feed = |key: &str, kind, file: &str| (format!("{}: {}", facts.name, say(lang, key)), kind, path(file));
        PublicShell {
            practice_name: facts.name.clone(),
            practice_line: self.line(),
            home_path: path(""),
            lang,
            languages,
            links: vec![(say(lang, "nav-posts"), path("/posts"))],
            address: (!facts.address.is_empty()).then(|| facts.address.clone()),
            phone,
            canonical_url: self.url(settings, lang, rest),
            description: say_of(lang, "home-description", &[("practice", &facts.name)]),
            og_image: Some(self.url(settings, lang, "/card.png")),
            feeds: vec![
                feed("feed-atom", "application/atom+xml", "/feed.atom"),
                feed("feed-rss", "application/rss+xml", "/feed.rss"),
                feed("feed-json", "application/feed+json", "/feed.json"),
            ],
            policies: Vec::new(),
        }
    }

    /// "Family medicine, Maple Falls"; `None` when neither is known.
    fn line(&self) -> Option<String> {
        let facts = &self.practice.facts;
        let parts: Vec<_> =
            [capital(&facts.specialty), facts.city.clone()].into_iter().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// The same words with a capital at the beginning.
pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// `/p/cedar-hollow/posts/…`, with `?lang=es` for Spanish.
pub(crate) fn practice_path(slug: &str, lang: Lang, rest: &str) -> String {
    match lang {
        Lang::En => format!("/p/{slug}{rest}"),
        Lang::Es => format!("/p/{slug}{rest}?lang=es"),
    }
}
