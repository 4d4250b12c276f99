//! What is kept between leaving for a network's sign-in page and coming back from it (OAuth 2.0, RFC 6749
//! section 4.1). The draft's id is the `state` of that journey: 256 random bits, good for one return of the same
//! member within the hour.

use bedside_platform::{Ground, chance, database::DatabaseError};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{AnyConnection, Row};

use super::AccountError;

/// How long a person may take on the network's page, in microseconds.
const LIFETIME: i64 = 3_600_000_000;

/// A journey that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned<T> {
    /// The network's word.
    pub network: String,
    /// Origin of the server.
    pub server: String,
    /// What was kept: client id and secret, PKCE verifier, and so on.
    pub secret: T,
}

/// Begins a journey and returns its id. Older journeys of the practice that can no longer return are cleared.
///
/// # Errors
/// When the database refuses.
pub async fn begin<T: Serialize>(
    ground: &Ground,
    tx: &mut AnyConnection,
    practice_id: &str,
    member_id: &str,
    network: &str,
    server: &str,
    secret: &T,
) -> Result<String, AccountError> {
    let id = chance::token(ground.chance.as_ref());
    let json = serde_json::to_vec(secret).map_err(|_| AccountError::NoSecret)?;
    let sealed = ground.vault.seal(&owner(&id), &json, ground.chance.as_ref());
    let now = ground.now();
    sqlx::query("DELETE FROM connecting WHERE practice_id = $1 AND created_at < $2")
        .bind(practice_id)
        .bind(now - LIFETIME)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "INSERT INTO connecting (practice_id, id, network, member_id, server, secret, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(practice_id)
    .bind(&id)
    .bind(network)
    .bind(member_id)
    .bind(server)
    .bind(sealed)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(id)
}

/// Takes a journey back: it is good for once, for the member who began it, within the hour.
///
/// # Errors
/// When the database refuses, or what was kept does not open.
pub async fn take<T: DeserializeOwned>(
    ground: &Ground,
    tx: &mut AnyConnection,
    practice_id: &str,
    member_id: &str,
    id: &str,
) -> Result<Option<Returned<T>>, AccountError> {
    let row = sqlx::query(
        "DELETE FROM connecting WHERE practice_id = $1 AND id = $2 AND member_id = $3 AND created_at >= $4 \
         RETURNING network, server, secret",
    )
    .bind(practice_id)
    .bind(id)
    .bind(member_id)
    .bind(ground.now() - LIFETIME)
    .fetch_optional(tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let sealed: Vec<u8> = row.try_get("secret").map_err(DatabaseError::from)?;
    let json = ground.vault.open(&owner(id), &sealed)?;
    let secret = serde_json::from_slice(&json).map_err(|_| AccountError::NoSecret)?;
    Ok(Some(Returned { network: row.try_get("network")?, server: row.try_get("server")?, secret }))
}

fn owner(id: &str) -> String {
    format!("connecting/{id}")
}
