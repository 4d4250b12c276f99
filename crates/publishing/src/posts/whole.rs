//! A post with everything it carries: variants, pictures, sources, and the decisions about findings.

use bedside_guard::Kept;
use sqlx::{Row, any::AnyRow};

use super::post::Post;
use crate::networks::{Picture, SourceLine};

/// The version of a post for one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The account.
    pub account_id: String,
    /// The author's own words for it; `None` for the post's text.
    pub text: Option<String>,
}

/// A picture of a post, with its row in the media table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Id in the media table.
    pub media_id: String,
    /// What networks get.
    pub picture: Picture,
    /// Who is in it: `none`, `team`, `model`, `authorization`, or empty while nobody said.
    pub people: String,
}

impl Attached {
    /// From a row of the media table with the alt text beside it.
    pub(crate) fn from_row(row: &AnyRow) -> Result<Self, sqlx::Error> {
        let (hash, mime): (String, String) = (row.try_get("hash")?, row.try_get("mime")?);
        let number = |name: &str| row.try_get::<i64, _>(name);
        let kind = mime.strip_prefix("image/").unwrap_or("bin").replace("jpeg", "jpg");
        Ok(Self {
            media_id: row.try_get("id")?,
            people: row.try_get("people")?,
            picture: Picture {
                // Never the uploaded name: that can be a patient's.
                file_name: format!("picture-{}.{kind}", &hash[..8.min(hash.len())]),
                hash,
                mime,
                width: u32::try_from(number("width")?).unwrap_or(0),
                height: u32::try_from(number("height")?).unwrap_or(0),
                bytes: u64::try_from(number("bytes")?).unwrap_or(0),
                alt: row.try_get("alt")?,
            },
        })
    }
}

/// A source of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Id in the sources table.
    pub source_id: String,
    /// As readers see it.
    pub line: SourceLine,
    /// The sentence it stands behind.
    pub claim: String,
    /// Member who opened the page and ticked it.
    pub checked_by: Option<String>,
}

/// A post with everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// The post.
    pub post: Post,
    /// One for each account it goes to.
    pub variants: Vec<Variant>,
    /// In order.
    pub pictures: Vec<Attached>,
    /// In order.
    pub sources: Vec<Cited>,
    /// What a person decided to keep of what the guard found.
    pub kept: Vec<Kept>,
}

impl Whole {
    /// The pictures as networks get them.
    pub fn picture_list(&self) -> Vec<Picture> {
        self.pictures.iter().map(|attached| attached.picture.clone()).collect()
    }

    /// The sources as readers see them.
    pub fn source_lines(&self) -> Vec<SourceLine> {
        self.sources.iter().map(|cited| cited.line.clone()).collect()
    }

    /// Sources whose page nobody has opened and ticked yet: such a post cannot be signed.
    pub fn unchecked_sources(&self) -> impl Iterator<Item = &Cited> {
        self.sources.iter().filter(|cited| cited.line.checked_at.is_none())
    }

    /// The own words for an account.
    pub fn own_version(&self, account_id: &str) -> Option<&str> {
        self.variants.iter().find(|variant| variant.account_id == account_id)?.text.as_deref()
    }
}
