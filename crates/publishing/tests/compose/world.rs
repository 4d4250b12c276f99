//! Cedar Hollow with its own page and a Bluesky account, the composer's pages, and a browser for each person.

use std::sync::Arc;

use async_trait::async_trait;
use axum::{Router, middleware::from_fn_with_state};
use bedside_platform::database::DatabaseError;
use bedside_practice::{
    Member, Practice,
    frame::{Frame, Standing, recognise},
    sign_in,
};
use bedside_publishing::{
    Desk,
    accounts::{self, NewAccount},
    media,
    networks::{Networks, bluesky::Bluesky, own_page::OwnPage},
    posts::{self, Whole},
    sources,
};
use bedside_testkit::{Browser, Characters, TestGround, cedar_hollow};
use bedside_web::{Sessions, frame};

struct Nothing;

#[async_trait]
impl Standing for Nothing {
    async fn waiting(&self, _: &Practice, _: &Member) -> Result<Vec<(&'static str, u32)>, DatabaseError> {
        Ok(Vec::new())
    }

    async fn paused(&self, _: &Practice) -> Result<Option<String>, DatabaseError> {
        Ok(None)
    }
}

pub(crate) struct World {
    pub(crate) test: TestGround,
    pub(crate) cast: Characters,
    pub(crate) bluesky: String,
    pub(crate) home: String,
    pub(crate) app: Router,
}

impl World {
    pub(crate) async fn new() -> Self {
        let migrations =
            [bedside_practice::MIGRATIONS, bedside_web::sessions::MIGRATIONS, bedside_publishing::MIGRATIONS].concat();
        let test = TestGround::new(&migrations).await;
        let cast = cedar_hollow(&test.ground).await;
        let desk = Desk::new(test.ground.clone(), Networks::new(vec![Arc::new(OwnPage), Arc::new(Bluesky)]));
        let new = NewAccount {
            network: "bluesky",
            server: "https://pds.example".into(),
            handle: "cedarhollow.example".into(),
            display_name: "Cedar Hollow Family Medicine".into(),
            remote_id: "did:plc:cedar".into(),
            secret: None,
            token_ends_at: None,
        };
        let mut tx = test.ground.database.begin_write().await.unwrap();
        let bluesky = accounts::store::keep(&test.ground, &mut tx, &cast.practice.id, &new).await.unwrap();
        tx.commit().await.unwrap();
        let all = desk.accounts(&cast.practice).await.unwrap();
        let home = all.iter().find(|account| account.network == "own_page").unwrap().id.clone();
        let app = app(&test, &desk);
        Self { test, cast, bluesky, home, app }
    }

    pub(crate) async fn priya(&self) -> Browser {
        Browser::signed_in(self.app.clone(), &self.cast.priya).await
    }

    pub(crate) async fn maria(&self) -> Browser {
        Browser::signed_in(self.app.clone(), &self.cast.maria).await
    }

    /// Opens an empty page and gives the address it would be saved under.
    pub(crate) async fn begin(&self, browser: &mut Browser) -> String {
        browser.get("/compose").await.ok().link("/compose/").trim_end_matches("/draft").to_owned()
    }

    pub(crate) async fn stored(&self, address: &str) -> Option<Whole> {
        let id = address.rsplit('/').next().unwrap();
        posts::store::whole(&self.test.ground.database, &self.cast.practice.id, id).await.unwrap()
    }

    /// The actions in the audit log about a subject, the newest first.
    pub(crate) async fn record_of(&self, subject: &str) -> Vec<String> {
        let entries =
            bedside_practice::audit::about(&self.test.ground.database, &self.cast.practice.id, subject).await.unwrap();
        entries.into_iter().map(|entry| entry.action).collect()
    }
}

fn app(test: &TestGround, desk: &Desk) -> Router {
    let ground = &test.ground;
    let shell = Frame { ground: ground.clone(), nav: Arc::from([]), standing: Arc::new(Nothing) };
    // Where signing in leads; the rounds themselves are another crate's.
    let door = Router::new().route("/rounds", axum::routing::get(|| async { "rounds" }));
    let staff = Router::new()
        .merge(posts::compose::routes(desk.clone()))
        .merge(media::pages::routes(desk.clone()))
        .merge(sources::pages::routes(desk.clone()))
        .merge(sign_in::routes(ground.clone()))
        .merge(door)
        .layer(from_fn_with_state(shell, recognise));
    frame::around_everything(frame::around_staff(staff, &Sessions::new(ground)), &ground.clock)
}
