//! One post: the original of what the networks have as copies, with its sources and who answers for it.

use askama::Template;
use bedside_web::{Answer, Lang, PublicShell, dates};

use super::{Page, PagePicture, prose, store};
use crate::{
    shelf::{Desk, Leaf},
    words::{say, say_of},
};

/// The page of a post.
#[derive(Template)]
#[template(path = "pages/views/post.html")]
struct PostPage {
    shell: PublicShell,
    /// The language that the text is in; the page around it may be in another.
    lang: Lang,
    note: Option<String>,
    heading: String,
    titled: bool,
    prose: String,
    pictures: Vec<Shown>,
    sources: Vec<SourceView>,
    signed_by: Option<String>,
    initials: String,
    date: String,
    published: String,
    changed: Option<String>,
    challenge: Option<(String, String)>,
    posts_path: String,
}

struct Shown {
    path: String,
    picture: PagePicture,
}

struct SourceView {
    title: String,
    url: String,
    checked: Option<String>,
}

/// The page of a post.
pub(crate) async fn show(desk: &Desk<'_>, page: &Page) -> Answer<Leaf> {
    let (edition, settings) = (desk.edition, &desk.ground.settings);
    let (title, text, lang) = page.in_lang(desk.lang);
    let part_of = match &page.content.challenge_id {
        Some(challenge_id) => store::of_challenge(desk.ground, &edition.practice.id, challenge_id).await?,
        None => None,
    };
    let rest = page.rest();
    let mut shell = edition.shell(settings, desk.lang, &rest, page.speaks(Lang::Es));
    shell.description = page.beginning(desk.lang);
    shell.canonical_url = edition.url(settings, lang, &rest);
    shell.og_image = Some(edition.url(settings, lang, &format!("{rest}/card.png")));
    let date = |micros| dates::full_date(desk.lang, edition.day_of(micros));
    Leaf::page(&PostPage {
        lang,
        note: other_language_note(desk.lang, lang),
        heading: page.heading(desk.lang),
        titled: !title.is_empty(),
        prose: prose::html(text),
        pictures: page.content.pictures.iter().map(|picture| Shown::of(desk, picture)).collect(),
        sources: page
            .content
            .sources
            .iter()
            .map(|source| SourceView {
                title: if source.title.is_empty() { source.url.clone() } else { source.title.clone() },
                url: source.url.clone(),
                checked: source.checked_at.map(|at| say_of(desk.lang, "source-checked", &[("date", &date(at))])),
            })
            .collect(),
        initials: page.content.signed_by.as_deref().map(initials).unwrap_or_default(),
        signed_by: page.content.signed_by.clone(),
        date: date(page.published_at),
        published: say_of(desk.lang, "published", &[("date", &date(page.published_at))]),
        changed: page.edited_at.map(|at| say_of(desk.lang, "changed", &[("date", &date(at))])),
        challenge: part_of.map(|page| (page.heading(desk.lang), edition.path(desk.lang, &page.rest()))),
        posts_path: edition.path(desk.lang, "/posts"),
        shell,
    })
}

/// Said when a text is not in the language of the page around it.
pub(crate) fn other_language_note(wish: Lang, real: Lang) -> Option<String> {
    (wish != real).then(|| say(wish, if real == Lang::En { "only-english" } else { "only-spanish" }))
}

impl Shown {
    fn of(desk: &Desk<'_>, picture: &PagePicture) -> Self {
        let path = desk.edition.path(Lang::En, &format!("/media/{}", picture.hash));
        Self { path, picture: picture.clone() }
    }
}

/// "MA" of "Dr. Maria Alvarez, MD".
fn initials(name: &str) -> String {
    let name = name.split(',').next().unwrap_or_default();
    let words = name.split_whitespace().filter(|word| !word.ends_with('.'));
    words.filter_map(|word| word.chars().next()).take(2).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_pass_over_titles() {
        assert_eq!(initials("Dr. Maria Alvarez, MD"), "MA");
        assert_eq!(initials("Jordan Lee, NP"), "JL");
        assert_eq!(initials(""), "");
    }
}
