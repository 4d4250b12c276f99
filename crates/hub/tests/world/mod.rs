//! Cedar Hollow's pages: two posts, a picture, a challenge that is on its eighth day.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, reason = "a world that cannot be built fails the test")]

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use bedside_guard::{Cleared, Context, Guard, Profile};
use bedside_hub::pages::{self, PagePicture, PageSource, PublicPage, Standing, Translation, slug};
use bedside_platform::{Ground, migrations::Migration};
use bedside_practice::Practice;
use bedside_testkit::{TestGround, cedar_hollow};
use bedside_web::{Lang, frame};
use tower::ServiceExt;

pub(crate) const SALT: &str = "0199a1b2-3c4d-7e5f-8a6b-00000000aaaa";
pub(crate) const PRESSURE: &str = "0199a1b2-3c4d-7e5f-8a6b-00000000bbbb";

pub(crate) struct World {
    pub(crate) test: TestGround,
    pub(crate) practice: Practice,
    pub(crate) app: Router,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        let migrations: Vec<Migration> = [bedside_practice::MIGRATIONS, bedside_hub::MIGRATIONS].concat();
        let test = TestGround::new(&migrations).await;
        let practice = cedar_hollow(&test.ground).await.practice;
        let app = frame::around_everything(frame::around_public(bedside_hub::routes()), &test.ground.clock)
            .with_state(test.ground.clone());
        Self { test, practice, app }
    }

    pub(crate) fn ground(&self) -> &Ground {
        &self.test.ground
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(path, &[]).await
    }

    pub(crate) async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    pub(crate) async fn publish(&self, page: PublicPage) -> Standing {
        pages::publish(self.ground(), &self.practice.id, self.clear(page)).await.unwrap()
    }

    pub(crate) fn clear<T: bedside_guard::Screened + std::fmt::Debug>(&self, page: T) -> Cleared<T> {
        let facts = serde_json::to_value(&self.practice.facts).unwrap();
        let mut profile = Profile { practice: serde_json::from_value(facts).unwrap(), ..Profile::default() };
        profile.practice.staff = vec!["Dr. Maria Alvarez".into(), "Dr. Ben Okafor".into()];
        Guard::new(&profile).clear(page, Context::Post, &[]).expect("the sample passes the guard")
    }
}

pub(crate) fn salt() -> PublicPage {
    let title = "How much salt is too much?";
    PublicPage {
        id: "d-salt".into(),
        slug: slug::of_post(title, "", SALT),
        lang: Lang::En,
        title: title.into(),
        text: "Your body needs a little sodium. The Dietary Guidelines advise people aged 14 and older to stay below 2,300 mg of sodium a day. \
            That is about one teaspoon of table salt.\n\nWhere it hides: bread, deli meat, pizza & soup.\n\n- Rinse canned beans and vegetables.\n\
            - Taste before you salt.\n\nMore at https://www.cdc.gov/salt/about/index.html."
            .into(),
        spanish: Some(Translation {
            title: "¿Cuánta sal es demasiada?".into(),
            text: "El cuerpo necesita un poco de sodio. Las guías aconsejan menos de 2,300 mg al día desde los 14 años.".into(),
        }),
        pictures: Vec::new(),
        sources: vec![
            PageSource { title: "CDC, About Sodium and Health".into(), url: "https://www.cdc.gov/salt/about/index.html".into(), checked_at: Some(1_801_440_000_000_000) },
            PageSource { title: "FDA, Sodium in Your Diet".into(), url: "https://www.fda.gov/food/sodium-your-diet".into(), checked_at: None },
        ],
        signed_by: Some("Dr. Maria Alvarez, MD".into()),
        challenge_id: Some("c-salt".into()),
        challenge: None,
    }
}

/// A post without title and without Spanish, with the picture of `hash`.
pub(crate) fn pressure(hash: &str) -> PublicPage {
    let text =
        "Sit, rest for five minutes, keep your arm at heart height. Then measure twice and write both numbers down.";
    PublicPage {
        id: "d-pressure".into(),
        slug: slug::of_post("", text, PRESSURE),
        title: String::new(),
        text: text.into(),
        spanish: None,
        pictures: vec![PagePicture {
            hash: hash.into(),
            mime: "image/png".into(),
            width: 1200,
            height: 630,
            alt: "A cuff on an arm at heart height.".into(),
        }],
        sources: Vec::new(),
        signed_by: None,
        challenge_id: None,
        ..salt()
    }
}

pub(crate) fn challenge() -> PublicPage {
    let challenge: pages::ChallengePage = serde_json::from_str(include_str!("../data/less-salt.json")).unwrap();
    PublicPage {
        id: "c-salt".into(),
        slug: slug::of_challenge("Less salt, more flavor", challenge.start),
        title: "Less salt, more flavor".into(),
        text: String::new(),
        spanish: Some(Translation { title: "Menos sal, más sabor".into(), text: String::new() }),
        sources: Vec::new(),
        signed_by: None,
        challenge_id: Some("c-salt".into()),
        challenge: Some(challenge),
        ..salt()
    }
}
