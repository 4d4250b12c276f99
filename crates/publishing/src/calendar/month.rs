//! The grid of a month: weeks from Monday to Sunday. Pure.

use jiff::{ToSpan, civil::Date};

/// The month a page shows, from `2027-02`.
pub fn from_text(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

/// `2027-02`.
pub fn to_text(month: Date) -> String {
    format!("{:04}-{:02}", month.year(), month.month())
}

/// The month before and the month after.
pub fn neighbours(month: Date) -> (Date, Date) {
    (month.saturating_sub(1.month()).first_of_month(), month.saturating_add(1.month()).first_of_month())
}

/// The weeks that touch a month, each of seven days from Monday.
pub fn weeks(month: Date) -> Vec<[Date; 7]> {
    let (first, last) = (month.first_of_month(), month.last_of_month());
    let mut monday = first.saturating_sub(i64::from(first.weekday().to_monday_zero_offset()).days());
    let mut weeks = Vec::new();
    while monday <= last {
        weeks.push(std::array::from_fn(|day| monday.saturating_add(i64::try_from(day).unwrap_or(0).days())));
        monday = monday.saturating_add(7.days());
    }
    weeks
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_is_whole_weeks_from_monday() {
        let february = weeks(date(2027, 2, 1));
        assert_eq!((february.len(), february[0][0], february[3][6]), (4, date(2027, 2, 1), date(2027, 2, 28)));
        let may = weeks(date(2027, 5, 1));
        assert_eq!((may.len(), may[0][0], may[5][6]), (6, date(2027, 4, 26), date(2027, 6, 6)));
    }

    #[test]
    fn months_are_named_and_found_again() {
        assert_eq!(from_text("2027-12"), Some(date(2027, 12, 1)));
        assert_eq!(from_text("2027-13"), None);
        assert_eq!(from_text("x"), None);
        let (before, after) = neighbours(date(2027, 1, 1));
        assert_eq!((to_text(before).as_str(), to_text(after).as_str()), ("2026-12", "2027-02"));
    }
}
