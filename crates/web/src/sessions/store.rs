//! Every query of sessions, and the cookie that goes with a row.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, header};
use bedside_platform::{
    Ground,
    chance::{self, Chance},
    clock::Clock,
    database::{Database, DatabaseError},
};
use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction};

use super::{COOKIE, IDLE_MICROS, LASTS_MICROS, NOTE_USE_MICROS, OpenSession, Session, cookie_of};
use crate::csrf;

/// The sessions of an installation. Cheap to clone.
#[derive(Clone)]
pub struct Sessions {
    database: Database,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    secure: bool,
}

impl Sessions {
    /// Over the ground's database, clock and chance.
    pub fn new(ground: &Ground) -> Self {
        let Ground { database, clock, chance, settings, .. } = ground;
        Self::over(database.clone(), clock.clone(), chance.clone(), settings.is_https())
    }

    /// Over these parts. `secure` says whether browsers reach us over TLS.
    pub fn over(database: Database, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>, secure: bool) -> Self {
        Self { database, clock, chance, secure }
    }

    /// Whether cookies are marked `Secure`.
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// Opens a session within the transaction of the sign-in and gives the `Set-Cookie` value.
    /// `headers` are the request's; of the browser only the family is kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open(
        &self,
        tx: &mut Transaction<'static, Any>,
        practice_id: &str,
        member_id: &str,
        headers: &HeaderMap,
    ) -> Result<HeaderValue, sqlx::Error> {
        let token = chance::token(self.chance.as_ref());
        let now = self.clock.now().as_microsecond();
        // Sessions that are long over go with the next sign-in of the same practice.
        sqlx::query("DELETE FROM sessions WHERE practice_id = $1 AND (ends_at <= $2 OR seen_at <= $3)")
            .bind(practice_id)
            .bind(now)
            .bind(now - IDLE_MICROS)
            .execute(&mut **tx)
            .await?;
        sqlx::query(
            "INSERT INTO sessions (practice_id, token_hash, member_id, created_at, seen_at, ends_at, agent)
             VALUES ($1, $2, $3, $4, $4, $5, $6)",
        )
        .bind(practice_id)
        .bind(hash(&token))
        .bind(member_id)
        .bind(now)
        .bind(now + LASTS_MICROS)
        .bind(browser_family(headers))
        .execute(&mut **tx)
        .await?;
        Ok(self.cookie(&token, LASTS_MICROS / 1_000_000))
    }

    /// The session of these request headers, if it is still open.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn find(&self, headers: &HeaderMap) -> Result<Option<Session>, DatabaseError> {
        let Some(token) = cookie_of(headers, COOKIE).filter(|token| token.len() == 64) else {
            return Ok(None);
        };
        let (now, token_hash) = (self.clock.now().as_microsecond(), hash(&token));
        // The only question without a practice in front: the token is what tells the practice.
        let row = sqlx::query(
            "SELECT practice_id, member_id, created_at, seen_at FROM sessions
             WHERE token_hash = $1 AND ends_at > $2 AND seen_at > $3",
        )
        .bind(&token_hash)
        .bind(now)
        .bind(now - IDLE_MICROS)
        .fetch_optional(self.database.read())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let session = Session {
            practice_id: row.try_get(0)?,
            member_id: row.try_get(1)?,
            csrf: csrf::of_session(&token),
            created_at: row.try_get(2)?,
            token_hash,
        };
        if row.try_get::<i64, _>(3)? < now - NOTE_USE_MICROS {
            // Whoever only reads must not be turned away because the disk is full.
            if let Err(error) = self.note_use(&session, now).await {
                tracing::warn!("the use of a session was not noted: {error}");
            }
        }
        Ok(Some(session))
    }

    async fn note_use(&self, session: &Session, now: i64) -> Result<(), DatabaseError> {
        let mut tx = self.database.begin_write().await?;
        sqlx::query("UPDATE sessions SET seen_at = $3 WHERE practice_id = $1 AND token_hash = $2 AND seen_at < $3")
            .bind(&session.practice_id)
            .bind(&session.token_hash)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// The open sessions of a member, the last used first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of_member(&self, practice_id: &str, member_id: &str) -> Result<Vec<OpenSession>, sqlx::Error> {
        let now = self.clock.now().as_microsecond();
        let rows = sqlx::query(
            "SELECT token_hash, created_at, seen_at, agent FROM sessions
             WHERE practice_id = $1 AND member_id = $2 AND ends_at > $3 AND seen_at > $4
             ORDER BY seen_at DESC, token_hash",
        )
        .bind(practice_id)
        .bind(member_id)
        .bind(now)
        .bind(now - IDLE_MICROS)
        .fetch_all(self.database.read())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(OpenSession {
                    token_hash: row.try_get(0)?,
                    created_at: row.try_get(1)?,
                    seen_at: row.try_get(2)?,
                    agent: row.try_get(3)?,
                })
            })
            .collect()
    }

    /// Ends one session of the practice. Says whether there was one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn revoke(
        &self,
        tx: &mut Transaction<'static, Any>,
        practice_id: &str,
        token_hash: &str,
    ) -> Result<bool, sqlx::Error> {
        let done = sqlx::query("DELETE FROM sessions WHERE practice_id = $1 AND token_hash = $2")
            .bind(practice_id)
            .bind(token_hash)
            .execute(&mut **tx)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Ends all sessions of a member: a new password, a member who leaves. Says how many there were.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn revoke_all(
        &self,
        tx: &mut Transaction<'static, Any>,
        practice_id: &str,
        member_id: &str,
    ) -> Result<u64, sqlx::Error> {
        let done = sqlx::query("DELETE FROM sessions WHERE practice_id = $1 AND member_id = $2")
            .bind(practice_id)
            .bind(member_id)
            .execute(&mut **tx)
            .await?;
        Ok(done.rows_affected())
    }

    /// The `Set-Cookie` value that takes the cookie away.
    pub fn farewell(&self) -> HeaderValue {
        self.cookie("", 0)
    }

    fn cookie(&self, token: &str, seconds: i64) -> HeaderValue {
        let secure = if self.secure { "; Secure" } else { "" };
        let cookie = format!("{COOKIE}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        // Hexadecimal digits and constants are always a valid header.
        HeaderValue::from_str(&cookie).unwrap_or(HeaderValue::from_static(""))
    }
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// "Firefox", "Edge", "Chrome", "Safari" or "Other": enough to know one's own browser again in a list.
fn browser_family(headers: &HeaderMap) -> &'static str {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Edge says it is Chrome, and Chrome says it is Safari: the order matters.
    [("Firefox/", "Firefox"), ("Edg/", "Edge"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]
        .into_iter()
        .find(|(mark, _)| agent.contains(mark))
        .map_or("Other", |(_, family)| family)
}
