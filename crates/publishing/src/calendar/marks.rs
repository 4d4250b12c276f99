//! What other features write on the calendar. The program hands them in as a list; the calendar knows none of them.

use async_trait::async_trait;
use bedside_platform::database::DatabaseError;
use bedside_practice::Practice;
use jiff::civil::Date;

/// Something that is true for some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// What it is.
    pub words: String,
    /// Whether it names the week above its row (a challenge's week) rather than a day.
    pub band: bool,
    /// Whether information and help lines only are in place, never a contest.
    pub sensitive: bool,
}

/// A feature that writes on the calendar.
#[async_trait]
pub trait Marks: Send + Sync {
    /// Its marks that touch these days.
    ///
    /// # Errors
    /// When the database refuses.
    async fn marks(&self, practice: &Practice, from: Date, to: Date) -> Result<Vec<Mark>, DatabaseError>;
}
