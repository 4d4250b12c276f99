//! The page of the inbox: banners of dangers, the list, and one message.

use askama::Template;
use bedside_practice::{SignedIn, members};
use bedside_publishing::{
    Desk, accounts,
    inbound::{Message, store},
};
use bedside_web::{Answer, StaffShell, ui};

use super::{
    MOST,
    item::Item,
    sentence,
    triage::Class,
    view::{self, CARE, Entry},
};

/// A banner: somebody may be in danger.
pub(super) struct Alarm {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) words: String,
}

/// The page.
#[derive(Template)]
#[template(path = "inbox/views/inbox.html")]
pub(super) struct Inbox {
    shell: StaffShell,
    is_settled: bool,
    /// Whether one message was asked for: on phones it then stands alone.
    is_one: bool,
    waiting: u32,
    lead: String,
    last_look: String,
    /// Whether Bedside answers an emergency by itself.
    sentence_is_on: bool,
    alarms: Vec<Alarm>,
    entries: Vec<Entry>,
    item: Option<Item>,
}

impl Inbox {
    /// The list, with the first message beside it.
    pub(super) async fn list(desk: &Desk, signed_in: &SignedIn, shell: StaffShell, is_settled: bool) -> Answer<Self> {
        let messages = messages(desk, signed_in, is_settled).await?;
        let item = match messages.first() {
            Some(first) => Some(Item::of(desk, signed_in, first.clone(), None).await?),
            None => None,
        };
        Self::gather(desk, signed_in, shell, (is_settled, false), messages, item).await
    }

    /// One message, with the list beside it.
    pub(super) async fn with(desk: &Desk, signed_in: &SignedIn, shell: StaffShell, item: Item) -> Answer<Self> {
        let is_settled = !item.is_open() && !item.message.is_alarming();
        let messages = messages(desk, signed_in, is_settled).await?;
        Self::gather(desk, signed_in, shell, (is_settled, true), messages, Some(item)).await
    }

    async fn gather(
        desk: &Desk,
        signed_in: &SignedIn,
        shell: StaffShell,
        (is_settled, is_one): (bool, bool),
        messages: Vec<Message>,
        item: Option<Item>,
    ) -> Answer<Self> {
        let (practice, now) = (&signed_in.practice, desk.ground.now());
        let accounts = accounts::store::list(&desk.ground, &practice.id).await?;
        let network = |message: &Message| {
            let account = accounts.iter().find(|account| account.id == message.account_id);
            account.and_then(|account| desk.capabilities(account)).map_or("Network", |capabilities| capabilities.name)
        };
        let on_call = view::on_call(&members::all(&desk.ground.database, &practice.id).await?);
        let alarming = store::waiting(&desk.ground.database, &practice.id, MOST).await?;
        let alarms = alarming.iter().filter(|message| message.is_alarming()).map(|message| Alarm {
            id: message.id.clone(),
            title: view::danger(message),
            words: format!(
                "{}, {}. {on_call}",
                view::origin(network(message), message.kind),
                view::when(practice, message.written_at, now)
            ),
        });
        let waiting = store::open_count(&desk.ground.database, &practice.id).await?;
        let last = accounts.iter().filter_map(|account| account.read_at).max();
        Ok(Self {
            shell,
            is_settled,
            is_one,
            waiting,
            lead: lead(waiting),
            last_look: last.map_or_else(
                || "The networks were not read yet".to_owned(),
                |at| format!("Last look at the networks {}", view::when(practice, at, now)),
            ),
            sentence_is_on: sentence::switch(&desk.ground.database, &practice.id).await?.is_some(),
            alarms: alarms.collect(),
            entries: messages.iter().map(|message| Entry::of(practice, network(message), message, now)).collect(),
            item,
        })
    }

    fn is_shown(&self, id: &str) -> bool {
        self.item.as_ref().is_some_and(|item| item.message.id == id)
    }
}

async fn messages(desk: &Desk, signed_in: &SignedIn, is_settled: bool) -> Answer<Vec<Message>> {
    let (database, practice_id) = (&desk.ground.database, &signed_in.practice.id);
    Ok(if is_settled {
        store::settled(database, practice_id, MOST).await?
    } else {
        store::waiting(database, practice_id, MOST).await?
    })
}

fn lead(waiting: u32) -> String {
    let start = match waiting {
        0 => "Nothing needs an answer.".to_owned(),
        1 => "One needs an answer.".to_owned(),
        many => format!("{many} need an answer."),
    };
    format!("{start} Everything here is public, so nothing about care belongs in it.")
}
