//! Taking a challenge back. The page says what will happen and what cannot be undone, and asks once.

use axum::extract::{Path, State};
use bedside_hub::pages;
use bedside_practice::SignedIn;
use bedside_publishing::{
    Desk,
    delivery::{
        Row,
        people::{self, Wish},
        state::State as Sending,
    },
    posts::{self, PostState, Whole},
};
use bedside_web::{Answer, Failure, Flash, Html, Posted, SeeOther, StaffShell};
use serde::Deserialize;
use serde_json::json;

use super::{
    show::month_of,
    store::{self, Stored},
};

#[derive(askama::Template)]
#[template(path = "challenges/views/withdraw.html")]
pub(super) struct Page {
    shell: StaffShell,
    id: String,
    title: String,
    /// Posts that will never go out.
    unsent: usize,
    /// Posts that are out on at least one account.
    out: usize,
    /// Networks with something out that can be deleted there.
    deletes: Vec<&'static str>,
    /// Networks with something out that stays, whatever is chosen.
    stays: Vec<&'static str>,
}

#[derive(Deserialize)]
pub(super) struct Form {
    /// `delete` to take back what is out as well.
    #[serde(default)]
    out: String,
    /// Why, for the record.
    #[serde(default)]
    reason: String,
}

/// The question.
pub(super) async fn ask(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    shell: StaffShell,
    Path(id): Path<String>,
) -> Answer<Html<Page>> {
    let stored = withdrawable(&desk, &signed_in, &id).await?;
    let (wholes, rows) = month_of(&desk, &signed_in.practice, &id).await?;
    let standing: Vec<&Whole> = wholes.iter().filter(|whole| whole.post.state != PostState::Withdrawn).collect();
    let out = standing.iter().filter(|whole| is_out(whole, &rows)).count();
    let (mut deletes, mut stays) = (Vec::new(), Vec::new());
    for row in rows.iter().filter(|row| went_out(row)) {
        let Some(network) = desk.networks.capabilities(&row.network) else { continue };
        let list = if network.deletes { &mut deletes } else { &mut stays };
        if !list.contains(&network.name) {
            list.push(network.name);
        }
    }
    Ok(Html(Page { shell, id, title: stored.template.title.en, unsent: standing.len() - out, out, deletes, stays }))
}

/// The answer.
pub(super) async fn withdraw(
    State(desk): State<Desk>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    posted: Posted<Form>,
) -> Answer<SeeOther> {
    let mut challenge = withdrawable(&desk, &signed_in, &id).await?.challenge;
    let (database, practice_id) = (&desk.ground.database, &signed_in.practice.id);
    let now = desk.ground.clock.now();
    let from = challenge.state.word();
    challenge
        .withdraw(&signed_in.member.id, now, posted.form.reason.trim())
        .map_err(|refused| Failure::conflict(format!("{refused}.")))?;
    let delete = posted.form.out == "delete";
    let (wholes, rows) = month_of(&desk, &signed_in.practice, &id).await?;
    let ids: Vec<String> = wholes.iter().map(|whole| whole.post.id.clone()).collect();

    let mut tx = database.begin_write().await?;
    if !store::moved(&mut tx, practice_id, &challenge, from).await? {
        return Ok(SeeOther::to(format!("/challenges/{id}")));
    }
    for whole in wholes.iter().filter(|whole| delete || !is_out(whole, &rows)) {
        posts::store::withdraw(&mut tx, practice_id, &whole.post.id, now.as_microsecond()).await?;
    }
    let wish = if delete { Wish::Deleted } else { Wish::Withdrawn };
    people::wish(database, &mut tx, &desk.networks, practice_id, &ids, wish, now).await?;
    pages::withdraw_in(&mut tx, practice_id, &id, now.as_microsecond())
        .await
        .map_err(|error| Failure::internal(error.to_string()))?;
    let detail = json!({ "published_posts": if delete { "deleted" } else { "kept" } });
    signed_in.record(&desk.ground, &mut tx, "challenge.withdrawn", &id, detail).await?;
    tx.commit().await?;
    desk.bell.notify_one();
    Ok(SeeOther::to(format!("/challenges/{id}"))
        .saying(Flash::done("The challenge is withdrawn. What had not gone out never will.")))
}

async fn withdrawable(desk: &Desk, signed_in: &SignedIn, id: &str) -> Answer<Stored> {
    if !signed_in.member.rights.writes {
        signed_in.must_own()?;
    }
    let stored =
        store::find(&desk.ground.database, &signed_in.practice.id, id).await?.ok_or_else(Failure::not_found)?;
    if stored.challenge.takes_members() {
        return Ok(stored);
    }
    let words = format!("This challenge is {} and cannot be withdrawn.", stored.challenge.state.word());
    Err(Failure::conflict(words).with_way("Back to the challenge", format!("/challenges/{id}")))
}

/// Whether a copy is, or may be, on its network.
fn went_out(row: &Row) -> bool {
    row.delivery.remote.is_some()
        || matches!(row.delivery.state, Sending::Armed | Sending::Unknown | Sending::Published)
}

fn is_out(whole: &Whole, rows: &[Row]) -> bool {
    rows.iter().any(|row| row.post_id == whole.post.id && row.delivery.state != Sending::Withdrawn && went_out(row))
}
