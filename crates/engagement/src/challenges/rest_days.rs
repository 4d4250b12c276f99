//! Days on which a practice sends no posts: days of the week, federal holidays by rule, and dates of its own.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// The days without posts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestDays {
    /// Days of the week, counted from Monday = 1 to Sunday = 7.
    pub weekdays: Vec<i8>,
    /// Also the federal holidays of the United States, on the day on which they are observed.
    pub federal_holidays: bool,
    /// Also these dates.
    #[serde(with = "iso_dates")]
    pub dates: Vec<Date>,
}

impl RestDays {
    /// Saturday, Sunday and federal holidays: what most practices choose.
    #[must_use]
    pub fn office() -> Self {
        Self { weekdays: vec![6, 7], federal_holidays: true, dates: Vec::new() }
    }

    /// Whether no post goes out on this date.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.weekdays.contains(&date.weekday().to_monday_one_offset())
            || self.dates.contains(&date)
            || (self.federal_holidays && is_federal_holiday(date))
    }
}

/// Whether federal offices are closed on this date: the eleven holidays of 5 U.S.C. 6103(a), and the Friday
/// before or the Monday after when a fixed date falls on a weekend (6103(b) and Executive Order 11582).
/// <https://www.law.cornell.edu/uscode/text/5/6103>
#[must_use]
pub fn is_federal_holiday(date: Date) -> bool {
    let fixed = |month: i8, day: i8| {
        let falls_on = |offset: i64| {
            // The holiday that this date would stand in for, `offset` days away.
            date.checked_add(jiff::Span::new().days(offset)).is_ok_and(|d| d.month() == month && d.day() == day)
        };
        falls_on(0)
            || (date.weekday() == Weekday::Friday && falls_on(1))
            || (date.weekday() == Weekday::Monday && falls_on(-1))
    };
    let nth = |month: i8, n: i8, weekday| {
        date.month() == month && date.nth_weekday_of_month(n, weekday).is_ok_and(|holiday| holiday == date)
    };
    fixed(1, 1)
        || nth(1, 3, Weekday::Monday)
        || nth(2, 3, Weekday::Monday)
        || nth(5, -1, Weekday::Monday)
        || fixed(6, 19)
        || fixed(7, 4)
        || nth(9, 1, Weekday::Monday)
        || nth(10, 2, Weekday::Monday)
        || fixed(11, 11)
        || nth(11, 4, Weekday::Thursday)
        || fixed(12, 25)
}

/// Dates as people and databases write them: `2027-02-15`.
mod iso_dates {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(dates: &[Date], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(dates.iter().map(ToString::to_string))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Date>, D::Error> {
        let words = Vec::<String>::deserialize(from)?;
        words.iter().map(|word| word.parse().map_err(de::Error::custom)).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use jiff::civil::date;

    use super::*;

    /// The dates and the days on which they are observed, as the Office of Personnel Management lists them:
    /// <https://www.opm.gov/policy-data-oversight/pay-leave/federal-holidays/>
    #[test]
    fn the_holidays_of_2027() {
        let observed = [
            date(2027, 1, 1),
            date(2027, 1, 18),
            date(2027, 2, 15),
            date(2027, 5, 31),
            date(2027, 6, 18),
            date(2027, 6, 19),
            date(2027, 7, 4),
            date(2027, 7, 5),
            date(2027, 9, 6),
            date(2027, 10, 11),
            date(2027, 11, 11),
            date(2027, 11, 25),
            date(2027, 12, 24),
            date(2027, 12, 25),
            date(2027, 12, 31),
        ];
        let found: Vec<Date> = date(2027, 1, 1)
            .series(jiff::Span::new().days(1))
            .take(365)
            .filter(|day| is_federal_holiday(*day))
            .collect();
        assert_eq!(found, observed);
    }

    #[test]
    fn office_days() {
        let rest = RestDays { dates: vec![date(2027, 2, 3)], ..RestDays::office() };
        assert!(rest.contains(date(2027, 2, 6)) && rest.contains(date(2027, 2, 7)));
        assert!(rest.contains(date(2027, 2, 15)) && rest.contains(date(2027, 2, 3)));
        assert!(!rest.contains(date(2027, 2, 4)));
        assert!(!RestDays::default().contains(date(2027, 2, 15)));
        let saved = serde_yaml_ng::to_string(&rest).unwrap();
        assert!(saved.contains("2027-02-03"), "{saved}");
        assert_eq!(serde_yaml_ng::from_str::<RestDays>(&saved).unwrap(), rest);
    }
}
