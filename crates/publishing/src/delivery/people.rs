//! What persons decide about deliveries, and how they see them. Everything goes through [`commit`], as
//! the worker's events do.

use bedside_platform::database::{Database, DatabaseError};
use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::{
    commit::{self, Asked},
    machine::{Effect, Event, Verdict},
    plan,
    rows::{self, Key, Row},
};
use crate::networks::Networks;

/// What came of a person's decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// It is so now.
    Done,
    /// It is being sent at this moment: in a minute its outcome is known.
    Busy,
    /// Nothing to decide: it came to rest in another way meanwhile, or is not there.
    Past,
}

/// Takes a person's word about one delivery.
///
/// # Errors
/// When the database refuses.
pub async fn decide(
    database: &Database,
    tx: &mut AnyConnection,
    networks: &Networks,
    key: &Key,
    verdict: Verdict,
    now: Timestamp,
) -> Result<Decided, DatabaseError> {
    one(database, tx, networks, key, Event::PersonSays { at: now, verdict }, now).await
}

/// A person posted it by hand; `link` may be empty.
///
/// # Errors
/// When the database refuses.
pub async fn tick(
    database: &Database,
    tx: &mut AnyConnection,
    networks: &Networks,
    key: &Key,
    link: &str,
    now: Timestamp,
) -> Result<Decided, DatabaseError> {
    one(database, tx, networks, key, Event::Ticked { at: now, link: link.to_owned() }, now).await
}

async fn one(
    database: &Database,
    tx: &mut AnyConnection,
    networks: &Networks,
    key: &Key,
    event: Event,
    now: Timestamp,
) -> Result<Decided, DatabaseError> {
    let before = rows::lock(database, tx, &[key]).await?;
    let applied = commit::apply(database, tx, networks, vec![Asked::new(key.clone(), event)], now).await?;
    let (Some(before), Some(after)) = (before.first(), applied.first()) else { return Ok(Decided::Past) };
    Ok(if after.effects.contains(&Effect::Busy) {
        Decided::Busy
    } else if after.row.delivery == before.delivery {
        Decided::Past
    } else {
        Decided::Done
    })
}

/// A wish about whole posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// It is to be gone, also where it is out.
    Deleted,
    /// It is not to go out any more; what is out stays.
    Withdrawn,
}

/// Brings a wish to all deliveries of these posts. Ring the desk's bell after the commit.
///
/// # Errors
/// When the database refuses.
pub async fn wish(
    database: &Database,
    tx: &mut AnyConnection,
    networks: &Networks,
    practice_id: &str,
    post_ids: &[String],
    wish: Wish,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let event = match wish {
        Wish::Deleted => Event::Deleted { at: now },
        Wish::Withdrawn => Event::Withdrawn { at: now },
    };
    let keys = plan::keys(tx, practice_id, post_ids).await?;
    let asked = keys.into_iter().map(|key| Asked::new(key, event.clone())).collect();
    commit::apply(database, tx, networks, asked, now).await?;
    Ok(())
}

/// The deliveries of these posts.
///
/// # Errors
/// When the database refuses.
pub async fn of_posts(database: &Database, practice_id: &str, post_ids: &[String]) -> Result<Vec<Row>, DatabaseError> {
    if post_ids.is_empty() {
        return Ok(Vec::new());
    }
    let marks = bedside_platform::database::placeholders(2, post_ids.len());
    select(database, &format!("post_id IN ({marks}) ORDER BY due_at, id"), practice_id, post_ids).await
}

/// One delivery.
///
/// # Errors
/// When the database refuses.
pub async fn find(database: &Database, key: &Key) -> Result<Option<Row>, DatabaseError> {
    Ok(select(database, "id = $2", &key.practice_id, std::slice::from_ref(&key.id)).await?.pop())
}

/// Everything of a practice that asks a person: unknown without a next look, missed, refused, due by hand, and
/// published ones whose change or deletion did not work.
///
/// # Errors
/// When the database refuses.
pub async fn asking(database: &Database, practice_id: &str, now: Timestamp) -> Result<Vec<Row>, DatabaseError> {
    let rest = format!(
        "(state IN ('missed', 'refused') OR (state IN ('unknown', 'published') AND person_text <> '') \
         OR (state = 'by_hand' AND due_at <= {})) ORDER BY due_at, id",
        now.as_microsecond()
    );
    select(database, &rest, practice_id, &[]).await
}

/// Everything of a practice that waits for its time, or is under way: what a pause holds.
///
/// # Errors
/// When the database refuses.
pub async fn held(database: &Database, practice_id: &str) -> Result<Vec<Row>, DatabaseError> {
    select(database, "state = 'waiting' AND wanted <> 'deleted' ORDER BY due_at, id", practice_id, &[]).await
}

async fn select(
    database: &Database,
    rest: &str,
    practice_id: &str,
    more: &[String],
) -> Result<Vec<Row>, DatabaseError> {
    let sql = format!("SELECT {} FROM deliveries WHERE practice_id = $1 AND {rest}", rows::COLUMNS);
    let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(false).bind(practice_id.to_owned());
    for value in more {
        query = query.bind(value.clone());
    }
    query.fetch_all(database.read()).await?.iter().map(rows::from).collect()
}
