//! What a person typed into the form, exactly: nothing of it is lost when something else is wrong. Pure.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::{material::Material, when};
use crate::posts::{Variant, Whole};

/// The answers to "Who is in it?", as the media table has them.
const PEOPLE: [&str; 4] = ["none", "team", "model", "authorization"];

/// The fields of a form in the order in which they were sent.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(pub(super) Vec<(String, String)>);

impl Fields {
    /// The first field of this name; empty when there is none.
    pub(super) fn first(&self, name: &str) -> &str {
        self.0.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    /// All fields of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// Browsers end the lines of a text area with CR LF; our texts end them with LF, as networks count them.
    fn words(&self, name: &str) -> String {
        self.first(name).replace("\r\n", "\n")
    }
}

/// A picture's fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TypedPicture {
    /// Id in the media table.
    pub(super) media_id: String,
    /// What it shows.
    pub(super) alt: String,
    /// Who is in it.
    pub(super) people: String,
}

/// The fields of a source that is not in the practice's list yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NewSource {
    /// Title of the page.
    pub(super) title: String,
    /// Who publishes it.
    pub(super) publisher: String,
    /// Address as typed.
    pub(super) url: String,
    /// The sentence it stands behind.
    pub(super) claim: String,
}

impl NewSource {
    /// Whether nothing was typed.
    pub(super) fn is_empty(&self) -> bool {
        [&self.title, &self.publisher, &self.url, &self.claim].iter().all(|field| field.trim().is_empty())
    }
}

/// The whole form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// The version of the draft that the page showed; 0 for a draft that was never saved.
    pub(super) version: i64,
    /// The post's text.
    pub(super) text: String,
    /// The shorter version.
    pub(super) short_text: String,
    /// Heading for the own page.
    pub(super) title: String,
    /// Heading in Spanish.
    pub(super) spanish_title: String,
    /// Text in Spanish.
    pub(super) spanish_text: String,
    /// Whether it says something about health.
    pub(super) health_content: bool,
    /// Whether copies end with the own page's address.
    pub(super) link_home: bool,
    /// Ids of the accounts that were ticked.
    pub(super) accounts: Vec<String>,
    /// Own words by account, also of accounts that are not ticked.
    pub(super) own: BTreeMap<String, String>,
    /// Pictures in order.
    pub(super) pictures: Vec<TypedPicture>,
    /// Ids of the sources in order.
    pub(super) sources: Vec<String>,
    /// Id of a source of the practice's list that is to be attached.
    pub(super) attach: String,
    /// A source that is new.
    pub(super) new_source: NewSource,
    /// Day, as the browser's field gives it.
    pub(super) day: String,
    /// Time, as the browser's field gives it.
    pub(super) time: String,
}

impl Typed {
    /// From what was sent.
    pub(super) fn from_fields(fields: &Fields) -> Self {
        let picture = |id: &str| TypedPicture {
            media_id: id.to_owned(),
            alt: fields.words(&format!("alt_{id}")).replace('\n', " "),
            people: PEOPLE
                .into_iter()
                .find(|word| *word == fields.first(&format!("people_{id}")))
                .unwrap_or_default()
                .to_owned(),
        };
        let own = fields
            .0
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("own_")?.to_owned(), value.replace("\r\n", "\n"))));
        Self {
            version: fields.first("version").parse().unwrap_or(0),
            text: fields.words("text"),
            short_text: fields.words("short_text"),
            title: fields.words("title"),
            spanish_title: fields.words("spanish_title"),
            spanish_text: fields.words("spanish_text"),
            health_content: fields.first("health_content") != "no",
            link_home: fields.first("link_home") == "yes",
            accounts: fields.all("accounts").map(str::to_owned).collect(),
            own: own.collect(),
            pictures: fields.all("picture_id").map(picture).collect(),
            sources: fields.all("source_id").map(str::to_owned).collect(),
            attach: fields.first("attach").to_owned(),
            new_source: NewSource {
                title: fields.words("source_title"),
                publisher: fields.words("source_publisher"),
                url: fields.words("source_url"),
                claim: fields.words("source_claim"),
            },
            day: fields.first("day").to_owned(),
            time: fields.first("time").to_owned(),
        }
    }

    /// The form for a post as it is stored.
    pub(super) fn from_whole(whole: &Whole, zone: &TimeZone) -> Self {
        let post = &whole.post;
        let (day, time) = post.due_at.map(|due| when::fields(due, zone)).unwrap_or_default();
        let own = whole.variants.iter().filter_map(|variant| Some((variant.account_id.clone(), variant.text.clone()?)));
        let picture = |attached: &crate::posts::whole::Attached| TypedPicture {
            media_id: attached.media_id.clone(),
            alt: attached.picture.alt.clone(),
            people: attached.people.clone(),
        };
        Self {
            version: post.version,
            text: post.text.clone(),
            short_text: post.short_text.clone(),
            title: post.title.clone(),
            spanish_title: post.spanish_title.clone(),
            spanish_text: post.spanish_text.clone(),
            health_content: post.health_content,
            link_home: post.link_home,
            accounts: whole.variants.iter().map(|variant| variant.account_id.clone()).collect(),
            own: own.collect(),
            pictures: whole.pictures.iter().map(picture).collect(),
            sources: whole.sources.iter().map(|cited| cited.source_id.clone()).collect(),
            attach: String::new(),
            new_source: NewSource::default(),
            day,
            time,
        }
    }

    /// The post as it would be with this form. Ids that are not the practice's own are passed over.
    pub(super) fn onto(&self, base: &Whole, material: &Material, due_at: Option<i64>) -> Whole {
        let mut whole = base.clone();
        let post = &mut whole.post;
        post.text.clone_from(&self.text);
        post.short_text.clone_from(&self.short_text);
        post.title.clone_from(&self.title);
        post.spanish_title.clone_from(&self.spanish_title);
        post.spanish_text.clone_from(&self.spanish_text);
        (post.health_content, post.link_home, post.due_at) = (self.health_content, self.link_home, due_at);
        let words = |id: &str| self.own.get(id).filter(|words| !words.trim().is_empty()).cloned();
        let chosen = material.accounts.iter().filter(|account| self.accounts.contains(&account.id));
        whole.variants =
            chosen.map(|account| Variant { account_id: account.id.clone(), text: words(&account.id) }).collect();
        // The order in which the database gives them.
        whole.variants.sort_by(|a, b| a.account_id.cmp(&b.account_id));
        whole.pictures = self.pictures.iter().filter_map(|typed| material.picture(typed)).collect();
        whole.sources = self.sources.iter().filter_map(|id| material.cited(id)).collect();
        whole
    }

    /// The text of an editable piece, by the name of its field.
    pub(super) fn piece_mut(&mut self, field: &str) -> Option<&mut String> {
        match field {
            "text" => Some(&mut self.text),
            "short_text" => Some(&mut self.short_text),
            "title" => Some(&mut self.title),
            "spanish_title" => Some(&mut self.spanish_title),
            "spanish_text" => Some(&mut self.spanish_text),
            _ => {
                if let Some(account) = field.strip_prefix("own_") {
                    return self.own.get_mut(account);
                }
                let media_id = field.strip_prefix("alt_")?;
                self.pictures.iter_mut().find(|picture| picture.media_id == media_id).map(|picture| &mut picture.alt)
            }
        }
    }
}
