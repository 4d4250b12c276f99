//! The choice of time zones, each with the hour it is there now, so that a wrong one is seen.

use jiff::{Timestamp, tz::TimeZone};

/// Zones of the United States first, then every other of the IANA database that has a city: (name, words).
pub fn time_zones(now: Timestamp) -> Vec<(String, String)> {
    const FIRST: [&str; 9] = [
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Anchorage",
        "Pacific/Honolulu",
        "America/Puerto_Rico",
        "Pacific/Guam",
    ];
    let words = |name: &str| {
        let zone = TimeZone::get(name).ok()?;
        Some((
            name.to_owned(),
            format!("{}, now {}", name.replace('_', " "), now.to_zoned_datetime(zone).strftime("%-I:%M %p")),
        ))
    };
    let others = jiff::tz::db().available().map(|name| name.to_string());
    let others =
        others.filter(|name| name.contains('/') && !name.starts_with("Etc/") && !FIRST.contains(&name.as_str()));
    let mut others: Vec<String> = others.collect();
    others.sort();
    let mut zones = vec![(String::new(), "Choose".to_owned())];
    zones.extend(FIRST.iter().filter_map(|name| words(name)));
    zones.extend(others.iter().filter_map(|name| words(name)));
    zones
}
