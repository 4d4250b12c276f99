//! Deliveries of a signed post: one for each account it goes to. Signing again plans again: what waits gets its new
//! time, what is out gets its new text, what goes to an account that was taken off is withdrawn.

use bedside_guard::{Screened, text_hash};
use bedside_platform::database::DatabaseError;
use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::{
    commit::rules,
    decisions::replanned,
    machine::{Event, step},
    rows::{self, Key, NEVER, Row, moment, values},
    state::{Delivery, Rules, State},
};
use crate::{
    desk::{Copy, Desk},
    networks::{Network, Settling},
    posts::Post,
};

/// Plans the deliveries of a post that was just signed; one without a time goes out at once. Ring the desk's bell
/// after the commit.
///
/// # Errors
/// When the database refuses.
pub async fn plan(desk: &Desk, tx: &mut AnyConnection, post: &Post, copies: &[Copy]) -> Result<(), DatabaseError> {
    let now = desk.ground.clock.now();
    let due_at = post.due_at.map_or(now, moment);
    let mut known = of_post_locked(desk, tx, &post.practice_id, &post.id).await?;
    let mut new = Vec::new();
    for copy in copies {
        let Some(network) = desk.networks.get(&copy.account.network) else { continue };
        let rules = Rules::of(&copy.capabilities);
        match known.iter_mut().find(|row| row.account_id == copy.account.id) {
            Some(row) => again(row, copy, due_at, now, &rules),
            None => new.push(first(desk, network.as_ref(), post, copy, Delivery::planned(due_at, &rules))),
        }
    }
    for row in &mut known {
        if !copies.iter().any(|copy| copy.account.id == row.account_id) {
            let rules = rules(&desk.networks, row);
            row.delivery = step(&row.delivery, &Event::Withdrawn { at: now }, &rules).next;
        }
    }
    rows::save(tx, &known).await?;
    insert(tx, &new, now).await
}

fn again(row: &mut Row, copy: &Copy, due_at: Timestamp, now: Timestamp, rules: &Rules) {
    let under_way = matches!(row.delivery.state, State::Armed | State::Unknown);
    if row.delivery.remote.is_none() && !under_way {
        row.delivery = replanned(&row.delivery, due_at, rules);
        return;
    }
    // Words can be compared by their hash; pictures, and what only the own page shows, cannot.
    let same = row.delivery.state == State::Published
        && row.delivery.sent_hash.as_deref() == Some(text_hash(&copy.message.pieces()).as_str())
        && copy.message.pictures.is_empty()
        && rules.settling != Settling::Ours;
    if !same {
        row.delivery = step(&row.delivery, &Event::Edited { at: now }, rules).next;
    }
}

fn first(desk: &Desk, network: &dyn Network, post: &Post, copy: &Copy, delivery: Delivery) -> Row {
    let mut random = [0; 8];
    desk.ground.chance.fill(&mut random);
    Row {
        key: Key { practice_id: post.practice_id.clone(), id: desk.ground.new_id() },
        post_id: post.id.clone(),
        account_id: copy.account.id.clone(),
        network: copy.account.network.clone(),
        server: copy.account.server.clone(),
        record_key: network.record_key(desk.ground.clock.now(), random),
        delivery,
        paused: false,
    }
}

async fn of_post_locked(
    desk: &Desk,
    tx: &mut AnyConnection,
    practice_id: &str,
    post_id: &str,
) -> Result<Vec<Row>, DatabaseError> {
    let keys = keys(tx, practice_id, &[post_id.to_owned()]).await?;
    rows::lock(&desk.ground.database, tx, &keys.iter().collect::<Vec<_>>()).await
}

/// The keys of all deliveries of these posts.
pub(super) async fn keys(
    tx: &mut AnyConnection,
    practice_id: &str,
    post_ids: &[String],
) -> Result<Vec<Key>, DatabaseError> {
    if post_ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id FROM deliveries WHERE practice_id = $1 AND post_id IN ({})",
        bedside_platform::database::placeholders(2, post_ids.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(false).bind(practice_id.to_owned());
    for post_id in post_ids {
        query = query.bind(post_id.clone());
    }
    let found = query.fetch_all(&mut *tx).await?;
    found.iter().map(|row| Ok(Key { practice_id: practice_id.to_owned(), id: row.try_get("id")? })).collect()
}

/// Inserts these deliveries in one statement for a group.
///
/// # Errors
/// When the database refuses, for example because the account has a delivery of that post already.
pub async fn insert(tx: &mut AnyConnection, rows: &[Row], now: Timestamp) -> Result<(), DatabaseError> {
    for group in rows.chunks(100) {
        let sql = format!(
            "INSERT INTO deliveries (practice_id, id, post_id, account_id, network, server, record_key, wanted, state, \
             due_at, window_ends_at, next_try_at, created_at, tries, calls, lease_until, person_text) \
             SELECT v.*, 0, 0, 0, '' FROM (VALUES {}) AS v",
            values(group.len(), 13)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(false);
        for row in group {
            let next = row.delivery.next_try_at.map_or(NEVER, Timestamp::as_microsecond);
            query = query
                .bind(row.key.practice_id.clone())
                .bind(row.key.id.clone())
                .bind(row.post_id.clone())
                .bind(row.account_id.clone())
                .bind(row.network.clone())
                .bind(row.server.clone())
                .bind(row.record_key.clone())
                .bind(row.delivery.wanted.as_str())
                .bind(row.delivery.state.as_str())
                .bind(row.delivery.due_at.as_microsecond())
                .bind(row.delivery.window_ends_at.as_microsecond())
                .bind(next)
                .bind(now.as_microsecond());
        }
        query.execute(&mut *tx).await?;
    }
    Ok(())
}
