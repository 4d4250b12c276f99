//! What a page carries around its content.

use axum::{
    body::Body,
    extract::Request,
    http::{StatusCode, header},
    response::IntoResponse,
};
use bedside_web::{Failure, PublicFailure, frame};

use crate::world::{World, public_shell, read};

#[tokio::test]
async fn a_staff_page_has_its_frame_and_its_headers() {
    let world = World::new().await;
    let cookie = world.signed_in().await;
    let response =
        world.send(Request::get("/notes").header(header::COOKIE, &cookie).body(Body::empty()).unwrap()).await;
    let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(
        !policy.replace("'wasm-unsafe-eval'", "").contains("unsafe"),
        "no inline script, no eval of script: {policy}"
    );
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    assert!(response.headers().contains_key("x-request-id"));
    let (status, page) = read(response).await;
    assert_eq!(status, StatusCode::OK);
    for part in [
        "<title>Note · Bedside</title>",
        "Practice mode.",
        "Dr. Maria Alvarez",
        "aria-current=\"page\"",
        "5<span class=\"vh\"> waiting",
        "&#60;b&#62;",
    ] {
        assert!(page.contains(part), "the page lacks {part}:\n{page}");
    }
    assert_eq!(page.matches("<h1>").count(), 1);
}

#[tokio::test]
async fn a_public_page_has_no_cookie_and_no_script() {
    let world = World::new().await;
    let response = world.send(Request::get("/hello").body(Body::empty()).unwrap()).await;
    assert!(!response.headers().contains_key(header::SET_COOKIE), "who only reads gets no cookie");
    let joined = world.send(Request::post("/hello").body(Body::empty()).unwrap()).await;
    assert!(joined.headers().contains_key(header::SET_COOKIE), "who joins may be remembered");
    assert!(!response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("script"));
    let (_, page) = read(response).await;
    for part in [
        "<html lang=\"es\">",
        "hreflang=\"en\"",
        ">English</a>",
        "href=\"tel:+15415550142\"",
        "988",
        "llame al 911",
        "application/rss+xml",
    ] {
        assert!(page.contains(part), "the page lacks {part}:\n{page}");
    }
    assert!(!page.contains("<script"));

    let (status, page) =
        read(PublicFailure::of(public_shell(), &Failure::internal("secret reason")).into_response()).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.contains("Algo falló de nuestro lado") && !page.contains("secret"), "{page}");
    let (status, page) = read(PublicFailure::not_found(public_shell()).into_response()).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("<h1>Esta página no está aquí</h1>"), "{page}");
}

#[tokio::test]
async fn nowhere_is_a_page_and_too_large_is_said() {
    let world = World::new().await;
    let (status, page) = read(world.send(Request::get("/nowhere").body(Body::empty()).unwrap()).await).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("<h1>Not here</h1>") && page.contains("To the first page"), "{page}");
    let cookie = world.signed_in().await;
    let response = world.post_note(&cookie, format!("words={}", "x".repeat(frame::FORM_BYTES))).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
}
