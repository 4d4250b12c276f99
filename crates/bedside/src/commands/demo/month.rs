//! The running challenge: planned through the program's own form, signed week by week, published by the engine. Three
//! deliveries go wrong on purpose, each in another way, because a screen that only knows success teaches nothing.

use anyhow::{Context, bail, ensure};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use bedside_engagement::challenges;
use bedside_practice::{
    SignedIn,
    audit::{self, Decision},
};
use bedside_publishing::{
    Desk,
    approval::{self, Coverage, sign::Signed},
    delivery::{Row, people},
    networks::{
        Next, bluesky, by_hand, mastodon,
        practice::fault::{Call, Fault},
    },
    posts::{self, Post, PostState, Variant},
    sources,
};
use bedside_web::StaffShell;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tower::ServiceExt;

use super::{
    cast::{CSRF, Cast, Stage},
    story::Begun,
};

/// How a delivery goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Mastodon asks for a pause that is longer than the window: missed.
    Missed,
    /// Mastodon never answers, and looking is refused: a person must say whether it is there.
    NotConfirmed,
    /// Bluesky says no.
    Failed,
}

impl Trouble {
    /// All three, in the order in which they happen.
    pub(super) const ALL: [Self; 3] = [Self::Missed, Self::NotConfirmed, Self::Failed];

    /// Prepares it for what is due at `due`.
    pub(super) fn prepare(self, stage: &Stage, due: Timestamp) -> anyhow::Result<()> {
        match self {
            Self::Missed => {
                let until = due + posts_window() + SignedDuration::from_mins(30);
                stage.stand_in(mastodon::ID)?.fail_next(Call::Publish, Fault::Refuse(Next::WaitUntil(until)));
            }
            Self::NotConfirmed => {
                let mastodon = stage.stand_in(mastodon::ID)?;
                mastodon.fail_next(Call::Publish, Fault::LoseAnswer);
                mastodon.fail_next(Call::Find, Fault::Refuse(Next::GiveUp));
            }
            Self::Failed => stage.stand_in(bluesky::ID)?.fail_next(Call::Publish, Fault::Refuse(Next::GiveUp)),
        }
        Ok(())
    }
}

/// How late a delivery may be.
pub(super) fn posts_window() -> SignedDuration {
    SignedDuration::from_micros(bedside_publishing::delivery::WINDOW_MICROS)
}

/// The writer plans the month on the planning page, for all accounts.
pub(super) async fn plan(desk: &Desk, cast: &Cast, template: &str, start: jiff::civil::Date) -> anyhow::Result<String> {
    let id = desk.ground.new_id();
    let mut fields = vec![
        ("csrf", CSRF.to_owned()),
        ("form_id", id.clone()),
        ("template", template.to_owned()),
        ("start", start.to_string()),
        ("time", "12:10".to_owned()),
        ("languages", "english_and_spanish".to_owned()),
        ("rest", "office".to_owned()),
    ];
    fields.extend(cast.accounts.iter().map(|account| ("account", account.id.clone())));
    let status = send_form(desk, cast.acting(&cast.writer), "/challenges", &fields).await?;
    ensure!(status == StatusCode::SEE_OTHER, "the demonstration's month cannot be planned: {status}");
    Ok(id)
}

/// Hands a form to the pages of challenges, as the frame would for a member who is signed in.
async fn send_form(
    desk: &Desk,
    signed_in: SignedIn,
    path: &str,
    fields: &[(&str, String)],
) -> anyhow::Result<StatusCode> {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let shell = StaffShell {
        practice_name: signed_in.practice.facts.short_name().to_owned(),
        member_name: signed_in.member.addressed(),
        member_role_line: signed_in.member.rights.to_string(),
        nav: Vec::new(),
        csrf: signed_in.session.csrf.clone(),
        practice_mode: true,
        flash: None,
        paused: None,
    };
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .extension(signed_in.session.clone())
        .extension(signed_in)
        .extension(shell)
        .body(Body::from(body))?;
    let answer = challenges::routes(desk.clone()).oneshot(request).await?;
    Ok(answer.status())
}

/// The clinician opens and ticks the sources of everything that is due before `until`, and signs it.
pub(super) async fn sign(desk: &Desk, cast: &Cast, until: i64) -> anyhow::Result<()> {
    let signed_in = cast.acting(&cast.signer);
    let waiting = posts::store::in_state(&desk.ground.database, &cast.practice.id, PostState::Waiting).await?;
    for post in waiting.into_iter().filter(|post| post.due_at.is_some_and(|due| due < until)) {
        check_sources(desk, cast, &post.id).await?;
        let whole = posts::store::whole(&desk.ground.database, &cast.practice.id, &post.id)
            .await?
            .context("a post of the month")?;
        let copies = desk.copies(&cast.practice, &whole, None, None).await?;
        match approval::sign::sign(desk, &signed_in, &post.id, &Coverage::of(&copies)).await? {
            Signed::Yes | Signed::Already => {}
            Signed::No(reason) => bail!("a post of the demonstration cannot be signed: {reason}"),
        }
    }
    desk.bell.notify_one();
    Ok(())
}

async fn check_sources(desk: &Desk, cast: &Cast, post_id: &str) -> anyhow::Result<()> {
    let (ground, practice_id, signer) = (&desk.ground, &cast.practice.id, &cast.signer.id);
    let whole = posts::store::whole(&ground.database, practice_id, post_id).await?.context("a post of the month")?;
    let mut tx = ground.database.begin_write().await?;
    for source in whole.unchecked_sources() {
        sources::store::note_opened(&mut tx, practice_id, &source.source_id, ground.now()).await?;
        sources::store::tick(&mut tx, practice_id, &source.source_id, signer, ground.now()).await?;
        let decision =
            Decision { actor: signer, action: "source.checked", subject: &source.source_id, detail: json!({}) };
        audit::record(&ground.database, &mut tx, practice_id, &decision, ground.now()).await?;
    }
    Ok(tx.commit().await?)
}

/// The writer posts by hand what is due, and ticks it off with its link.
pub(super) async fn tick_by_hand(desk: &Desk, cast: &Cast, post: &Post) -> anyhow::Result<()> {
    let account = cast.account(by_hand::ID)?;
    let Some(row) = delivery_of(desk, cast, post, &account.id).await? else { return Ok(()) };
    let link = format!("https://facebook.example/cedarhollow/posts/{}", post.id.rsplit('-').next().unwrap_or_default());
    let mut tx = desk.ground.database.begin_write().await?;
    people::tick(&desk.ground.database, &mut tx, &desk.networks, &row.key, &link, desk.ground.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// The delivery of a post to an account.
pub(super) async fn delivery_of(
    desk: &Desk,
    cast: &Cast,
    post: &Post,
    account_id: &str,
) -> anyhow::Result<Option<Row>> {
    let rows = people::of_posts(&desk.ground.database, &cast.practice.id, std::slice::from_ref(&post.id)).await?;
    Ok(rows.into_iter().find(|row| row.account_id == account_id))
}

/// The writer begins a post, and puts it off.
pub(super) async fn begin_draft(desk: &Desk, cast: &Cast, begun: &Begun, due_at: i64) -> anyhow::Result<()> {
    let now = desk.ground.now();
    let post = Post {
        title: begun.title.clone(),
        text: begun.text.trim_end_matches('\n').to_owned(),
        health_content: false,
        due_at: Some(due_at),
        ..Post::draft(&cast.practice.id, desk.ground.new_id(), &cast.writer.id, "en", now)
    };
    let variants: Vec<Variant> =
        cast.accounts.iter().map(|account| Variant { account_id: account.id.clone(), text: None }).collect();
    let mut tx = desk.ground.database.begin_write().await?;
    posts::store::add(&mut tx, &post).await?;
    posts::store::set_variants(&mut tx, &cast.practice.id, &post.id, &variants).await?;
    Ok(tx.commit().await?)
}
