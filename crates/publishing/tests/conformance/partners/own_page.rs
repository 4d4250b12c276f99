//! The practice's own page, read as a visitor reads it.

use async_trait::async_trait;
use bedside_platform::migrations::Migration;
use bedside_publishing::{
    accounts::{Connection, NewAccount},
    networks::{
        Network, Published,
        own_page::{ID, OwnPage},
    },
};
use bedside_testkit::{Browser, TestGround, cedar_hollow};

use super::{attributes, open, plain, words};
use crate::partner::{Call, Fault, Partner, Stands};

pub(crate) struct Visitor {
    with: Connection,
    world: TestGround,
}

pub(crate) async fn partner() -> Visitor {
    let tables: Vec<Migration> =
        [bedside_practice::MIGRATIONS, bedside_hub::MIGRATIONS, bedside_publishing::MIGRATIONS].concat();
    let world = TestGround::new(&tables).await;
    let practice = cedar_hollow(&world.ground).await.practice;
    let account = NewAccount { handle: practice.slug.clone(), remote_id: practice.id.clone(), ..plain(ID, "") };
    Visitor { with: open(&world.ground, &practice.id, &account).await, world }
}

#[async_trait]
impl Partner for Visitor {
    fn network(&self) -> &dyn Network {
        &OwnPage
    }

    fn account(&self) -> &Connection {
        &self.with
    }

    async fn standing(&self) -> Vec<Stands> {
        let mut browser = Browser::new(bedside_hub::routes().with_state(self.world.ground.clone()));
        let list = browser.get(&format!("/p/{}/posts", self.with.handle)).await;
        let mut paths: Vec<String> = attributes(&list.body, "href");
        paths.retain(|path| path.contains("/posts/"));
        paths.sort_unstable();
        paths.dedup();
        let mut standing = Vec::new();
        for path in paths {
            let page = browser.get(&path).await.ok();
            let article = page.body.split("<article").nth(1).unwrap().split("</article>").next().unwrap();
            let text = article.split_once('>').unwrap().1.split("<p><img").next().unwrap();
            standing.push(Stands {
                text: words(text),
                alts: attributes(article, "alt"),
                links: attributes(article, "href"),
            });
        }
        standing
    }

    fn fail_next(&self, _call: Call, _fault: Fault) -> bool {
        false
    }

    async fn receive(&self, _words: &str, _to: &Published) {
        unreachable!("nobody writes there");
    }

    async fn like(&self, _what: &Published) {
        unreachable!("nobody likes anything there");
    }

    fn secrets(&self) -> Vec<String> {
        vec![self.with.handle.clone()]
    }
}
