//! The page on which a clinician signs: every post of a week in full, with what stands in its way, and one button
//! for the week.
//!
//! Each post carries the fingerprint of what was shown. A post that changed between looking and clicking is not
//! signed; the page comes back and shows it anew.

use askama::Template;
use axum::{
    Router,
    extract::State,
    routing::{get, post},
};
use bedside_practice::{Member, SignedIn, members};
use bedside_web::{Answer, Flash, Html, Lang, Posted, SeeOther, StaffShell, dates};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;

use super::{
    Coverage, Obstacle,
    rules::{may_sign, obstacles},
    sign::{self, Signed},
};
use crate::{
    accounts::{self, Account},
    desk::{Copy, Desk},
    posts::{PostState, Whole, store},
};

/// The routes of this feature.
pub fn routes(desk: Desk) -> Router {
    Router::new().route("/approval", get(show)).route("/approval/signatures", post(sign_posts)).with_state(desk)
}

#[derive(Template)]
#[template(path = "approval/views/approval.html")]
struct Page {
    shell: StaffShell,
    weeks: Vec<Week>,
    may_sign: bool,
}

/// The posts of one week that wait.
struct Week {
    name: String,
    posts: Vec<Shown>,
    ready: usize,
}

/// A post as the clinician reads it.
struct Shown {
    whole: Whole,
    author: String,
    when: String,
    copies: Vec<Copy>,
    /// Copies whose words differ from the post's own text.
    others: Vec<(String, String)>,
    obstacles: Vec<Obstacle>,
    not_mine: Option<String>,
    covers: String,
}

impl Shown {
    fn ready(&self) -> bool {
        self.obstacles.is_empty() && self.not_mine.is_none()
    }
}

async fn show(State(desk): State<Desk>, signed_in: SignedIn, shell: StaffShell) -> Answer<Html<Page>> {
    let database = &desk.ground.database;
    let practice = &signed_in.practice;
    let waiting = store::in_state(database, &practice.id, PostState::Waiting).await?;
    let wholes = store::wholes(database, &practice.id, waiting).await?;
    let accounts = accounts::store::list(&desk.ground, &practice.id).await?;
    let people = members::all(database, &practice.id).await?;
    let guard = desk.guards.of(database, practice).await?;
    let view = View { desk: &desk, signed_in: &signed_in, accounts: &accounts, people: &people, guard: &guard };
    let mut weeks: Vec<(Option<Date>, Week)> = Vec::new();
    for whole in wholes {
        let monday = whole.post.due_at.map(|due| monday_of(practice.local(due).date()));
        let shown = view.shown(whole);
        if weeks.last().is_none_or(|(last, _)| *last != monday) {
            weeks.push((monday, Week { name: week_name(monday), posts: Vec::new(), ready: 0 }));
        }
        if let Some((_, week)) = weeks.last_mut() {
            week.ready += usize::from(shown.ready());
            week.posts.push(shown);
        }
    }
    let weeks = weeks.into_iter().map(|(_, week)| week).collect();
    Ok(Html(Page { shell, weeks, may_sign: signed_in.member.rights.signs }))
}

struct View<'a> {
    desk: &'a Desk,
    signed_in: &'a SignedIn,
    accounts: &'a [Account],
    people: &'a [Member],
    guard: &'a bedside_guard::Guard,
}

impl View<'_> {
    fn shown(&self, whole: Whole) -> Shown {
        let practice = &self.signed_in.practice;
        let copies = self.desk.copies_for(practice, &whole, self.accounts, None, None);
        let clinicians = self.people.iter().filter(|member| member.rights.signs).count();
        let author = self.people.iter().find(|member| member.id == whole.post.author_id);
        let when = whole.post.due_at.map_or_else(
            || "no time yet".to_owned(),
            |due| dates::day_and_hour(Lang::En, practice.local(due).datetime()),
        );
        // The same words with the address of the own page behind them are not shown twice.
        let others = copies.iter().filter(|copy| !copy.message.text.starts_with(whole.post.text.trim_end()));
        let others = others
            .map(|copy| (format!("{}, {}", copy.capabilities.name, copy.account.handle), copy.message.text.clone()));
        Shown {
            author: author.map_or_else(|| "a former member".to_owned(), Member::with_credentials),
            when,
            others: others.collect(),
            obstacles: obstacles(&whole, &copies, self.guard, self.desk.ground.now()),
            not_mine: may_sign(&whole, &self.signed_in.member, clinicians).err(),
            covers: Coverage::of(&copies).stored(),
            copies,
            whole,
        }
    }
}

fn monday_of(date: Date) -> Date {
    let back = i64::from(date.weekday().to_monday_zero_offset());
    date.checked_sub(back.days()).unwrap_or(date)
}

fn week_name(monday: Option<Date>) -> String {
    monday.map_or_else(|| "Without a time".to_owned(), |monday| format!("Week of {}", dates::day(Lang::En, monday)))
}

#[derive(Deserialize)]
struct SignForm {
    /// `post id:coverage` of each post to sign.
    #[serde(default)]
    post: Vec<String>,
}

async fn sign_posts(State(desk): State<Desk>, signed_in: SignedIn, posted: Posted<SignForm>) -> Answer<SeeOther> {
    signed_in.must_sign()?;
    let mut signed = 0;
    let mut first_problem = None;
    for line in &posted.form.post {
        let Some((post_id, seen)) = line.split_once(':') else { continue };
        match sign::sign(&desk, &signed_in, post_id, &Coverage::from_stored(seen)).await? {
            Signed::Yes | Signed::Already => signed += 1,
            Signed::No(person) => first_problem = first_problem.or(Some(person)),
        }
    }
    desk.bell.notify_one();
    let flash = match (signed, first_problem) {
        (0, None) => Flash::look("Nothing was chosen to sign."),
        (0, Some(problem)) => Flash::look(problem),
        (1, None) => Flash::done("Signed. It goes out at its time."),
        (many, None) => Flash::done(format!("{many} posts are signed. They go out at their times.")),
        (some, Some(problem)) => Flash::look(format!("{some} signed; one or more are not: {problem}")),
    };
    Ok(SeeOther::to("/approval").saying(flash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        let tuesday = jiff::civil::date(2027, 2, 16);
        assert_eq!(monday_of(tuesday), jiff::civil::date(2027, 2, 15));
        assert_eq!(week_name(Some(monday_of(tuesday))), "Week of Monday, February 15");
    }
}
