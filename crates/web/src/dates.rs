//! Dates as people say them, in each language.

use jiff::civil::{Date, DateTime, Time, Weekday};

use crate::language::Lang;

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// "February" or "febrero".
pub fn month(lang: Lang, date: Date) -> &'static str {
    let at = usize::try_from(date.month() - 1).unwrap_or(0);
    match lang {
        Lang::En => MONTHS_EN[at],
        Lang::Es => MONTHS_ES[at],
    }
}

/// "Tuesday" or "martes".
pub fn weekday(lang: Lang, day: Weekday) -> &'static str {
    let at = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
    match lang {
        Lang::En => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][at],
        Lang::Es => ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"][at],
    }
}

/// "Tuesday, February 16" or "martes, 16 de febrero".
pub fn day(lang: Lang, date: Date) -> String {
    let (weekday, month) = (weekday(lang, date.weekday()), month(lang, date));
    match lang {
        Lang::En => format!("{weekday}, {month} {}", date.day()),
        Lang::Es => format!("{weekday}, {} de {month}", date.day()),
    }
}

/// "February 16, 2027" or "16 de febrero de 2027".
pub fn full_date(lang: Lang, date: Date) -> String {
    let month = month(lang, date);
    match lang {
        Lang::En => format!("{month} {}, {}", date.day(), date.year()),
        Lang::Es => format!("{} de {month} de {}", date.day(), date.year()),
    }
}

/// For narrow places, where the year is plain: "Feb 16" or "16 feb".
pub fn short_date(lang: Lang, date: Date) -> String {
    let month: String = month(lang, date).chars().take(3).collect();
    match lang {
        Lang::En => format!("{month} {}", date.day()),
        Lang::Es => format!("{} {month}", date.day()),
    }
}

/// The hour as the interface writes it: "9:05" and "14:30", no leading zero.
pub fn hour(time: Time) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

/// "Wed 12:10", for lists of this week.
pub fn day_and_hour(lang: Lang, at: DateTime) -> String {
    let weekday: String = weekday(lang, at.weekday()).chars().take(3).collect();
    format!("{weekday} {}", hour(at.time()))
}

/// "Feb 16, 12:10" or "16 feb, 12:10", for records, which are read at any time.
pub fn date_and_hour(lang: Lang, at: DateTime) -> String {
    format!("{}, {}", short_date(lang, at.date()), hour(at.time()))
}

/// Numbers from zero to twelve as words, larger ones as figures: "five things need you".
pub fn number(lang: Lang, n: u32) -> String {
    let words = match lang {
        Lang::En => {
            ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
        }
        Lang::Es => [
            "ninguno", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once",
            "doce",
        ],
    };
    usize::try_from(n).ok().and_then(|at| words.get(at)).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_said_in_both_languages() {
        let when = date(2027, 2, 16);
        assert_eq!(day(Lang::En, when), "Tuesday, February 16");
        assert_eq!(day(Lang::Es, when), "martes, 16 de febrero");
        assert_eq!(full_date(Lang::Es, when), "16 de febrero de 2027");
        assert_eq!(short_date(Lang::En, when), "Feb 16");
        assert_eq!(day_and_hour(Lang::En, when.at(9, 5, 0, 0)), "Tue 9:05");
        assert_eq!(date_and_hour(Lang::En, when.at(9, 5, 0, 0)), "Feb 16, 9:05");
        assert_eq!(day_and_hour(Lang::Es, date(2027, 2, 17).at(12, 10, 0, 0)), "mié 12:10");
        assert_eq!(number(Lang::En, 5), "five");
        assert_eq!(number(Lang::En, 13), "13");
    }
}
