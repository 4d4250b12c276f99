//! The accounts page: what works since when, connecting, testing now, switching off, removing.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State as Desked},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bedside_platform::database::DatabaseError;
use bedside_practice::{
    SignedIn,
    audit::{self, Decision},
};
use bedside_web::{
    Answer, Failure, Flash, Html, Lang, Mistakes, PlainShell, Posted, SeeOther, StaffShell, answer::mistaken, dates,
    ui::Tone,
};
use serde::Deserialize;
use serde_json::json;

use super::{Account, AccountError, Mistake, NewAccount, State, connecting, connection, store};
use crate::{
    desk::Desk,
    networks::{
        Capabilities, Next, bluesky, by_hand,
        mastodon::connect::{self as mastodon, ConnectingSecret, Returned},
    },
};

/// The routes of this feature.
pub fn routes(desk: Desk) -> Router {
    Router::new()
        .route("/accounts", get(index))
        .route("/accounts/connect/bluesky", post(connect_bluesky))
        .route("/accounts/connect/mastodon", post(connect_mastodon))
        .route("/accounts/connect/mastodon/return", get(mastodon_returned))
        .route("/accounts/connect/by-hand", post(connect_by_hand))
        .route("/accounts/{id}/test", post(test_now))
        .route("/accounts/{id}/switch", post(switch))
        .route("/accounts/{id}/remove", post(remove))
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

/// A page of our own on the way to a server: browsers apply the policy for forms (`form-action`) to redirects that
/// answer a form, and that policy names no server but ours.
#[derive(Template)]
#[template(path = "accounts/views/over_there.html")]
struct OverThere {
    shell: PlainShell,
    server: String,
    address: String,
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
    let is_ours = capabilities.settling == crate::networks::Settling::Ours;
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

async fn connect_bluesky(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    posted: Posted<Typed>,
) -> Answer<Response> {
    signed_in.must_own()?;
    let typed = posted.form;
    let form = bluesky::connect::Form {
        server: typed.bluesky_server.clone(),
        handle: typed.bluesky_handle.clone(),
        password: typed.bluesky_password.clone(),
    };
    match bluesky::connect::connect(&desk.ground, &form).await {
        Ok(new) => connected(&desk, &signed_in, &new).await,
        Err(mistake) => come_back(&desk, &signed_in, shell, typed, "bluesky_", mistake).await,
    }
}

async fn connect_mastodon(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    plain: PlainShell,
    posted: Posted<Typed>,
) -> Answer<Response> {
    signed_in.must_own()?;
    let typed = posted.form;
    let secret = match mastodon::begin(&desk.ground, &typed.mastodon_server).await {
        Ok(secret) => secret,
        Err(mistake) => return come_back(&desk, &signed_in, shell, typed, "mastodon_", mistake).await,
    };
    let (practice_id, member_id) = (&signed_in.practice.id, &signed_in.member.id);
    let mut tx = desk.ground.database.begin_write().await?;
    let state = connecting::begin(&desk.ground, &mut tx, practice_id, member_id, "mastodon", &secret.server, &secret)
        .await
        .map_err(failure)?;
    tx.commit().await?;
    let server = secret.server.split_once("://").map_or(secret.server.as_str(), |(_, host)| host).to_owned();
    Ok(Html(OverThere { shell: plain, server, address: secret.authorize_url(&state) }).into_response())
}

async fn mastodon_returned(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Query(returned): Query<Returned>,
) -> Answer<Response> {
    signed_in.must_own()?;
    let state = returned.state.clone().unwrap_or_default();
    let mut tx = desk.ground.database.begin_write().await?;
    let journey = connecting::take::<ConnectingSecret>(
        &desk.ground,
        &mut tx,
        &signed_in.practice.id,
        &signed_in.member.id,
        &state,
    )
    .await
    .map_err(failure)?;
    tx.commit().await?;
    let outcome = match journey {
        Some(journey) => mastodon::finish(&desk.ground, &journey.secret, &returned).await,
        None => Err(mastodon::not_begun_here()),
    };
    match outcome {
        Ok(new) => connected(&desk, &signed_in, &new).await,
        Err(mistake) => come_back(&desk, &signed_in, shell, Typed::default(), "mastodon_", mistake).await,
    }
}

async fn connect_by_hand(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    posted: Posted<Typed>,
) -> Answer<Response> {
    signed_in.must_own()?;
    let typed = posted.form;
    match by_hand::connect::account(&typed.platform, &typed.by_hand_name) {
        Ok(new) => connected(&desk, &signed_in, &new).await,
        Err(mistake) => come_back(&desk, &signed_in, shell, typed, "by_hand_", mistake).await,
    }
}

async fn connected(desk: &Desk, signed_in: &SignedIn, new: &NewAccount) -> Answer<Response> {
    let practice_id = &signed_in.practice.id;
    let mut tx = desk.ground.database.begin_write().await?;
    let id = store::keep(&desk.ground, &mut tx, practice_id, new).await.map_err(failure)?;
    let decision = Decision {
        actor: &signed_in.member.id,
        action: "account.connected",
        subject: &id,
        detail: json!({ "network": new.network }),
    };
    audit::record(&desk.ground.database, &mut tx, practice_id, &decision, desk.ground.now()).await?;
    tx.commit().await?;
    // What waited for this account goes on.
    desk.bell.notify_one();
    Ok(SeeOther::to("/accounts").saying(Flash::done(format!("{} is connected.", new.handle))).into_response())
}

async fn come_back(
    desk: &Desk,
    signed_in: &SignedIn,
    shell: StaffShell,
    typed: Typed,
    prefix: &str,
    mistake: Mistake,
) -> Answer<Response> {
    tracing::info!("an account was not connected: {}", mistake.log);
    let mut mistakes = Mistakes::default();
    mistakes.add(format!("{prefix}{}", mistake.field), mistake.person);
    let page = page(desk, signed_in, shell, typed, mistakes).await?;
    Ok(mistaken(page))
}

#[derive(Deserialize)]
struct Nothing {}

async fn test_now(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Answer<SeeOther> {
    let account = the_account(&desk, &signed_in, &id).await?;
    let Some(network) = desk.networks.get(&account.network) else { return Err(Failure::not_found()) };
    let open = connection(&desk.ground, &signed_in.practice.id, &id).await;
    let (state, words, health) = match open {
        Ok(open) => match network.check(&open).await {
            Ok(health) => (State::Works, String::new(), Some(health)),
            Err(refusal) if refusal.next == Next::Reconnect => (State::NeedsReconnect, refusal.person, None),
            Err(refusal) => (State::Failing, refusal.person, None),
        },
        Err(AccountError::Database(error)) => return Err(error.into()),
        Err(_) => (State::NeedsReconnect, "Its sign-in cannot be opened. Connect it again.".to_owned(), None),
    };
    let now = desk.ground.now();
    let mut tx = desk.ground.database.begin_write().await?;
    store::set_state(&mut tx, &signed_in.practice.id, &id, state, &words, now).await?;
    if let Some(health) = &health {
        store::note_check(&mut tx, &signed_in.practice.id, &id, health, now).await?;
    }
    tx.commit().await?;
    let flash = match health {
        Some(health) => Flash::done(format!("{} works. {}", account.handle, health.works.join(" "))),
        None => Flash::look(words),
    };
    Ok(SeeOther::to("/accounts").saying(flash))
}

async fn switch(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Answer<SeeOther> {
    signed_in.must_own()?;
    let account = the_account(&desk, &signed_in, &id).await?;
    let on = account.state == State::Off;
    let action = if on { "account.switched_on" } else { "account.switched_off" };
    let mut tx = desk.ground.database.begin_write().await?;
    store::switch(&mut tx, &signed_in.practice.id, &id, on, desk.ground.now()).await?;
    let decision = Decision { actor: &signed_in.member.id, action, subject: &id, detail: json!({}) };
    audit::record(&desk.ground.database, &mut tx, &signed_in.practice.id, &decision, desk.ground.now()).await?;
    tx.commit().await?;
    desk.bell.notify_one();
    let words = if on {
        "It is on again. What was missed meanwhile waits for you; nothing is sent late by itself."
    } else {
        "It is off. Nothing goes there until you switch it on."
    };
    Ok(SeeOther::to("/accounts").saying(Flash::done(words)))
}

async fn remove(
    Desked(desk): Desked<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    _: Posted<Nothing>,
) -> Answer<SeeOther> {
    signed_in.must_own()?;
    let account = the_account(&desk, &signed_in, &id).await?;
    if desk.capabilities(&account).is_some_and(|network| network.settling == crate::networks::Settling::Ours) {
        return Ok(SeeOther::to("/accounts")
            .saying(Flash::look("The own page is always on. Choose for each post whether it goes there.")));
    }
    let mut tx = desk.ground.database.begin_write().await?;
    store::remove(&mut tx, &signed_in.practice.id, &id, desk.ground.now()).await?;
    let decision = Decision {
        actor: &signed_in.member.id,
        action: "account.removed",
        subject: &id,
        detail: json!({ "network": account.network }),
    };
    audit::record(&desk.ground.database, &mut tx, &signed_in.practice.id, &decision, desk.ground.now()).await?;
    tx.commit().await?;
    Ok(SeeOther::to("/accounts").saying(Flash::done(format!(
        "{} is removed and its sign-in is deleted here. What is published stays published; connect it again to go on.",
        account.handle
    ))))
}

async fn the_account(desk: &Desk, signed_in: &SignedIn, id: &str) -> Result<Account, Failure> {
    let found: Result<Option<Account>, DatabaseError> = store::find(&desk.ground, &signed_in.practice.id, id).await;
    found?.filter(|account| account.removed_at.is_none()).ok_or_else(Failure::not_found)
}

fn failure(error: AccountError) -> Failure {
    match error {
        AccountError::Database(error) => error.into(),
        other => Failure::internal(other.to_string()),
    }
}
