//! Planning on one page: a template, its whole month, where and when, and one button.
//!
//! Choosing another template or start shows the month anew (`POST /challenges/new`), with everything else as it was
//! typed; the script only presses that button by itself.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use bedside_practice::SignedIn;
use bedside_publishing::{Desk, accounts::Account, networks::Settling};
use bedside_web::{Answer, Flash, Html, Lang, Mistakes, Posted, SeeOther, StaffShell, answer::mistaken, dates};
use jiff::civil::Date;
use serde::Deserialize;

use super::{
    choices::{Choices, PlanForm, fits, main_month, settle},
    drafted::{Drafted, Planner},
    launch::{Launched, launch},
    marks::marks,
    month_view::{SlotView, WeekView, totals, weeks},
    plan::Draft,
    store::{self, Offered},
    template::{RecipeKind, SpanishReview, Template},
};

#[derive(askama::Template)]
#[template(path = "challenges/views/new.html")]
pub(super) struct Page {
    shell: StaffShell,
    form: PlanForm,
    mistakes: Mistakes,
    month_name: &'static str,
    gallery: Vec<Cover>,
    fitting: usize,
    accounts: Vec<(Account, &'static str, bool)>,
    languages: [(&'static str, &'static str); 4],
    month: Option<Month>,
}

/// The choices of languages: word of the form, words for the person.
const LANGUAGES: [(&str, &str); 4] = [
    ("english_and_spanish", "English and Spanish"),
    ("english", "English"),
    ("spanish", "Spanish"),
    ("spanish_and_english", "Spanish and English"),
];

/// A template in the gallery.
struct Cover {
    id: String,
    title: String,
    tagline: String,
    picture: String,
    chosen: bool,
    fits: bool,
    months: String,
    check: bool,
    edited: bool,
}

/// The month of the chosen template.
struct Month {
    template: Template,
    weeks: Vec<WeekView>,
    drafts: Vec<Shown>,
    posts: usize,
    totals: String,
    minutes: usize,
    facts: usize,
    spanish_unreviewed: bool,
}

/// One post of the month as it would be asked for.
struct Shown {
    slot: SlotView,
    when: String,
    title: String,
    text: String,
    short: String,
    notes: Vec<String>,
    held: Vec<String>,
}

/// What a link may wish for.
#[derive(Deserialize)]
pub(super) struct Wish {
    #[serde(default)]
    template: String,
    #[serde(default)]
    start: String,
}

/// The page with everything prefilled.
pub(super) async fn show(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Query(wish): Query<Wish>,
) -> Answer<Html<Page>> {
    signed_in.must_write()?;
    let around = Around::of(&desk, &signed_in).await?;
    let known = store::all(&desk.ground.database, &signed_in.practice.id).await?;
    let mut form = PlanForm::prefilled(
        desk.ground.new_id(),
        &signed_in.practice,
        &around.offers,
        &around.accounts,
        &known,
        around.today(),
    );
    for (field, wish) in [(&mut form.template, wish.template), (&mut form.start, wish.start)] {
        if !wish.is_empty() {
            *field = wish;
        }
    }
    Ok(Html(around.page(shell, form, Mistakes::default())))
}

/// The page with another template or start, and everything else as typed.
pub(super) async fn look(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    posted: Posted<PlanForm>,
) -> Answer<Html<Page>> {
    signed_in.must_write()?;
    let around = Around::of(&desk, &signed_in).await?;
    Ok(Html(around.page(shell, posted.form, Mistakes::default())))
}

/// Launches the month: from here it waits for its signature.
pub(super) async fn create(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    posted: Posted<PlanForm>,
) -> Answer<Response> {
    signed_in.must_write()?;
    let around = Around::of(&desk, &signed_in).await?;
    let mut form = posted.form;
    if !is_id(&form.form_id) {
        form.form_id = desk.ground.new_id();
    }
    let mut mistakes = Mistakes::default();
    let Some(choices) = around.settled(&mut form, &mut mistakes) else {
        return Ok(mistaken(around.page(shell, form, mistakes)));
    };
    let month = around.planner().posts(&form.form_id, &choices);
    let here = format!("/challenges/{}", form.form_id);
    Ok(match launch(&desk, &signed_in, &form.form_id, &choices, &month).await? {
        Launched::Already => SeeOther::to(here).into_response(),
        Launched::Now { waiting, held: 0 } => {
            SeeOther::to(here).saying(Flash::done(format!("{waiting} posts wait for a signature."))).into_response()
        }
        Launched::Now { waiting, held } => {
            let words = format!("{waiting} posts wait for a signature; {held} need a change first.");
            SeeOther::to(here).saying(Flash::look(words)).into_response()
        }
    })
}

fn is_id(word: &str) -> bool {
    word.len() == 36 && word.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// What the page is made from.
struct Around<'a> {
    desk: &'a Desk,
    signed_in: &'a SignedIn,
    offers: Vec<Offered>,
    accounts: Vec<Account>,
    guard: std::sync::Arc<bedside_guard::Guard>,
}

impl<'a> Around<'a> {
    async fn of(desk: &'a Desk, signed_in: &'a SignedIn) -> Answer<Around<'a>> {
        let (database, practice) = (&desk.ground.database, &signed_in.practice);
        Ok(Self {
            desk,
            signed_in,
            offers: store::templates(database, &practice.id).await?,
            accounts: desk.accounts(practice).await?,
            guard: desk.guards.of(database, practice).await?,
        })
    }

    fn today(&self) -> Date {
        self.signed_in.practice.local(self.desk.ground.now()).date()
    }

    fn is_ours(&self, account: &Account) -> bool {
        self.desk.capabilities(account).is_some_and(|capabilities| capabilities.settling == Settling::Ours)
    }

    /// Reads the form; the own page is always among the accounts, because it carries the original.
    fn settled(&self, form: &mut PlanForm, mistakes: &mut Mistakes) -> Option<Choices> {
        for account in self.accounts.iter().filter(|account| self.is_ours(account)) {
            if !form.goes_to(account) {
                form.account.push(account.id.clone());
            }
        }
        let practice = &self.signed_in.practice;
        settle(form, practice, &self.offers, &self.accounts, &practice.local(self.desk.ground.now()), mistakes)
    }

    fn planner(&self) -> Planner<'_> {
        Planner {
            desk: self.desk,
            practice: &self.signed_in.practice,
            guard: &self.guard,
            accounts: &self.accounts,
            author_id: &self.signed_in.member.id,
            now: self.desk.ground.now(),
        }
    }

    fn page(&self, shell: StaffShell, mut form: PlanForm, mut mistakes: Mistakes) -> Page {
        // A page that is only looked at also says what is wrong with it.
        let mut seen = Mistakes::default();
        let choices = self.settled(&mut form, &mut seen);
        if mistakes.is_empty() {
            mistakes = seen;
        }
        let start = form.start.parse::<Date>().unwrap_or_else(|_| self.today());
        let gallery: Vec<Cover> = self.offers.iter().map(|offer| cover(offer, &form.template, start)).collect();
        let middle = Date::new(start.year(), main_month(start), 1).unwrap_or(start);
        let choice = |account: &Account| {
            (
                account.clone(),
                self.desk.capabilities(account).map_or("Unknown network", |known| known.name),
                self.is_ours(account),
            )
        };
        Page {
            shell,
            month_name: dates::month(Lang::En, middle),
            fitting: gallery.iter().filter(|cover| cover.fits).count(),
            gallery,
            accounts: self.accounts.iter().map(choice).collect(),
            languages: LANGUAGES,
            month: choices.map(|choices| self.month(&form.form_id, choices)),
            form,
            mistakes,
        }
    }

    fn month(&self, id: &str, choices: Choices) -> Month {
        let drafted = self.planner().posts(id, &choices);
        let Choices { template, rhythm, plan, .. } = choices;
        let drafts: Vec<Shown> =
            plan.drafts().zip(drafted).map(|(draft, drafted)| shown(draft, drafted, &template)).collect();
        let slots: Vec<SlotView> = drafts.iter().map(|shown| shown.slot.clone()).collect();
        let how_tos = template.recipes.iter().all(|recipe| recipe.kind == RecipeKind::HowTo);
        Month {
            weeks: weeks(&template, rhythm.start, &slots),
            posts: drafts.len(),
            totals: totals(|kind| plan.count(kind), how_tos),
            minutes: plan.minutes_per_week(),
            facts: plan.drafts().filter(|draft| draft.source.is_some()).count(),
            spanish_unreviewed: template.spanish_review == SpanishReview::Unreviewed
                && rhythm.languages != super::rhythm::Languages::English,
            drafts,
            template,
        }
    }
}

fn shown(draft: &Draft, drafted: Drafted, template: &Template) -> Shown {
    let post = drafted.whole.post;
    Shown {
        slot: SlotView::of(draft.kind, template, draft.due.date(), draft.title.en.clone(), String::new()),
        when: format!("{}, {}", dates::day(Lang::En, draft.due.date()), dates::hour(draft.due.time())),
        title: post.title,
        text: post.text,
        short: post.short_text,
        notes: draft.notes.iter().map(ToString::to_string).chain(draft.staff_note.clone()).collect(),
        held: drafted.held,
    }
}

fn cover(offer: &Offered, chosen: &str, start: Date) -> Cover {
    let template = &offer.template;
    let month = |month: &i8| {
        Date::new(2000, *month, 1)
            .map(|first| dates::month(Lang::En, first).chars().take(3).collect::<String>())
            .unwrap_or_default()
    };
    Cover {
        picture: marks(&template.id),
        chosen: template.id == chosen,
        fits: fits(template, start),
        months: template.best_months.iter().map(month).collect::<Vec<_>>().join(", "),
        check: !template.publish_check.is_empty(),
        edited: offer.edited,
        id: template.id.clone(),
        title: template.title.en.clone(),
        tagline: template.tagline.en.clone(),
    }
}
