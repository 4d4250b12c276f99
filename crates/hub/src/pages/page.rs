//! What a page is made of.

use bedside_guard::{self as guard, Piece, PieceKind, Screened};
use bedside_web::Lang;
use serde::{Deserialize, Serialize};

use super::{ChallengePage, ChallengeText};

/// A page as it is handed in for publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicPage {
    /// The key of the delivery that publishes it; for a challenge, the challenge's id.
    pub id: String,
    /// From [`slug`](super::slug); only the first publication looks at it.
    pub slug: String,
    /// Language of `title` and `text`.
    pub lang: Lang,
    /// Heading; may be empty for a post.
    pub title: String,
    /// Plain text: empty lines part paragraphs, lines that begin with `- ` are a list. Empty for a challenge.
    pub text: String,
    /// The same in Spanish, when `lang` is another.
    pub spanish: Option<Translation>,
    /// Pictures in order.
    pub pictures: Vec<PagePicture>,
    /// Where the facts come from.
    pub sources: Vec<PageSource>,
    /// Name and credentials of the clinician who signed.
    pub signed_by: Option<String>,
    /// The challenge it belongs to.
    pub challenge_id: Option<String>,
    /// Set when the page *is* a challenge.
    pub challenge: Option<ChallengePage>,
}

/// Title and text in a second language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// Heading.
    pub title: String,
    /// Text.
    pub text: String,
}

/// A picture that the media folder keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagePicture {
    /// SHA-256 of its bytes in hexadecimal digits.
    pub hash: String,
    /// `image/jpeg`, `image/png`, `image/webp` or `image/gif`.
    pub mime: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What it shows.
    pub alt: String,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSource {
    /// Who publishes it, with the title of the page.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The day a person looked, microseconds.
    pub checked_at: Option<i64>,
}

impl Screened for PublicPage {
    fn pieces(&self) -> Vec<Piece<'_>> {
        let lang = guard::Lang::from_tag(self.lang.code());
        let mut pieces = Vec::new();
        let mut add = |what, text, lang| pieces.push(Piece { what, text, lang, in_reply_to: None });
        add(PieceKind::Title, self.title.as_str(), lang);
        add(PieceKind::Body, self.text.as_str(), lang);
        if let Some(spanish) = &self.spanish {
            add(PieceKind::Title, &spanish.title, guard::Lang::Es);
            add(PieceKind::Body, &spanish.text, guard::Lang::Es);
        }
        for picture in &self.pictures {
            add(PieceKind::AltText, &picture.alt, lang);
        }
        for source in &self.sources {
            add(PieceKind::LinkTitle, &source.title, lang);
        }
        pieces.extend(self.challenge.iter().flat_map(|challenge| challenge.pieces(lang)));
        pieces.retain(|piece| !piece.text.is_empty());
        pieces
    }
}

impl PublicPage {
    /// What it is.
    pub(crate) fn kind(&self) -> Kind {
        if self.challenge.is_some() { Kind::Challenge } else { Kind::Post }
    }
}

/// The kinds of page; the word is the one in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A post.
    Post,
    /// A challenge.
    Challenge,
}

impl Kind {
    /// The word in the database.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Challenge => "challenge",
        }
    }
}

/// A page as it was published.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    /// What it is made of.
    pub(crate) content: PublicPage,
    /// When it was first published, microseconds.
    pub(crate) published_at: i64,
    /// When it was last changed.
    pub(crate) edited_at: Option<i64>,
    /// When it was taken down.
    pub(crate) withdrawn_at: Option<i64>,
}

impl Page {
    /// Its path below the practice's home.
    pub(crate) fn rest(&self) -> String {
        match self.content.kind() {
            Kind::Post => format!("/posts/{}", self.content.slug),
            Kind::Challenge => format!("/challenges/{}", self.content.slug),
        }
    }

    /// Title and text for a reader of `wish`, and the language they are really in.
    pub(crate) fn in_lang(&self, wish: Lang) -> (&str, &str, Lang) {
        match &self.content.spanish {
            Some(spanish) if wish == Lang::Es => (&spanish.title, &spanish.text, Lang::Es),
            _ => (&self.content.title, &self.content.text, self.content.lang),
        }
    }

    /// The heading, or for a post without one the first words of its text.
    pub(crate) fn heading(&self, wish: Lang) -> String {
        let (title, text, _) = self.in_lang(wish);
        if title.is_empty() { first_words(text, 80) } else { title.to_owned() }
    }

    /// The beginning of the text, for lists and previews.
    pub(crate) fn beginning(&self, wish: Lang) -> String {
        match (&self.content.challenge, self.in_lang(wish)) {
            (Some(challenge), (_, _, lang)) => challenge.in_lang(lang).tagline.clone(),
            (None, (_, text, _)) => first_words(text, 160),
        }
    }

    /// Whether it exists in this language.
    pub(crate) fn speaks(&self, lang: Lang) -> bool {
        self.in_lang(lang).2 == lang
    }
}

impl ChallengePage {
    /// The words for a reader of the language in which the page was found.
    pub(crate) fn in_lang(&self, lang: Lang) -> &ChallengeText {
        self.spanish.as_ref().filter(|_| lang == Lang::Es).unwrap_or(&self.text)
    }
}

/// As many whole words as fit into `most` characters, with an ellipsis when something is left out.
fn first_words(text: &str, most: usize) -> String {
    let (mut beginning, mut characters) = (String::with_capacity(most + 8), 0);
    for word in text.split_whitespace() {
        let more = characters + 1 + word.chars().count();
        if more > most {
            let kept = beginning.trim_end_matches(['.', ',', ';', ':', '!', '?']).len();
            beginning.truncate(kept);
            beginning.push('…');
            return beginning;
        }
        if !beginning.is_empty() {
            beginning.push(' ');
        }
        beginning.push_str(word);
        characters = more;
    }
    beginning
}
