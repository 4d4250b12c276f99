//! The weeks of live challenges as bands on the calendar.

use async_trait::async_trait;
use bedside_platform::database::DatabaseError;
use bedside_practice::Practice;
use bedside_publishing::{
    Desk,
    calendar::{Mark, Marks},
};
use jiff::{ToSpan, civil::Date};

use super::store::{self, Stored};

/// Writes "Week 2: Swap" above the week.
pub struct Bands(pub Desk);

#[async_trait]
impl Marks for Bands {
    async fn marks(&self, practice: &Practice, from: Date, to: Date) -> Result<Vec<Mark>, DatabaseError> {
        let live = store::live(&self.0.ground.database, &practice.id).await?;
        Ok(live.iter().flat_map(weeks).filter(|mark| mark.from <= to && mark.to >= from).collect())
    }
}

fn weeks(stored: &Stored) -> Vec<Mark> {
    let week = |(n, week): (i64, &super::template::Week)| {
        let from = stored.challenge.start.saturating_add((n * 7).days());
        let words = format!("Week {}: {}. {}", n + 1, week.theme.en, week.lead.en);
        Mark { from, to: from.saturating_add(6.days()), words, band: true, sensitive: false }
    };
    (0..).zip(&stored.template.weeks).map(week).collect()
}
