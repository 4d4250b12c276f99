//! Forms of members.

use axum::{
    body::Body,
    extract::Request,
    http::{StatusCode, header},
};

use crate::world::{World, csrf_in, read};

#[tokio::test]
async fn a_form_is_taken_and_its_message_is_shown_once() {
    let world = World::new().await;
    let cookie = world.signed_in().await;
    let (_, page) = world.notes(&cookie).await;
    let response = world
        .post_note(&cookie, format!("csrf={}&words=caf%C3%A9&networks=a&networks=b&unknown=1", csrf_in(&page)))
        .await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let flash = response.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let shown = world
        .send(Request::get("/notes").header(header::COOKIE, format!("{cookie}; {flash}")).body(Body::empty()).unwrap())
        .await;
    assert!(shown.headers()[header::SET_COOKIE].to_str().unwrap().starts_with("bedside_flash=; Path=/; Max-Age=0"));
    let (_, page) = read(shown).await;
    assert!(page.contains("role=\"status\"") && page.contains("Kept “café” for 2 networks."), "{page}");
}

#[tokio::test]
async fn a_form_that_is_too_old_keeps_what_was_typed() {
    let world = World::new().await;
    let cookie = world.signed_in().await;
    let (status, page) =
        read(world.post_note(&cookie, "csrf=old&words=%3Ctyped%3E&new_password=x".to_owned()).await).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(page.contains("name=\"words\" value=\"&#60;typed&#62;\"") && !page.contains("new_password"), "{page}");
    let (_, notes) = world.notes(&cookie).await;
    assert_eq!(csrf_in(&page), csrf_in(&notes), "the second try must go through");
    let (status, page) = read(world.post_note("", "csrf=old&words=typed".to_owned()).await).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert!(page.contains("You were signed out") && page.contains("value=\"typed\""), "{page}");
}

#[tokio::test]
async fn another_site_cannot_send_our_forms() {
    let world = World::new().await;
    let cookie = world.signed_in().await;
    let (_, page) = world.notes(&cookie).await;
    let request = Request::post("/notes")
        .header(header::COOKIE, &cookie)
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let response = world.send(request.body(Body::from(format!("csrf={}&words=x", csrf_in(&page)))).unwrap()).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}
