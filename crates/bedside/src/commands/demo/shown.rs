//! What readers would see on a network that is played: the page behind a link "see it there". It exists in the
//! demonstration only, so it is not in the program's list of routes.

use askama::Template;
use axum::{
    Router,
    extract::{OriginalUri, State},
    routing::get,
};
use bedside_platform::Ground;
use bedside_publishing::{accounts, networks::practice::store::Held};
use bedside_web::{Answer, Failure, Html, PlainShell, frame};

use super::cast::Stage;

/// The address that the stand-ins give their messages, without the key at its end.
const PLACE: &str = "/practice";

/// What the page needs.
#[derive(Clone)]
struct Shown {
    ground: Ground,
    stage: Stage,
}

#[derive(Template)]
#[template(path = "commands/demo/views/shown.html")]
struct Page {
    shell: PlainShell,
    network: &'static str,
    icon: &'static str,
    handle: String,
    lang: String,
    lines: Vec<String>,
}

/// The pages of all messages on stage.
pub(super) fn pages(ground: &Ground, stage: &Stage) -> Router {
    let shown = Shown { ground: ground.clone(), stage: stage.clone() };
    frame::around_public(Router::new().nest(PLACE, Router::new().fallback(get(show)).with_state(shown)))
}

async fn show(
    State(Shown { ground, stage }): State<Shown>,
    shell: PlainShell,
    OriginalUri(uri): OriginalUri,
) -> Answer<Html<Page>> {
    let (network, held) = stage.message_at(&ground.settings.address(uri.path())).ok_or_else(Failure::not_found)?;
    let Held { account_id, message, .. } = held;
    let handle = match bedside_practice::practice::all(&ground.database).await?.first() {
        Some(practice) => {
            accounts::store::find(&ground, &practice.id, &account_id).await?.map(|account| account.handle)
        }
        None => None,
    };
    let lines = message.text.lines().map(str::to_owned).collect();
    Ok(Html(Page {
        shell,
        network: network.name,
        icon: network.id,
        handle: handle.unwrap_or_default(),
        lang: message.lang,
        lines,
    }))
}
