//! Looking for a status whose sending had no clear end: the account's own statuses are read back and compared.
//!
//! A status is ours when it began after the attempt, answers the same message, carries as many pictures, and is
//! [alike](super::plain::likeness). Looking that could not be done to the end is an error, never a "not there":
//! "not there" lets the engine send again.

use bedside_platform::door::Request;
use jiff::{SignedDuration, Timestamp};

use super::{
    answering::address,
    call::{Caller, no_reply},
    plain::{likeness, text_of},
    publish::{published, segment, status_path},
    wire::{Context, Status},
};
use crate::networks::{Connection, Next, Outgoing, Published, Refusal};

/// How much earlier than the attempt a status may be dated: servers round to seconds, and clocks differ.
const MARGIN: SignedDuration = SignedDuration::from_mins(2);
/// Statuses asked for at once; Mastodon gives at most 40.
const PAGE: usize = 40;
/// Pages that are read before looking counts as failed: 400 statuses since the attempt.
const MOST_PAGES: usize = 10;
/// A list that ends after this many statuses, all of them newer than the attempt, may have been cut off by the server:
/// snac shows the newest 255 of an account and no more. Then nobody knows whether ours stands behind the end.
const MAY_BE_CUT: usize = 100;

/// What is looked for.
struct Wanted {
    likeness: String,
    pictures: usize,
    answers: Option<String>,
    author: String,
    earliest: Timestamp,
}

/// Looks for a message that was sent at `since` or later.
pub(super) async fn find(
    with: &Connection,
    message: &Outgoing,
    since: Timestamp,
) -> Result<Option<Published>, Refusal> {
    let caller = Caller::of(with)?;
    let addressed = address(message);
    let mut wanted = Wanted {
        likeness: likeness(&addressed.text),
        pictures: message.pictures.len(),
        answers: addressed.answers,
        author: with.remote_id.clone(),
        earliest: since - MARGIN,
    };
    if let Some(found) = among_answers(&caller, &wanted).await? {
        return Ok(Some(published(&found)));
    }
    Ok(among_own(&caller, &mut wanted).await?.map(|status| published(&status)))
}

/// Answers to one person are not in every server's list of an account's statuses (snac's has none), but under the
/// message that they answer.
async fn among_answers(caller: &Caller<'_>, wanted: &Wanted) -> Result<Option<Status>, Refusal> {
    let Some(parent) = &wanted.answers else { return Ok(None) };
    match caller.get::<Context>(&format!("{}/context", status_path(parent)), &[]).await {
        Ok(context) => Ok(context.descendants.into_iter().find(|status| wanted.is(status))),
        // The parent is gone; the answer may still stand among the account's own.
        Err(refusal) if matches!(refusal.status, Some(404 | 410)) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

async fn among_own(caller: &Caller<'_>, wanted: &mut Wanted) -> Result<Option<Status>, Refusal> {
    let path = format!("/api/v1/accounts/{}/statuses", segment(&wanted.author));
    let limit = PAGE.to_string();
    let mut before: Option<String> = None;
    let mut seen = 0;
    for _ in 0..MOST_PAGES {
        let mut query = vec![("limit", limit.as_str()), ("exclude_reblogs", "true")];
        query.extend(before.as_deref().map(|id| ("max_id", id)));
        let reply =
            caller.send(Request::get(caller.at(&path)).query(&query)).await.map_err(|error| no_reply(&error))?;
        let page: Vec<Status> = caller.json_of(&reply)?;
        if before.is_none() {
            wanted.earliest += skew(reply.header("date"), caller.clock.now());
        }
        if let Some(at) = page.iter().position(|status| wanted.is(status)) {
            return Ok(page.into_iter().nth(at));
        }
        if page.is_empty() && seen >= MAY_BE_CUT {
            return Err(not_to_the_end());
        }
        seen += page.len();
        // Pinned statuses may stand first, so one old status does not end the list: a whole page of them does.
        if page.iter().all(|status| wanted.is_too_old(status)) {
            return Ok(None);
        }
        let last = page.last().map(|status| status.id.clone());
        if last == before {
            // A server that knows no pages: what it gave is everything, unless it was cut off.
            return if page.len() < PAGE { Ok(None) } else { Err(not_to_the_end()) };
        }
        before = last;
    }
    Err(not_to_the_end())
}

impl Wanted {
    fn is(&self, status: &Status) -> bool {
        let by_us = status.account.as_ref().is_none_or(|account| account.id == self.author);
        let alike = |text: &str| likeness(text) == self.likeness;
        by_us
            && !self.is_too_old(status)
            && status.media_attachments.len() == self.pictures
            && self.answers_the_same(status)
            && (alike(&text_of(&status.content)) || (!status.text.is_empty() && alike(&status.text)))
    }

    fn is_too_old(&self, status: &Status) -> bool {
        status.created_at.parse::<Timestamp>().map_or(true, |written| written < self.earliest)
    }

    /// snac accepts an answer to a message that it no longer has, and then the answer stands alone.
    fn answers_the_same(&self, status: &Status) -> bool {
        match (&self.answers, &status.in_reply_to_id) {
            (Some(wanted), Some(there)) => same_status(wanted, there),
            (None, Some(_)) => false,
            (_, None) => true,
        }
    }
}

/// snac's ids begin with ten digits of a time that moves when a status is changed; the rest names it.
fn same_status(a: &str, b: &str) -> bool {
    let names = |id: &str| if id.len() == 42 { id.get(10..).unwrap_or(id).to_owned() } else { id.to_owned() };
    names(a) == names(b)
}

/// How much later it is over there than here, from the `Date` of an answer; zero where there is none.
fn skew(date: Option<&str>, here: Timestamp) -> SignedDuration {
    let there = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
    there.map_or(SignedDuration::ZERO, |there| there.timestamp().duration_since(here))
}

fn not_to_the_end() -> Refusal {
    Refusal {
        log: "the account has more statuses since the attempt than were looked through".into(),
        person: "Bedside could not look through everything that this account published since. Look there yourself."
            .into(),
        status: None,
        next: Next::TryLater,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn wanted(answers: Option<&str>) -> Wanted {
        Wanted {
            likeness: likeness("Day 3: less *salt* https://cedar.example/3"),
            pictures: 1,
            answers: answers.map(str::to_owned),
            author: "me".into(),
            earliest: "2026-11-25T09:00:00Z".parse().unwrap(),
        }
    }

    fn status(change: serde_json::Value) -> Status {
        let mut status = serde_json::json!({
            "id": "1", "account": {"id": "me"}, "created_at": "2026-11-25T09:00:30.000Z", "media_attachments": [{"id": "a"}],
            "content": "<p>Day 3: less <i>salt</i> <a href=\"x\">https://cedar.example/3</a></p>"
        });
        status.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        serde_json::from_value(status).unwrap()
    }

    #[test]
    fn only_the_same_message_is_found() {
        let with = |change| wanted(None).is(&status(change));
        assert!(with(serde_json::json!({})));
        assert!(with(serde_json::json!({"content": "raw", "text": "Day 3: less *salt* https://cedar.example/3"})));
        assert!(!with(serde_json::json!({"content": "<p>Day 4: less salt https://cedar.example/3</p>"})));
        assert!(!with(serde_json::json!({"created_at": "2026-11-25T08:59:59Z"})));
        assert!(!with(serde_json::json!({"created_at": "yesterday"})));
        assert!(!with(serde_json::json!({"media_attachments": []})));
        assert!(!with(serde_json::json!({"in_reply_to_id": "9"})));
        assert!(!with(serde_json::json!({"account": {"id": "another"}})));
    }

    #[test]
    fn an_answer_is_found_under_its_own_question_only() {
        let with = |to: serde_json::Value| wanted(Some("9")).is(&status(serde_json::json!({"in_reply_to_id": to})));
        assert!(with("9".into()));
        assert!(!with("8".into()));
        assert!(with(serde_json::Value::Null));
        assert!(same_status(
            "1795599201226575eff73ebdb0c8d34da9c8e7e747",
            "1795599228226575eff73ebdb0c8d34da9c8e7e747"
        ));
        assert!(!same_status("109", "110"));
    }

    #[test]
    fn a_server_whose_clock_is_wrong_is_met_halfway() {
        let here: Timestamp = "2026-11-25T09:00:00Z".parse().unwrap();
        assert_eq!(skew(Some("Wed, 25 Nov 2026 08:50:00 GMT"), here).as_mins(), -10);
        assert_eq!(skew(Some("nonsense"), here), SignedDuration::ZERO);
        assert_eq!(skew(None, here), SignedDuration::ZERO);
    }
}
