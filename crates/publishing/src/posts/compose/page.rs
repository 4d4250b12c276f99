//! The page, and the parts of it that an autosave renews.

use askama::Template;
use bedside_practice::{Member, SignedIn, members};
use bedside_web::{Answer, Lang, Mistakes, StaffShell, dates, ui};

use super::{
    look::{self, Look},
    material::Material,
    typed::{NewSource, Typed},
};
use crate::{
    accounts::Account,
    approval,
    desk::Desk,
    networks::Settling,
    posts::{PostState, Whole, whole::Attached},
    sources,
};

/// Most pictures of a post: the fewest that any network with pictures takes.
pub(super) const MOST_PICTURES: usize = 4;

/// The whole page.
#[derive(Template)]
#[template(path = "posts/compose/views/compose.html")]
pub(super) struct Page {
    pub(super) shell: StaffShell,
    pub(super) id: String,
    pub(super) typed: Typed,
    pub(super) mistakes: Mistakes,
    /// Somebody asked for a signature, and it cannot be had yet.
    pub(super) asked_in_vain: bool,
    /// Somebody else's newer version.
    pub(super) quarrel: Option<Quarrel>,
    pub(super) look: Look,
    pub(super) kicker: String,
    pub(super) saved: String,
    pub(super) state: PostState,
    /// "Dr. Alvarez signed this. A change needs a new signature."
    pub(super) standing: Option<String>,
    pub(super) accounts: Vec<Choice>,
    pub(super) has_home: bool,
    pub(super) spanish: bool,
    pub(super) pictures: Vec<Attached>,
    pub(super) sources: Vec<SourceRow>,
    pub(super) known_sources: Vec<(String, String)>,
    pub(super) ask: String,
}

/// A newer version that another tab or person saved.
pub(super) struct Quarrel {
    /// "Somebody changed this draft at 9:12."
    pub(super) words: String,
    /// Their text.
    pub(super) text: String,
    /// Their version.
    pub(super) version: i64,
}

/// An account that the post can go to.
pub(super) struct Choice {
    id: String,
    name: String,
    logo: String,
    ticked: bool,
    own: String,
}

/// A source of the post.
pub(super) struct SourceRow {
    id: String,
    name: String,
    claim: String,
    checked: Option<String>,
}

impl Page {
    /// The page for what is typed. `base` is the post as it is stored, or an empty draft.
    pub(super) async fn of(
        desk: &Desk,
        signed_in: &SignedIn,
        shell: StaffShell,
        typed: Typed,
        base: &Whole,
        material: Material,
    ) -> Answer<Self> {
        let whole = typed.onto(base, &material, base.post.due_at);
        let look = Look::at(desk, signed_in, &whole, &material.accounts).await?;
        let mut rows = Vec::new();
        for cited in &whole.sources {
            let checked = match cited.line.checked_at {
                Some(at) => Some(
                    sources::pages::checked_words(desk, &signed_in.practice, at, cited.checked_by.as_deref()).await?,
                ),
                None => None,
            };
            rows.push(SourceRow {
                id: cited.source_id.clone(),
                name: cited.line.title.clone(),
                claim: cited.claim.clone(),
                checked,
            });
        }
        let known = material.sources.iter().filter(|source| !typed.sources.contains(&source.id));
        let known_sources = std::iter::once((String::new(), "Choose one".to_owned()))
            .chain(known.map(|source| (source.id.clone(), source.name())));
        let accounts: Vec<Choice> =
            material.accounts.iter().filter_map(|account| choice(desk, account, &material.accounts, &typed)).collect();
        Ok(Self {
            has_home: material
                .accounts
                .iter()
                .any(|account| desk.capabilities(account).is_some_and(|can| can.settling == Settling::Ours)),
            spanish: signed_in.practice.speaks_spanish() || !typed.spanish_text.is_empty(),
            kicker: kicker(&whole),
            saved: saved(signed_in, base),
            state: base.post.state,
            standing: standing(desk, signed_in, base).await?,
            ask: ask(&whole, &signed_in.member, &material.people),
            known_sources: known_sources.collect(),
            pictures: whole.pictures,
            sources: rows,
            id: base.post.id.clone(),
            mistakes: Mistakes::default(),
            asked_in_vain: false,
            quarrel: None,
            shell,
            typed,
            look,
            accounts,
        })
    }

    fn is_new(&self) -> bool {
        self.typed.version == 0
    }

    fn most_pictures(&self) -> bool {
        self.pictures.len() >= MOST_PICTURES
    }

    fn new_source(&self) -> &NewSource {
        &self.typed.new_source
    }
}

fn choice(desk: &Desk, account: &Account, accounts: &[Account], typed: &Typed) -> Option<Choice> {
    let capabilities = desk.capabilities(account)?;
    Some(Choice {
        name: look::called(account, &capabilities, accounts),
        logo: account.logo().to_owned(),
        ticked: typed.accounts.contains(&account.id),
        own: typed.own.get(&account.id).cloned().unwrap_or_default(),
        id: account.id.clone(),
    })
}

fn kicker(whole: &Whole) -> String {
    match whole.post.challenge_day {
        Some(day) if whole.post.challenge_id.is_some() => format!("Challenge, day {day}"),
        _ => "One text for every account, with its own words where it needs them".to_owned(),
    }
}

/// "Saved Feb 12, 9:12", on the practice's clock.
pub(super) fn saved(signed_in: &SignedIn, whole: &Whole) -> String {
    let at = signed_in.practice.local(whole.post.edited_at);
    format!("Saved {}, {}", dates::short_date(Lang::En, at.date()), dates::hour(at.time()))
}

async fn standing(desk: &Desk, signed_in: &SignedIn, whole: &Whole) -> Answer<Option<String>> {
    let (database, practice) = (&desk.ground.database, &signed_in.practice);
    Ok(match whole.post.state {
        PostState::Draft => None,
        PostState::Waiting => {
            let since = whole.post.asked_at.map(|at| practice.local(at).datetime());
            let since = since.map(|at| format!(" since {}", dates::day_and_hour(Lang::En, at))).unwrap_or_default();
            Some(format!("This waits for a signature{since}. A change takes it back to a draft."))
        }
        PostState::Signed => {
            let signer = match approval::store::current(database, &practice.id, &whole.post.id).await? {
                Some(signature) => members::name(database, &practice.id, &signature.member_id).await?,
                None => "A clinician".to_owned(),
            };
            Some(format!("{signer} signed this. A change needs a new signature."))
        }
        PostState::Withdrawn => Some("This draft was discarded. Saving it brings it back.".to_owned()),
    })
}

/// The words of the main button: whom the practice has for it.
fn ask(whole: &Whole, me: &Member, people: &[Member]) -> String {
    let clinicians = people.iter().filter(|member| member.rights.signs).count();
    let able: Vec<&Member> =
        people.iter().filter(|member| approval::rules::may_sign(whole, member, clinicians).is_ok()).collect();
    match able.iter().find(|member| member.id != me.id).or(able.first()) {
        Some(member) if member.id == me.id => "Done: I will sign it".to_owned(),
        Some(member) => format!("Ask {} to approve", member.addressed()),
        None => "Ask a clinician to approve".to_owned(),
    }
}

/// The strip above the text.
#[derive(Template)]
#[template(path = "posts/compose/views/tabs.html")]
pub(super) struct Tabs<'a> {
    pub(super) look: &'a Look,
}

/// The line below the text.
#[derive(Template)]
#[template(path = "posts/compose/views/counts.html")]
pub(super) struct Counts<'a> {
    pub(super) look: &'a Look,
}

/// What the guard finds.
#[derive(Template)]
#[template(path = "posts/compose/views/findings.html")]
pub(super) struct Findings<'a> {
    pub(super) look: &'a Look,
    pub(super) mistakes: Mistakes,
}

/// The underlines.
#[derive(Template)]
#[template(path = "posts/compose/views/mirror.html")]
pub(super) struct Mirror<'a> {
    pub(super) look: &'a Look,
}

/// Why nobody can be asked for a signature yet.
#[derive(Template)]
#[template(path = "posts/compose/views/reasons.html")]
pub(super) struct Reasons<'a> {
    pub(super) look: &'a Look,
}

/// How it will look.
#[derive(Template)]
#[template(path = "posts/compose/views/previews.html")]
pub(super) struct Previews<'a> {
    pub(super) look: &'a Look,
}
