//! The guard of each practice, made from its facts and its people, and made anew when these change.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use bedside_guard::{Guard, PracticeFacts, Profile};
use bedside_platform::database::{Database, DatabaseError};
use bedside_practice::{Member, Practice, members};

/// Guards by practice. Cheap to clone; one per process.
#[derive(Debug, Clone)]
pub struct Guards {
    /// Where this installation is reached: its addresses stand in every copy that links home.
    public_host: String,
    made: Arc<Mutex<HashMap<String, Made>>>,
}

/// A guard, and the facts it was made from.
type Made = (Profile, Arc<Guard>);

impl Guards {
    /// No guard made yet. `public_host` is the host of the installation's public address.
    pub fn new(public_host: &str) -> Self {
        Self { public_host: public_host.to_owned(), made: Arc::default() }
    }

    /// The guard that knows this practice as it is now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of(&self, database: &Database, practice: &Practice) -> Result<Arc<Guard>, DatabaseError> {
        let profile = self.profile(database, practice).await?;
        let mut guards = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, guard)) = guards.get(&practice.id)
            && *known == profile
        {
            return Ok(guard.clone());
        }
        let guard = Arc::new(Guard::new(&profile));
        guards.insert(practice.id.clone(), (profile, guard.clone()));
        Ok(guard)
    }

    /// What the guard knows of this practice as it is now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn profile(&self, database: &Database, practice: &Practice) -> Result<Profile, DatabaseError> {
        let mut profile = profile(practice, &members::all(database, &practice.id).await?);
        profile.practice.domains.push(self.public_host.clone());
        Ok(profile)
    }
}

/// What the guard may let pass because it is the practice's own.
pub fn profile(practice: &Practice, members: &[Member]) -> Profile {
    let facts = practice.facts.clone();
    let staff = members
        .iter()
        .flat_map(|member| [member.addressed(), member.with_credentials(), member.name.clone()])
        .collect();
    Profile {
        practice: PracticeFacts {
            name: facts.name,
            short_names: facts.short_names,
            state: facts.state,
            city: facts.city,
            county: facts.county,
            address: facts.address,
            phones: facts.phones,
            fax: facts.fax,
            emails: facts.emails,
            domains: facts.domains,
            handles: facts.handles,
            colleagues: facts.colleagues,
            specialty: facts.specialty,
            staff,
        },
        ..Profile::default()
    }
}
