//! All tables of all features, in the order in which they come to be.

use bedside_platform::migrations::Migration;

/// The list.
pub fn all() -> Vec<Migration> {
    [
        bedside_practice::MIGRATIONS,
        bedside_web::sessions::MIGRATIONS,
        bedside_hub::MIGRATIONS,
        bedside_publishing::MIGRATIONS,
        bedside_engagement::MIGRATIONS,
    ]
    .concat()
}
