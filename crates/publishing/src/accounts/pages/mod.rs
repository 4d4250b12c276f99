//! The accounts page: what works, and since when. Connecting is in [`connect`]; testing now, switching off and
//! removing in [`keeping`].

mod connect;
mod keeping;

use askama::Template;
use axum::{
    Router,
    extract::State as Desked,
    routing::{get, post},
};
use bedside_practice::SignedIn;
use bedside_web::{Answer, Html, Lang, Mistakes, StaffShell, dates, ui::Tone};
use serde::Deserialize;

use super::{Account, State};
use crate::{
    desk::Desk,
    networks::{Capabilities, Settling, by_hand},
};

/// The routes of this feature.
pub fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/accounts", get(index))
        .route("/accounts/connect/bluesky", post(connect::bluesky))
        .route("/accounts/connect/mastodon", post(connect::mastodon))
        .route("/accounts/connect/mastodon/return", get(connect::mastodon_returned))
        .route("/accounts/connect/by-hand", post(connect::by_hand))
        .route("/accounts/{id}/test", post(keeping::test_now))
        .route("/accounts/{id}/switch", post(keeping::switch))
        .route("/accounts/{id}/remove", post(keeping::remove))
        .with_state(desk)
}

#[derive(Template)]
#[template(path = "accounts/views/accounts.html")]
struct Page {
    shell: StaffShell,
    accounts: Vec<Shown>,
    may_connect: bool,
    typed: Typed,
    mistakes: Mistakes,
    platforms: Vec<(&'static str, &'static str)>,
}

/// An account as the page shows it.
struct Shown {
    account: Account,
    network: &'static str,
    /// Nothing can be tested where a person posts.
    by_hand: bool,
    tone: Tone,
    words: &'static str,
    about: String,
    look: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    bluesky_handle: String,
    bluesky_password: String,
    bluesky_server: String,
    mastodon_server: String,
    platform: String,
    by_hand_name: String,
}

async fn index(Desked(desk): Desked<Desk>, signed_in: SignedIn, shell: StaffShell) -> Answer<Html<Page>> {
    Ok(Html(page(&desk, &signed_in, shell, Typed::default(), Mistakes::default()).await?))
}

async fn page(desk: &Desk, signed_in: &SignedIn, shell: StaffShell, typed: Typed, mistakes: Mistakes) -> Answer<Page> {
    let accounts = desk.accounts(&signed_in.practice).await?;
    let accounts = accounts.into_iter().filter_map(|account| shown(desk, signed_in, account)).collect();
    let platforms = by_hand::platforms::PLATFORMS.iter().map(|platform| (platform.id, platform.name)).collect();
    Ok(Page { shell, accounts, may_connect: signed_in.member.rights.owner, typed, mistakes, platforms })
}

fn shown(desk: &Desk, signed_in: &SignedIn, account: Account) -> Option<Shown> {
    let capabilities: Capabilities = desk.capabilities(&account)?;
    let day = |micros| dates::short_date(Lang::En, signed_in.practice.local(micros).date());
    let hour = |micros| dates::day_and_hour(Lang::En, signed_in.practice.local(micros).datetime());
    let is_ours = capabilities.settling == Settling::Ours;
    let (tone, words) = match account.state {
        _ if capabilities.by_hand => (Tone::Note, "Copy and tick by hand"),
        State::Works => (Tone::Ok, "Works"),
        State::NeedsReconnect => (Tone::Block, "Cannot post"),
        State::Failing => (Tone::Warn, "Does not answer"),
        State::Off => (Tone::Mute, "Switched off"),
    };
    let mut about = vec![format!("Since {}.", day(account.state_since))];
    if is_ours {
        about = vec!["Always on, the original of everything: web page, RSS, Atom and JSON feed.".to_owned()];
    }
    if !account.state_text.is_empty() {
        about.push(account.state_text.clone());
    }
    match account.token_ends_at {
        Some(ends) => about.push(format!("The sign-in ends on {}.", day(ends))),
        None if !is_ours && !capabilities.by_hand => about.push("The sign-in has no end date.".to_owned()),
        None => {}
    }
    if let Some(read) = account.read_at {
        about.push(format!("Last look for replies {}.", hour(read)));
    }
    if account.held_until > desk.ground.now() {
        about.push(format!("The network asked us to wait until {}.", hour(account.held_until)));
    }
    let look = is_ours.then(|| format!("/p/{}", signed_in.practice.slug));
    Some(Shown {
        network: capabilities.name,
        by_hand: capabilities.by_hand,
        tone,
        words,
        about: about.join(" "),
        look,
        account,
    })
}
