//! Saving as one types, for `composer.js`: the same form without its file, answered with the parts of the page that
//! depend on it. A post that waits or is signed is looked at, not saved: a signature does not end by typing alone.

use askama::Template;
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use bedside_web::{Answer, Failure, Mistakes};
use serde_json::{Value, json};

use super::{
    change::{Change, Written},
    look::Look,
    material::Material,
    page::{self, Counts, Findings, Mirror, Previews, Reasons, Tabs},
    press::Press,
    save,
    sent::Sent,
    when::{self, When},
};
use crate::{
    desk::Desk,
    posts::{PostState, Whole},
};

/// Saves a draft as it is typed.
pub(super) async fn save(State(desk): State<Desk>, Path(id): Path<String>, sent: Sent) -> Answer<Response> {
    let Sent { signed_in, typed, .. } = sent;
    signed_in.must_write()?;
    let (base, is_new) = save::stored(&desk, &signed_in, &id).await?;
    let material = Material::load(&desk, &signed_in, &typed).await?;
    // A time that cannot be is said when the form is sent; half a time is usual while somebody types.
    let due_at =
        match when::read(&typed.day, &typed.time, &signed_in.practice.time_zone, base.post.due_at, desk.ground.now()) {
            Ok(When::At(due, _)) => Some(due),
            Ok(When::Open) => None,
            Err(_) => base.post.due_at,
        };
    let whole = typed.onto(&base, &material, due_at);
    if save::quarrel(&signed_in, &typed, &base, &whole, is_new, &Press::Save).is_some() {
        return Ok(newer());
    }
    let change = Change { desk: &desk, signed_in: &signed_in, base: &base, is_new };
    let saves = base.post.state == PostState::Draft && change.is_needed(&whole) && !(is_new && is_blank(&whole));
    if saves && change.write(&whole, &Press::Save, &mut Mistakes::default()).await? == Written::TooLate {
        return Ok(newer());
    }
    let (stored, is_new) = save::stored(&desk, &signed_in, &id).await?;
    let look = Look::at(&desk, &signed_in, &whole, &material.accounts).await?;
    let saved = match (is_new, base.post.state) {
        (true, _) => "Not saved yet".to_owned(),
        (_, PostState::Draft) => page::saved(&signed_in, &stored),
        _ => "This change is not saved yet: press Save".to_owned(),
    };
    let version = if is_new { 0 } else { stored.post.version };
    Ok(Json(json!({ "version": version, "saved": saved, "blocked": !look.reasons.is_empty(), "parts": parts(&look)? }))
        .into_response())
}

/// Nothing typed and nothing attached: opening the page alone leaves no draft behind.
fn is_blank(whole: &Whole) -> bool {
    let post = &whole.post;
    let texts = [&post.text, &post.short_text, &post.title, &post.spanish_title, &post.spanish_text];
    texts.iter().all(|text| text.trim().is_empty()) && whole.variants.iter().all(|variant| variant.text.is_none())
}

fn newer() -> Response {
    let words = "Somebody changed this draft meanwhile. Press Save to see both texts.";
    (StatusCode::CONFLICT, Json(json!({ "saved": words }))).into_response()
}

fn parts(look: &Look) -> Answer<Value> {
    let failed = |error: askama::Error| Failure::internal(format!("a template failed: {error}"));
    Ok(json!({
        "tabs": Tabs { look }.render().map_err(failed)?,
        "counts": Counts { look }.render().map_err(failed)?,
        "findings": Findings { look, mistakes: Mistakes::default() }.render().map_err(failed)?,
        "mirror": Mirror { look }.render().map_err(failed)?,
        "reasons": Reasons { look }.render().map_err(failed)?,
        "previews": Previews { look }.render().map_err(failed)?,
    }))
}
