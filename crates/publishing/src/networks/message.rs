//! What goes out: the exact message for one account.

use bedside_guard::{Lang, Piece, PieceKind, Screened};

/// What one account is to receive: the exact words, pictures and sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The post it is made from. The own page's address ends with it, so that the address is known before
    /// anything is planned and stays the same when the title changes.
    pub post_id: String,
    /// Heading; only networks with headings show it (the own page).
    pub title: String,
    /// The exact text for this account, link home included.
    pub text: String,
    /// Language of `text`, a BCP 47 tag (`en`, `es`).
    pub lang: String,
    /// The same message in Spanish, for the own page.
    pub spanish: Option<Translation>,
    /// Pictures in order.
    pub pictures: Vec<Picture>,
    /// Where the facts come from.
    pub sources: Vec<SourceLine>,
    /// Name and credentials of the clinician who signed, for the own page.
    pub signed_by: Option<String>,
    /// Set when this answers somebody.
    pub reply_to: Option<ReplyTo>,
    /// The challenge it belongs to, for the own page.
    pub challenge_id: Option<String>,
}

/// Title and text in a second language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// Heading.
    pub title: String,
    /// Text.
    pub text: String,
}

/// A picture, already decoded and re-encoded by `media`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// SHA-256 of the bytes, the name under which `Files` keeps them.
    pub hash: String,
    /// `image/jpeg`, `image/png`, `image/webp` or `image/gif`.
    pub mime: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Size in bytes.
    pub bytes: u64,
    /// What it shows, for those who cannot see it. Never empty.
    pub alt: String,
    /// The neutral name it goes out under, never the uploaded one.
    pub file_name: String,
}

/// A source as it is shown to readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Who publishes it, with the title of the page.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The day a person looked, microseconds.
    pub checked_at: Option<i64>,
}

/// The message that is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyTo {
    /// The network's own reference, as `read` gave it (its form is the network's affair).
    pub reference: String,
    /// Its text, which the guard compares the answer with.
    pub text: String,
}

impl Screened for Outgoing {
    fn pieces(&self) -> Vec<Piece<'_>> {
        let answered = self.reply_to.as_ref().map(|to| to.text.as_str());
        let piece = |what, text, lang: &str| Piece { what, text, lang: Lang::from_tag(lang), in_reply_to: answered };
        let mut pieces = vec![piece(PieceKind::Body, self.text.as_str(), &self.lang)];
        if !self.title.is_empty() {
            pieces.push(piece(PieceKind::Title, &self.title, &self.lang));
        }
        if let Some(spanish) = &self.spanish {
            pieces.push(piece(PieceKind::Title, &spanish.title, "es"));
            pieces.push(piece(PieceKind::Body, &spanish.text, "es"));
        }
        for picture in &self.pictures {
            pieces.push(piece(PieceKind::AltText, &picture.alt, &self.lang));
            pieces.push(piece(PieceKind::FileName, &picture.file_name, &self.lang));
        }
        for source in &self.sources {
            pieces.push(piece(PieceKind::LinkTitle, &source.title, &self.lang));
        }
        pieces
    }
}
