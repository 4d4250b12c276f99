//! Saving: the Save button and every other button of the form.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use bedside_practice::SignedIn;
use bedside_web::{Answer, Failure, Flash, Mistakes, SeeOther, StaffShell, answer::mistaken, dates};

use super::{
    ask::ask,
    change::{Change, Written},
    findings::{self, Found},
    material::Material,
    page::{MOST_PICTURES, Page, Quarrel},
    press::Press,
    remedies,
    sent::Sent,
    show,
    typed::{NewSource, Typed, TypedPicture},
    when::{self, When},
};
use crate::{
    desk::Desk,
    media,
    posts::{PostKind, PostState, Whole},
    sources::{self, Source},
};

/// A form whose page had no id: a draft of its own.
pub(super) async fn first(State(desk): State<Desk>, sent: Sent) -> Answer<Response> {
    let id = desk.ground.new_id();
    take(&desk, &id, sent).await
}

/// The form of a post.
pub(super) async fn save(State(desk): State<Desk>, Path(id): Path<String>, sent: Sent) -> Answer<Response> {
    take(&desk, &id, sent).await
}

async fn take(desk: &Desk, id: &str, sent: Sent) -> Answer<Response> {
    let Sent { signed_in, shell, mut typed, press, file } = sent;
    signed_in.must_write()?;
    let (base, is_new) = stored(desk, &signed_in, id).await?;
    let mut mistakes = Mistakes::default();
    take_picture(desk, &signed_in, &mut typed, file, &press, &mut mistakes).await?;
    take_source(desk, &signed_in, &mut typed, &press, &mut mistakes).await?;
    let material = Material::load(desk, &signed_in, &typed).await?;
    let (due_at, said) = due(desk, &signed_in, &typed, &base, &mut mistakes);
    let mut whole = typed.onto(&base, &material, due_at);
    if let Some(quarrel) = quarrel(&signed_in, &typed, &base, &whole, is_new, &press) {
        let page = Page::of(desk, &signed_in, shell, typed, &base, material).await?;
        return Ok(mistaken(Page { quarrel: Some(quarrel), mistakes, ..page }));
    }
    if mend(desk, &signed_in, &mut typed, &whole, &press).await? {
        whole = typed.onto(&base, &material, due_at);
    }
    let change = Change { desk, signed_in: &signed_in, base: &base, is_new };
    match change.write(&whole, &press, &mut mistakes).await? {
        Written::TooLate => {
            // What the other one wrote stands in the database now, and the page shows both.
            let (base, _) = stored(desk, &signed_in, id).await?;
            let quarrel = Some(newer(&signed_in, &base));
            let page = Page::of(desk, &signed_in, shell, typed, &base, material).await?;
            Ok(mistaken(Page { quarrel, mistakes, ..page }))
        }
        Written::Yes(_) if !mistakes.is_empty() => came_back(desk, &signed_in, shell, typed, id, mistakes).await,
        Written::Yes(_) if press == Press::Ask => ask(desk, &signed_in, shell, id).await,
        Written::Yes(revoked) => {
            let to = SeeOther::to(format!("/compose/{id}{}", press.anchor()));
            let flash = match (said, revoked) {
                (Some(said), _) => Flash::look(format!("Saved. {said}")),
                (None, true) => Flash::look("Saved. The signature has ended; ask for a new one when you are done."),
                (None, false) => Flash::done("Saved."),
            };
            Ok(to.saying(flash).into_response())
        }
    }
}

/// The page with its mistakes. What could be saved is saved; everything typed is on it.
async fn came_back(
    desk: &Desk,
    signed_in: &SignedIn,
    shell: StaffShell,
    typed: Typed,
    id: &str,
    mistakes: Mistakes,
) -> Answer<Response> {
    let (base, _) = stored(desk, signed_in, id).await?;
    let typed = Typed { version: base.post.version, ..typed };
    let material = Material::load(desk, signed_in, &typed).await?;
    let page = Page::of(desk, signed_in, shell, typed, &base, material).await?;
    Ok(mistaken(Page { mistakes, ..page }))
}

/// The post as it is stored; for an id that is not stored yet an empty draft, and true.
pub(super) async fn stored(desk: &Desk, signed_in: &SignedIn, id: &str) -> Answer<(Whole, bool)> {
    let found = crate::posts::store::whole(&desk.ground.database, &signed_in.practice.id, id).await?;
    match found {
        Some(whole) if whole.post.kind == PostKind::Post => Ok((whole, false)),
        None if is_id(id) => Ok((show::empty(desk, signed_in, id.to_owned()), true)),
        _ => Err(Failure::not_found()),
    }
}

/// Whether this could be one of our ids (a UUID).
fn is_id(id: &str) -> bool {
    id.len() == 36 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

async fn take_picture(
    desk: &Desk,
    signed_in: &SignedIn,
    typed: &mut Typed,
    file: Option<Vec<u8>>,
    press: &Press,
    mistakes: &mut Mistakes,
) -> Answer<()> {
    if let Press::RemovePicture(id) = press {
        typed.pictures.retain(|picture| picture.media_id != *id);
    }
    match file {
        Some(_) if typed.pictures.len() >= MOST_PICTURES => {
            mistakes.add("picture", "A post carries up to four pictures. Remove one first.")
        }
        Some(bytes) => match media::take_in(&desk.ground, &signed_in.practice.id, bytes).await {
            Ok(media_id) => typed.pictures.push(TypedPicture { media_id, ..TypedPicture::default() }),
            Err(rejected) => {
                tracing::info!("an uploaded picture was not taken in");
                mistakes.add("picture", rejected.person());
            }
        },
        None if *press == Press::AddPicture => mistakes.add("picture", "Choose a picture on this computer first."),
        None => {}
    }
    Ok(())
}

/// Attaches what was chosen or filled in, whichever button was pressed: otherwise it would be lost.
async fn take_source(
    desk: &Desk,
    signed_in: &SignedIn,
    typed: &mut Typed,
    press: &Press,
    mistakes: &mut Mistakes,
) -> Answer<()> {
    if let Press::RemoveSource(id) = press {
        typed.sources.retain(|source| source != id);
    }
    if !typed.attach.is_empty() && !typed.sources.contains(&typed.attach) {
        typed.sources.push(std::mem::take(&mut typed.attach));
    } else if typed.new_source.is_empty() && *press == Press::AddSource {
        mistakes.add("source_url", "Write the address of the page, or choose one of your practice’s sources.");
    }
    if typed.new_source.is_empty() {
        return Ok(());
    }
    let url = sources::address(&typed.new_source.url).map_err(|words| mistakes.add("source_url", words));
    if typed.new_source.title.trim().is_empty() {
        mistakes.add("source_title", "Write the title of the page, as readers are to see it.");
        return Ok(());
    }
    let Ok(url) = url else { return Ok(()) };
    let NewSource { title, publisher, claim, .. } = std::mem::take(&mut typed.new_source);
    let source = Source {
        practice_id: signed_in.practice.id.clone(),
        id: desk.ground.new_id(),
        url,
        title: title.trim().to_owned(),
        publisher: publisher.trim().to_owned(),
        claim: claim.trim().to_owned(),
        opened_at: None,
        checked_at: None,
        checked_by: None,
    };
    let mut tx = desk.ground.database.begin_write().await?;
    let id = sources::store::add(&mut tx, &source, desk.ground.now()).await?;
    tx.commit().await?;
    if !typed.sources.contains(&id) {
        typed.sources.push(id);
    }
    Ok(())
}

fn due(
    desk: &Desk,
    signed_in: &SignedIn,
    typed: &Typed,
    base: &Whole,
    mistakes: &mut Mistakes,
) -> (Option<i64>, Option<String>) {
    match when::read(&typed.day, &typed.time, &signed_in.practice.time_zone, base.post.due_at, desk.ground.now()) {
        Ok(When::At(due, said)) => (Some(due), said),
        Ok(When::Open) => (None, None),
        Err((field, words)) => {
            mistakes.add(field, words);
            (base.post.due_at, None)
        }
    }
}

/// Two tabs, or two people: the stored version is newer than the page and says something else.
pub(super) fn quarrel(
    signed_in: &SignedIn,
    typed: &Typed,
    base: &Whole,
    whole: &Whole,
    is_new: bool,
    press: &Press,
) -> Option<Quarrel> {
    let is_newer = !is_new && typed.version != base.post.version && *press != Press::Over(base.post.version);
    (is_newer && whole != base).then(|| newer(signed_in, base))
}

fn newer(signed_in: &SignedIn, base: &Whole) -> Quarrel {
    let at = dates::hour(signed_in.practice.local(base.post.edited_at).time());
    let words = match base.post.state {
        PostState::Withdrawn => "Somebody discarded this draft.".to_owned(),
        _ => format!("Somebody changed this draft at {at}."),
    };
    Quarrel { words, text: base.post.text.clone(), version: base.post.version }
}

/// Applies a remedy to the text in which the finding stands. False when the text does not have it any more.
async fn mend(desk: &Desk, signed_in: &SignedIn, typed: &mut Typed, whole: &Whole, press: &Press) -> Answer<bool> {
    let (Press::Replace(key) | Press::Cut(key)) = press else { return Ok(false) };
    let practice = &signed_in.practice;
    let guard = desk.guards.of(&desk.ground.database, practice).await?;
    let found = findings::all(whole, &[], &guard, false, &practice.facts.state);
    let mut named = findings::named(&found, key);
    // From the end, so that the places before stay where they are.
    named.sort_by_key(|found| std::cmp::Reverse(found.finding.start));
    // A remedy may reach further than its finding; none may reach into words that were just put in.
    let (mut mended, mut untouched) = (false, usize::MAX);
    for Found { field, finding, instead, .. } in named {
        let Some(text) = typed.piece_mut(field) else { continue };
        // A sentence that was taken out may have held the words twice.
        if text.get(finding.start..finding.end) != Some(finding.span.as_str()) {
            continue;
        }
        match (press, instead) {
            (Press::Replace(_), Some(remedy)) if remedy.replacement.end <= untouched => {
                untouched = remedy.replacement.start;
                *text = remedy.replacement.applied(text);
            }
            (Press::Cut(_), _) => *text = remedies::without_sentence(text, finding),
            _ => continue,
        }
        mended = true;
    }
    Ok(mended)
}
