//! `bedside serve`: opens the installation, says where it is, serves and publishes until it is told to stop.

use std::{net::SocketAddr, process::ExitCode};

use anyhow::Context;
use axum::Router;
use bedside_platform::Ground;
use bedside_practice::set_up;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};
use tracing_subscriber::EnvFilter;

use super::say;
use crate::{
    config::{Config, Options, Role},
    house, routes,
};

pub(super) async fn serve(options: Options) -> anyhow::Result<ExitCode> {
    let config = Config::decide(options)?;
    journal();
    let ground = house::open(&config).await?;
    let running = start(&config, ground.clone()).await?;
    say(&format!("Bedside is at {}", ground.settings.public_url.as_str().trim_end_matches('/')));
    if let Some(link) = set_up::new_link_if_empty(&ground).await? {
        say(&format!("Set your practice up with this link (it works once): {link}"));
    }
    told_to_stop().await?;
    say("Stopping. What is under way is finished first.");
    running.stop().await;
    ground.database.close().await;
    Ok(ExitCode::SUCCESS)
}

/// A server and a worker under way.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Stops taking requests and deliveries, and waits for what is under way.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            let _ = task.await;
        }
    }
}

/// Starts what the role asks for.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn start(config: &Config, ground: Ground) -> anyhow::Result<Running> {
    let listener = listen(config.listen).await?;
    start_with(listener, config.role, &routes::Parts::new(ground), Router::new())
}

/// Takes the address.
///
/// # Errors
/// When it is taken.
pub(super) async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("{address} is taken. Is Bedside running already? Choose another address with --listen.")
    })
}

/// Starts these parts, and `more` pages, on an address that was taken.
///
/// # Errors
/// When the listener has no address.
pub(super) fn start_with(
    listener: TcpListener,
    role: Role,
    parts: &routes::Parts,
    more: Router,
) -> anyhow::Result<Running> {
    let address = listener.local_addr()?;
    let (stop, stopped) = watch::channel(false);
    let mut tasks = Vec::new();
    if role != Role::Web {
        tasks.extend(parts.work(stopped.clone()));
    }
    let app = match role {
        Role::Worker => parts.health_only(),
        Role::All | Role::Web => parts.app().merge(more),
    };
    tasks.push(tokio::spawn(answer(listener, app, stopped)));
    Ok(Running { address, stop, tasks })
}

async fn answer(listener: TcpListener, app: Router, mut stopped: watch::Receiver<bool>) {
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    let until = async move {
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(until).await {
        tracing::error!("the server stopped: {error}");
    }
}

/// The log on standard error: one line an event, no names, texts, tokens or addresses. `BEDSIDE_LOG` sets what is told.
pub(super) fn journal() {
    let filter = EnvFilter::builder()
        .with_env_var("BEDSIDE_LOG")
        .try_from_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,bedside=info,bedside_web=warn"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

pub(super) async fn told_to_stop() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            _ = terminate.recv() => {}
            interrupted = tokio::signal::ctrl_c() => interrupted?,
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}
