//! What a post carries: accounts with their own words, pictures, sources, and the decisions about findings.

use std::collections::HashMap;

use bedside_guard::{Category, Kept};
use bedside_platform::database::{Database, DatabaseError, placeholders};
use sqlx::{
    Any, AssertSqlSafe, Row, Transaction,
    any::{AnyArguments, AnyRow},
    query::Query,
};

use super::{find, yes_no};
use crate::{
    networks::SourceLine,
    posts::{
        post::Post,
        whole::{Attached, Cited, Variant, Whole},
    },
};

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
    let clear = "DELETE FROM variants WHERE practice_id = $1 AND post_id = $2";
    let add = "INSERT INTO variants (practice_id, post_id, account_id, text) VALUES ($1, $2, $3, $4)";
    replace(tx, (practice_id, post_id), clear, add, variants, |row, _, variant| {
        row.bind(&variant.account_id).bind(&variant.text)
    })
    .await
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
    let clear = "DELETE FROM post_media WHERE practice_id = $1 AND post_id = $2";
    let add = "INSERT INTO post_media (practice_id, post_id, media_id, position, alt) VALUES ($1, $2, $3, $4, $5)";
    replace(tx, (practice_id, post_id), clear, add, pictures, |row, position, (media_id, alt)| {
        row.bind(media_id).bind(position).bind(alt)
    })
    .await
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
    let clear = "DELETE FROM post_sources WHERE practice_id = $1 AND post_id = $2";
    let add = "INSERT INTO post_sources (practice_id, post_id, source_id, position) VALUES ($1, $2, $3, $4)";
    replace(tx, (practice_id, post_id), clear, add, source_ids, |row, position, source_id| {
        row.bind(source_id).bind(position)
    })
    .await
}

/// A statement with its values, as far as they are bound.
type Statement<'q> = Query<'q, Any, AnyArguments>;

/// Puts `things` in the place of the rows that hang on a post now. `bind` adds what comes after practice and post: the
/// thing itself, and its position where order matters.
async fn replace<T>(
    tx: &mut Transaction<'static, Any>,
    (practice_id, post_id): (&str, &str),
    clear: &'static str,
    add: &'static str,
    things: &[T],
    bind: for<'q> fn(Statement<'q>, i64, &'q T) -> Statement<'q>,
) -> Result<(), sqlx::Error> {
    sqlx::query(clear).bind(practice_id).bind(post_id).execute(&mut **tx).await?;
    for (position, thing) in (0_i64..).zip(things) {
        let row = sqlx::query(add).bind(practice_id).bind(post_id);
        bind(row, position, thing).execute(&mut **tx).await?;
    }
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
