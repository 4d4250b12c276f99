//! Connecting, with all that people get wrong.

use bedside_publishing::{
    accounts::Mistake,
    networks::{
        Network,
        bluesky::{
            Bluesky,
            connect::{Form, connect},
        },
    },
};

use crate::{
    prepared::{self, Answer, page, server},
    world::{World, pds},
};

fn form(server: &str, handle: &str, password: &str) -> Form {
    Form { server: server.into(), handle: handle.into(), password: password.into() }
}

async fn mistake(world: &World, form: &Form) -> Mistake {
    connect(&world.ground, form).await.expect_err("this cannot work")
}

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn handle_and_app_password_connect_an_account() {
    let world = World::new().await;
    let cedar = world.person("cedar").await;
    // As people type it: capitals, an at sign, no scheme.
    let typed =
        form(pds().trim_start_matches("http://"), &format!(" @{} ", cedar.handle.to_uppercase()), &cedar.app_password);
    let new = connect(&world.ground, &typed).await.unwrap();
    assert_eq!((&new.handle, &new.remote_id, &new.server), (&cedar.handle, &cedar.did, &pds()));
    let with = world.keep(&new).await;
    let health = Bluesky.check(&with).await.unwrap();
    assert_eq!((health.works.len(), &health.handle, health.token_ends_at), (2, &cedar.handle, None));
}

#[tokio::test]
#[ignore = "real server: bluesky"]
async fn a_wrong_password_and_the_main_password_are_told_apart() {
    let world = World::new().await;
    let cedar = world.person("cedar").await;
    let wrong = mistake(&world, &form(&pds(), &cedar.handle, "abcd-efgh-ijkl-mnop")).await;
    assert_eq!(wrong.field, "password");
    assert!(wrong.person.contains("does not know this handle with this app password"), "{}", wrong.person);
    let main = mistake(&world, &form(&pds(), &cedar.handle, &cedar.password)).await;
    assert_eq!(main.field, "password");
    assert!(main.person.contains("main password"), "{}", main.person);
    let stranger = mistake(&world, &form(&pds(), "nobody-at-all.test", &cedar.app_password)).await;
    assert_eq!(stranger.field, "password", "a server does not say which of the two is wrong");
}

#[tokio::test]
async fn a_server_that_is_none_and_one_of_another_kind_are_told_apart() {
    let world = World::new().await;
    let password = "abcd-efgh-ijkl-mnop";
    for nowhere in ["https://no-such-host.invalid", "localhost:1"] {
        let none = mistake(&world, &form(nowhere, "cedar.test", password)).await;
        assert!(
            none.field == "server" && none.person.contains("no server at this address"),
            "{nowhere}: {}",
            none.person
        );
    }
    let private = mistake(&world, &form("https://10.1.2.3", "cedar.test", password)).await;
    assert!(private.person.contains("private address"), "{}", private.person);
    for answer in [page(200), page(404), page(500), prepared::json(200, serde_json::json!({ "hello": 1 }))] {
        let (origin, served) = server(vec![answer]).await;
        let other = mistake(&world, &form(&origin, "cedar.test", password)).await;
        assert!(other.field == "server" && other.person.contains("not a Bluesky"), "{}", other.person);
        served.await.unwrap();
    }
    let (origin, _served) = server(vec![Answer::HangUp]).await;
    assert!(mistake(&world, &form(&origin, "cedar.test", password)).await.person.contains("does not answer properly"));
}

#[tokio::test]
async fn a_code_by_mail_a_suspension_and_a_full_server_have_their_sentences() {
    let world = World::new().await;
    for (status, name, field, words) in [
        (401, "AuthFactorTokenRequired", "password", "code by e-mail"),
        (400, "AccountTakedown", "handle", "suspended"),
        (429, "RateLimitExceeded", "password", "five minutes"),
        (400, "InvalidRequest", "handle", "spelling"),
        (503, "NotReady", "server", "few minutes"),
    ] {
        let (origin, _served) = server(vec![prepared::json(status, serde_json::json!({ "error": name }))]).await;
        let told = mistake(&world, &form(&origin, "cedar.test", "abcd-efgh-ijkl-mnop")).await;
        assert!(told.field == field && told.person.contains(words), "{name}: {} {}", told.field, told.person);
    }
}
