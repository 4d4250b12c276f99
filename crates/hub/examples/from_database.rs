//! The public pages with nothing kept in memory: every request reads the database and renders anew. Only for
//! measuring (`bench/run database`); the program itself always serves through the shelf.
//!
//! `cargo run --release -p bedside-hub --example from_database DATA-FOLDER 127.0.0.1:PORT`
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a measuring program")]

use std::{path::PathBuf, sync::Arc};

use bedside_platform::{
    Ground, chance::SystemChance, clock::SystemClock, database::Database, door::Door, files::Files, settings::Settings,
    vault::Vault,
};
use bedside_web::frame;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    let clock = ground.clock.clone();
    let pages = bedside_hub::routes_keeping::<Ground>(0).with_state::<()>(ground);
    let app = frame::around_everything(frame::around_public(pages), &clock);
    let listener = tokio::net::TcpListener::bind(listen).await.unwrap();
    axum::serve(listener, app).await.unwrap();
}
