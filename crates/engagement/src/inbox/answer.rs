//! An answer on its way: a post of kind reply with one account, planned for now, in the one commit that closes the
//! message. The post's id comes with the form, so the same form sent twice answers once.

use bedside_guard::{Category, Finding, Held, Kept};
use bedside_platform::database::is_duplicate;
use bedside_practice::{Practice, SignedIn};
use bedside_publishing::{
    Desk,
    accounts::Account,
    delivery,
    desk::Copy,
    inbound::{Message, State, store},
    networks::ReplyTo,
    posts::{self, Post, PostKind, PostState, Variant, Whole},
};
use bedside_web::Failure;
use serde_json::json;
use sqlx::{Any, Transaction};

/// In whose name an answer is written.
#[derive(Debug, Clone, Copy)]
pub struct Voice<'a> {
    /// The practice that answers.
    pub practice: &'a Practice,
    /// Member id, or `bedside` for the program.
    pub actor: &'a str,
}

impl<'a> From<&'a SignedIn> for Voice<'a> {
    fn from(signed_in: &'a SignedIn) -> Self {
        Self { practice: &signed_in.practice, actor: &signed_in.member.id }
    }
}

/// What somebody wants to send.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The id of the reply, made with the form.
    pub once: String,
    /// The words.
    pub text: String,
    /// Language tag of the words.
    pub lang: String,
    /// Findings that the writer keeps, with a reason.
    pub kept: Vec<Kept>,
}

/// How sending ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is planned and goes out now.
    OnItsWay,
    /// This form was sent before; nothing more happened.
    Already,
    /// Somebody else closed the message meanwhile; nothing was sent.
    SomebodyElse,
}

/// The whole reply as it would be kept.
pub fn whole<'a>(voice: impl Into<Voice<'a>>, message: &Message, draft: &Draft, now: i64) -> Whole {
    let Voice { practice, actor } = voice.into();
    let mut post = Post::draft(&practice.id, draft.once.clone(), actor, &draft.lang, now);
    post.kind = PostKind::Reply;
    post.state = PostState::Signed;
    post.text.clone_from(&draft.text);
    // The playbook keeps health out of replies, and an answer does not point home.
    post.health_content = false;
    post.link_home = false;
    post.reply_to = Some(message.id.clone());
    post.due_at = Some(now);
    Whole {
        post,
        variants: vec![Variant { account_id: message.account_id.clone(), text: None }],
        pictures: Vec::new(),
        sources: Vec::new(),
        kept: draft.kept.clone(),
    }
}

/// The exact message that the account would send. `None` when its network is not known to this process.
pub fn copy<'a>(
    desk: &Desk,
    voice: impl Into<Voice<'a>>,
    account: &Account,
    message: &Message,
    whole: &Whole,
) -> Option<Copy> {
    let to = ReplyTo { reference: message.reply_reference.clone(), text: message.text.clone() };
    desk.copies_for(voice.into().practice, whole, std::slice::from_ref(account), None, Some(&to)).pop()
}

/// What stands in the way of these words: every warning and block that nobody has kept with a reason.
///
/// # Errors
/// When the database refuses.
pub async fn held<'a>(
    desk: &Desk,
    voice: impl Into<Voice<'a>>,
    copy: &Copy,
    kept: &[Kept],
) -> Result<Vec<Finding>, Failure> {
    let guard = desk.guards.of(&desk.ground.database, voice.into().practice).await?;
    Ok(match guard.clear(copy.message.clone(), PostKind::Reply.context(), kept) {
        Ok(_) => Vec::new(),
        Err(Held { findings, .. }) => findings.into_iter().map(|found| found.finding).collect(),
    })
}

/// Sends a member's reply, in one commit; then wakes the engine, which lets the guard read the exact words once more
/// before they leave.
///
/// # Errors
/// When the database refuses.
pub async fn send_reply(
    desk: &Desk,
    signed_in: &SignedIn,
    message: &Message,
    whole: &Whole,
    copy: Copy,
) -> Result<Sent, Failure> {
    let mut tx = desk.ground.database.begin_write().await?;
    let sent = keep(desk, &mut tx, message, whole, copy, "reply").await?;
    if sent == Sent::OnItsWay {
        let kept: Vec<Category> = whole.kept.iter().map(|kept| kept.category).collect();
        let detail = json!({ "post": whole.post.id, "class": message.sort, "kept": kept });
        signed_in.record(&desk.ground, &mut tx, "message.answered", &message.id, detail).await?;
        tx.commit().await?;
        desk.bell.notify_one();
    }
    Ok(sent)
}

/// Keeps the reply, closes the message in the name of its author and plans the delivery. The caller records it and
/// commits when it is on its way, and otherwise lets the transaction go.
pub(super) async fn keep(
    desk: &Desk,
    tx: &mut Transaction<'static, Any>,
    message: &Message,
    whole: &Whole,
    copy: Copy,
    how: &str,
) -> Result<Sent, Failure> {
    let (post, practice_id) = (&whole.post, &whole.post.practice_id);
    match posts::store::add(tx, post).await {
        Err(error) if is_duplicate(&error) => return Ok(Sent::Already),
        other => other?,
    }
    let key = (practice_id.as_str(), message.id.as_str());
    if !store::settle(tx, key, State::Answered, &post.author_id, how, desk.ground.now()).await? {
        return Ok(Sent::SomebodyElse);
    }
    posts::store::set_variants(tx, practice_id, &post.id, &whole.variants).await?;
    for kept in &whole.kept {
        posts::store::keep_finding(tx, practice_id, &post.id, &desk.ground.new_id(), kept).await?;
    }
    delivery::plan(desk, tx, post, &[copy]).await?;
    Ok(Sent::OnItsWay)
}
