//! Ids are UUIDv7 (RFC 9562): they sort by the time they were made, so new rows sit together on disk.
//! They are stored and passed as lower-case hyphenated text, the same on both databases.

use jiff::Timestamp;

use crate::chance::Chance;

/// A new id for `now`.
pub fn new_id(now: Timestamp, chance: &dyn Chance) -> String {
    let mut random = [0; 10];
    chance.fill(&mut random);
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string()
}

/// Whether `text` has the form of an id. Keeps nonsense from a URL out of the database.
pub fn is_id(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}
