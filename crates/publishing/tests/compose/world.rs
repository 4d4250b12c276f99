//! Cedar Hollow with its own page and a Bluesky account, the composer's pages, and a browser for each person.

use std::sync::Arc;

use axum::Router;
use bedside_publishing::{
    Desk,
    accounts::{self, NewAccount},
    media,
    networks::{Networks, bluesky::Bluesky, own_page::OwnPage},
    posts::{self, Whole},
    sources,
};
use bedside_testkit::{Browser, Characters, TestGround, cedar_hollow, front_door};

pub(crate) struct World {
    pub(crate) test: TestGround,
    pub(crate) cast: Characters,
    pub(crate) bluesky: String,
    pub(crate) home: String,
    pub(crate) app: Router,
}

impl World {
    pub(crate) async fn new() -> Self {
        let test = TestGround::new(&front_door::tables(&[bedside_publishing::MIGRATIONS])).await;
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
            limits: None,
        };
        let mut tx = test.ground.database.begin_write().await.unwrap();
        let bluesky = accounts::store::keep(&test.ground, &mut tx, &cast.practice.id, &new).await.unwrap();
        tx.commit().await.unwrap();
        let all = desk.accounts(&cast.practice).await.unwrap();
        let home = all.iter().find(|account| account.network == "own_page").unwrap().id.clone();
        let staff = Router::new()
            .merge(posts::compose::routes(desk.clone()))
            .merge(media::pages::routes(desk.clone()))
            .merge(sources::pages::routes(desk.clone()));
        let app = front_door(&test.ground, staff, Router::new());
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
