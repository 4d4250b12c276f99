//! All routes: one line a feature. What is not in this list cannot be reached.

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::get,
};
use bedside_platform::Ground;
use bedside_practice::{
    frame::{self, Frame},
    new_password, people, practice,
    rounds::{self, Rounds},
    set_up, sign_in,
};
use bedside_publishing::{Desk, accounts, approval, calendar, delivery, guard, media, posts, sources};
use bedside_web::{Answer, SeeOther, Session, Sessions, frame as web};
use tokio::{sync::watch, task::JoinHandle};

use crate::{health, networks, standing, work};

/// The parts of a process, put together.
pub struct Parts {
    ground: Ground,
    desk: Desk,
    pulse: work::Pulses,
}

impl Parts {
    /// The parts over this ground, with every network.
    pub fn new(ground: Ground) -> Self {
        Self::with(Desk::new(ground.clone(), networks::all()))
    }

    /// The parts with a desk of its own: the demonstration and tests choose the networks.
    pub fn with(desk: Desk) -> Self {
        Self { ground: desk.ground.clone(), desk, pulse: work::Pulses::default() }
    }

    /// What the features work with.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Every page.
    pub fn app(&self) -> Router {
        let sessions = Sessions::new(&self.ground);
        let rounds = Rounds { ground: self.ground.clone(), sources: standing::sources(&self.desk).into() };
        let frame = Frame {
            ground: self.ground.clone(),
            nav: standing::navigation().into(),
            standing: Arc::new(standing::Stands { rounds: rounds.clone(), desk: self.desk.clone() }),
        };
        let staff = staff(&self.ground, &self.desk, rounds).layer(from_fn_with_state(frame, frame::recognise));
        let public = bedside_hub::routes::<Ground>().with_state(self.ground.clone());
        let app = web::around_staff(staff, &sessions).merge(web::around_public(public)).merge(self.health());
        web::around_everything(app, &self.ground.clock)
    }

    /// `/healthz` alone, for a process that only publishes.
    pub fn health_only(&self) -> Router {
        self.health()
    }

    fn health(&self) -> Router {
        health::routes(self.ground.clone(), self.pulse.as_pulse())
    }

    /// Starts what works without anybody asking: the engine and the readers.
    pub fn work(&self, stopped: watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
        work::start(&self.desk, &self.pulse, &stopped)
    }
}

fn staff(ground: &Ground, desk: &Desk, rounds: Rounds) -> Router {
    Router::new()
        .route("/", get(front_door).with_state(ground.clone()))
        .merge(set_up::routes(ground.clone()))
        .merge(sign_in::routes(ground.clone()))
        .merge(new_password::routes(ground.clone()))
        .merge(people::routes(ground.clone()))
        .merge(rounds::routes(rounds))
        .merge(posts::compose::routes(desk.clone()))
        .merge(media::pages::routes(desk.clone()))
        .merge(sources::pages::routes(desk.clone()))
        .merge(guard::routes(desk.clone()))
        .merge(approval::pages::routes(desk.clone()))
        .merge(delivery::pages::routes(desk.clone()))
        .merge(accounts::pages::routes(desk.clone()))
        .merge(calendar::pages::routes(desk.clone(), standing::marks(desk)))
        .merge(bedside_engagement::challenges::routes(desk.clone()))
        .merge(bedside_engagement::inbox::routes(desk.clone()))
}

/// `/`: members to their rounds, everybody else to the practice's own page, or to the sign-in page when there is none or
/// more than one practice.
async fn front_door(State(ground): State<Ground>, session: Option<axum::Extension<Session>>) -> Answer<Response> {
    if session.is_some() {
        return Ok(SeeOther::to("/rounds").into_response());
    }
    let practices = practice::all(&ground.database).await?;
    Ok(match practices.as_slice() {
        [only] => SeeOther::to(format!("/p/{}", only.slug)).into_response(),
        _ => SeeOther::to("/sign-in").into_response(),
    })
}
