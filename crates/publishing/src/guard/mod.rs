//! The guard's own pages: what it looks for and why, for whoever wants to know; and what it knows of the practice, for
//! the guard in the page.
//!
//! The rules themselves are the crate `bedside_guard`; how posts are screened is `posts::screening`.

use axum::{Json, Router, extract::State, routing::get};
use bedside_guard::{Profile, RULES_VERSION, rules};
use bedside_practice::SignedIn;
use bedside_web::{Answer, Html, StaffShell};

use crate::desk::Desk;

/// The guard's pages.
pub fn routes(desk: Desk) -> Router {
    Router::new().route("/guard", get(index)).route("/guard/profile", get(profile)).with_state(desk)
}

#[derive(askama::Template)]
#[template(path = "guard/views/guard.html")]
struct Page {
    shell: StaffShell,
    version: &'static str,
    rules: Vec<RulePage>,
}

/// A rule as staff read it.
struct RulePage {
    id: &'static str,
    title: String,
    /// What it finds, why it matters, what to say instead: (heading, words).
    parts: Vec<(String, String)>,
}

async fn index(_: SignedIn, shell: StaffShell) -> Html<Page> {
    let rules = rules::ALL.iter().map(|rule| read(rule.id, &rule.page())).collect();
    Html(Page { shell, version: RULES_VERSION, rules })
}

/// What the guard in the page must know so that it finds what the server's finds: public facts, and the names of the
/// people who work here.
async fn profile(State(desk): State<Desk>, signed_in: SignedIn) -> Answer<Json<Profile>> {
    Ok(Json(desk.guards.profile(&desk.ground.database, &signed_in.practice).await?))
}

/// A rule's page is Markdown of one kind: a title, then paragraphs, each of which may open with words in bold.
fn read(id: &'static str, page: &str) -> RulePage {
    let mut paragraphs = page.split("\n\n").map(|paragraph| paragraph.trim().replace('\n', " "));
    let title = paragraphs.next().unwrap_or_default().trim_start_matches('#').trim().to_owned();
    let parts = paragraphs.filter(|paragraph| !paragraph.is_empty()).map(|paragraph| {
        let bold = paragraph.strip_prefix("**").and_then(|rest| rest.split_once("**"));
        bold.map_or_else(
            || (String::new(), plain(&paragraph)),
            |(heading, words)| (heading.trim_end_matches('.').to_owned(), plain(words.trim_start())),
        )
    });
    RulePage { id, title, parts: parts.collect() }
}

/// Without the marks of emphasis and code.
fn plain(words: &str) -> String {
    words.replace(['*', '`'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_reads_well() {
        for rule in rules::ALL {
            let page = read(rule.id, &rule.page());
            assert!(!page.title.is_empty() && page.parts.len() >= 3, "{rule:?}");
            let headings: Vec<&str> = page.parts.iter().map(|(heading, _)| heading.as_str()).collect();
            assert!(headings.starts_with(&["What it finds", "Why it matters"]), "{rule:?}: {headings:?}");
            assert!(page.parts.iter().all(|(_, words)| !words.contains(['*', '`', '#'])), "{rule:?}");
        }
    }
}
