//! `bedside new-password`: a one-time link for somebody who forgot the password while no owner can make one. Whoever can
//! type this reads the database anyway, so nothing more is asked.

use std::process::ExitCode;

use anyhow::bail;
use bedside_practice::new_password;

use super::say;
use crate::{
    config::{Config, Options},
    house,
};

pub(super) async fn new_password(options: Options, email: &str) -> anyhow::Result<ExitCode> {
    let ground = house::open_existing(&Config::decide(options)?).await?;
    let Some(link) = new_password::make_for_address(&ground, email).await? else {
        bail!(
            "Nobody signs in with {email}. Look for a slip of the pen. Somebody who was invited and has no password yet \
             needs a new invitation, which an owner makes under People."
        );
    };
    say("With this link they choose a new password and are signed out everywhere else.");
    say(&format!("It works once, for 24 hours, while Bedside runs: {link}"));
    Ok(ExitCode::SUCCESS)
}
