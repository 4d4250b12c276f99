//! The front door of a test world: a feature's routes with everything around them that the program puts there too,
//! sessions, the members' frame and the headers, and nothing of other features.

use std::sync::Arc;

use async_trait::async_trait;
use axum::{Router, middleware::from_fn_with_state, routing::get};
use bedside_platform::{Ground, database::DatabaseError, migrations::Migration};
use bedside_practice::{
    Member, Practice,
    frame::{Frame, Standing, recognise},
    sign_in,
};
use bedside_web::{Sessions, frame, sessions};

/// The tables that signing in needs, then those of the features.
pub fn tables(features: &[&[Migration]]) -> Vec<Migration> {
    [&[bedside_practice::MIGRATIONS, sessions::MIGRATIONS], features].concat().concat()
}

/// The router that a browser goes in through: `staff` for members, with the door to sign in, and `public` for everybody.
pub fn front_door(ground: &Ground, staff: Router, public: Router) -> Router {
    let shell = Frame { ground: ground.clone(), nav: Arc::from([]), standing: Arc::new(NothingWaits) };
    let staff = staff
        .merge(sign_in::routes(ground.clone()))
        // Where signing in leads; the rounds themselves are another crate's.
        .route("/rounds", get(|| async { "rounds" }))
        .layer(from_fn_with_state(shell, recognise));
    let app = frame::around_staff(staff, &Sessions::new(ground)).merge(frame::around_public(public));
    frame::around_everything(app, &ground.clock)
}

/// Nothing waits anywhere, and nothing is paused.
struct NothingWaits;

#[async_trait]
impl Standing for NothingWaits {
    async fn waiting(&self, _: &Practice, _: &Member) -> Result<Vec<(&'static str, u32)>, DatabaseError> {
        Ok(Vec::new())
    }

    async fn paused(&self, _: &Practice) -> Result<Option<String>, DatabaseError> {
        Ok(None)
    }
}
