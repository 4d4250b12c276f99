//! A practice: the tenant. Every other table has its id first.

use bedside_platform::database::{Database, DatabaseError};
use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};
use sqlx::{Any, Row, Transaction, any::AnyRow};

use crate::facts::{Facts, slug};

/// A practice on this installation.
#[derive(Debug, Clone)]
pub struct Practice {
    /// Its id.
    pub id: String,
    /// Its part of public addresses: `/p/<slug>`.
    pub slug: String,
    /// What it says of itself.
    pub facts: Facts,
    /// Its IANA time zone.
    pub time_zone: TimeZone,
    /// Language tags of its patients, the main one first (`en`, `es`).
    pub languages: Vec<String>,
}

impl Practice {
    /// Full name.
    pub fn name(&self) -> &str {
        &self.facts.name
    }

    /// A stored time (microseconds UTC) on the practice's own clock.
    pub fn local(&self, micros: i64) -> ZonedDateTime {
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(self.time_zone.clone())
    }

    /// Whether public texts also exist in Spanish.
    pub fn speaks_spanish(&self) -> bool {
        self.languages.iter().any(|lang| lang == "es")
    }

    /// Reads a practice from a row with the columns of `practices`; others may stand beside them.
    ///
    /// # Errors
    /// When a column is missing or is not what it should be.
    pub fn from_row(row: &AnyRow) -> Result<Self, sqlx::Error> {
        let facts = serde_json::from_str(row.try_get("profile")?).map_err(|error| sqlx::Error::Decode(error.into()))?;
        let zone: String = row.try_get("time_zone")?;
        let languages: String = row.try_get("languages")?;
        Ok(Self {
            id: row.try_get("id")?,
            slug: row.try_get("slug")?,
            facts,
            time_zone: TimeZone::get(&zone).unwrap_or(TimeZone::UTC),
            languages: languages.split(' ').map(str::to_owned).collect(),
        })
    }
}

/// The practice with this id.
///
/// # Errors
/// When the database refuses.
pub async fn find(database: &Database, practice_id: &str) -> Result<Option<Practice>, DatabaseError> {
    let row =
        sqlx::query("SELECT * FROM practices WHERE id = $1").bind(practice_id).fetch_optional(database.read()).await?;
    Ok(row.as_ref().map(Practice::from_row).transpose()?)
}

/// The practice with this slug, for the public pages.
///
/// # Errors
/// When the database refuses.
pub async fn find_by_slug(database: &Database, slug: &str) -> Result<Option<Practice>, DatabaseError> {
    let row = sqlx::query("SELECT * FROM practices WHERE slug = $1").bind(slug).fetch_optional(database.read()).await?;
    Ok(row.as_ref().map(Practice::from_row).transpose()?)
}

/// All practices of the installation, the oldest first. For the front door, the worker and the doctor.
///
/// # Errors
/// When the database refuses.
pub async fn all(database: &Database) -> Result<Vec<Practice>, DatabaseError> {
    let rows = sqlx::query("SELECT * FROM practices ORDER BY created_at, id").fetch_all(database.read()).await?;
    Ok(rows.iter().map(Practice::from_row).collect::<Result<_, _>>()?)
}

/// What is needed to begin a practice.
#[derive(Debug, Clone)]
pub struct NewPractice {
    /// Its id, made by the caller.
    pub id: String,
    /// What it says of itself.
    pub facts: Facts,
    /// IANA name.
    pub time_zone: String,
    /// Language tags.
    pub languages: Vec<String>,
}

/// Writes a new practice and gives the slug it got: the name's, with a number when that is taken.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &mut Transaction<'static, Any>, new: &NewPractice, now: i64) -> Result<String, sqlx::Error> {
    let wish = slug(&new.facts.name);
    let taken: Vec<String> = sqlx::query_scalar("SELECT slug FROM practices WHERE slug LIKE $1 || '%'")
        .bind(&wish)
        .fetch_all(&mut **tx)
        .await?;
    let slug = std::iter::once(wish.clone())
        .chain((2..).map(|n| format!("{wish}-{n}")))
        .find(|slug| !taken.contains(slug))
        .unwrap_or(wish);
    sqlx::query(
        "INSERT INTO practices (id, slug, profile, time_zone, languages, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&new.id)
    .bind(&slug)
    .bind(serde_json::to_string(&new.facts).unwrap_or_default())
    .bind(&new.time_zone)
    .bind(new.languages.join(" "))
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(slug)
}

/// Replaces what the practice says of itself.
///
/// # Errors
/// When the database refuses.
pub async fn change(tx: &mut Transaction<'static, Any>, changed: &NewPractice) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE practices SET profile = $2, time_zone = $3, languages = $4 WHERE id = $1")
        .bind(&changed.id)
        .bind(serde_json::to_string(&changed.facts).unwrap_or_default())
        .bind(&changed.time_zone)
        .bind(changed.languages.join(" "))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
