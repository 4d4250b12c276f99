//! When a post goes out: a day and a time on the practice's own clock, as two fields of a form. Pure.
//!
//! Clocks jump. A time that the jump leaves out does not exist and is not taken; a time that comes twice means the
//! first of the two, and the page says so.

use bedside_web::{Lang, dates};
use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::{AmbiguousOffset, TimeZone},
};

/// What two fields mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum When {
    /// Both are empty: no time yet.
    Open,
    /// This moment, microseconds UTC, and what the person should know about it.
    At(i64, Option<String>),
}

/// A field of the form and a sentence for it.
pub(super) type Mistake = (&'static str, String);

/// Reads both fields. `stored` is the moment that the post has already: as long as both fields still show it, it
/// stays exactly so, also when it has passed meanwhile.
pub(super) fn read(day: &str, time: &str, zone: &TimeZone, stored: Option<i64>, now: i64) -> Result<When, Mistake> {
    let (day, time) = (day.trim(), time.trim());
    if let Some(stored) = stored
        && fields(stored, zone) == (day.to_owned(), time.to_owned())
    {
        return Ok(When::At(stored, None));
    }
    let (day, time) = match (day, time) {
        ("", "") => return Ok(When::Open),
        ("", _) => return Err(("day", "Choose the day too.".to_owned())),
        (_, "") => return Err(("time", "Choose the time too.".to_owned())),
        both => both,
    };
    let date: Date =
        day.parse().map_err(|_| ("day", "Write the day as year, month and day, for example 2027-02-18.".to_owned()))?;
    let clock: Time =
        time.parse().map_err(|_| ("time", "Write the time as hours and minutes, for example 12:10.".to_owned()))?;
    let moment = zone.to_ambiguous_timestamp(date.to_datetime(clock));
    let said = match moment.offset() {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => {
            let words = format!(
                "On {} the clocks jump forward and {} does not exist. Choose a time an hour later.",
                dates::day(Lang::En, date),
                dates::hour(clock)
            );
            return Err(("time", words));
        }
        AmbiguousOffset::Fold { .. } => Some(format!(
            "On {} the clocks go back and {} comes twice. The first one is taken.",
            dates::day(Lang::En, date),
            dates::hour(clock)
        )),
    };
    let micros = moment
        .earlier()
        .map_err(|_| ("day", "This day is too far away. Choose a nearer one.".to_owned()))?
        .as_microsecond();
    if micros <= now {
        return Err(("time", "This time has passed. Choose a later one.".to_owned()));
    }
    Ok(When::At(micros, said))
}

/// The two fields for a moment: `2027-02-18` and `12:10`.
pub(super) fn fields(micros: i64, zone: &TimeZone) -> (String, String) {
    let local = Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(zone.clone());
    (local.strftime("%Y-%m-%d").to_string(), local.strftime("%H:%M").to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn oregon() -> TimeZone {
        TimeZone::get("America/Los_Angeles").unwrap()
    }

    fn micros(moment: &str) -> i64 {
        moment.parse::<Timestamp>().unwrap().as_microsecond()
    }

    fn asked(day: &str, time: &str) -> Result<When, Mistake> {
        read(day, time, &oregon(), None, micros("2027-02-01T16:00:00Z"))
    }

    #[test]
    fn a_plain_time_is_the_practices_own() {
        let noon = micros("2027-02-18T20:10:00Z");
        assert_eq!(asked("2027-02-18", "12:10"), Ok(When::At(noon, None)));
        assert_eq!(fields(noon, &oregon()), ("2027-02-18".to_owned(), "12:10".to_owned()));
        assert_eq!(asked("", " "), Ok(When::Open));
    }

    #[test]
    fn a_time_that_the_jump_leaves_out_does_not_exist() {
        let (field, words) = asked("2027-03-14", "02:30").unwrap_err();
        assert_eq!(field, "time");
        assert!(words.contains("Sunday, March 14") && words.contains("2:30 does not exist"), "{words}");
    }

    #[test]
    fn a_time_that_comes_twice_is_the_first() {
        let Ok(When::At(first, Some(said))) = asked("2027-11-07", "01:30") else { panic!("not taken") };
        assert_eq!(first, micros("2027-11-07T08:30:00Z"));
        assert!(said.contains("comes twice"), "{said}");
        // The second one, once stored, is not turned into the first by saving the page again.
        let second = micros("2027-11-07T09:30:00Z");
        assert_eq!(read("2027-11-07", "01:30", &oregon(), Some(second), 0), Ok(When::At(second, None)));
    }

    #[test]
    fn what_has_passed_or_is_half_is_said_at_its_field() {
        assert_eq!(asked("2027-01-31", "12:00").unwrap_err().0, "time");
        assert_eq!(asked("2027-02-18", "").unwrap_err().0, "time");
        assert_eq!(asked("", "12:00").unwrap_err().0, "day");
        assert_eq!(asked("18.2.", "12:00").unwrap_err().0, "day");
        let past = micros("2027-01-31T20:00:00Z");
        assert_eq!(
            read("2027-01-31", "12:00", &oregon(), Some(past), micros("2027-02-01T16:00:00Z")),
            Ok(When::At(past, None))
        );
    }
}
