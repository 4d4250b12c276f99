//! How posts stand on their accounts, for many posts at once.

use std::collections::HashMap;

use bedside_platform::database::{Database, DatabaseError, placeholders};
use sqlx::{AssertSqlSafe, Row};

use crate::delivery::state::State;

/// How a post stands on one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnAccount {
    /// The account.
    pub account_id: String,
    /// Where its delivery stands.
    pub state: State,
    /// Where people see it.
    pub url: Option<String>,
    /// What is asked of a person; empty when nothing is.
    pub person_text: String,
}

/// The deliveries of posts, by post.
///
/// # Errors
/// When the database refuses.
pub async fn standing(
    database: &Database,
    practice_id: &str,
    post_ids: &[&str],
) -> Result<HashMap<String, Vec<OnAccount>>, DatabaseError> {
    let mut found: HashMap<String, Vec<OnAccount>> = HashMap::new();
    if post_ids.is_empty() {
        return Ok(found);
    }
    let sql = AssertSqlSafe(format!(
        "SELECT post_id, account_id, state, remote_url, person_text FROM deliveries WHERE practice_id = $1 AND post_id IN ({}) ORDER BY account_id",
        placeholders(2, post_ids.len())
    ));
    let query = post_ids.iter().fold(sqlx::query(sql).bind(practice_id), |query, id| query.bind(*id));
    for row in query.fetch_all(database.read()).await? {
        let state: &str = row.try_get("state")?;
        found.entry(row.try_get("post_id")?).or_default().push(OnAccount {
            account_id: row.try_get("account_id")?,
            state: State::from_word(state).ok_or_else(|| sqlx::Error::Decode("not a state of a delivery".into()))?,
            url: row.try_get("remote_url")?,
            person_text: row.try_get("person_text")?,
        });
    }
    Ok(found)
}
