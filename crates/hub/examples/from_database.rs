//! The public pages with nothing kept in memory: every request reads the database and renders anew. Only for
//! measuring (`bench/run database`); the program itself always serves through the shelf.
//!
//! `cargo run --release -p bedside-hub --example from_database DATA-FOLDER 127.0.0.1:PORT`
//!
//! The routes carry their shelf, so fresh routes for each request are an empty shelf for each request. Making them
//! costs some microseconds, which count against Bedside.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a measuring program")]

use std::{path::PathBuf, sync::Arc};

use axum::{Router, extract::Request};
use bedside_platform::{
    Ground, chance::SystemChance, clock::SystemClock, database::Database, door::Door, files::Files, settings::Settings,
    vault::Vault,
};
use bedside_web::frame;
use tower::{ServiceExt, service_fn};

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [data, listen] = words.as_slice() else { panic!("needs a data folder and an address") };
    let data = PathBuf::from(data);
    let ground = Ground {
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        database: Database::open_file(&data.join("bedside.db")).await.unwrap(),
        vault: Arc::new(Vault::new(&[0; 32])),
        door: Door::new(Vec::new()),
        files: Files::new(data.join("media")),
        settings: Arc::new(Settings {
            public_url: format!("http://{listen}").parse().unwrap(),
            data,
            allowed_hosts: Vec::new(),
            practice_mode: false,
        }),
    };
    let pages = ground.clone();
    let anew = service_fn(move |request: Request| {
        bedside_hub::routes::<Ground>().with_state::<()>(pages.clone()).oneshot(request)
    });
    let app = frame::around_everything(
        frame::around_public(Router::new().route_service("/p/{practice}/posts", anew)),
        &ground.clock,
    );
    let listener = tokio::net::TcpListener::bind(listen).await.unwrap();
    axum::serve(listener, app).await.unwrap();
}
