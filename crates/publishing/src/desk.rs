//! What the pages work with: the world, the networks, the guards, and the bell that wakes the engine.

use std::sync::Arc;

use axum::extract::FromRef;
use bedside_platform::{Ground, database::DatabaseError};
use bedside_practice::Practice;
use tokio::sync::Notify;

use crate::{
    accounts::{self, Account, AccountError, NewAccount},
    networks::{Capabilities, Networks, Outgoing, ReplyTo, Settling, own_page},
    posts::{Whole, screening::Guards, text},
};

/// Shared by all handlers. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    /// The world.
    pub ground: Ground,
    /// The networks this process knows.
    pub networks: Networks,
    /// The practices' guards.
    pub guards: Guards,
    /// Rung when something was planned, so that the engine looks at once.
    pub bell: Arc<Notify>,
    /// Rung when somebody wants the networks to be read at once.
    pub mail: Arc<Notify>,
}

impl FromRef<Desk> for Ground {
    fn from_ref(desk: &Desk) -> Self {
        desk.ground.clone()
    }
}

/// The exact message for one account.
#[derive(Debug, Clone)]
pub struct Copy {
    /// The account.
    pub account: Account,
    /// What its network can do.
    pub capabilities: Capabilities,
    /// The words, pictures and sources it gets.
    pub message: Outgoing,
}

impl Desk {
    /// The desk of a process with these networks.
    pub fn new(ground: Ground, networks: Networks) -> Self {
        let guards = Guards::new(ground.settings.public_url.host_str().unwrap_or_default());
        Self { ground, networks, guards, bell: Arc::new(Notify::new()), mail: Arc::new(Notify::new()) }
    }

    /// The practice's accounts, the own page among them: it is always on, so whoever asks first finds it made.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn accounts(&self, practice: &Practice) -> Result<Vec<Account>, DatabaseError> {
        let accounts = accounts::store::list(&self.ground, &practice.id).await?;
        let ours = self
            .networks
            .iter()
            .map(|network| network.capabilities())
            .find(|network| network.settling == Settling::Ours);
        let Some(ours) = ours.filter(|ours| !accounts.iter().any(|account| account.network == ours.id)) else {
            return Ok(accounts);
        };
        let own_page = NewAccount {
            network: ours.id,
            server: String::new(),
            handle: practice.facts.domains.first().cloned().unwrap_or_else(|| practice.slug.clone()),
            display_name: practice.facts.name.clone(),
            remote_id: practice.id.clone(),
            secret: None,
            token_ends_at: None,
            limits: None,
        };
        let mut tx = self.ground.database.begin_write().await?;
        match accounts::store::keep(&self.ground, &mut tx, &practice.id, &own_page).await {
            Ok(_) => tx.commit().await?,
            Err(AccountError::Database(error)) => return Err(error),
            // There is no secret that could be of another form.
            Err(_) => {}
        }
        accounts::store::list(&self.ground, &practice.id).await
    }

    /// The exact message that each account of a post gets. Accounts that were removed are left out.
    /// `signed_by` and `reply_to` as in [`text::Ingredients`].
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn copies(
        &self,
        practice: &Practice,
        whole: &Whole,
        signed_by: Option<&str>,
        reply_to: Option<&ReplyTo>,
    ) -> Result<Vec<Copy>, DatabaseError> {
        let accounts = self.accounts(practice).await?;
        Ok(self.copies_for(practice, whole, &accounts, signed_by, reply_to))
    }

    /// The same with the accounts at hand, for pages with many posts.
    pub fn copies_for(
        &self,
        practice: &Practice,
        whole: &Whole,
        accounts: &[Account],
        signed_by: Option<&str>,
        reply_to: Option<&ReplyTo>,
    ) -> Vec<Copy> {
        let (pictures, sources) = (whole.picture_list(), whole.source_lines());
        let chosen: Vec<(&Account, Capabilities)> = whole
            .variants
            .iter()
            .filter_map(|variant| accounts.iter().find(|account| account.id == variant.account_id))
            .filter_map(|account| Some((account, self.capabilities(account)?)))
            .collect();
        let goes_home = chosen.iter().any(|(_, capabilities)| capabilities.settling == Settling::Ours);
        let home = goes_home.then(|| own_page::address(&self.ground.settings, &practice.slug, &whole.post));
        let message = |(account, capabilities): (&Account, Capabilities)| {
            let ingredients = text::Ingredients {
                post: &whole.post,
                own_version: whole.own_version(&account.id),
                pictures: &pictures,
                sources: &sources,
                signed_by,
                reply_to,
                home: home.as_deref(),
            };
            let message = text::outgoing(&ingredients, &capabilities);
            Copy { account: account.clone(), capabilities, message }
        };
        chosen.into_iter().map(message).collect()
    }

    /// What the network of an account can do, with what the account's server said it allows; `None` for a network this
    /// process does not know.
    pub fn capabilities(&self, account: &Account) -> Option<Capabilities> {
        let usual = self.networks.get(&account.network)?.capabilities_for(&account.server);
        Some(match account.limits() {
            Some(limits) => usual.on_server(limits),
            None => usual,
        })
    }
}
