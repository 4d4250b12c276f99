//! How sessions begin and end.

use axum::{
    body::Body,
    extract::Request,
    http::{StatusCode, header},
};
use bedside_web::sessions;
use jiff::SignedDuration;

use crate::world::World;

#[tokio::test]
async fn whoever_is_not_signed_in_is_sent_to_the_door_and_back() {
    let world = World::new().await;
    let response = world.send(Request::get("/notes?a=b").body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()[header::LOCATION], "/sign-in?next=%2Fnotes%3Fa%3Db");
    assert_eq!(sessions::safe_next(Some("/notes?a=b")), "/notes?a=b");
    for elsewhere in ["//evil.example", "/\\evil.example", "https://evil.example", "", "/\t/evil.example"] {
        assert_eq!(sessions::safe_next(Some(elsewhere)), "/", "{elsewhere}");
    }
}

#[tokio::test]
async fn a_session_ends_by_rest_by_age_and_by_revocation() {
    let world = World::new().await;
    let hours = |n| SignedDuration::from_hours(n);
    let rested = world.signed_in().await;
    world.ground.pass(hours(11));
    assert_eq!(world.notes(&rested).await.0, StatusCode::OK);
    world.ground.pass(hours(11));
    assert_eq!(world.notes(&rested).await.0, StatusCode::OK, "use keeps it open");
    world.ground.pass(hours(13));
    assert_eq!(world.notes(&rested).await.0, StatusCode::SEE_OTHER);

    let aged = world.signed_in().await;
    for _ in 0..72 {
        assert_eq!(world.notes(&aged).await.0, StatusCode::OK);
        world.ground.pass(hours(10));
    }
    assert_eq!(world.notes(&aged).await.0, StatusCode::SEE_OTHER, "30 days are the end");

    let (one, other) = (world.signed_in().await, world.signed_in().await);
    let open = world.sessions.of_member("cedar", "alvarez").await.unwrap();
    assert_eq!(open.len(), 2);
    let mut tx = world.ground.ground.database.begin_write().await.unwrap();
    assert_eq!(world.sessions.revoke_all(&mut tx, "elsewhere", "alvarez").await.unwrap(), 0);
    assert!(!world.sessions.revoke(&mut tx, "elsewhere", &open[0].token_hash).await.unwrap());
    assert_eq!(world.sessions.revoke_all(&mut tx, "cedar", "alvarez").await.unwrap(), 2);
    tx.commit().await.unwrap();
    for cookie in [one, other] {
        assert_eq!(world.notes(&cookie).await.0, StatusCode::SEE_OTHER);
    }
}
