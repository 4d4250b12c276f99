//! The engine on a real database (SQLite, or PostgreSQL with `BEDSIDE_TEST_DATABASE`) with a network that counts what
//! arrives.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod board;
mod world;

use bedside_publishing::{
    delivery::{
        attempts,
        call::Point,
        claims,
        machine::{Event, Verdict},
        pauses, people,
        people::Decided,
        state::State,
    },
    networks::{Next, Settling},
};
use board::{Board, Fault};
use jiff::SignedDuration;
use world::{PRACTICE, World};

const NOW: SignedDuration = SignedDuration::ZERO;
const HOUR: SignedDuration = SignedDuration::from_hours(1);

async fn world(settling: Settling) -> World {
    let world = World::new(Board::new("board", settling)).await;
    world.account("ours").await;
    world
}

#[tokio::test]
async fn ten_thousand_deliveries_by_two_workers_arrive_once_each() {
    let mut world = world(Settling::ReadBack).await;
    world.engine.options.alone = false;
    let keys = world.plan("ours", 0..10_000, NOW).await;
    let workers = [world.worker(), world.worker()];
    for key in &keys {
        world.comes_to(key, State::Published).await;
    }
    for worker in workers {
        worker.stops().await.unwrap();
    }
    let mut arrived: Vec<String> = world.board.pins().into_iter().map(|pin| pin.key).collect();
    assert_eq!(arrived.len(), 10_000);
    arrived.sort();
    arrived.dedup();
    assert_eq!(arrived.len(), 10_000);
}

#[tokio::test]
async fn a_worker_that_dies_at_any_point_neither_loses_nor_doubles() {
    for settling in [Settling::RecordKey, Settling::ReadBack] {
        for point in [Point::Claimed, Point::Armed, Point::Called, Point::Answered, Point::Settled] {
            let world = world(settling).await;
            let key = world.plan("ours", 0..1, NOW).await.remove(0);
            world.worker_that_stops_at(Some(point)).dies().await;
            let next = world.worker();
            world.comes_to_in_time(&key, State::Published, HOUR).await;
            next.stops().await.unwrap();
            assert_eq!(world.board.pins().len(), 1, "{settling:?} {point:?}");
        }
    }
}

#[tokio::test]
async fn a_lost_answer_is_looked_for_and_the_log_says_so() {
    let world = world(Settling::ReadBack).await;
    world.board.plan("ours", Fault::LoseAnswer);
    let key = world.plan("ours", 0..1, NOW).await.remove(0);
    let worker = world.worker();
    world.comes_to(&key, State::Unknown).await;
    world.comes_to_in_time(&key, State::Published, HOUR).await;
    worker.stops().await.unwrap();
    assert_eq!(world.board.pins().len(), 1);
    let log = attempts::of(&world.test.ground.database, PRACTICE, &key.id).await.unwrap();
    let told: Vec<_> = log.iter().map(|line| (line.action.as_str(), line.outcome.as_str())).collect();
    assert_eq!(told, [("send", "unknown"), ("look", "there")]);
    assert!(log.iter().all(|line| line.ended_at.is_some() && !line.person_text.is_empty()));
}

#[tokio::test]
async fn a_lost_request_is_sent_again_only_after_two_looks() {
    let world = world(Settling::ReadBack).await;
    world.board.plan("ours", Fault::LoseRequest);
    let key = world.plan("ours", 0..1, NOW).await.remove(0);
    let start = world.test.now();
    let worker = world.worker();
    world.comes_to_in_time(&key, State::Published, HOUR).await;
    worker.stops().await.unwrap();
    let pins = world.board.pins();
    assert_eq!(pins.len(), 1);
    assert!(pins[0].at >= start + SignedDuration::from_secs(62), "sent again at {}", pins[0].at);
}

#[tokio::test]
async fn a_person_is_asked_where_nobody_else_can_look() {
    let world = world(Settling::Person).await;
    world.board.plan("ours", Fault::LoseRequest);
    let key = world.plan("ours", 0..1, NOW).await.remove(0);
    let worker = world.worker();
    let row = world.comes_to_in_time(&key, State::Unknown, HOUR).await;
    assert!(world.board.pins().is_empty());
    world.time_passes(HOUR).await;
    let asked = world.row(&key).await.delivery;
    assert!(asked.next_try_at.is_none() && !asked.person_text.is_empty(), "{row:?}");
    let database = &world.test.ground.database;
    let mut tx = database.begin_write().await.unwrap();
    let now = world.test.now();
    let done = people::decide(database, &mut tx, &world.engine.networks, &key, Verdict::TryAgain, now).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(done, Decided::Done);
    world.engine.bell.notify_one();
    world.comes_to(&key, State::Published).await;
    worker.stops().await.unwrap();
    assert_eq!(world.board.pins().len(), 1);
}

#[tokio::test]
async fn one_failing_account_never_fails_another() {
    let world = world(Settling::ReadBack).await;
    world.account("broken").await;
    world.board.plan("broken", Fault::Refuse(Next::GiveUp));
    let refused = world.plan("broken", 0..1, NOW).await.remove(0);
    let fine = world.plan("ours", 0..1, NOW).await.remove(0);
    let worker = world.worker();
    world.comes_to(&fine, State::Published).await;
    let row = world.comes_to(&refused, State::Refused).await;
    assert_eq!(row.delivery.person_text, "The board said no.");
    worker.stops().await.unwrap();
}

#[tokio::test]
async fn retry_after_holds_the_whole_account() {
    let world = world(Settling::ReadBack).await;
    let start = world.test.now();
    world.board.plan("ours", Fault::Refuse(Next::WaitUntil(start + SignedDuration::from_mins(10))));
    let first = world.plan("ours", 0..1, NOW).await.remove(0);
    let worker = world.worker();
    world.comes_to(&first, State::Waiting).await;
    let second = world.plan("ours", 1..2, SignedDuration::from_mins(1)).await.remove(0);
    world.comes_to_in_time(&first, State::Published, HOUR).await;
    world.comes_to_in_time(&second, State::Published, HOUR).await;
    worker.stops().await.unwrap();
    assert!(world.board.pins().iter().all(|pin| pin.at >= start + SignedDuration::from_mins(10)));
}

#[tokio::test]
async fn an_account_to_be_connected_again_holds_its_own() {
    let world = world(Settling::ReadBack).await;
    world.board.plan("ours", Fault::Refuse(Next::Reconnect));
    let key = world.plan("ours", 0..1, NOW).await.remove(0);
    let worker = world.worker();
    world.comes_to(&key, State::Waiting).await;
    world.time_passes(HOUR).await;
    assert!(world.board.pins().is_empty());
    world.sql("UPDATE accounts SET state = 'works', held_until = 0").await;
    world.comes_to_in_time(&key, State::Published, HOUR).await;
    worker.stops().await.unwrap();
}

#[tokio::test]
async fn a_pause_holds_everything_and_ends_without_a_burst() {
    let world = world(Settling::ReadBack).await;
    let ground = &world.test.ground;
    let mut tx = ground.database.begin_write().await.unwrap();
    assert!(pauses::begin(ground, &mut tx, PRACTICE, "ana", "a sad day in town").await.unwrap());
    assert!(!pauses::begin(ground, &mut tx, PRACTICE, "ana", "twice").await.unwrap());
    tx.commit().await.unwrap();
    let worker = world.worker();
    let keys = world.plan("ours", 0..3, NOW).await;
    let later = world.plan("ours", 3..4, HOUR * 6).await.remove(0);
    world.time_passes(HOUR * 7).await;
    assert!(world.board.pins().is_empty());
    assert_eq!(people::held(&ground.database, PRACTICE).await.unwrap().len(), 4);
    let mut tx = ground.database.begin_write().await.unwrap();
    assert!(pauses::end(ground, &mut tx, PRACTICE, "ana").await.unwrap());
    tx.commit().await.unwrap();
    world.engine.bell.notify_one();
    for key in &keys {
        world.comes_to(key, State::Missed).await;
    }
    world.comes_to(&later, State::Published).await;
    worker.stops().await.unwrap();
    assert_eq!(world.board.pins().len(), 1);
}

#[tokio::test]
async fn what_fell_due_long_ago_while_nobody_worked_is_missed_not_sent() {
    let world = world(Settling::ReadBack).await;
    world.worker().stops().await.unwrap();
    let key = world.plan("ours", 0..1, HOUR).await.remove(0);
    world.sql("UPDATE heartbeats SET beat_at = beat_at").await;
    world.test.pass(HOUR * 10);
    let worker = world.worker();
    world.comes_to_in_time(&key, State::Missed, HOUR).await;
    worker.stops().await.unwrap();
    assert!(world.board.pins().is_empty());
}

#[tokio::test]
async fn a_restored_backup_sends_nothing_twice() {
    let world = world(Settling::ReadBack).await;
    let due = world.plan("ours", 0..1, NOW).await.remove(0);
    let moved_ahead = world.plan("ours", 1..2, NOW).await.remove(0);
    let worker = world.worker();
    world.comes_to(&due, State::Published).await;
    world.comes_to(&moved_ahead, State::Published).await;
    worker.stops().await.unwrap();
    // Yesterday's rows: nothing was sent yet, and one of the two was due much later.
    world
        .sql(
            "UPDATE deliveries SET state = 'waiting', remote_id = NULL, remote_url = NULL, calls = 0, tries = 0, \
             sent_hash = NULL, published_at = NULL, settled_at = NULL, armed_at = NULL, next_try_at = due_at",
        )
        .await;
    world.sql("UPDATE deliveries SET due_at = due_at + 7200000000, next_try_at = due_at + 7200000000, window_ends_at = window_ends_at + 7200000000 WHERE post_id = 'post-1'").await;
    world.test.pass(HOUR);
    claims::after_restore(&world.test.ground.database, world.test.now()).await.unwrap();
    let worker = world.worker();
    world.comes_to_in_time(&due, State::Published, HOUR).await;
    world.time_passes(HOUR + HOUR).await;
    world.comes_to_in_time(&moved_ahead, State::Published, HOUR).await;
    worker.stops().await.unwrap();
    assert_eq!(world.board.pins().len(), 2);
}

#[tokio::test]
async fn a_text_that_may_not_leave_goes_to_a_person() {
    let world = world(Settling::ReadBack).await;
    *world.words.held.lock().unwrap() = true;
    let key = world.plan("ours", 0..1, NOW).await.remove(0);
    let worker = world.worker();
    let row = world.comes_to(&key, State::Refused).await;
    worker.stops().await.unwrap();
    assert_eq!(row.delivery.person_text, "The signature was revoked. Ask for a new one.");
    assert!(world.board.pins().is_empty());
}

#[tokio::test]
async fn an_edit_and_a_deletion_reach_the_network() {
    let world = world(Settling::ReadBack).await;
    let key = world.plan("ours", 0..1, NOW).await.remove(0);
    let worker = world.worker();
    world.comes_to(&key, State::Published).await;
    *world.words.text.lock().unwrap() = "Taste, then salt.".into();
    world.happens(&key, Event::Edited { at: world.test.now() }).await;
    world.comes_to(&key, State::Published).await;
    assert_eq!(world.board.pins()[0].text, "Taste, then salt.");
    world.happens(&key, Event::Deleted { at: world.test.now() }).await;
    world.comes_to(&key, State::Withdrawn).await;
    worker.stops().await.unwrap();
    assert!(world.board.pins().is_empty());
}

#[tokio::test]
async fn an_error_of_the_database_stops_the_worker_and_shows() {
    let world = world(Settling::ReadBack).await;
    let key = world.plan("ours", 0..1, NOW).await.remove(0);
    let worker = world.worker();
    world.comes_to(&key, State::Published).await;
    assert!(world.engine.health.pulse().unwrap().is_ok());
    world.sql("ALTER TABLE deliveries RENAME TO elsewhere").await;
    world.engine.bell.notify_one();
    assert!(worker.ends().await.is_err());
    assert!(world.engine.health.pulse().unwrap().is_err());
    assert!(world.engine.health.report().stopped);
    world.sql("ALTER TABLE elsewhere RENAME TO deliveries").await;
}
