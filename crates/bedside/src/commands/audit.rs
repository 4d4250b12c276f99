//! `bedside audit verify`: proves the record of decisions of every practice.

use std::process::ExitCode;

use bedside_practice::{
    audit::{self, Verdict},
    practice,
};

use super::say;
use crate::{
    config::{Config, Options},
    house,
};

pub(super) async fn verify(options: Options) -> anyhow::Result<ExitCode> {
    let ground = house::open_existing(&Config::decide(options)?).await?;
    let mut whole = true;
    for practice in practice::all(&ground.database).await? {
        match audit::verify(&ground.database, &practice.id).await? {
            Verdict::Whole(count) => say(&format!("{}: {count} entries, unbroken.", practice.slug)),
            Verdict::Broken(n) => {
                whole = false;
                say(&format!(
                    "{}: entry {n} was changed, removed or put in. Nothing after it can be trusted. Compare with a backup.",
                    practice.slug
                ));
            }
        }
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
