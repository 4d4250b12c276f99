//! Many events in one commit: the rows are locked and read, [`step`] decides on each, rows and log lines are written
//! back in groups, accounts that must rest are held. Workers and people come through here alike, so that the state
//! machine always sees the truth and never a copy.

use std::collections::HashMap;

use bedside_platform::database::{Database, DatabaseError};
use jiff::Timestamp;
use sqlx::AnyConnection;

use super::{
    attempts::{self, Line},
    machine::{Action, Effect, Event, Step, step},
    rows::{self, Key, Row},
    state::{Rules, WINDOW},
};
use crate::{
    accounts,
    networks::{Networks, Settling},
};

/// An event for one delivery.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Which.
    pub key: Key,
    /// What happened.
    pub event: Event,
    /// What calls the asker can make.
    pub able: Able,
}

/// What calls an asker can make. When another one is due by now, the delivery is only let go, and claimed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Able {
    /// The event leads to no call, or the asker is ready for any.
    Any,
    /// It made ready for this one, or for none.
    Only(Option<Action>),
}

impl Asked {
    /// An event without anything made ready.
    pub fn new(key: Key, event: Event) -> Self {
        Self { key, event, able: Able::Any }
    }
}

/// What an event led to.
#[derive(Debug, Clone)]
pub struct Applied {
    /// The delivery as it is on disk once the transaction is committed.
    pub row: Row,
    /// What is to be done then.
    pub effects: Vec<Effect>,
}

/// Decides and writes. The caller commits. At most one event for each delivery.
///
/// # Errors
/// When the database refuses; then nothing may be assumed and the transaction is to be dropped.
pub async fn apply(
    database: &Database,
    tx: &mut AnyConnection,
    networks: &Networks,
    asked: Vec<Asked>,
    now: Timestamp,
) -> Result<Vec<Applied>, DatabaseError> {
    let keys: Vec<&Key> = asked.iter().map(|asked| &asked.key).collect();
    let locked = rows::lock(database, tx, &keys).await?;
    let mut events: HashMap<Key, Asked> = asked.into_iter().map(|asked| (asked.key.clone(), asked)).collect();
    let mut applied = Vec::with_capacity(locked.len());
    let mut changed = Vec::with_capacity(locked.len());
    for row in locked {
        let Some(asked) = events.remove(&row.key) else { continue };
        let after = decide(row.clone(), asked, &rules(networks, &row));
        if after.row.delivery != row.delivery {
            changed.push(after.row.clone());
        }
        applied.push(after);
    }
    rows::save(tx, &changed).await?;
    attempts::write(tx, &lines(&applied)).await?;
    hold_accounts(tx, &applied, now).await?;
    Ok(applied)
}

fn decide(mut row: Row, asked: Asked, rules: &Rules) -> Applied {
    let mut event = asked.event;
    if let Event::Claimed { paused, .. } = &mut event {
        *paused = row.paused;
    }
    let Step { next, effects } = step(&row.delivery, &event, rules);
    let call = effects.iter().find_map(|effect| match effect {
        Effect::Call(action) => Some(*action),
        _ => None,
    });
    let able = match (asked.able, call) {
        (Able::Any, _) | (_, None) => true,
        (Able::Only(ready), Some(call)) => ready.is_some_and(|ready| same_kind(ready, call)),
    };
    if !able {
        row.delivery.lease = None;
        return Applied { row, effects: Vec::new() };
    }
    row.delivery = next;
    Applied { row, effects }
}

fn same_kind(one: Action, other: Action) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
}

/// The rules of a network. One that this program does not know can only be settled by people.
pub(super) fn rules(networks: &Networks, row: &Row) -> Rules {
    networks.get(&row.network).map_or(
        Rules {
            settling: Settling::Person,
            edits: false,
            deletes: false,
            by_hand: false,
            window: WINDOW,
            most_tries: 1,
        },
        |network| Rules::of(&network.capabilities_for(&row.server)),
    )
}

/// Beginning and end of one line may come in one step; the statement must not name a line twice.
fn lines(applied: &[Applied]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for Applied { row, effects } in applied {
        let first = lines.len();
        for effect in effects {
            let (n, began, ended) = match effect {
                Effect::Began { n, action, at } => (*n, Some((*action, at.as_microsecond())), None),
                Effect::Ended(note) => (note.n, None, Some(note.clone())),
                Effect::Call(_) | Effect::HoldAccount { .. } | Effect::Busy => continue,
            };
            match lines[first..].iter_mut().find(|line| line.n == n) {
                Some(line) => {
                    line.began = line.began.or(began);
                    line.ended = ended.or_else(|| line.ended.take());
                }
                None => lines.push(Line { key: row.key.clone(), n, began, ended }),
            }
        }
    }
    lines
}

async fn hold_accounts(tx: &mut AnyConnection, applied: &[Applied], now: Timestamp) -> Result<(), DatabaseError> {
    let now = now.as_microsecond();
    let mut holds: Vec<_> = applied
        .iter()
        .flat_map(|Applied { row, effects }| effects.iter().map(move |effect| (row, effect)))
        .filter_map(|(row, effect)| match effect {
            Effect::HoldAccount { until, reconnect } => {
                Some((&row.key.practice_id, &row.account_id, until.as_microsecond(), reconnect.as_deref()))
            }
            _ => None,
        })
        .collect();
    holds.sort_unstable();
    for (practice_id, account_id, until, reconnect) in holds {
        accounts::store::hold(tx, practice_id, account_id, until).await?;
        if let Some(person) = reconnect {
            accounts::store::set_state(tx, practice_id, account_id, accounts::State::NeedsReconnect, person, now)
                .await?;
        }
    }
    Ok(())
}
