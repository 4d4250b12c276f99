//! The only door out. Whatever leaves the practice is wrapped in [`Cleared`], and only
//! [`Guard::clear`] can make one.
//!
//! A person may keep a finding: anybody who writes keeps a warning with a reason, the privacy lead
//! keeps some blocks. That decision is a [`Kept`]: it is stored, and shown to the guard each time
//! the text is read again. A `Cleared` is never stored, so a text that was changed, or rules that
//! were, cannot slip past on an old decision.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::RULES_VERSION;
use crate::context::{Category, Context, Lang, Severity};
use crate::finding::Finding;
use crate::guard::{Guard, Text};

/// Something that can leave the practice and can name every text inside it.
pub trait Screened {
    /// Every text that a stranger could read: body, alternative texts, file names, link titles,
    /// poll options. Leaving one out lets it leave unread.
    fn pieces(&self) -> Vec<Piece<'_>>;
}

/// What a piece of text is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceKind {
    /// The text of the post or reply.
    Body,
    /// The title of a post or page.
    Title,
    /// The warning shown before the body.
    SpoilerText,
    /// The alternative text of a picture.
    AltText,
    /// The name of a file.
    FileName,
    /// The title of a link.
    LinkTitle,
    /// The description under a link.
    LinkDescription,
    /// The address of a link.
    LinkAddress,
    /// One answer of a poll.
    PollOption,
    /// A tag.
    Tag,
}

impl PieceKind {
    /// Whether readers can look things up there: sources are attached as links.
    fn names_a_source(self) -> bool {
        matches!(self, PieceKind::LinkTitle | PieceKind::LinkAddress)
    }

    /// The word for it in a sentence to a person.
    pub fn as_str(self) -> &'static str {
        match self {
            PieceKind::Body => "text",
            PieceKind::Title => "title",
            PieceKind::SpoilerText => "content warning",
            PieceKind::AltText => "picture description",
            PieceKind::FileName => "file name",
            PieceKind::LinkTitle => "link title",
            PieceKind::LinkDescription => "link description",
            PieceKind::LinkAddress => "link address",
            PieceKind::PollOption => "poll option",
            PieceKind::Tag => "tag",
        }
    }
}

/// One text inside a [`Screened`] thing.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// What it is to the reader.
    pub what: PieceKind,
    /// The text.
    pub text: &'a str,
    /// Its language.
    pub lang: Lang,
    /// What it answers, if it is part of a reply.
    pub in_reply_to: Option<&'a str>,
}

/// A recorded human decision to keep what the guard found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The category of the finding.
    pub category: Category,
    /// The exact words that were found. Changed words need a new decision.
    pub span: String,
    /// Why it is kept; never empty.
    pub reason: String,
    /// The id of the member who decided.
    pub by: String,
    /// Whether that member decided as the privacy lead.
    pub privacy_lead: bool,
    /// When, in microseconds UTC.
    pub at: i64,
}

impl Finding {
    /// Whether it asks for nothing but a source, so that one attached to the same message answers it.
    pub fn is_met_by_a_source(&self) -> bool {
        self.category == Category::NoSource
    }
}

impl Kept {
    /// Whether this decision covers that finding, and may.
    fn covers(&self, finding: &Finding, context: Context) -> bool {
        self.category == finding.category
            && self.span == finding.span
            && !self.reason.trim().is_empty()
            && !self.by.trim().is_empty()
            && may_be_kept(finding, context, self.privacy_lead)
    }
}

/// Whether a person may keep a finding, and only with a reason.
///
/// A warning or a note: anybody who writes. A block: the privacy lead alone, but nobody a contact
/// or an id number, and nobody in a public reply what says that somebody is a patient (see 45 CFR
/// 160.103 and the OCR cases on review replies).
pub fn may_be_kept(finding: &Finding, context: Context, privacy_lead: bool) -> bool {
    if finding.severity < Severity::Block {
        return true;
    }
    let never = match finding.category {
        Category::Contact | Category::IdNumber => true,
        Category::Relationship | Category::PhiDetail => context.is_reply(),
        _ => false,
    };
    privacy_lead && !never
}

/// What was cleared, by which rules, and on whose word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clearance {
    /// The rules that read it.
    pub rules_version: &'static str,
    /// SHA-256 of every piece, in hex; see [`text_hash`].
    pub text_hash: String,
    /// Where it may be read.
    pub context: Context,
    /// The decisions that were needed.
    pub kept: Vec<Kept>,
}

/// A thing that may leave: its exact texts were read by the guard, moments ago.
///
/// Deliberately neither `Clone` nor `Deserialize`: a copy could be changed, a stored one could be old.
#[derive(Debug)]
pub struct Cleared<T> {
    value: T,
    clearance: Clearance,
}

impl<T> Cleared<T> {
    /// What was cleared, by which rules, and on whose word.
    pub fn clearance(&self) -> &Clearance {
        &self.clearance
    }

    /// Takes the thing out, at the moment it is sent.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Cleared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A finding and the piece it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PieceFinding {
    /// Which piece, counted from 0 in the order of [`Screened::pieces`].
    pub index: usize,
    /// What that piece is.
    pub what: PieceKind,
    /// The finding, with offsets into that piece.
    pub finding: Finding,
}

/// A thing that may not leave yet, and why.
#[derive(Debug)]
pub struct Held<T> {
    /// The thing, given back unchanged.
    pub value: T,
    /// Every warning and block that nobody has validly kept; never empty.
    pub findings: Vec<PieceFinding>,
}

impl<T> fmt::Display for Held<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "This cannot go out yet.")?;
        for PieceFinding { what, finding, .. } in &self.findings {
            write!(
                f,
                " In the {}: \u{201c}{}\u{201d}. {} Instead: {}",
                what.as_str(),
                finding.span,
                finding.message,
                finding.suggestion
            )?;
        }
        Ok(())
    }
}

impl<T: fmt::Debug> std::error::Error for Held<T> {}

impl Guard {
    /// Reads every piece and lets the thing pass, unless a warning or a block stands that nobody
    /// has validly kept.
    pub fn clear<T: Screened>(&self, value: T, context: Context, kept: &[Kept]) -> Result<Cleared<T>, Held<T>> {
        let mut used: Vec<Kept> = Vec::new();
        let mut open = Vec::new();
        let pieces = value.pieces();
        let sourced = pieces.iter().any(|piece| piece.what.names_a_source());
        for (index, piece) in pieces.iter().enumerate() {
            for finding in self.look_at_piece(piece, context) {
                if finding.severity < Severity::Warn || (sourced && finding.is_met_by_a_source()) {
                    continue;
                }
                match kept.iter().find(|kept| kept.covers(&finding, context)) {
                    Some(decision) if used.contains(decision) => {}
                    Some(decision) => used.push(decision.clone()),
                    None => open.push(PieceFinding { index, what: piece.what, finding }),
                }
            }
        }
        let text_hash = text_hash(&pieces);
        drop(pieces);
        if open.is_empty() {
            let clearance = Clearance { rules_version: RULES_VERSION, text_hash, context, kept: used };
            Ok(Cleared { value, clearance })
        } else {
            Err(Held { value, findings: open })
        }
    }

    /// File names are read with their underscores and hyphens as spaces; both are one byte, so
    /// the offsets still hold.
    fn look_at_piece(&self, piece: &Piece<'_>, context: Context) -> Vec<Finding> {
        let read = |text: &str| self.look(&Text { text, context, lang: piece.lang, in_reply_to: piece.in_reply_to });
        if piece.what != PieceKind::FileName {
            return read(piece.text);
        }
        let mut findings = read(&piece.text.replace(['_', '-'], " "));
        for finding in &mut findings {
            finding.span = piece.text[finding.start..finding.end].to_owned();
        }
        findings
    }
}

/// SHA-256 over every piece, in hex. Each part is preceded by its length, so that moving a word
/// from one piece to another changes the hash.
pub fn text_hash(pieces: &[Piece<'_>]) -> String {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    for piece in pieces {
        part(piece.what.as_str().as_bytes());
        part(piece.lang.as_str().as_bytes());
        part(piece.text.as_bytes());
        part(piece.in_reply_to.unwrap_or_default().as_bytes());
    }
    hex::encode(hash.finalize())
}
