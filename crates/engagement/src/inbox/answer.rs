//! An answer on its way: a post of kind reply with one account, planned for now, in the one commit that closes the
//! message. The post's id comes with the form, so the same form sent twice answers once.

use bedside_guard::{Category, Finding, Held, Kept};
use bedside_platform::database::is_duplicate;
use bedside_practice::{SignedIn, audit};
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
pub fn whole(signed_in: &SignedIn, message: &Message, draft: &Draft, now: i64) -> Whole {
    let mut post = Post::draft(&signed_in.practice.id, draft.once.clone(), &signed_in.member.id, &draft.lang, now);
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
pub fn copy(desk: &Desk, signed_in: &SignedIn, account: &Account, message: &Message, whole: &Whole) -> Option<Copy> {
    let to = ReplyTo { reference: message.reply_reference.clone(), text: message.text.clone() };
    desk.copies_for(&signed_in.practice, whole, std::slice::from_ref(account), None, Some(&to)).pop()
}

/// What stands in the way of these words: every warning and block that nobody has kept with a reason.
///
/// # Errors
/// When the database refuses.
pub async fn held(desk: &Desk, signed_in: &SignedIn, copy: &Copy, kept: &[Kept]) -> Result<Vec<Finding>, Failure> {
    let guard = desk.guards.of(&desk.ground.database, &signed_in.practice).await?;
    Ok(match guard.clear(copy.message.clone(), PostKind::Reply.context(), kept) {
        Ok(_) => Vec::new(),
        Err(Held { findings, .. }) => findings.into_iter().map(|found| found.finding).collect(),
    })
}

/// Keeps the reply, closes the message and plans the delivery, in one commit; then wakes the engine, which lets the
/// guard read the exact words once more before they leave.
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
    let (practice_id, member_id, now) = (&signed_in.practice.id, &signed_in.member.id, desk.ground.now());
    let post = &whole.post;
    let mut tx = desk.ground.database.begin_write().await?;
    match posts::store::add(&mut tx, post).await {
        Err(error) if is_duplicate(&error) => return Ok(Sent::Already),
        other => other?,
    }
    if !store::settle(&mut tx, (practice_id, &message.id), State::Answered, member_id, "reply", now).await? {
        return Ok(Sent::SomebodyElse);
    }
    posts::store::set_variants(&mut tx, practice_id, &post.id, &whole.variants).await?;
    for kept in &whole.kept {
        posts::store::keep_finding(&mut tx, practice_id, &post.id, &desk.ground.new_id(), kept).await?;
    }
    delivery::plan(desk, &mut tx, post, &[copy]).await?;
    let kept: Vec<Category> = whole.kept.iter().map(|kept| kept.category).collect();
    let decision = audit::Decision {
        actor: member_id,
        action: "message.answered",
        subject: &message.id,
        detail: json!({ "post": post.id, "class": message.sort, "kept": kept }),
    };
    audit::record(&desk.ground.database, &mut tx, practice_id, &decision, now).await?;
    tx.commit().await?;
    desk.bell.notify_one();
    Ok(Sent::OnItsWay)
}
