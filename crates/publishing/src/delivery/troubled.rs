//! Deliveries that ask a person, as steps of the rounds.

use async_trait::async_trait;
use bedside_platform::database::DatabaseError;
use bedside_practice::{
    Member, Practice,
    rounds::{Note, Source, Step},
};
use bedside_web::dates;
use jiff::Timestamp;

use super::{people, rows::Row, state::State, words};
use crate::{desk::Desk, posts};

/// Hands in what failed, was missed, is not confirmed, or is to be posted by hand.
pub struct Troubled(pub Desk);

#[async_trait]
impl Source for Troubled {
    async fn steps(&self, practice: &Practice, member: &Member, now: i64) -> Result<Vec<Step>, DatabaseError> {
        if !member.rights.writes {
            return Ok(Vec::new());
        }
        let now = Timestamp::from_microsecond(now).unwrap_or(Timestamp::UNIX_EPOCH);
        let accounts = self.0.accounts(practice).await?;
        let mut steps = Vec::new();
        for row in people::asking(&self.0.ground.database, &practice.id, now).await? {
            if let Some(post) = posts::store::find(&self.0.ground.database, &practice.id, &row.post_id).await? {
                let account = accounts.iter().find(|account| account.id == row.account_id);
                let network = account
                    .and_then(|account| self.0.capabilities(account))
                    .map_or("a network", |network| network.name);
                steps.push(step(&row, &post.name(), network));
            }
        }
        Ok(steps)
    }

    async fn margin(&self, practice: &Practice, _: &Member, now: i64) -> Result<Vec<Note>, DatabaseError> {
        let today = practice.local(now);
        let (Ok(from), Ok(until)) = (
            today.start_of_day(),
            today.date().saturating_add(jiff::ToSpan::days(1)).to_zoned_datetime(practice.time_zone.clone()),
        ) else {
            return Ok(Vec::new());
        };
        let due = posts::store::due_between(
            &self.0.ground.database,
            &practice.id,
            from.timestamp().as_microsecond(),
            until.timestamp().as_microsecond(),
        )
        .await?;
        let signed = due.iter().filter(|post| post.state == posts::PostState::Signed);
        let lines: Vec<String> = signed
            .filter_map(|post| Some(format!("{} “{}”", dates::hour(practice.local(post.due_at?).time()), post.name())))
            .collect();
        let words = if lines.is_empty() { "Nothing, and that is fine.".to_owned() } else { lines.join(". ") };
        Ok(vec![Note {
            title: "Going out today".to_owned(),
            words,
            link: Some(("See the month".to_owned(), "/calendar".to_owned())),
        }])
    }
}

fn step(row: &Row, name: &str, network: &str) -> Step {
    let title = match row.delivery.state {
        State::Unknown => format!("Look whether a post is on {network}"),
        State::Missed => format!("Decide about a post that was missed on {network}"),
        State::ByHand => format!("Post one by hand on {network}"),
        State::Published => format!("A change did not reach {network}"),
        _ => format!("A post did not go out on {network}"),
    };
    Step {
        title,
        detail: format!(
            "“{name}”. {}",
            if row.delivery.state == State::ByHand { words::ASK_BY_HAND } else { &row.delivery.person_text }
        ),
        lines: Vec::new(),
        minutes: 2,
        urgent: false,
        action: ("Look and decide".to_owned(), format!("/posts/{}", row.post_id)),
        since: row.delivery.settled_at.unwrap_or(row.delivery.due_at).as_microsecond(),
    }
}
