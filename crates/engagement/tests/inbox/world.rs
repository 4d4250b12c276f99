//! Cedar Hollow with accounts on a network that the test writes to, the inbox's pages, and a browser for each person.

use std::sync::Arc;

use axum::Router;
use bedside_engagement::inbox::{self, Triage};
use bedside_practice::Member;
use bedside_publishing::{
    Desk,
    accounts::{self, NewAccount},
    inbound::{Message, Sorter, reader, store},
    networks::{Incoming, IncomingKind, Networks, practice::Practice as PracticeNetwork},
    posts,
};
use bedside_testkit::{Browser, Characters, TestGround, cedar_hollow, front_door};
use jiff::SignedDuration;

pub(crate) struct World {
    pub(crate) test: TestGround,
    pub(crate) desk: Desk,
    pub(crate) cast: Characters,
    pub(crate) network: PracticeNetwork,
    pub(crate) account: String,
    app: Router,
}

impl World {
    pub(crate) async fn new() -> Self {
        let features = [bedside_publishing::MIGRATIONS, bedside_engagement::MIGRATIONS];
        let test = TestGround::new(&front_door::tables(&features)).await;
        let cast = cedar_hollow(&test.ground).await;
        let network = PracticeNetwork::default();
        let desk = Desk::new(test.ground.clone(), Networks::new(vec![Arc::new(network.clone())]));
        let account = account(&test, &cast.practice.id, "1").await;
        let app = front_door(&test.ground, inbox::routes(desk.clone()), Router::new());
        Self { test, desk, cast, network, account, app }
    }

    pub(crate) fn write(&self, id: &str, kind: IncomingKind, text: &str) {
        self.network.receive(&self.account, incoming(id, kind, text, self.test.now()));
    }

    pub(crate) async fn read(&self) {
        self.test.pass(SignedDuration::from_mins(3));
        let sorter: Arc<dyn Sorter> = Arc::new(Triage);
        reader::read_all(&self.desk, &sorter, self.test.now() - reader::EVERY).await.unwrap();
    }

    pub(crate) async fn waiting(&self) -> Vec<Message> {
        store::waiting(&self.test.ground.database, &self.cast.practice.id, 100).await.unwrap()
    }

    pub(crate) async fn replies(&self, message: &Message) -> Vec<posts::Post> {
        posts::store::replies_to(&self.test.ground.database, &self.cast.practice.id, &message.id).await.unwrap()
    }

    pub(crate) async fn browser(&self, member: &Member) -> Browser {
        Browser::signed_in(self.app.clone(), member).await
    }
}

pub(crate) async fn account(test: &TestGround, practice_id: &str, remote_id: &str) -> String {
    let new = NewAccount {
        network: "practice",
        server: "https://network.example".into(),
        handle: format!("cedarhollow{remote_id}"),
        display_name: "Cedar Hollow".into(),
        remote_id: remote_id.into(),
        secret: Some(serde_json::json!({})),
        token_ends_at: None,
        limits: None,
    };
    let mut tx = test.ground.database.begin_write().await.unwrap();
    let id = accounts::store::keep(&test.ground, &mut tx, practice_id, &new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

pub(crate) fn incoming(id: &str, kind: IncomingKind, text: &str, at: jiff::Timestamp) -> Incoming {
    Incoming {
        remote_id: id.into(),
        kind,
        author_handle: "@somebody".into(),
        author_name: "Some\u{202e}body".into(),
        text: text.into(),
        lang: "en".into(),
        url: "javascript:alert(1)".into(),
        reference: format!("ref-{id}"),
        parent_remote_id: None,
        written_at: at,
    }
}
