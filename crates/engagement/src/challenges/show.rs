//! A challenge's own page: the month with every post as it stands on each account, and what is left to do.

use axum::extract::{Path, State};
use bedside_platform::database::DatabaseError;
use bedside_practice::{Practice, SignedIn};
use bedside_publishing::{
    Desk,
    accounts::Account,
    delivery::{Row, people, state::State as Sending},
    posts::{self, PostState, Whole, whole::Cited},
};
use bedside_web::{Answer, Failure, Html, Lang, StaffShell, dates, ui::Tone};
use jiff::civil::Date;

use super::{
    challenge::State as Stage,
    index::day_words,
    month_view::{SlotView, WeekView, kind_of, weeks},
    rhythm::Languages,
    store::{self, Stored},
    template::{SafetyNote, SpanishReview, Template},
};

#[derive(askama::Template)]
#[template(path = "challenges/views/show.html")]
pub(super) struct Page {
    shell: StaffShell,
    id: String,
    template: Template,
    kicker: String,
    standing: (Tone, String),
    weeks: Vec<WeekView>,
    posts: Vec<PostView>,
    facts: Vec<FactView>,
    waiting: usize,
    held: usize,
    moderator_notes: Vec<SafetyNote>,
    patient_notes: Vec<SafetyNote>,
    spanish_unreviewed: bool,
    public: Option<String>,
    may_withdraw: bool,
}

/// A post in the list.
struct PostView {
    id: String,
    name: String,
    when: String,
    slot: SlotView,
    state: (Tone, &'static str),
    /// How it stands on each account: network, words for screen readers, state.
    places: Vec<(String, String, (Tone, &'static str))>,
    editable: bool,
}

/// A fact whose page nobody has ticked yet.
struct FactView {
    source: Cited,
    name: String,
}

/// The page.
pub(super) async fn show(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Path(id): Path<String>,
) -> Answer<Html<Page>> {
    let practice = &signed_in.practice;
    let stored = store::find(&desk.ground.database, &practice.id, &id).await?.ok_or_else(Failure::not_found)?;
    let (wholes, rows) = month_of(&desk, practice, &id).await?;
    let accounts = desk.accounts(practice).await?;
    let posts: Vec<PostView> =
        wholes.iter().map(|whole| post_view(&desk, practice, &stored.template, whole, &rows, &accounts)).collect();
    let slots: Vec<SlotView> =
        posts.iter().filter(|post| post.state.1 != WITHDRAWN).map(|post| post.slot.clone()).collect();
    let count = |state: PostState| wholes.iter().filter(|whole| whole.post.state == state).count();
    let today = practice.local(desk.ground.now()).date();
    Ok(Html(Page {
        shell,
        kicker: format!(
            "{} to {}",
            dates::day(Lang::En, stored.challenge.start),
            dates::day(Lang::En, stored.challenge.end)
        ),
        standing: standing(&stored, today),
        weeks: weeks(&stored.template, stored.challenge.start, &slots),
        facts: facts(&wholes),
        waiting: count(PostState::Waiting),
        held: count(PostState::Draft),
        posts,
        moderator_notes: stored.template.moderator_notes().cloned().collect(),
        patient_notes: stored.template.patient_notes().cloned().collect(),
        spanish_unreviewed: stored.template.spanish_review == SpanishReview::Unreviewed
            && stored.languages != Languages::English,
        public: stored
            .page_at
            .map(|_| bedside_hub::pages::challenge_address(&desk.ground.settings, &practice.slug, &stored.slug)),
        may_withdraw: (signed_in.member.rights.writes || signed_in.member.rights.owner)
            && stored.challenge.takes_members(),
        template: stored.template,
        id,
    }))
}

/// The posts of a challenge with everything they carry, and their deliveries.
pub(super) async fn month_of(
    desk: &Desk,
    practice: &Practice,
    id: &str,
) -> Result<(Vec<Whole>, Vec<Row>), DatabaseError> {
    let database = &desk.ground.database;
    let found = posts::store::of_challenge(database, &practice.id, id).await?;
    let ids: Vec<String> = found.iter().map(|post| post.id.clone()).collect();
    let rows = people::of_posts(database, &practice.id, &ids).await?;
    let mut wholes = posts::store::wholes(database, &practice.id, found).await?;
    wholes.sort_by_key(|whole| whole.post.due_at);
    Ok((wholes, rows))
}

fn standing(stored: &Stored, today: Date) -> (Tone, String) {
    match &stored.challenge.state {
        Stage::Planned { .. } => (Tone::Mute, "Planned".to_owned()),
        Stage::Launched { .. } => (Tone::Note, "Planned: opens with its first post".to_owned()),
        Stage::Running { .. } => (Tone::Ok, day_words(stored.challenge.start, today)),
        Stage::Finished { .. } => (Tone::Mute, "Finished".to_owned()),
        Stage::Withdrawn { .. } => (Tone::Block, "Withdrawn: what had not gone out never will".to_owned()),
    }
}

const WITHDRAWN: &str = "Withdrawn";

fn post_view(
    desk: &Desk,
    practice: &Practice,
    template: &Template,
    whole: &Whole,
    rows: &[Row],
    accounts: &[Account],
) -> PostView {
    let post = &whole.post;
    let due = post.due_at.map(|due| practice.local(due));
    let own = |account_id: &str| rows.iter().find(|row| row.post_id == post.id && row.account_id == account_id);
    let state = post_state(post.state);
    let places = whole.variants.iter().filter_map(|variant| {
        let account = accounts.iter().find(|account| account.id == variant.account_id)?;
        let name = desk.capabilities(account).map_or("a network", |known| known.name);
        let state = own(&account.id).map_or(state, |row| sending_state(row.delivery.state));
        Some((account.logo().to_owned(), format!("{name}, {}", account.handle), state))
    });
    let date = due.as_ref().map_or(Date::default(), jiff::ZonedDateTime::date);
    let name = post.name();
    PostView {
        places: places.collect(),
        when: due.map_or_else(
            || "no time yet".to_owned(),
            |due| format!("{}, {}", dates::day(Lang::En, due.date()), dates::hour(due.time())),
        ),
        slot: SlotView::of(
            kind_of(&post.part.0),
            template,
            date,
            format!("{name}, {}", state.1),
            format!("/compose/{}", post.id),
        ),
        state,
        editable: post.state != PostState::Withdrawn,
        name,
        id: post.id.clone(),
    }
}

fn post_state(state: PostState) -> (Tone, &'static str) {
    match state {
        PostState::Draft => (Tone::Warn, "Needs a change"),
        PostState::Waiting => (Tone::Note, "Waits for a signature"),
        PostState::Signed => (Tone::Ok, "Signed"),
        PostState::Withdrawn => (Tone::Mute, WITHDRAWN),
    }
}

fn sending_state(state: Sending) -> (Tone, &'static str) {
    match state {
        Sending::Waiting => (Tone::Note, "Scheduled"),
        Sending::Armed => (Tone::Note, "Being sent"),
        Sending::Unknown => (Tone::Warn, "Not confirmed yet"),
        Sending::Published => (Tone::Ok, "Out"),
        Sending::Refused => (Tone::Block, "Refused"),
        Sending::Missed => (Tone::Block, "Missed"),
        Sending::Withdrawn => (Tone::Mute, WITHDRAWN),
        Sending::ByHand => (Tone::Note, "By hand"),
    }
}

/// Sources that nobody ticked yet, each once, under the first post that needs it.
fn facts(wholes: &[Whole]) -> Vec<FactView> {
    let mut facts: Vec<FactView> = Vec::new();
    for whole in wholes.iter().filter(|whole| matches!(whole.post.state, PostState::Draft | PostState::Waiting)) {
        for source in whole.unchecked_sources() {
            if !facts.iter().any(|fact| fact.source.source_id == source.source_id) {
                facts.push(FactView { source: source.clone(), name: whole.post.name() });
            }
        }
    }
    facts
}
