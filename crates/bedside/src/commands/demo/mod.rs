//! `bedside demo`: the same program with an example practice, in a folder that goes when it ends.
//!
//! Nothing leaves the machine: Bluesky and Mastodon are played by stand-ins, the door to the network is closed, and every
//! screen says so. The weeks before are not painted: they are lived through on a clock that is wound forward, so that
//! every post was planned, signed and published by the program itself.
//!
//! Reading order: [`open`] here, `story` (the content), `cast` (the practice and the stage), `agenda` (what happened when),
//! `month` and `audience` (how), `past` (the clock and the engine), `shown` (what readers would see).

mod agenda;
mod audience;
mod cast;
mod month;
mod past;
mod shown;
mod story;

use std::{net::SocketAddr, process::ExitCode, sync::Arc};

use anyhow::Context;
use axum::Router;
use bedside_platform::{
    Ground,
    clock::{Clock, StoppedClock, SystemClock},
    door::Door,
    settings::Settings,
};
use bedside_practice::{Practice, members};
use bedside_publishing::Desk;
use tempfile::TempDir;
use url::Url;

use self::{agenda::Dates, cast::Stage, past::Past, story::Story};
use super::{
    say,
    serve::{self, Running},
};
use crate::{
    config::{Config, Role},
    house,
    routes::Parts,
};

pub use cast::PASSWORD;

/// The demonstration under way.
pub struct Demo {
    /// Its parts.
    pub parts: Parts,
    /// The example practice.
    pub practice: Practice,
    /// Who is invited to sign in: name and e-mail address. The password of all is [`PASSWORD`].
    pub welcome: Vec<(String, String)>,
    /// Where it listens.
    pub address: SocketAddr,
    stage: Stage,
    running: Running,
    folder: TempDir,
}

impl Demo {
    /// Every page, those of the stand-ins among them.
    pub fn app(&self) -> Router {
        self.parts.app().merge(shown::pages(&self.parts.desk().ground, &self.stage))
    }

    /// Ends it and removes everything.
    ///
    /// # Errors
    /// When the folder cannot be removed.
    pub async fn close(self) -> anyhow::Result<()> {
        self.running.stop().await;
        self.parts.desk().ground.database.close().await;
        let place = self.folder.path().display().to_string();
        self.folder.close().with_context(|| format!("the folder {place} cannot be removed"))
    }
}

pub(super) async fn demo(listen: SocketAddr) -> anyhow::Result<ExitCode> {
    serve::journal();
    say("Opening the example practice. Its last weeks pass in a moment …");
    let demo = open(listen, Arc::new(SystemClock)).await?;
    say(&format!("Practice mode: nothing leaves this machine. Bedside is at http://{}/", demo.address));
    for (name, email) in &demo.welcome {
        say(&format!("Sign in as {name}: {email}, password “{PASSWORD}”"));
    }
    serve::told_to_stop().await?;
    say("Stopping. The example practice is removed.");
    demo.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Opens the demonstration at `listen`, where it is now as late as `clock` says.
///
/// # Errors
/// When the address is taken, or the folder or the database cannot be made.
pub async fn open(listen: SocketAddr, clock: Arc<dyn Clock>) -> anyhow::Result<Demo> {
    let listener = serve::listen(listen).await?;
    let address = listener.local_addr()?;
    let folder = tempfile::Builder::new()
        .prefix("bedside-demo-")
        .tempdir()
        .context("there is no room for the example practice")?;
    let config = config(address, &folder)?;
    let story = Story::embedded()?;
    let dates = Dates::around(clock.now())?;
    let past_clock = Arc::new(StoppedClock::at(dates.beginning()?));
    let ground = Ground { clock: past_clock.clone(), door: Door::closed(), ..house::open(&config).await? };
    let stage = Stage::set();
    let past = Past::begin(Desk::new(ground.clone(), stage.networks.clone()), past_clock);
    let cast = agenda::play(&past, &stage, &story, &dates).await?;
    past.end().await?;
    let ground = Ground { clock, ..ground };
    let parts = Parts::with(Desk::new(ground.clone(), stage.networks.clone()));
    let welcome = welcome(&ground, &story, &cast.practice).await?;
    let running = serve::start_with(listener, config.role, &parts, shown::pages(&ground, &stage))?;
    Ok(Demo { parts, practice: cast.practice, welcome, address, stage, running, folder })
}

fn config(address: SocketAddr, folder: &TempDir) -> anyhow::Result<Config> {
    let data = folder.path().to_owned();
    let public_url = Url::parse(&format!("http://{address}")).context("the listening address")?;
    Ok(Config {
        listen: address,
        database: format!("sqlite:{}?mode=rwc", data.join("bedside.db").display()),
        role: Role::All,
        settings: Settings { public_url, data, allowed_hosts: Vec::new(), practice_mode: true },
    })
}

async fn welcome(ground: &Ground, story: &Story, practice: &Practice) -> anyhow::Result<Vec<(String, String)>> {
    let all = members::all(&ground.database, &practice.id).await?;
    let invited = all.into_iter().filter(|member| story.welcome.contains(&member.name));
    Ok(invited.filter_map(|member| Some((member.addressed(), member.email?))).collect())
}
