//! A practice sees only itself: every route is walked with another practice's ids, and without a session. What a
//! stranger may not see is marked with a word that occurs nowhere else; what a stranger may not change is compared row by
//! row. The tidy test fails when a route is missing here.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test world that cannot be built fails the test")]

mod world;

use axum::http::StatusCode;
use bedside_testkit::Browser;
use world::{MARK, Neighbours};

/// Who a route is for.
#[derive(Clone, Copy, PartialEq)]
enum For {
    /// Members with a session.
    Members,
    /// Everybody; nothing of a member's is on it.
    Everybody,
}
use For::{Everybody, Members};

/// Every route: method, address, who it is for.
const WALK: &[(&str, &str, For)] = &[
    ("GET", "/", Everybody),
    ("GET", "/healthz", Everybody),
    ("GET", "/robots.txt", Everybody),
    ("GET", "/assets/{file}", Everybody),
    ("GET", "/set-up/{token}", Everybody),
    ("POST", "/set-up/{token}", Everybody),
    ("GET", "/sign-in", Everybody),
    ("POST", "/sign-in", Everybody),
    ("POST", "/sign-out", Members),
    ("GET", "/invitations/{token}", Everybody),
    ("POST", "/invitations/{token}", Everybody),
    ("GET", "/new-password/{token}", Everybody),
    ("POST", "/new-password/{token}", Everybody),
    ("GET", "/people", Members),
    ("POST", "/people", Members),
    ("POST", "/people/{id}", Members),
    ("POST", "/people/{id}/invitation", Members),
    ("POST", "/people/{id}/new-password", Members),
    ("POST", "/people/{id}/leave", Members),
    ("POST", "/sessions/{token_hash}/end", Members),
    ("GET", "/rounds", Members),
    ("GET", "/compose", Members),
    ("POST", "/compose", Members),
    ("GET", "/compose/{id}", Members),
    ("POST", "/compose/{id}", Members),
    ("POST", "/compose/{id}/draft", Members),
    ("POST", "/compose/{id}/discard", Members),
    ("POST", "/compose/{id}/restore", Members),
    ("GET", "/media/{id}", Members),
    ("GET", "/guard", Members),
    ("GET", "/guard/profile", Members),
    ("GET", "/sources", Members),
    ("GET", "/sources/{id}/open", Members),
    ("POST", "/sources/{id}/tick", Members),
    ("GET", "/approval", Members),
    ("POST", "/approval/signatures", Members),
    ("GET", "/posts/{id}", Members),
    ("POST", "/posts/{id}/withdraw", Members),
    ("POST", "/posts/{id}/delete", Members),
    ("POST", "/deliveries/{id}/verdict", Members),
    ("POST", "/deliveries/{id}/tick", Members),
    ("GET", "/pause", Members),
    ("POST", "/pause", Members),
    ("POST", "/pause/end", Members),
    ("GET", "/accounts", Members),
    ("POST", "/accounts/connect/bluesky", Members),
    ("POST", "/accounts/connect/mastodon", Members),
    ("GET", "/accounts/connect/mastodon/return", Members),
    ("POST", "/accounts/connect/by-hand", Members),
    ("POST", "/accounts/{id}/test", Members),
    ("POST", "/accounts/{id}/switch", Members),
    ("POST", "/accounts/{id}/remove", Members),
    ("GET", "/calendar", Members),
    ("POST", "/calendar/moves", Members),
    ("GET", "/inbox", Members),
    ("POST", "/inbox/look", Members),
    ("GET", "/inbox/sentence", Members),
    ("POST", "/inbox/sentence", Members),
    ("POST", "/inbox/sentence/end", Members),
    ("GET", "/inbox/{id}", Members),
    ("POST", "/inbox/{id}/reply", Members),
    ("POST", "/inbox/{id}/handled", Members),
    ("POST", "/inbox/{id}/reopen", Members),
    ("POST", "/inbox/{id}/care", Members),
    ("POST", "/inbox/{id}/class", Members),
    ("GET", "/challenges", Members),
    ("POST", "/challenges", Members),
    ("GET", "/challenges/new", Members),
    ("POST", "/challenges/new", Members),
    ("GET", "/challenges/{id}", Members),
    ("GET", "/challenges/{id}/withdraw", Members),
    ("POST", "/challenges/{id}/withdraw", Members),
    ("GET", "/challenges/templates/{id}/edit", Members),
    ("POST", "/challenges/templates/{id}/edit", Members),
    ("POST", "/challenges/templates/{id}/reset", Members),
    ("GET", "/p/{practice}", Everybody),
    ("GET", "/p/{practice}/posts", Everybody),
    ("GET", "/p/{practice}/posts/{page}", Everybody),
    ("GET", "/p/{practice}/posts/{page}/card.png", Everybody),
    ("GET", "/p/{practice}/challenges/{page}", Everybody),
    ("GET", "/p/{practice}/challenges/{page}/card.png", Everybody),
    ("GET", "/p/{practice}/card.png", Everybody),
    ("GET", "/p/{practice}/feed.atom", Everybody),
    ("GET", "/p/{practice}/feed.rss", Everybody),
    ("GET", "/p/{practice}/feed.json", Everybody),
    ("GET", "/p/{practice}/sitemap.xml", Everybody),
    ("GET", "/p/{practice}/media/{hash}", Everybody),
];

/// What a form of any route could carry, so that a handler is not stopped by a missing field before it looks whose
/// the thing is.
fn fields(neighbours: &Neighbours) -> Vec<(&'static str, String)> {
    vec![
        ("name", "x".into()),
        ("email", "x@harbor.example".into()),
        ("verdict", "leave".into()),
        ("sure", "yes".into()),
        ("post", neighbours.ids.post.clone()),
        ("date", "2027-02-20".into()),
        ("text", "x".into()),
        ("version", "1".into()),
        ("next", "/sources".into()),
    ]
}

#[tokio::test]
async fn another_practices_ids_open_nothing_and_change_nothing() {
    let neighbours = Neighbours::new().await;
    let before = neighbours.rows_of_cedar_hollow().await;
    let mut stranger = Browser::signed_in(neighbours.app.clone(), &neighbours.harbor.maria).await;
    // Reading first: an id belongs to its practice, so what a stranger sends under it becomes the stranger's own.
    let members = WALK.iter().filter(|(_, _, who)| *who == Members);
    let (reads, writes): (Vec<&(&str, &str, For)>, Vec<_>) = members.partition(|(method, ..)| *method == "GET");
    for (method, address, _) in reads.into_iter().chain(writes) {
        if matches!(*address, "/sign-out" | "/pause" | "/pause/end") {
            continue; // They end the stranger's own session, or pause the stranger's own practice.
        }
        let path = neighbours.with_ids_of_cedar_hollow(address);
        stranger.get("/pause").await;
        let fields = fields(&neighbours);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = if *method == "GET" { stranger.get(&path).await } else { stranger.post(&path, &fields).await };
        page.hides(MARK);
        assert!(!page.status.is_server_error(), "{method} {address} answered {}:\n{}", page.status, page.body);
        if *method == "GET" && address.contains('{') {
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{method} {address}");
        }
        assert_eq!(neighbours.rows_of_cedar_hollow().await, before, "{method} {address} changed another practice");
    }
}

#[tokio::test]
async fn without_a_session_every_members_route_leads_to_the_door() {
    let neighbours = Neighbours::new().await;
    let before = neighbours.rows_of_cedar_hollow().await;
    for (method, address, _) in WALK.iter().filter(|(_, _, who)| *who == Members) {
        let mut nobody = Browser::new(neighbours.app.clone());
        let path = neighbours.with_ids_of_cedar_hollow(address);
        let page = if *method == "GET" { nobody.get(&path).await } else { nobody.post(&path, &[("name", "x")]).await };
        let kept_out = page.path.starts_with("/sign-in") || page.status.is_client_error();
        assert!(kept_out, "{method} {address} answered {} at {}", page.status, page.path);
        page.hides(MARK);
    }
    assert_eq!(neighbours.rows_of_cedar_hollow().await, before);
}

#[tokio::test]
async fn public_addresses_of_one_practice_do_not_show_another() {
    let neighbours = Neighbours::new().await;
    let mut reader = Browser::new(neighbours.app.clone());
    for (method, address, _) in WALK.iter().filter(|(_, address, who)| *who == Everybody && address.starts_with("/p/"))
    {
        assert_eq!(*method, "GET");
        let path =
            neighbours.with_ids_of_cedar_hollow(&address.replace("{practice}", &neighbours.harbor.practice.slug));
        let page = reader.get(&path).await;
        page.hides(MARK);
        assert!(!page.status.is_server_error(), "{address}");
        assert!(page.headers.get("set-cookie").is_none(), "{address} sets a cookie");
    }
}
