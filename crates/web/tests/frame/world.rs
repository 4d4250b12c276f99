//! The small program: three pages, a sign-in without questions, and a clock that stands still.

use askama::Template;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::{Next, from_fn},
    response::{AppendHeaders, IntoResponse, Response},
    routing::{get, post},
};
use bedside_platform::{Ground, database::DatabaseError};
use bedside_testkit::TestGround;
use bedside_web::{
    Answer, Flash, Html, Lang, NavItem, PlainShell, Posted, PublicShell, SeeOther, Session, Sessions, StaffShell,
    frame, sessions, ui,
};
use std::sync::Arc;
use tower::ServiceExt;

#[derive(Template)]
#[template(
    source = r#"{% extends "staff.html" %}{% block title %}Note{% endblock %}{% block heading %}A note{% endblock %}
{% block content %}<form method="post" action="/notes">{{ ui::csrf(shell.csrf) }}{{ ui::area("words", "Words").value("<b>") }}</form>{% endblock %}"#,
    ext = "html"
)]
struct NotePage {
    shell: StaffShell,
}

#[derive(Template)]
#[template(
    source = r#"{% extends "public.html" %}{% block content %}<section class="wrap"><h1>Hello</h1></section>{% endblock %}"#,
    ext = "html"
)]
struct HelloPage {
    shell: PublicShell,
}

#[derive(Template)]
#[template(
    source = r#"{% extends "plain.html" %}{% block title %}Sign in{% endblock %}{% block content %}<h1>Sign in</h1>{% endblock %}"#,
    ext = "html"
)]
struct DoorPage {
    shell: PlainShell,
}

#[derive(serde::Deserialize)]
struct Note {
    words: String,
    #[serde(default)]
    networks: Vec<String>,
}

async fn save(posted: Posted<Note>) -> SeeOther {
    SeeOther::to("/notes").saying(Flash::done(format!(
        "Kept “{}” for {} networks.",
        posted.form.words,
        posted.form.networks.len()
    )))
}

async fn sign_in(State(world): State<World>, headers: HeaderMap) -> Answer<Response> {
    let mut tx = world.ground.ground.database.begin_write().await?;
    let cookie = world.sessions.open(&mut tx, "cedar", "alvarez", &headers).await?;
    tx.commit().await.map_err(DatabaseError::from)?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), SeeOther::to("/notes")).into_response())
}

async fn with_shell(mut request: Request, next: Next) -> Response {
    if let Some(session) = request.extensions().get::<Session>() {
        let shell = StaffShell {
            practice_name: "Cedar Hollow".to_owned(),
            member_name: "Dr. Maria Alvarez".to_owned(),
            csrf: session.csrf.clone(),
            nav: vec![
                NavItem::new("/", "Rounds", "stethoscope").in_bottom_bar().waiting(5),
                NavItem::new("/notes", "Notes", "pencil-line"),
            ],
            practice_mode: true,
            ..StaffShell::default()
        };
        request.extensions_mut().insert(shell);
    }
    next.run(request).await
}

#[derive(Clone)]
pub(crate) struct World {
    pub(crate) ground: Arc<TestGround>,
    pub(crate) sessions: Sessions,
}

impl World {
    pub(crate) async fn new() -> Self {
        let ground = Arc::new(TestGround::new(sessions::MIGRATIONS).await);
        let Ground { database, clock, chance, .. } = &ground.ground;
        let sessions = Sessions::over(database.clone(), clock.clone(), chance.clone(), true);
        Self { ground, sessions }
    }

    pub(crate) async fn send(&self, request: Request) -> Response {
        let staff = Router::new()
            .route("/notes", get(async |_: Session, shell: StaffShell| Html(NotePage { shell })).post(save))
            .route("/sign-in", post(sign_in).get(async |shell: PlainShell| Html(DoorPage { shell })))
            .layer(from_fn(with_shell));
        let public = Router::new().route("/hello", get(hello).post(hello));
        let all = frame::around_staff(staff, &self.sessions).merge(frame::around_public(public));
        frame::around_everything(all, &self.ground.ground.clock)
            .with_state(self.clone())
            .oneshot(request)
            .await
            .unwrap()
    }

    /// Signs in and gives the cookie for later requests.
    pub(crate) async fn signed_in(&self) -> String {
        let response = self.send(Request::post("/sign-in").body(Body::empty()).unwrap()).await;
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
        assert!(cookie.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
        cookie.split(';').next().unwrap().to_owned()
    }

    pub(crate) async fn notes(&self, cookie: &str) -> (StatusCode, String) {
        read(self.send(Request::get("/notes?a=b").header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await)
            .await
    }

    pub(crate) async fn post_note(&self, cookie: &str, body: String) -> Response {
        let request = Request::post("/notes")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

pub(crate) fn public_shell() -> PublicShell {
    PublicShell {
        practice_name: "Cedar Hollow".to_owned(),
        lang: Lang::Es,
        languages: vec![(Lang::En, "/hello".to_owned()), (Lang::Es, "/es/hello".to_owned())],
        phone: Some("(541) 555-0142".to_owned()),
        canonical_url: "https://cedarhollow.example/es/hello".to_owned(),
        feeds: vec![("Posts".to_owned(), "application/rss+xml", "/feed.rss".to_owned())],
        ..PublicShell::default()
    }
}

async fn hello() -> impl IntoResponse {
    // A mistake that the frame must catch.
    ([(header::SET_COOKIE, "visitor=1")], Html(HelloPage { shell: public_shell() }))
}

pub(crate) async fn read(response: Response) -> (StatusCode, String) {
    let status = response.status();
    (status, String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap())
}

/// The value of the hidden field in a page.
pub(crate) fn csrf_in(page: &str) -> String {
    page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}
