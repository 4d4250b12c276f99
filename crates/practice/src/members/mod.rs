//! Members: everybody who works at the practice. Their names are the guard's allow-list, so somebody who never
//! signs in can be a member too: a name with credentials and no e-mail address.

mod invitation;

use bedside_platform::database::{Database, DatabaseError};
use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction, any::AnyRow};

use crate::{audit::PROGRAM, rights::Rights};

pub use invitation::{INVITATION_MICROS, accept, invite, invited};

/// A member of a practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The practice.
    pub practice_id: String,
    /// The member.
    pub id: String,
    /// Name as it may stand in a post, for example `Maria Alvarez`.
    pub name: String,
    /// `MD`, `NP`, or a role such as `Practice manager`.
    pub credentials: String,
    /// What the member may do.
    pub rights: Rights,
    /// Address for signing in.
    pub email: Option<String>,
    /// Whether a password was set, that is, whether an invitation was taken up.
    pub can_sign_in: bool,
    /// When an open invitation ends, microseconds.
    pub invited_until: Option<i64>,
}

impl Member {
    /// `Dr. Maria Alvarez` for doctors, else the plain name: how a page addresses somebody.
    pub fn addressed(&self) -> String {
        let doctor = ["MD", "DO", "DDS", "DMD", "DPM", "OD", "PhD", "PsyD", "DNP"];
        let is_doctor = self.credentials.split([',', ' ']).any(|word| doctor.contains(&word.trim_matches('.')));
        if is_doctor && !self.name.starts_with("Dr") { format!("Dr. {}", self.name) } else { self.name.clone() }
    }

    /// `Maria Alvarez, MD`: how a signature shows.
    pub fn with_credentials(&self) -> String {
        if self.credentials.is_empty() { self.name.clone() } else { format!("{}, {}", self.name, self.credentials) }
    }

    pub(crate) fn from_row(row: &AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            practice_id: row.try_get("practice_id")?,
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            credentials: row.try_get("credentials")?,
            rights: Rights::from_stored(row.try_get("rights")?),
            email: row.try_get("email")?,
            can_sign_in: row.try_get::<Option<String>, _>("password_hash")?.is_some(),
            invited_until: row.try_get("invitation_ends_at")?,
        })
    }
}

/// The members who have not left, in the order they came.
///
/// # Errors
/// When the database refuses.
pub async fn all(database: &Database, practice_id: &str) -> Result<Vec<Member>, DatabaseError> {
    let rows = sqlx::query("SELECT * FROM members WHERE practice_id = $1 AND left_at IS NULL ORDER BY created_at, id")
        .bind(practice_id)
        .fetch_all(database.read())
        .await?;
    Ok(rows.iter().map(Member::from_row).collect::<Result<_, _>>()?)
}

/// One member who has not left.
///
/// # Errors
/// When the database refuses.
pub async fn find(database: &Database, practice_id: &str, id: &str) -> Result<Option<Member>, DatabaseError> {
    let row = sqlx::query("SELECT * FROM members WHERE practice_id = $1 AND id = $2 AND left_at IS NULL")
        .bind(practice_id)
        .bind(id)
        .fetch_optional(database.read())
        .await?;
    Ok(row.as_ref().map(Member::from_row).transpose()?)
}

/// Name and credentials of anybody who is or was a member, for the record of old decisions; or that it was the program.
///
/// # Errors
/// When the database refuses.
pub async fn name(database: &Database, practice_id: &str, id: &str) -> Result<String, DatabaseError> {
    if id == PROGRAM {
        return Ok("Bedside by itself".to_owned());
    }
    let row = sqlx::query("SELECT name, credentials FROM members WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(id)
        .fetch_optional(database.read())
        .await?;
    Ok(match row {
        Some(row) => [row.try_get::<String, _>(0)?, row.try_get(1)?]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        None => "somebody who is not here any more".to_owned(),
    })
}

/// The member who signs in with this address, with the stored password hash.
///
/// # Errors
/// When the database refuses.
pub async fn find_by_email(database: &Database, email: &str) -> Result<Option<(Member, String)>, DatabaseError> {
    let row = sqlx::query("SELECT * FROM members WHERE email = $1 AND left_at IS NULL AND password_hash IS NOT NULL")
        .bind(normal_email(email))
        .fetch_optional(database.read())
        .await?;
    row.map(|row| Ok((Member::from_row(&row)?, row.try_get("password_hash")?))).transpose()
}

/// Whether anybody of the installation signs in with this address, or is invited to: an address opens one practice.
///
/// # Errors
/// When the database refuses.
pub async fn is_taken(database: &Database, email: &str) -> Result<bool, DatabaseError> {
    let taken: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM members WHERE email = $1")
        .bind(normal_email(email))
        .fetch_one(database.read())
        .await?;
    Ok(taken > 0)
}

/// What is needed to add a member.
#[derive(Debug, Clone, Default)]
pub struct NewMember {
    /// Its id, made by the caller.
    pub id: String,
    /// Name.
    pub name: String,
    /// Credentials or role.
    pub credentials: String,
    /// Rights.
    pub rights: Rights,
    /// Address for signing in.
    pub email: Option<String>,
    /// A password hash, when it is known already (the owner at set-up).
    pub password_hash: Option<String>,
    /// An invitation token that waits to be taken up, and its end.
    pub invitation: Option<(String, i64)>,
}

/// Adds a member. An address that somebody uses already is the database's unique error.
///
/// # Errors
/// When the database refuses.
pub async fn add(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    new: &NewMember,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO members (practice_id, id, name, credentials, rights, email, password_hash, invitation_hash, invitation_ends_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(practice_id)
    .bind(&new.id)
    .bind(&new.name)
    .bind(&new.credentials)
    .bind(new.rights.stored())
    .bind(new.email.as_deref().map(normal_email))
    .bind(&new.password_hash)
    .bind(new.invitation.as_ref().map(|(token, _)| hash(token)))
    .bind(new.invitation.as_ref().map(|(_, ends)| *ends))
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Changes what a member may do, and how the member is written.
///
/// # Errors
/// When the database refuses.
pub async fn change(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    changed: &NewMember,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("UPDATE members SET name = $3, credentials = $4, rights = $5 WHERE practice_id = $1 AND id = $2 AND left_at IS NULL")
        .bind(practice_id)
        .bind(&changed.id)
        .bind(&changed.name)
        .bind(&changed.credentials)
        .bind(changed.rights.stored())
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// A member leaves: no sign-in, no rights, the address is free again. The name stays for the record.
///
/// # Errors
/// When the database refuses.
pub async fn leave(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    id: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE members SET left_at = $3, email = NULL, password_hash = NULL, invitation_hash = NULL, rights = ''
         WHERE practice_id = $1 AND id = $2 AND left_at IS NULL",
    )
    .bind(practice_id)
    .bind(id)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// One-time tokens are stored as their SHA-256 only.
pub(crate) fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
