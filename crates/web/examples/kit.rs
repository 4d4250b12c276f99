//! The layouts and components with sample data, for looking at them in a browser: `cargo run -p bedside-web
//! --example kit`, then <http://127.0.0.1:8099/>. Nothing is stored.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for the developer's own screen")]

use std::sync::Arc;

use askama::Template;
use axum::{Router, response::IntoResponse, routing::get};
use bedside_platform::clock::{Clock, SystemClock};
use bedside_web::{Failure, Flash, Html, Lang, Mistakes, NavItem, PlainShell, PublicShell, StaffShell, frame, ui};

/// A staff page with every component on it.
#[derive(Template)]
#[template(path = "kit_staff.html")]
struct StaffKit {
    shell: StaffShell,
    mistakes: Mistakes,
}

/// A patient's page.
#[derive(Template)]
#[template(path = "kit_public.html")]
struct PublicKit {
    shell: PublicShell,
}

/// The door.
#[derive(Template)]
#[template(path = "kit_door.html")]
struct DoorKit {
    shell: PlainShell,
}

fn staff_shell() -> StaffShell {
    StaffShell {
        practice_name: "Cedar Hollow".to_owned(),
        member_name: "Dr. Maria Alvarez".to_owned(),
        member_role_line: "Owner, reviews posts".to_owned(),
        nav: vec![
            NavItem::new("/", "Rounds", "stethoscope").in_bottom_bar().waiting(5),
            NavItem::new("/write", "Write", "pencil-line").in_bottom_bar(),
            NavItem::new("/calendar", "Calendar", "calendar-days").in_bottom_bar(),
            NavItem::new("/inbox", "Inbox", "messages-square").in_bottom_bar().waiting(2),
            NavItem::new("/challenges", "Challenge", "sprout"),
            NavItem::new("/accounts", "Accounts", "link"),
            NavItem::new("/report", "Report", "chart-no-axes-column"),
        ],
        csrf: "kit".to_owned(),
        practice_mode: true,
        flash: Some(Flash::done("Three posts were approved.")),
        paused: None,
    }
    .at("/")
}

async fn staff() -> impl IntoResponse {
    let mut mistakes = Mistakes::default();
    mistakes.add("server", "No server answers at med.exmaple. Did you mean med.example?");
    Html(StaffKit { shell: staff_shell(), mistakes })
}

async fn public(lang: Lang) -> impl IntoResponse {
    let shell = PublicShell {
        practice_name: "Cedar Hollow".to_owned(),
        practice_line: Some("Family Medicine, Maple Falls".to_owned()),
        home_path: "/public".to_owned(),
        lang,
        languages: vec![(Lang::En, "/public".to_owned()), (Lang::Es, "/es/public".to_owned())],
        address: Some("218 Mill Street, Maple Falls, OR 97999".to_owned()),
        phone: Some("(541) 555-0142".to_owned()),
        description: "What we check ourselves, in plain words.".to_owned(),
        ..PublicShell::default()
    };
    Html(PublicKit { shell })
}

#[tokio::main]
async fn main() {
    let staff = Router::new()
        .route("/", get(staff))
        .route(
            "/door",
            get(async || {
                Html(DoorKit { shell: PlainShell { practice_name: Some("Cedar Hollow".to_owned()), flash: None } })
            }),
        )
        .route("/broken", get(async || Failure::internal("the kit breaks on purpose")))
        .layer(axum::middleware::from_fn(bedside_web::headers::staff));
    let patients = frame::around_public(
        Router::new()
            .route("/public", get(async || public(Lang::En).await))
            .route("/es/public", get(async || public(Lang::Es).await)),
    );
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8099").await.unwrap();
    println!("http://127.0.0.1:8099/ , /door, /broken, /public, /es/public");
    axum::serve(listener, frame::around_everything(staff.merge(patients), &clock)).await.unwrap();
}
