//! Observances as marks on the publishing calendar.

use async_trait::async_trait;
use bedside_platform::database::DatabaseError;
use bedside_practice::Practice;
use bedside_publishing::calendar::{Mark, Marks};
use jiff::civil::Date;

use super::{Calendar, Observance};

/// Writes the observances on the calendar.
pub struct OnCalendar(pub Calendar);

#[async_trait]
impl Marks for OnCalendar {
    async fn marks(&self, _: &Practice, from: Date, to: Date) -> Result<Vec<Mark>, DatabaseError> {
        let mut months = vec![from.first_of_month()];
        while let Some(last) = months.last().filter(|last| last.last_of_month() < to) {
            months.push(last.last_of_month().saturating_add(jiff::ToSpan::days(1)));
        }
        let mut marks: Vec<Mark> = Vec::new();
        for observance in months.iter().flat_map(|month| self.0.observances_in(month.year(), month.month())) {
            let mark = mark(observance);
            if mark.from <= to && mark.to >= from && !marks.contains(&mark) {
                marks.push(mark);
            }
        }
        Ok(marks)
    }
}

fn mark(observance: Observance) -> Mark {
    Mark {
        from: observance.from,
        to: observance.to,
        words: observance.name,
        band: false,
        sensitive: observance.sensitive,
    }
}
