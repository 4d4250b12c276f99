//! Serves Cedar Hollow's sample pages on 127.0.0.1:7499, to look at them in a browser:
//! `cargo run -p bedside-hub --example samples`, then http://127.0.0.1:7499/p/cedar-hollow-family-medicine
#![allow(clippy::unwrap_used)]

#[path = "../tests/world/mod.rs"]
mod world;

use world::{World, challenge, pressure, salt};

#[tokio::main]
async fn main() {
    let world = World::new().await;
    let card = world.get("/p/cedar-hollow-family-medicine/card.png").await;
    let hash = world.ground().files.keep(&world.practice.id, &card.bytes).await.unwrap();
    world.publish(challenge()).await;
    world.publish(pressure(&hash)).await;
    world.publish(salt()).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:7499").await.unwrap();
    axum::serve(listener, world.app.clone()).await.unwrap();
}
