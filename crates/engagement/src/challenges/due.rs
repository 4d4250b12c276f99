//! The moment at which a draft goes out: a date and a time of day in the practice's own time zone.
//!
//! Twice a year clocks change. A time that does not exist that day becomes the first moment that does, with a
//! note; a time that exists twice means the earlier one.

use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Error, ZonedDateTime};

/// The moment of `date` and `time` in `zone`, and whether the wanted time was skipped by a clock change.
///
/// # Errors
/// When the moment lies outside the years that the calendar knows (-9999 to 9999).
pub fn moment(date: Date, time: Time, zone: &TimeZone) -> Result<(ZonedDateTime, bool), Error> {
    let wanted = date.to_datetime(time);
    match zone.to_ambiguous_timestamp(wanted).offset() {
        AmbiguousOffset::Unambiguous { offset } | AmbiguousOffset::Fold { before: offset, .. } => {
            Ok((offset.to_timestamp(wanted)?.to_zoned_datetime(zone.clone()), false))
        }
        AmbiguousOffset::Gap { before, after } => {
            // Read with the offset after the change, a skipped time lies just before the change.
            let just_before = after.to_timestamp(wanted)?;
            let change = zone.following(just_before).next().map(|transition| transition.timestamp());
            let first_valid = change.map_or_else(|| before.to_timestamp(wanted), Ok)?;
            Ok((first_valid.to_zoned_datetime(zone.clone()), true))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use jiff::civil::{date, time};

    use super::*;

    fn in_new_york(day: Date, at: Time) -> (String, bool) {
        let (due, skipped) = moment(day, at, &TimeZone::get("America/New_York").unwrap()).unwrap();
        (due.timestamp().to_string(), skipped)
    }

    #[test]
    fn an_ordinary_morning() {
        assert_eq!(in_new_york(date(2027, 2, 1), time(8, 0, 0, 0)), ("2027-02-01T13:00:00Z".into(), false));
    }

    #[test]
    fn a_skipped_time_becomes_the_first_that_exists() {
        // Clocks jump from 2:00 to 3:00 on March 14, 2027.
        let (due, skipped) = in_new_york(date(2027, 3, 14), time(2, 30, 0, 0));
        assert_eq!((due.as_str(), skipped), ("2027-03-14T07:00:00Z", true));
        assert_eq!(in_new_york(date(2027, 3, 14), time(3, 0, 0, 0)), ("2027-03-14T07:00:00Z".into(), false));
    }

    #[test]
    fn a_doubled_time_is_the_earlier_one() {
        // 1:30 comes twice on November 7, 2027: first at UTC-4.
        assert_eq!(in_new_york(date(2027, 11, 7), time(1, 30, 0, 0)), ("2027-11-07T05:30:00Z".into(), false));
    }

    #[test]
    fn a_gap_of_half_an_hour() {
        let zone = TimeZone::get("Australia/Lord_Howe").unwrap();
        let (due, skipped) = moment(date(2027, 10, 3), time(2, 15, 0, 0), &zone).unwrap();
        assert!(skipped);
        assert_eq!(due.time(), time(2, 30, 0, 0));
    }
}
