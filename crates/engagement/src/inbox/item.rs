//! One message with all that belongs to it: where it was written, what the playbook says, drafts, the reply under
//! writing with what the guard finds in it, and what became of earlier answers.

use bedside_guard::Finding;
use bedside_practice::{Practice, SignedIn, members};
use bedside_publishing::{
    Desk,
    accounts::{self, Account},
    delivery,
    desk::Copy,
    inbound::{Message, State},
    posts::{self, Whole},
};
use bedside_web::{Answer, Failure, Mistakes, ui::Tone};

use super::{
    answer::{self, Draft},
    playbook::{self, Page},
    triage::{Class, is_spanish},
    view::{self, Found},
};

/// What somebody sent with the form.
pub(super) struct Written {
    pub(super) draft: Draft,
    /// The draft that is chosen now.
    pub(super) chosen: Option<usize>,
    /// The draft that the form was filled with.
    pub(super) shown: Option<usize>,
    pub(super) mistakes: Mistakes,
}

/// An answer of ours and where it is.
pub(super) struct Given {
    pub(super) text: String,
    pub(super) standing: (Tone, &'static str),
    pub(super) url: String,
    pub(super) person_text: String,
    pub(super) post_id: String,
}

/// Everything about one message.
pub(super) struct Item {
    pub(super) message: Message,
    pub(super) class: Class,
    pub(super) playbook: &'static Page,
    pub(super) origin: String,
    pub(super) when: String,
    /// The post it stands under: (name, id).
    pub(super) under: Option<(String, String)>,
    /// The language in which it is answered.
    pub(super) lang: &'static str,
    pub(super) drafts: Vec<String>,
    pub(super) chosen: usize,
    pub(super) reply: String,
    pub(super) once: String,
    pub(super) marks: Vec<(&'static str, String)>,
    pub(super) findings: Vec<Found>,
    pub(super) count: String,
    pub(super) mistakes: Mistakes,
    /// Whether the words were replaced by another draft, which must be seen before it is sent.
    pub(super) swapped: bool,
    /// Why nothing can be sent; `None` when it can.
    pub(super) blocked: Option<String>,
    pub(super) given: Vec<Given>,
    pub(super) on_call: String,
    /// Who closed it, and when.
    pub(super) closed_by: Option<String>,
    /// Who took care of it, and when.
    pub(super) care_by: Option<String>,
    pub(super) outgoing: Option<(Whole, Copy)>,
}

impl Item {
    /// Gathers everything. `written` is what was sent; without it the first safe draft is filled in.
    pub(super) async fn of(
        desk: &Desk,
        signed_in: &SignedIn,
        message: Message,
        written: Option<Written>,
    ) -> Answer<Self> {
        let (ground, practice, now) = (&desk.ground, &signed_in.practice, desk.ground.now());
        let members = members::all(&ground.database, &practice.id).await?;
        let class = Class::from_word(&message.sort);
        let playbook = playbook::page(class);
        let spanish = is_spanish(&message.text, &message.lang);
        let drafts = playbook::drafts(class, &message.text, spanish, practice, &members);
        let filled = filled(&drafts, written, &message, || ground.new_id());
        let account = accounts::store::find(ground, &practice.id, &message.account_id).await?;
        let mut item = Self {
            class,
            playbook,
            origin: view::origin(network_name(desk, account.as_ref()), message.kind),
            when: view::when(practice, message.written_at, now),
            under: under(desk, practice, &message).await?,
            lang: if spanish { "es" } else { "en" },
            drafts,
            chosen: filled.chosen.unwrap_or(usize::MAX),
            reply: filled.draft.text.clone(),
            once: filled.draft.once.clone(),
            marks: Vec::new(),
            findings: Vec::new(),
            count: String::new(),
            mistakes: filled.mistakes,
            swapped: filled.swapped,
            blocked: blocked(signed_in, playbook, &message, account.as_ref()),
            given: given(desk, practice, &message).await?,
            on_call: view::on_call(&members),
            closed_by: said(desk, practice, message.handled_by.as_deref(), message.handled_at).await?,
            care_by: said(desk, practice, message.care_taken_by.as_deref(), message.care_taken_at).await?,
            outgoing: None,
            message,
        };
        if let Some(account) = &account {
            item.look(desk, signed_in, account, &filled.draft, filled.is_sent).await?;
        }
        Ok(item)
    }

    /// Lets the guard and the network's limits look at the reply.
    async fn look(
        &mut self,
        desk: &Desk,
        signed_in: &SignedIn,
        account: &Account,
        draft: &Draft,
        is_sent: bool,
    ) -> Answer<()> {
        let whole = answer::whole(signed_in, &self.message, draft, desk.ground.now());
        let Some(copy) = answer::copy(desk, signed_in, account, &self.message, &whole) else { return Ok(()) };
        let (count, too_long) = view::counted(&copy.capabilities, &draft.text);
        let findings: Vec<Finding> = answer::held(desk, signed_in, &copy, &draft.kept).await?;
        self.count = count;
        self.marks = view::marked(&draft.text, &findings);
        self.findings = findings.iter().map(|finding| Found::of(finding, &signed_in.member)).collect();
        if is_sent && draft.text.is_empty() {
            self.mistakes.add("reply", "Write a reply, or choose “Handled offline” when none is needed.");
        }
        if too_long {
            self.mistakes.add("reply", format!("This is too long for {}. Make it shorter.", copy.capabilities.name));
        }
        self.outgoing = self.blocked.is_none().then_some((whole, copy));
        Ok(())
    }

    /// Whether an answer can be written at all.
    pub(super) fn is_open(&self) -> bool {
        self.message.state == State::Open
    }
}

struct Filled {
    draft: Draft,
    chosen: Option<usize>,
    swapped: bool,
    is_sent: bool,
    mistakes: Mistakes,
}

/// The words in the form. Words that were not touched give way when another draft was chosen; they are shown before
/// they are sent.
fn filled(drafts: &[String], written: Option<Written>, message: &Message, new_id: impl FnOnce() -> String) -> Filled {
    let lang = if is_spanish(&message.text, &message.lang) { "es" } else { "en" };
    let Some(Written { mut draft, chosen, shown, mistakes }) = written else {
        let text = drafts.first().cloned().unwrap_or_default();
        let draft = Draft { once: new_id(), text, lang: lang.to_owned(), kept: Vec::new() };
        return Filled { draft, chosen: Some(0), swapped: false, is_sent: false, mistakes: Mistakes::default() };
    };
    let is_untouched = shown.and_then(|shown| drafts.get(shown)).is_some_and(|shown| *shown == draft.text);
    let other = chosen.filter(|chosen| Some(*chosen) != shown).and_then(|chosen| drafts.get(chosen));
    let swapped = match other {
        Some(other) if is_untouched => {
            draft.text.clone_from(other);
            true
        }
        _ => false,
    };
    Filled { draft, chosen, swapped, is_sent: true, mistakes }
}

fn network_name(desk: &Desk, account: Option<&Account>) -> &'static str {
    account.and_then(|account| desk.capabilities(account)).map_or("Network", |capabilities| capabilities.name)
}

fn blocked(signed_in: &SignedIn, playbook: &Page, message: &Message, account: Option<&Account>) -> Option<String> {
    if !playbook.sender.is_met_by(signed_in.member.rights) {
        return Some(playbook.sender.why_not().to_owned());
    }
    if message.state != State::Open {
        return Some("This message is closed. Open it again to write another answer.".to_owned());
    }
    match account {
        Some(account) if account.removed_at.is_none() && account.state.is_usable() => None,
        Some(account) if account.removed_at.is_none() => {
            Some("This account cannot send now. Mend it under Accounts, then answer.".to_owned())
        }
        _ => Some("The account that this came to was removed. Connect it again to answer.".to_owned()),
    }
}

async fn under(desk: &Desk, practice: &Practice, message: &Message) -> Answer<Option<(String, String)>> {
    let Some(post_id) = &message.post_id else { return Ok(None) };
    let post = posts::store::find(&desk.ground.database, &practice.id, post_id).await?;
    Ok(post.map(|post| (post.name(), post.id)))
}

async fn given(desk: &Desk, practice: &Practice, message: &Message) -> Result<Vec<Given>, Failure> {
    let database = &desk.ground.database;
    let replies = posts::store::replies_to(database, &practice.id, &message.id).await?;
    let ids: Vec<String> = replies.iter().map(|post| post.id.clone()).collect();
    let rows = delivery::people::of_posts(database, &practice.id, &ids).await?;
    let given = replies.into_iter().map(|post| {
        let row = rows.iter().find(|row| row.post_id == post.id);
        Given {
            standing: row.map_or((Tone::Mute, "Not planned"), delivery::pages::in_words),
            url: row.and_then(|row| row.delivery.remote.as_ref()).map(|remote| remote.url.clone()).unwrap_or_default(),
            person_text: row.map(|row| row.delivery.person_text.clone()).unwrap_or_default(),
            text: post.text,
            post_id: post.id,
        }
    });
    Ok(given.collect())
}

/// "Priya Nair, Practice manager, 9:40".
async fn said(desk: &Desk, practice: &Practice, member_id: Option<&str>, at: Option<i64>) -> Answer<Option<String>> {
    let (Some(member_id), Some(at)) = (member_id, at) else { return Ok(None) };
    let name = members::name(&desk.ground.database, &practice.id, member_id).await?;
    Ok(Some(format!("{name}, {}", view::when(practice, at, desk.ground.now()))))
}
