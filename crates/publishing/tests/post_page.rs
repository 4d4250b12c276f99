//! The page of a post shows what people did with it, for each account, as reading counted it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use axum::Router;
use bedside_publishing::{
    Desk, MIGRATIONS,
    accounts::{self, NewAccount},
    delivery::{
        self, plan,
        rows::{Key, Row},
        state::{Delivery, Rules},
    },
    inbound::{Kind, Sorted, Sorter, reader},
    networks::{Incoming, IncomingKind, Network, Networks, practice::Practice as PracticeNetwork},
    posts::{self, Post, PostState, Variant},
};
use bedside_testkit::{Browser, Characters, TestGround, cedar_hollow, front_door};
use jiff::SignedDuration;

struct Plain;

impl Sorter for Plain {
    fn sort(&self, _: &str, _: &str, _: Kind) -> Sorted {
        Sorted::default()
    }
}

struct World {
    test: TestGround,
    cast: Characters,
    network: PracticeNetwork,
    desk: Desk,
    account: String,
    app: Router,
}

impl World {
    async fn new() -> Self {
        let test = TestGround::new(&front_door::tables(&[MIGRATIONS])).await;
        let cast = cedar_hollow(&test.ground).await;
        let network = PracticeNetwork::default();
        let desk = Desk::new(test.ground.clone(), Networks::new(vec![Arc::new(network.clone())]));
        let new = NewAccount {
            network: network.capabilities().id,
            server: "https://there.example".into(),
            handle: "cedarhollow".into(),
            display_name: "Cedar Hollow".into(),
            remote_id: "1".into(),
            secret: None,
            token_ends_at: None,
            limits: None,
        };
        let mut tx = test.ground.database.begin_write().await.unwrap();
        let account = accounts::store::keep(&test.ground, &mut tx, &cast.practice.id, &new).await.unwrap();
        tx.commit().await.unwrap();
        let app = front_door(&test.ground, delivery::pages::routes(desk.clone()), Router::new());
        Self { test, cast, network, desk, account, app }
    }

    /// A signed post that is out under this id of the network.
    async fn publish(&self, remote_id: &str) -> Post {
        let (ground, practice_id) = (&self.test.ground, self.cast.practice.id.as_str());
        let now = self.test.now();
        let draft = Post::draft(practice_id, ground.new_id(), &self.cast.priya.id, "en", ground.now());
        let post = Post { state: PostState::Signed, text: "Roast a carrot.".into(), ..draft };
        let rules = Rules::of(self.network.capabilities());
        let row = Row {
            key: Key { practice_id: practice_id.into(), id: ground.new_id() },
            post_id: post.id.clone(),
            account_id: self.account.clone(),
            network: self.network.capabilities().id.into(),
            server: String::new(),
            record_key: "key".into(),
            delivery: Delivery::planned(now, &rules),
            paused: false,
        };
        let variants = [Variant { account_id: self.account.clone(), text: None }];
        let mut tx = ground.database.begin_write().await.unwrap();
        posts::store::add(&mut tx, &post).await.unwrap();
        posts::store::set_variants(&mut tx, practice_id, &post.id, &variants).await.unwrap();
        plan::insert(&mut tx, &[row], now).await.unwrap();
        // As the engine leaves it once the network has accepted it.
        sqlx::query("UPDATE deliveries SET state = 'published', remote_id = $2, published_at = $3 WHERE post_id = $1")
            .bind(&post.id)
            .bind(remote_id)
            .bind(ground.now())
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        post
    }

    fn somebody(&self, n: u32, kind: IncomingKind, about: &str) {
        let message = Incoming {
            remote_id: format!("in-{n}"),
            kind,
            author_handle: "bob@there.example".into(),
            author_name: "Bob".into(),
            text: String::new(),
            lang: "en".into(),
            url: String::new(),
            reference: String::new(),
            parent_remote_id: Some(about.into()),
            written_at: self.test.now(),
        };
        self.network.receive(&self.account, message);
    }

    async fn read(&self) {
        self.test.pass(SignedDuration::from_mins(3));
        let sorter: Arc<dyn Sorter> = Arc::new(Plain);
        reader::read_all(&self.desk, &sorter, self.test.now() - reader::EVERY).await.unwrap();
    }
}

#[tokio::test]
async fn what_people_did_with_a_post_stands_on_its_page_with_the_time_of_the_count() {
    let world = World::new().await;
    let post = world.publish("there-1").await;
    let other = world.publish("there-2").await;
    let mut priya = Browser::signed_in(world.app.clone(), &world.cast.priya).await;
    let here = format!("/posts/{}", post.id);
    priya.get(&here).await.ok().hides("likes");
    world.somebody(1, IncomingKind::Favourite, "there-1");
    world.somebody(2, IncomingKind::Favourite, "there-1");
    world.somebody(3, IncomingKind::Share, "there-1");
    world.read().await;
    priya.get(&here).await.ok().shows("2 likes · 0 replies · 1 share").shows("8:00, counted").shows("8:03.");
    // The next reading counts anew, and each post has its own.
    world.somebody(4, IncomingKind::Reply, "there-1");
    world.read().await;
    priya.get(&here).await.ok().shows("2 likes · 1 reply · 1 share").shows("8:06.");
    priya.get(&format!("/posts/{}", other.id)).await.ok().shows("0 likes · 0 replies · 0 shares");
}
