//! The link behind which a member chooses a new password. One a member; only the hash of its token is kept, and its row
//! goes when it is used.

use bedside_platform::{
    Ground, chance,
    database::{Database, DatabaseError},
};
use serde_json::json;
use sqlx::{Any, Transaction};

use crate::{
    audit::{self, Decision, PROGRAM},
    members::{self, Member},
};

/// How long a link works, in microseconds (24 hours).
pub const LINK_MICROS: i64 = 24 * 3_600_000_000;

/// Makes the link of a member who signs in, ends an older one and clears those away that were never used. Who asked for it records that as [`MADE`].
///
/// # Errors
/// When the database refuses.
pub async fn make(ground: &Ground, tx: &mut Transaction<'static, Any>, member: &Member) -> Result<String, sqlx::Error> {
    let (token, now) = (chance::token(ground.chance.as_ref()), ground.now());
    sqlx::query("DELETE FROM new_password_links WHERE practice_id = $1 AND ends_at <= $2")
        .bind(&member.practice_id)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "INSERT INTO new_password_links (practice_id, member_id, token_hash, ends_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (practice_id, member_id) DO UPDATE SET token_hash = $3, ends_at = $4",
    )
    .bind(&member.practice_id)
    .bind(&member.id)
    .bind(members::hash(&token))
    .bind(now + LINK_MICROS)
    .execute(&mut **tx)
    .await?;
    Ok(ground.settings.address(&format!("/new-password/{token}")))
}

/// What the record says when a link was made; its subject is the member.
pub const MADE: &str = "member.new_password_link_made";

/// Makes a link for whoever signs in with this address, when no owner is there to do it. `None`: nobody does.
///
/// # Errors
/// When the database refuses.
pub async fn make_for_address(ground: &Ground, email: &str) -> Result<Option<String>, DatabaseError> {
    let Some((member, _)) = members::find_by_email(&ground.database, email).await? else { return Ok(None) };
    let mut tx = ground.database.begin_write().await?;
    let link = make(ground, &mut tx, &member).await?;
    let decision = Decision { actor: PROGRAM, action: MADE, subject: &member.id, detail: json!({}) };
    audit::record(&ground.database, &mut tx, &member.practice_id, &decision, ground.now()).await?;
    tx.commit().await?;
    Ok(Some(link))
}

/// The member a link belongs to, while it works.
pub(super) async fn member(database: &Database, token: &str, now: i64) -> Result<Option<Member>, DatabaseError> {
    let row = sqlx::query(
        "SELECT members.* FROM new_password_links links
         JOIN members ON members.practice_id = links.practice_id AND members.id = links.member_id
         WHERE links.token_hash = $1 AND links.ends_at > $2
            AND members.left_at IS NULL AND members.password_hash IS NOT NULL",
    )
    .bind(members::hash(token))
    .bind(now)
    .fetch_optional(database.read())
    .await?;
    Ok(row.as_ref().map(Member::from_row).transpose()?)
}

/// Uses a link up and sets the password. False when somebody was quicker.
pub(super) async fn use_up(
    tx: &mut Transaction<'static, Any>,
    member: &Member,
    token: &str,
    password_hash: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let used = sqlx::query(
        "DELETE FROM new_password_links WHERE practice_id = $1 AND member_id = $2 AND token_hash = $3 AND ends_at > $4",
    )
    .bind(&member.practice_id)
    .bind(&member.id)
    .bind(members::hash(token))
    .bind(now)
    .execute(&mut **tx)
    .await?;
    if used.rows_affected() == 0 {
        return Ok(false);
    }
    let set = sqlx::query(
        "UPDATE members SET password_hash = $3
         WHERE practice_id = $1 AND id = $2 AND left_at IS NULL AND password_hash IS NOT NULL",
    )
    .bind(&member.practice_id)
    .bind(&member.id)
    .bind(password_hash)
    .execute(&mut **tx)
    .await?;
    Ok(set.rows_affected() == 1)
}
