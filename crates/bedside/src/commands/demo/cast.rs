//! The example practice begins: its people, its accounts, and the stand-ins for the networks.

use std::sync::Arc;

use anyhow::Context;
use bedside_platform::Ground;
use bedside_practice::{
    Member, Practice, Rights, SignedIn,
    audit::{self, Decision},
    members::{self, NewMember},
    passwords,
    practice::{self, NewPractice},
};
use bedside_publishing::{
    Desk,
    accounts::{self, NewAccount},
    networks::{
        Capabilities, Network, Networks, Settling,
        practice::{Practice as StandIn, store::Held},
    },
};
use bedside_web::Session;
use serde_json::json;

use super::story::{self, Story};
use crate::networks;

/// Everybody's password in the demonstration.
pub const PASSWORD: &str = "a quiet waiting room";
/// The hidden field of forms that the story sends.
pub(super) const CSRF: &str = "played";
/// The clock of Maple Falls.
pub(super) const TIME_ZONE: &str = "America/Los_Angeles";

/// The networks on stage: the own page and by hand are real, everything else is played.
#[derive(Clone)]
pub(super) struct Stage {
    pub(super) networks: Networks,
    stand_ins: Vec<StandIn>,
}

impl Stage {
    /// A stand-in for every network of the program that would call somebody.
    pub(super) fn set() -> Self {
        let mut stand_ins = Vec::new();
        let list = networks::all()
            .iter()
            .map(|network| {
                let capabilities = network.capabilities();
                if capabilities.by_hand || capabilities.settling == Settling::Ours {
                    return network.clone();
                }
                let stand_in = StandIn::instead_of(capabilities);
                stand_ins.push(stand_in.clone());
                Arc::new(stand_in) as Arc<dyn Network>
            })
            .collect();
        Self { networks: Networks::new(list), stand_ins }
    }

    /// The message that stands at this address, and the network that is played there.
    pub(super) fn message_at(&self, url: &str) -> Option<(Capabilities, Held)> {
        let at = |stand_in: &StandIn| stand_in.messages().into_iter().find(|held| held.published.url == url);
        self.stand_ins.iter().find_map(|stand_in| Some((stand_in.capabilities().clone(), at(stand_in)?)))
    }

    /// The stand-in for a network.
    pub(super) fn stand_in(&self, network: &str) -> anyhow::Result<&StandIn> {
        let is_it = |stand_in: &&StandIn| stand_in.capabilities().id == network;
        self.stand_ins.iter().find(is_it).with_context(|| format!("nobody stands in for {network}"))
    }
}

/// Who is on stage.
pub(super) struct Cast {
    pub(super) practice: Practice,
    pub(super) writer: Member,
    pub(super) signer: Member,
    pub(super) accounts: Vec<accounts::Account>,
}

impl Cast {
    /// A member as the program's own functions want to see who acts. Nobody can come in with this session: it is in no cookie
    /// and no database.
    pub(super) fn acting(&self, member: &Member) -> SignedIn {
        let session = Session {
            practice_id: self.practice.id.clone(),
            member_id: member.id.clone(),
            csrf: CSRF.to_owned(),
            created_at: 0,
            token_hash: String::new(),
        };
        SignedIn { practice: self.practice.clone(), member: member.clone(), session }
    }

    /// The practice's account on a network.
    pub(super) fn account(&self, network: &str) -> anyhow::Result<&accounts::Account> {
        self.accounts
            .iter()
            .find(|account| account.network == network)
            .with_context(|| format!("no account on {network}"))
    }
}

/// Begins the practice.
pub(super) async fn begin(desk: &Desk, story: &Story) -> anyhow::Result<Cast> {
    let (ground, facts) = (&desk.ground, story::facts()?);
    let domain = facts.domains.first().cloned().context("the example practice has a domain")?;
    let new = NewPractice {
        id: ground.new_id(),
        facts,
        time_zone: TIME_ZONE.to_owned(),
        languages: vec!["en".to_owned(), "es".to_owned()],
    };
    let people = people(ground, story, &domain).await;
    let mut tx = ground.database.begin_write().await?;
    practice::begin(&mut tx, &new, ground.now()).await?;
    for (n, person) in (0..).zip(&people) {
        members::add(&mut tx, &new.id, person, ground.now() + n).await?;
    }
    let owner = people.iter().find(|person| person.rights.owner).context("the example practice has an owner")?;
    let decision = Decision {
        actor: &owner.id,
        action: "practice.set_up",
        subject: &new.id,
        detail: json!({ "demonstration": true }),
    };
    audit::record(&ground.database, &mut tx, &new.id, &decision, ground.now()).await?;
    for account in &new_accounts(desk, story)? {
        accounts::store::keep(ground, &mut tx, &new.id, account).await?;
    }
    tx.commit().await?;
    let practice = practice::find(&ground.database, &new.id).await?.context("the example practice is there")?;
    let accounts = desk.accounts(&practice).await?;
    let all = members::all(&ground.database, &practice.id).await?;
    let named = |name: &str| {
        all.iter().find(|member| member.name == name).cloned().with_context(|| format!("{name} works there"))
    };
    Ok(Cast { writer: named(&story.writer)?, signer: named(&story.signer)?, practice, accounts })
}

async fn people(ground: &Ground, story: &Story, domain: &str) -> Vec<NewMember> {
    let mut salt = [0; 16];
    ground.chance.fill(&mut salt);
    let password_hash = passwords::hash(PASSWORD.to_owned(), salt).await;
    let member = |person: &story::Person| NewMember {
        id: ground.new_id(),
        name: person.name.clone(),
        credentials: person.credentials.clone(),
        rights: Rights::from_stored(&person.rights),
        email: person.mailbox.as_ref().map(|mailbox| format!("{mailbox}@{domain}")),
        password_hash: person.mailbox.as_ref().map(|_| password_hash.clone()),
        invitation: None,
    };
    story.people.iter().map(member).collect()
}

/// Accounts without secrets: nobody over there would ask for one.
fn new_accounts(desk: &Desk, story: &Story) -> anyhow::Result<Vec<NewAccount>> {
    let account = |profile: &story::Profile| {
        let network =
            desk.networks.capabilities(&profile.network).with_context(|| format!("no network {}", profile.network))?;
        Ok(NewAccount {
            network: network.id,
            server: profile.server.clone(),
            handle: profile.handle.clone(),
            display_name: "Cedar Hollow Family Medicine".to_owned(),
            remote_id: if network.by_hand { String::new() } else { format!("practice:{}", profile.handle) },
            secret: None,
            token_ends_at: None,
            limits: None,
        })
    };
    story.accounts.iter().map(account).collect()
}
