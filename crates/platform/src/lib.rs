//! The ground that everything stands on, and the only crate that touches the world directly.
//!
//! Reading order: [`clock`] and [`chance`] (the two things nobody may read for themselves), [`ids`],
//! [`database`] with [`migrations`], [`vault`] (sealed secrets), [`files`] (media folder), [`door`]
//! (the one way out for HTTP), [`settings`], and [`Ground`], which carries them all.
//!
//! Nothing in here knows what a post or a practice is.

pub mod chance;
pub mod clock;
pub mod database;
pub mod door;
pub mod files;
pub mod ids;
pub mod migrations;
pub mod settings;
pub mod vault;

use std::sync::Arc;

use crate::{
    chance::Chance, clock::Clock, database::Database, door::Door, files::Files, settings::Settings, vault::Vault,
};

/// Everything a feature may use of the world. Cheap to clone; one per process (or per test).
#[derive(Clone)]
pub struct Ground {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where random bytes and ids come from.
    pub chance: Arc<dyn Chance>,
    /// The one database.
    pub database: Database,
    /// Seals and opens secrets.
    pub vault: Arc<Vault>,
    /// The only way out for HTTP.
    pub door: Door,
    /// The media folder.
    pub files: Files,
    /// What the operator decided.
    pub settings: Arc<Settings>,
}

impl Ground {
    /// A new time-ordered id (UUIDv7) from the ground's own clock and chance.
    pub fn new_id(&self) -> String {
        ids::new_id(self.clock.now(), self.chance.as_ref())
    }

    /// Now, in microseconds since 1970 UTC: the form in which times are stored.
    pub fn now(&self) -> i64 {
        self.clock.now().as_microsecond()
    }
}
