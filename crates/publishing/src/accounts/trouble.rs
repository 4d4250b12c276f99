//! Accounts that need a person, as steps of the rounds.

use async_trait::async_trait;
use bedside_platform::database::DatabaseError;
use bedside_practice::{
    Member, Practice,
    rounds::{Source, Step},
};
use bedside_web::{Lang, dates};

use super::{Account, State, store};
use crate::desk::Desk;

/// How long before a token ends somebody is asked, in microseconds (10 days).
const AHEAD_MICROS: i64 = 10 * 24 * 3_600_000_000;

/// Hands in accounts that cannot be used, or soon cannot.
pub struct Broken(pub Desk);

#[async_trait]
impl Source for Broken {
    async fn steps(&self, practice: &Practice, member: &Member, now: i64) -> Result<Vec<Step>, DatabaseError> {
        if !member.rights.owner {
            return Ok(Vec::new());
        }
        let accounts = store::list(&self.0.ground, &practice.id).await?;
        Ok(accounts.iter().filter_map(|account| step(practice, account, now)).collect())
    }
}

fn step(practice: &Practice, account: &Account, now: i64) -> Option<Step> {
    let ends = account.token_ends_at.filter(|ends| *ends < now + AHEAD_MICROS);
    let (title, detail, since) = match (account.state, ends) {
        (State::NeedsReconnect, _) => {
            (format!("Connect {} again", account.handle), account.state_text.clone(), account.state_since)
        }
        (State::Works | State::Failing, Some(ends)) => {
            let day = dates::day(Lang::En, practice.local(ends).date());
            (format!("Renew {}", account.handle), format!("Its sign-in ends on {day}."), ends - AHEAD_MICROS)
        }
        _ => return None,
    };
    Some(Step {
        title,
        detail,
        lines: Vec::new(),
        minutes: 2,
        urgent: false,
        action: ("Open accounts".to_owned(), "/accounts".to_owned()),
        since,
    })
}
