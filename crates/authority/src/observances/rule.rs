//! The rules by which an observance finds its days in a year.

use jiff::civil::{self, Date};
use jiff::tz::offset;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

/// When an observance comes. Weeks are seven days from their first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// A whole month.
    Month {
        /// 1 to 12.
        month: i8,
    },
    /// The same date each year.
    Fixed {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// The same dates each year.
    Days {
        /// 1 to 12.
        month: i8,
        /// First day of the month.
        from: i8,
        /// Last day of the month.
        to: i8,
    },
    /// The first, second, … of a weekday in a month. Thanksgiving is the fourth Thursday of November.
    NthWeekday {
        /// 1 to 12.
        month: i8,
        /// The weekday.
        weekday: Weekday,
        /// 1 to 5.
        n: i8,
    },
    /// The last of a weekday in a month.
    LastWeekday {
        /// 1 to 12.
        month: i8,
        /// The weekday.
        weekday: Weekday,
    },
    /// The week that begins on the first, second, … of a weekday. The first full week of a month begins on its
    /// first Monday or Sunday, as the body that calls it counts.
    WeekFromNthWeekday {
        /// 1 to 12.
        month: i8,
        /// The weekday on which it begins.
        weekday: Weekday,
        /// 1 to 5.
        n: i8,
    },
    /// The week that begins on the last of a weekday.
    WeekFromLastWeekday {
        /// 1 to 12.
        month: i8,
        /// The weekday on which it begins.
        weekday: Weekday,
    },
    /// The week from Monday to Sunday with the first day of fall.
    WeekWithFirstDayOfFall,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Rule {
    /// First and last day in a year; `None` when the rule names a day that the year does not have.
    #[must_use]
    pub fn days(self, year: i16) -> Option<(Date, Date)> {
        match self {
            Self::Month { month } => {
                let first = Date::new(year, month, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            Self::Fixed { month, day } => one_day(Date::new(year, month, day).ok()?),
            Self::Days { month, from, to } => {
                let (from, to) = (Date::new(year, month, from).ok()?, Date::new(year, month, to).ok()?);
                (from <= to).then_some((from, to))
            }
            Self::NthWeekday { month, weekday, n } => one_day(nth_weekday(year, month, n, weekday)?),
            Self::LastWeekday { month, weekday } => one_day(nth_weekday(year, month, -1, weekday)?),
            Self::WeekFromNthWeekday { month, weekday, n } => week_from(nth_weekday(year, month, n, weekday)?),
            Self::WeekFromLastWeekday { month, weekday } => week_from(nth_weekday(year, month, -1, weekday)?),
            Self::WeekWithFirstDayOfFall => {
                let fall = first_day_of_fall(year)?;
                week_from(fall.checked_sub(fall.weekday().to_monday_zero_offset().days()).ok()?)
            }
        }
    }
}

#[allow(clippy::unnecessary_wraps, reason = "the arms of `days` read alike")]
fn one_day(day: Date) -> Option<(Date, Date)> {
    Some((day, day))
}

fn week_from(first: Date) -> Option<(Date, Date)> {
    Some((first, first.checked_add(6.days()).ok()?))
}

fn nth_weekday(year: i16, month: i8, n: i8, weekday: Weekday) -> Option<Date> {
    let weekday = match weekday {
        Weekday::Monday => civil::Weekday::Monday,
        Weekday::Tuesday => civil::Weekday::Tuesday,
        Weekday::Wednesday => civil::Weekday::Wednesday,
        Weekday::Thursday => civil::Weekday::Thursday,
        Weekday::Friday => civil::Weekday::Friday,
        Weekday::Saturday => civil::Weekday::Saturday,
        Weekday::Sunday => civil::Weekday::Sunday,
    };
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday).ok()
}

/// The date of the September equinox in eastern daylight time: the mean equinox of Meeus, "Astronomical
/// Algorithms", 2nd edition, table 27.B, which stays within half an hour of the true one in this century. A
/// week is chosen by it, so half an hour matters only around a Sunday's midnight.
fn first_day_of_fall(year: i16) -> Option<Date> {
    const UNIX_EPOCH_JULIAN_DAY: f64 = 2_440_587.5;
    const SECONDS_PER_DAY: f64 = 86_400.0;
    let y = (f64::from(year) - 2000.0) / 1000.0;
    let coefficients = [2_451_810.217_15, 365_242.017_67, -0.115_75, 0.003_37, 0.000_78];
    let julian_day = coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * y + coefficient);
    let seconds = (julian_day - UNIX_EPOCH_JULIAN_DAY) * SECONDS_PER_DAY;
    // Any year of the calendar fits: its seconds are far below 2^53.
    let equinox = Timestamp::from_second(seconds.round() as i64).ok()?;
    Some(offset(-4).to_datetime(equinox).date())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use jiff::civil::date;

    use super::*;

    /// Equinoxes in eastern time: <https://aa.usno.navy.mil/data/Earth_Seasons>
    #[test]
    fn first_days_of_fall() {
        for fall in [date(2023, 9, 23), date(2024, 9, 22), date(2025, 9, 22), date(2026, 9, 22), date(2027, 9, 23)] {
            assert_eq!(first_day_of_fall(fall.year()), Some(fall));
        }
    }

    #[test]
    fn the_last_of_a_weekday() {
        let rule = Rule::LastWeekday { month: 10, weekday: Weekday::Saturday };
        assert_eq!(rule.days(2027), Some((date(2027, 10, 30), date(2027, 10, 30))));
    }

    #[test]
    fn days_that_a_year_does_not_have() {
        assert_eq!(Rule::Fixed { month: 2, day: 29 }.days(2027), None);
        assert!(Rule::Fixed { month: 2, day: 29 }.days(2028).is_some());
        assert_eq!(Rule::NthWeekday { month: 2, weekday: Weekday::Monday, n: 5 }.days(2027), None);
        assert_eq!(Rule::Days { month: 8, from: 7, to: 1 }.days(2027), None);
        assert_eq!(Rule::Month { month: 13 }.days(2027), None);
    }
}
