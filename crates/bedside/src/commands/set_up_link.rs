//! `bedside set-up-link`: one more practice on this installation. Each practice sees only itself.

use std::process::ExitCode;

use bedside_practice::{practice, set_up};

use super::say;
use crate::{
    config::{Config, Options},
    house,
};

pub(super) async fn set_up_link(options: Options) -> anyhow::Result<ExitCode> {
    let ground = house::open_existing(&Config::decide(options)?).await?;
    let practices = practice::all(&ground.database).await?.len();
    let link = set_up::new_link(&ground).await?;
    say(&match practices {
        0 => "Set the practice up with this link. It takes the place of the one printed at the start.".to_owned(),
        1 => "Set one more practice up with this link. There is 1 on this installation.".to_owned(),
        _ => format!("Set one more practice up with this link. There are {practices} on this installation."),
    });
    say(&format!("It works once, for 3 days, while Bedside runs: {link}"));
    Ok(ExitCode::SUCCESS)
}
