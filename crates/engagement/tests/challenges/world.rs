//! Cedar Hollow with its own page and two accounts on stand-ins for Bluesky and Mastodon, the pages around a
//! challenge, and a browser for each person.

use std::{sync::Arc, time::Duration};

use axum::Router;
use bedside_engagement::challenges;
use bedside_practice::Practice;
use bedside_publishing::{
    Desk,
    accounts::{self, NewAccount},
    approval,
    delivery::Engine,
    networks::{Network, Networks, bluesky::Bluesky, mastodon::Mastodon, own_page::OwnPage, practice},
    posts::{self, Post, texts::FromDesk},
    sources,
};
use bedside_testkit::{Browser, Characters, TestGround, cedar_hollow, front_door};
use jiff::Timestamp;
use tokio::{sync::watch, task::JoinHandle};

/// Longest wait for the engine before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct World {
    pub(crate) test: TestGround,
    pub(crate) desk: Desk,
    pub(crate) cast: Characters,
    /// Own page, Bluesky, Mastodon.
    pub(crate) accounts: Vec<String>,
    pub(crate) bluesky: practice::Practice,
    pub(crate) app: Router,
}

impl World {
    pub(crate) async fn new() -> Self {
        let features = [bedside_hub::MIGRATIONS, bedside_publishing::MIGRATIONS, bedside_engagement::MIGRATIONS];
        let test = TestGround::new(&front_door::tables(&features)).await;
        let cast = cedar_hollow(&test.ground).await;
        let bluesky = practice::Practice::instead_of(Bluesky.capabilities());
        let mastodon = practice::Practice::instead_of(Mastodon.capabilities());
        let networks = Networks::new(vec![Arc::new(OwnPage), Arc::new(bluesky.clone()), Arc::new(mastodon)]);
        let desk = Desk::new(test.ground.clone(), networks);
        for (network, server) in [("bluesky", "https://pds.example"), ("mastodon", "https://social.example")] {
            connect(&desk, &cast.practice, network, server).await;
        }
        let accounts = desk.accounts(&cast.practice).await.unwrap().into_iter().map(|account| account.id).collect();
        let app = app(&test, &desk);
        Self { test, desk, cast, accounts, bluesky, app }
    }

    pub(crate) async fn priya(&self) -> Browser {
        Browser::signed_in(self.app.clone(), &self.cast.priya).await
    }

    pub(crate) async fn maria(&self) -> Browser {
        Browser::signed_in(self.app.clone(), &self.cast.maria).await
    }

    pub(crate) async fn ben(&self) -> Browser {
        Browser::signed_in(self.app.clone(), &self.cast.ben).await
    }

    /// The posts of a challenge in the order of the month.
    pub(crate) async fn posts(&self, challenge_id: &str) -> Vec<Post> {
        posts::store::of_challenge(&self.desk.ground.database, &self.cast.practice.id, challenge_id).await.unwrap()
    }

    /// How many challenges there are.
    pub(crate) async fn challenges(&self) -> usize {
        challenges::store::all(&self.desk.ground.database, &self.cast.practice.id).await.unwrap().len()
    }

    /// Plans the month that the page proposes, for all accounts; gives the challenge's id.
    pub(crate) async fn plan(&self, browser: &mut Browser) -> String {
        let page = browser.get("/challenges/new?template=less-salt").await.ok();
        let fields = self.fields(&page.field("form_id"), &page.field("start"));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let page = browser.post("/challenges", &fields).await.ok();
        page.path.strip_prefix("/challenges/").expect("the challenge's own page").to_owned()
    }

    /// The form as the page fills it in.
    pub(crate) fn fields(&self, form_id: &str, start: &str) -> Vec<(String, String)> {
        let fixed = [
            ("form_id", form_id),
            ("template", "less-salt"),
            ("start", start),
            ("time", "12:10"),
            ("languages", "english_and_spanish"),
            ("rest", "office"),
        ];
        let accounts = self.accounts.iter().map(|id| ("account", id.as_str()));
        fixed.into_iter().chain(accounts).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// Starts the delivery engine.
    pub(crate) fn engine(&self) -> (watch::Sender<bool>, JoinHandle<()>) {
        let (stop, stopped) = watch::channel(false);
        let texts = FromDesk::shared(&self.desk);
        let engine = Engine::new(
            self.desk.ground.clone(),
            self.desk.networks.clone(),
            texts.clone(),
            texts,
            self.desk.bell.clone(),
        );
        let running = tokio::spawn(async move { engine.run(stopped).await.unwrap() });
        (stop, running)
    }

    /// Asks again and again, giving others their turn, until something is there.
    pub(crate) async fn until<T>(&self, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        let looking = async {
            loop {
                if let Some(found) = look().await {
                    return found;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, looking).await.expect("it never came")
    }

    /// Moves the clock to a moment in microseconds.
    pub(crate) fn move_to(&self, micros: i64) {
        self.test.clock.set(Timestamp::from_microsecond(micros).unwrap());
    }
}

async fn connect(desk: &Desk, practice: &Practice, network: &'static str, server: &str) {
    let new = NewAccount {
        network,
        server: server.to_owned(),
        handle: "cedarhollow.example".into(),
        display_name: "Cedar Hollow Family Medicine".into(),
        remote_id: format!("{network}-1"),
        secret: None,
        token_ends_at: None,
        limits: None,
    };
    let mut tx = desk.ground.database.begin_write().await.unwrap();
    accounts::store::keep(&desk.ground, &mut tx, &practice.id, &new).await.unwrap();
    tx.commit().await.unwrap();
}

fn app(test: &TestGround, desk: &Desk) -> Router {
    let staff = Router::new()
        .merge(challenges::routes(desk.clone()))
        .merge(posts::compose::routes(desk.clone()))
        .merge(sources::pages::routes(desk.clone()))
        .merge(approval::pages::routes(desk.clone()));
    front_door(&test.ground, staff, bedside_hub::routes().with_state(test.ground.clone()))
}
