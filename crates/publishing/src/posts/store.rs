//! Every query of posts. Practice id first.

use std::collections::HashMap;

use bedside_guard::{Category, Kept};
use bedside_platform::database::{Database, DatabaseError, placeholders};
use sqlx::{Any, AssertSqlSafe, Row, Transaction, any::AnyRow};

use super::{
    post::Post,
    whole::{Attached, Cited, Variant, Whole},
};
use crate::networks::{ReplyTo, SourceLine};

/// Adds a post.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut Transaction<'static, Any>, post: &Post) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO posts (practice_id, id, kind, state, title, text, short_text, lang, spanish_title, spanish_text,
            health_content, link_home, author_id, challenge_id, challenge_day, part, reply_to, due_at, version,
            created_at, edited_at, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
    )
    .bind(&post.practice_id)
    .bind(&post.id)
    .bind(post.kind.as_str())
    .bind(post.state.as_str())
    .bind(&post.title)
    .bind(&post.text)
    .bind(&post.short_text)
    .bind(&post.lang)
    .bind(&post.spanish_title)
    .bind(&post.spanish_text)
    .bind(yes_no(post.health_content))
    .bind(yes_no(post.link_home))
    .bind(&post.author_id)
    .bind(&post.challenge_id)
    .bind(post.challenge_day)
    .bind(&post.part.0)
    .bind(&post.reply_to)
    .bind(post.due_at)
    .bind(post.version)
    .bind(post.created_at)
    .bind(post.edited_at)
    .bind(post.asked_at)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes what an author can change, if nobody else changed the post since `post.version` was read. The version goes
/// up by one. False when somebody was quicker: two tabs on one draft.
///
/// # Errors
/// When the database refuses.
pub async fn change(tx: &mut Transaction<'static, Any>, post: &Post, now: i64) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE posts SET state = $4, title = $5, text = $6, short_text = $7, lang = $8, spanish_title = $9, spanish_text = $10,
            health_content = $11, link_home = $12, due_at = $13, asked_at = $14, edited_at = $15, version = version + 1
         WHERE practice_id = $1 AND id = $2 AND version = $3",
    )
    .bind(&post.practice_id)
    .bind(&post.id)
    .bind(post.version)
    .bind(post.state.as_str())
    .bind(&post.title)
    .bind(&post.text)
    .bind(&post.short_text)
    .bind(&post.lang)
    .bind(&post.spanish_title)
    .bind(&post.spanish_text)
    .bind(yes_no(post.health_content))
    .bind(yes_no(post.link_home))
    .bind(post.due_at)
    .bind(post.asked_at)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks a post as taken back.
///
/// # Errors
/// When the database refuses.
pub async fn withdraw(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    id: &str,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query(
        "UPDATE posts SET state = 'withdrawn', withdrawn_at = $3, version = version + 1
         WHERE practice_id = $1 AND id = $2 AND state <> 'withdrawn'",
    )
    .bind(practice_id)
    .bind(id)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One post.
///
/// # Errors
/// When the database refuses.
pub async fn find(database: &Database, practice_id: &str, id: &str) -> Result<Option<Post>, DatabaseError> {
    let row = sqlx::query("SELECT * FROM posts WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(id)
        .fetch_optional(database.read())
        .await?;
    Ok(row.as_ref().map(Post::from_row).transpose()?)
}

/// Posts (not replies) that are due in a span of time, the earliest first. Withdrawn ones are left out.
///
/// # Errors
/// When the database refuses.
pub async fn due_between(
    database: &Database,
    practice_id: &str,
    from: i64,
    until: i64,
) -> Result<Vec<Post>, DatabaseError> {
    let rows = sqlx::query(
        "SELECT * FROM posts WHERE practice_id = $1 AND due_at >= $2 AND due_at < $3 AND kind = 'post' AND state <> 'withdrawn'
         ORDER BY due_at, id",
    )
    .bind(practice_id)
    .bind(from)
    .bind(until)
    .fetch_all(database.read())
    .await?;
    posts(&rows)
}

/// Posts in a state, the earliest due first and those without a time last.
///
/// # Errors
/// When the database refuses.
pub async fn in_state(
    database: &Database,
    practice_id: &str,
    state: super::PostState,
) -> Result<Vec<Post>, DatabaseError> {
    let rows = sqlx::query(
        "SELECT * FROM posts WHERE practice_id = $1 AND state = $2 AND kind = 'post'
         ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, edited_at DESC, id",
    )
    .bind(practice_id)
    .bind(state.as_str())
    .fetch_all(database.read())
    .await?;
    posts(&rows)
}

/// All posts of a challenge, in the order of the month.
///
/// # Errors
/// When the database refuses.
pub async fn of_challenge(
    database: &Database,
    practice_id: &str,
    challenge_id: &str,
) -> Result<Vec<Post>, DatabaseError> {
    let rows = sqlx::query(
        "SELECT * FROM posts WHERE practice_id = $1 AND challenge_id = $2 ORDER BY challenge_day, due_at, id",
    )
    .bind(practice_id)
    .bind(challenge_id)
    .fetch_all(database.read())
    .await?;
    posts(&rows)
}

/// Answers to a message, the oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn replies_to(database: &Database, practice_id: &str, message_id: &str) -> Result<Vec<Post>, DatabaseError> {
    let rows = sqlx::query("SELECT * FROM posts WHERE practice_id = $1 AND reply_to = $2 ORDER BY created_at, id")
        .bind(practice_id)
        .bind(message_id)
        .fetch_all(database.read())
        .await?;
    posts(&rows)
}

/// What a reply answers, as its network needs it.
///
/// # Errors
/// When the database refuses.
pub async fn answered(
    database: &Database,
    practice_id: &str,
    message_id: &str,
) -> Result<Option<ReplyTo>, DatabaseError> {
    let row = sqlx::query("SELECT reply_reference, text FROM messages WHERE practice_id = $1 AND id = $2")
        .bind(practice_id)
        .bind(message_id)
        .fetch_optional(database.read())
        .await?;
    Ok(row
        .map(|row| Ok::<_, sqlx::Error>(ReplyTo { reference: row.try_get(0)?, text: row.try_get(1)? }))
        .transpose()?)
}

fn posts(rows: &[AnyRow]) -> Result<Vec<Post>, DatabaseError> {
    Ok(rows.iter().map(Post::from_row).collect::<Result<_, _>>()?)
}

/// Replaces the accounts of a post and the words for each.
///
/// # Errors
/// When the database refuses.
pub async fn set_variants(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    post_id: &str,
    variants: &[Variant],
) -> Result<(), sqlx::Error> {
    clear(tx, "DELETE FROM variants WHERE practice_id = $1 AND post_id = $2", practice_id, post_id).await?;
    for variant in variants {
        sqlx::query("INSERT INTO variants (practice_id, post_id, account_id, text) VALUES ($1, $2, $3, $4)")
            .bind(practice_id)
            .bind(post_id)
            .bind(&variant.account_id)
            .bind(&variant.text)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Replaces the pictures of a post: (media id, alt text) in order.
///
/// # Errors
/// When the database refuses.
pub async fn set_pictures(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    post_id: &str,
    pictures: &[(String, String)],
) -> Result<(), sqlx::Error> {
    clear(tx, "DELETE FROM post_media WHERE practice_id = $1 AND post_id = $2", practice_id, post_id).await?;
    for (position, (media_id, alt)) in (0_i64..).zip(pictures) {
        sqlx::query(
            "INSERT INTO post_media (practice_id, post_id, media_id, position, alt) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(practice_id)
        .bind(post_id)
        .bind(media_id)
        .bind(position)
        .bind(alt)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Replaces the sources of a post, in order.
///
/// # Errors
/// When the database refuses.
pub async fn set_sources(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    post_id: &str,
    source_ids: &[String],
) -> Result<(), sqlx::Error> {
    clear(tx, "DELETE FROM post_sources WHERE practice_id = $1 AND post_id = $2", practice_id, post_id).await?;
    for (position, source_id) in (0_i64..).zip(source_ids) {
        sqlx::query("INSERT INTO post_sources (practice_id, post_id, source_id, position) VALUES ($1, $2, $3, $4)")
            .bind(practice_id)
            .bind(post_id)
            .bind(source_id)
            .bind(position)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

async fn clear(
    tx: &mut Transaction<'static, Any>,
    sql: &'static str,
    practice_id: &str,
    post_id: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(sql).bind(practice_id).bind(post_id).execute(&mut **tx).await?;
    Ok(())
}

/// Records that a person keeps a finding.
///
/// # Errors
/// When the database refuses.
pub async fn keep_finding(
    tx: &mut Transaction<'static, Any>,
    practice_id: &str,
    post_id: &str,
    id: &str,
    kept: &Kept,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO kept_findings (practice_id, id, post_id, category, span, reason, member_id, privacy_lead, kept_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(practice_id)
    .bind(id)
    .bind(post_id)
    .bind(kept.category.as_str())
    .bind(&kept.span)
    .bind(&kept.reason)
    .bind(&kept.by)
    .bind(yes_no(kept.privacy_lead))
    .bind(kept.at)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A post with everything it carries.
///
/// # Errors
/// When the database refuses.
pub async fn whole(database: &Database, practice_id: &str, id: &str) -> Result<Option<Whole>, DatabaseError> {
    let Some(post) = find(database, practice_id, id).await? else { return Ok(None) };
    Ok(wholes(database, practice_id, vec![post]).await?.pop())
}

/// Posts with everything they carry, in the order given: a fixed number of queries, whatever their count.
///
/// # Errors
/// When the database refuses.
pub async fn wholes(database: &Database, practice_id: &str, posts: Vec<Post>) -> Result<Vec<Whole>, DatabaseError> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<&str> = posts.iter().map(|post| post.id.as_str()).collect();
    let mut variants = by_post(database, practice_id, &ids, VARIANTS, variant).await?;
    let mut pictures = by_post(database, practice_id, &ids, PICTURES, Attached::from_row).await?;
    let mut sources = by_post(database, practice_id, &ids, SOURCES, cited).await?;
    let mut kept = by_post(database, practice_id, &ids, KEPT, kept_finding).await?;
    Ok(posts
        .into_iter()
        .map(|post| Whole {
            variants: variants.remove(&post.id).unwrap_or_default(),
            pictures: pictures.remove(&post.id).unwrap_or_default(),
            sources: sources.remove(&post.id).unwrap_or_default(),
            kept: kept.remove(&post.id).unwrap_or_default(),
            post,
        })
        .collect())
}

/// Each begins with the post's id; the list of posts is put in for `{posts}`.
const VARIANTS: &str = "SELECT post_id, account_id, text FROM variants WHERE practice_id = $1 AND post_id IN ({posts}) ORDER BY account_id";
const PICTURES: &str =
    "SELECT p.post_id, m.id, m.hash, m.mime, m.width, m.height, m.bytes, m.people, p.alt FROM post_media p
    JOIN media m ON m.practice_id = p.practice_id AND m.id = p.media_id
    WHERE p.practice_id = $1 AND p.post_id IN ({posts}) ORDER BY p.position";
const SOURCES: &str =
    "SELECT p.post_id, s.id, s.url, s.title, s.publisher, s.claim, s.checked_at, s.checked_by FROM post_sources p
    JOIN sources s ON s.practice_id = p.practice_id AND s.id = p.source_id
    WHERE p.practice_id = $1 AND p.post_id IN ({posts}) ORDER BY p.position";
const KEPT: &str = "SELECT post_id, category, span, reason, member_id, privacy_lead, kept_at FROM kept_findings
    WHERE practice_id = $1 AND post_id IN ({posts}) ORDER BY kept_at, id";

async fn by_post<T>(
    database: &Database,
    practice_id: &str,
    ids: &[&str],
    sql: &str,
    read: fn(&AnyRow) -> Result<T, sqlx::Error>,
) -> Result<HashMap<String, Vec<T>>, DatabaseError> {
    let sql = AssertSqlSafe(sql.replace("{posts}", &placeholders(2, ids.len())));
    let query = ids.iter().fold(sqlx::query(sql).bind(practice_id), |query, id| query.bind(*id));
    let mut found: HashMap<String, Vec<T>> = HashMap::new();
    for row in query.fetch_all(database.read()).await? {
        found.entry(row.try_get("post_id")?).or_default().push(read(&row)?);
    }
    Ok(found)
}

fn variant(row: &AnyRow) -> Result<Variant, sqlx::Error> {
    Ok(Variant { account_id: row.try_get("account_id")?, text: row.try_get("text")? })
}

fn cited(row: &AnyRow) -> Result<Cited, sqlx::Error> {
    let (publisher, title): (String, String) = (row.try_get("publisher")?, row.try_get("title")?);
    let title = [publisher, title].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    Ok(Cited {
        source_id: row.try_get("id")?,
        line: SourceLine { title, url: row.try_get("url")?, checked_at: row.try_get("checked_at")? },
        claim: row.try_get("claim")?,
        checked_by: row.try_get("checked_by")?,
    })
}

fn kept_finding(row: &AnyRow) -> Result<Kept, sqlx::Error> {
    let category: &str = row.try_get("category")?;
    Ok(Kept {
        category: category.parse::<Category>().map_err(|error| sqlx::Error::Decode(error.to_string().into()))?,
        span: row.try_get("span")?,
        reason: row.try_get("reason")?,
        by: row.try_get("member_id")?,
        privacy_lead: row.try_get::<&str, _>("privacy_lead")? == "yes",
        at: row.try_get("kept_at")?,
    })
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
