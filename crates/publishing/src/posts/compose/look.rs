//! How a post stands: counters, findings and previews, made anew for each page and for each autosave.

use bedside_practice::{Practice, SignedIn};
use bedside_web::Answer;
use unicode_segmentation::UnicodeSegmentation;

use super::{
    findings::{self, Found},
    reasons::reasons,
};
use crate::{
    accounts::Account,
    desk::{Copy, Desk},
    networks::{Capabilities, Settling},
    posts::{Whole, text},
};

/// How a post stands.
pub(super) struct Look {
    /// One for each account of the practice.
    pub(super) tabs: Vec<Tab>,
    /// The text in graphemes.
    pub(super) characters: usize,
    /// The text in words.
    pub(super) words: usize,
    /// Where it is too long.
    pub(super) too_long: Vec<String>,
    /// What the guard finds, kept findings last.
    pub(super) found: Vec<Found>,
    /// The text for the mirror.
    pub(super) mirror: Vec<(&'static str, String)>,
    /// One for each chosen account.
    pub(super) previews: Vec<Preview>,
    /// Why nobody can be asked for a signature yet.
    pub(super) reasons: Vec<String>,
    /// Whether the member is the privacy lead.
    pub(super) lead: bool,
}

/// An account in the strip above the text.
pub(super) struct Tab {
    /// The account.
    pub(super) id: String,
    /// The network's word, for its logo.
    pub(super) network: String,
    /// What people call it.
    pub(super) name: String,
    /// "487 / 300"; empty where nothing is counted.
    pub(super) count: String,
    /// Whether the network would refuse it.
    pub(super) over: bool,
}

/// A card: how a network will show the post.
pub(super) struct Preview {
    /// The name above it.
    pub(super) name: String,
    /// The line below the name.
    pub(super) handle: String,
    /// Two letters for the round sign.
    pub(super) initials: String,
    /// The network's word, for its logo.
    pub(super) network: String,
    /// The network's name.
    pub(super) network_name: &'static str,
    /// Heading, where there is one.
    pub(super) title: String,
    /// The exact text.
    pub(super) text: String,
    /// Source lines, where readers see them.
    pub(super) sources: Vec<String>,
    /// (media id, what it shows)
    pub(super) pictures: Vec<(String, String)>,
    /// How long it is and whose words they are.
    pub(super) footer: String,
    /// How many things must be mended first.
    pub(super) to_fix: usize,
}

impl Look {
    /// Looks at a post. `accounts` are all of the practice.
    pub(super) async fn at(desk: &Desk, signed_in: &SignedIn, whole: &Whole, accounts: &[Account]) -> Answer<Self> {
        let (practice, lead) = (&signed_in.practice, signed_in.member.rights.privacy_lead);
        let copies = desk.copies_for(practice, whole, accounts, None, None);
        let guard = desk.guards.of(&desk.ground.database, practice).await?;
        let found = findings::all(whole, &copies, &guard, lead, &practice.facts.state);
        let tabs: Vec<Tab> = accounts
            .iter()
            .filter_map(|account| Some(tab(account, &desk.capabilities(account)?, &copies, accounts)))
            .collect();
        let to_fix = |copy: &Copy| {
            let held = guard
                .clear(copy.message.clone(), whole.post.kind.context(), &whole.kept)
                .err()
                .map_or(0, |held| held.findings.len());
            held + usize::from(text::count(copy.capabilities.length, &copy.message.text).too_long)
        };
        Ok(Self {
            too_long: tabs.iter().filter(|tab| tab.over).map(|tab| tab.name.clone()).collect(),
            characters: whole.post.text.graphemes(true).count(),
            words: whole.post.text.unicode_words().count(),
            mirror: findings::marked(&whole.post.text, &found, "text"),
            previews: copies.iter().map(|copy| preview(practice, whole, copy, to_fix(copy))).collect(),
            reasons: reasons(whole, &copies, &guard, desk.ground.now()),
            tabs,
            found,
            lead,
        })
    }

    /// What the guard finds, the same words once, with how often.
    pub(super) fn cards(&self) -> Vec<(&Found, usize)> {
        findings::cards(&self.found)
    }

    /// "Three things in this text".
    pub(super) fn heading(&self) -> String {
        let open = self.cards().into_iter().filter(|(found, _)| found.kept.is_none()).count();
        match open {
            0 => "No known problem found".to_owned(),
            1 => "One thing in this text".to_owned(),
            n => {
                let n = bedside_web::dates::number(bedside_web::Lang::En, u32::try_from(n).unwrap_or(u32::MAX));
                format!("{}{} things in this text", n[..1].to_uppercase(), &n[1..])
            }
        }
    }

    /// "Bluesky and X".
    pub(super) fn too_long_for(&self) -> String {
        match self.too_long.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }
}

/// What an account is called: the network's name, with the handle where two would be called the same.
pub(super) fn called(account: &Account, capabilities: &Capabilities, accounts: &[Account]) -> String {
    let alike = accounts
        .iter()
        .filter(|other| {
            (&other.network, capabilities.by_hand.then_some(&other.server))
                == (&account.network, capabilities.by_hand.then_some(&account.server))
        })
        .count();
    if alike > 1 { format!("{}, {}", capabilities.name, account.handle) } else { capabilities.name.to_owned() }
}

fn tab(account: &Account, capabilities: &Capabilities, copies: &[Copy], accounts: &[Account]) -> Tab {
    let copy = copies.iter().find(|copy| copy.account.id == account.id);
    let count = copy.map(|copy| text::count(capabilities.length, &copy.message.text));
    Tab {
        id: account.id.clone(),
        network: account.logo().to_owned(),
        name: called(account, capabilities, accounts),
        count: count.and_then(|count| Some(format!("{} / {}", count.used, count.most?))).unwrap_or_default(),
        over: count.is_some_and(|count| count.too_long),
    }
}

fn preview(practice: &Practice, whole: &Whole, copy: &Copy, to_fix: usize) -> Preview {
    let Copy { account, capabilities, message } = copy;
    let is_home = capabilities.settling == Settling::Ours;
    let count = text::count(capabilities.length, &message.text);
    let own = whole.own_version(&account.id).is_some();
    let short = !own
        && !whole.post.short_text.trim().is_empty()
        && message.text.starts_with(whole.post.short_text.trim_end())
        && !message.text.starts_with(whole.post.text.trim_end());
    let whose = if own {
        ", own version"
    } else if short {
        ", short version"
    } else {
        ""
    };
    let length =
        count.most.map_or_else(|| format!("{} characters", count.used), |most| format!("{} of {most}", count.used));
    let name = if account.display_name.is_empty() { practice.name().to_owned() } else { account.display_name.clone() };
    let pictures = whole.pictures.iter().take(message.pictures.len());
    Preview {
        initials: name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect(),
        handle: if is_home || capabilities.by_hand || account.handle.is_empty() {
            account.handle.clone()
        } else {
            format!("@{}", account.handle)
        },
        network: account.logo().to_owned(),
        network_name: capabilities.name,
        title: message.title.clone(),
        text: message.text.clone(),
        sources: message.sources.iter().map(|source| source.title.clone()).collect(),
        pictures: pictures.map(|attached| (attached.media_id.clone(), attached.picture.alt.clone())).collect(),
        footer: format!("{length}{whose}"),
        to_fix,
        name,
    }
}
