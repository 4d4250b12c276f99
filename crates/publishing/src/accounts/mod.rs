//! Accounts: the practice's profiles on networks, each with a state a person can read.
//!
//! Reading order: [`Account`] and its [`State`] here, [`store`] (every query), [`mod@connection`] (an account opened
//! for a call, with its secret and the renewal of single-use tokens), [`connecting`] (what is kept between
//! leaving for a network's sign-in page and coming back), [`server`] (an address as a person types it).
//!
//! An account's secret never leaves [`mod@connection`]. It is sealed with the vault under the owner
//! `account/<id>`, so a sealed secret that is moved to another row does not open there. Removing an account wipes
//! the secret and keeps the row, because what was published through it still names it.

pub mod connecting;
pub mod connection;
pub mod pages;
pub mod server;
pub mod store;
pub mod trouble;

use std::fmt;

use bedside_platform::{database::DatabaseError, vault::Unopened};

use crate::networks::{Limits, by_hand};

pub use self::connection::{Connection, connection};
pub use self::trouble::Broken;

/// A profile on a network. Times are microseconds UTC.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Account {
    /// The practice it belongs to.
    pub practice_id: String,
    /// Our id.
    pub id: String,
    /// The network's word, [`Capabilities::id`](crate::networks::Capabilities::id).
    pub network: String,
    /// Origin of the server without a slash at the end; empty where there is none.
    pub server: String,
    /// The handle as people write it, without `@` in front.
    pub handle: String,
    /// The display name there.
    pub display_name: String,
    /// The network's own id of the account (a DID, a number); empty where there is none.
    pub remote_id: String,
    /// How it stands.
    #[sqlx(try_from = "String")]
    pub state: State,
    /// A sentence for the accounts page: what is wrong, and what to do.
    pub state_text: String,
    /// Since when it stands so.
    pub state_since: i64,
    /// When its token ends, where the network says so.
    pub token_ends_at: Option<i64>,
    /// When it was last tested.
    pub checked_at: Option<i64>,
    /// What its server said it allows, JSON; read it with [`Account::limits`].
    limits: Option<String>,
    /// Nothing is sent before this moment (the network's rate limit); 0 for no hold.
    pub held_until: i64,
    /// Where reading goes on; the network's own form.
    pub read_cursor: String,
    /// When it was last read.
    pub read_at: Option<i64>,
    /// When it was connected first.
    pub created_at: i64,
    /// When it was removed.
    pub removed_at: Option<i64>,
}

impl Account {
    /// The word whose logo stands for it: a place where a person posts by hand carries its own.
    pub fn logo(&self) -> &str {
        if self.network == by_hand::ID { &self.server } else { &self.network }
    }

    /// What its server allows; `None` where servers do not differ, or while it was not asked.
    pub fn limits(&self) -> Option<Limits> {
        limits_from(self.limits.as_deref())
    }
}

/// How an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The last call went well.
    Works,
    /// The network does not take our sign-in any more; only a person can mend that.
    NeedsReconnect,
    /// The network does not answer, or answers nonsense. It may mend itself; we go on trying.
    Failing,
    /// The practice switched it off.
    Off,
}

impl State {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::NeedsReconnect => "needs_reconnect",
            Self::Failing => "failing",
            Self::Off => "off",
        }
    }

    /// Whether anything may be sent or read through it now.
    pub fn is_usable(self) -> bool {
        matches!(self, Self::Works | Self::Failing)
    }
}

/// A word in the database that is not a state.
#[derive(Debug, thiserror::Error)]
#[error("not a state of an account")]
pub struct UnknownState;

impl TryFrom<String> for State {
    type Error = UnknownState;

    fn try_from(word: String) -> Result<Self, UnknownState> {
        [Self::Works, Self::NeedsReconnect, Self::Failing, Self::Off]
            .into_iter()
            .find(|state| state.as_str() == word)
            .ok_or(UnknownState)
    }
}

/// What connecting to a network brings, ready for [`store::keep`].
#[derive(Clone)]
pub struct NewAccount {
    /// The network's word.
    pub network: &'static str,
    /// Origin of the server without a slash at the end; may be empty.
    pub server: String,
    /// The handle, without `@` in front.
    pub handle: String,
    /// The display name.
    pub display_name: String,
    /// The network's own id of the account; may be empty.
    pub remote_id: String,
    /// The secret as JSON, in the network's own form; `None` where there is none.
    pub secret: Option<serde_json::Value>,
    /// When the token ends, microseconds UTC.
    pub token_ends_at: Option<i64>,
    /// What its server allows, where servers of this network differ.
    pub limits: Option<Limits>,
}

impl fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the secret nor who it is.
        f.debug_struct("NewAccount").field("network", &self.network).finish_non_exhaustive()
    }
}

/// A mistake in a form that connects an account: page state, with the field it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The form's field, for example `server`, `handle`, `password`.
    pub field: &'static str,
    /// For the person: one sentence, with what to do next.
    pub person: String,
    /// For the log: no names, tokens, addresses.
    pub log: String,
}

impl Mistake {
    /// A mistake at a field.
    pub fn new(field: &'static str, person: impl Into<String>, log: impl Into<String>) -> Self {
        Self { field, person: person.into(), log: log.into() }
    }
}

/// Why an account cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// There is none with this id in this practice, or it was removed.
    #[error("no such account")]
    Gone,
    /// It has no secret, or one of another form.
    #[error("the account's secret is missing or of another form")]
    NoSecret,
    /// The secret was sealed with another key.
    #[error(transparent)]
    Unopened(#[from] Unopened),
    /// The database.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sqlx::Error> for AccountError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// From the column. What an older or newer version wrote there, and cannot be read, counts as not asked.
fn limits_from(stored: Option<&str>) -> Option<Limits> {
    serde_json::from_str(stored?).ok()
}

/// For the column.
fn limits_to_store(limits: Option<Limits>) -> Option<String> {
    limits.and_then(|limits| serde_json::to_string(&limits).ok())
}

/// Who owns the sealed secret of account `id`.
fn owner(id: &str) -> String {
    format!("account/{id}")
}
