//! What a layout needs to know. A page type holds one of these in a field named `shell`.
//!
//! [`StaffShell`] for members, [`PublicShell`] for patients and neighbours, [`PlainShell`] for set-up, sign-in
//! and errors. The layouts are `views/staff.html`, `views/public.html` and `views/plain.html`.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
    response::{IntoResponse, Response},
};

use crate::{answer::Failure, flash::Flash, language::Lang};

/// The frame of every page that a member sees.
///
/// As an extractor it gives the shell that the practice's middleware has put into the request, with the present
/// entry of the navigation marked and the message of the last action taken along.
#[derive(Debug, Clone, Default)]
pub struct StaffShell {
    /// The practice, as written under the brand.
    pub practice_name: String,
    /// Who is signed in.
    pub member_name: String,
    /// What this member may do, in words: "Owner, reviews posts".
    pub member_role_line: String,
    /// The contents list. The first four with `tab` are the bottom bar on phones.
    pub nav: Vec<NavItem>,
    /// The value of the hidden field that every form carries.
    pub csrf: String,
    /// Whether the networks are played on this machine.
    pub practice_mode: bool,
    /// What the last action did.
    pub flash: Option<Flash>,
    /// Who paused everything, when and why, as one sentence; `None` when nothing is paused.
    pub paused: Option<String>,
}

/// One entry of the contents list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NavItem {
    /// Where it leads, for example `/calendar`.
    pub href: String,
    /// One word.
    pub label: String,
    /// Name of the icon, see [`crate::icon`].
    pub icon: &'static str,
    /// How many things wait there for a person. Zero is not shown.
    pub count: Option<u32>,
    /// Whether the page is in this part.
    pub current: bool,
    /// Whether it stands in the bottom bar on phones; four at most, "More" is the fifth.
    pub tab: bool,
}

impl NavItem {
    /// An entry without a count, not in the bottom bar.
    pub fn new(href: &str, label: &str, icon: &'static str) -> Self {
        Self { href: href.to_owned(), label: label.to_owned(), icon, ..Self::default() }
    }

    /// The same entry, in the bottom bar too.
    #[must_use]
    pub fn in_bottom_bar(self) -> Self {
        Self { tab: true, ..self }
    }

    /// The same entry with things that wait.
    #[must_use]
    pub fn waiting(self, count: u32) -> Self {
        Self { count: (count > 0).then_some(count), ..self }
    }
}

impl StaffShell {
    /// Marks the entry whose address is the longest beginning of `path`.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        let length = |item: &NavItem| {
            let rest = path.strip_prefix(item.href.as_str())?;
            (rest.is_empty() || rest.starts_with('/') || item.href == "/").then_some(item.href.len())
        };
        let longest = self.nav.iter().filter_map(length).max();
        for item in &mut self.nav {
            item.current = longest.is_some() && length(item) == longest;
        }
        self
    }

    /// Whether the present page is only reachable through "More" on a phone.
    pub fn in_more(&self) -> bool {
        self.nav.iter().any(|item| item.current && !item.tab)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for StaffShell {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let Some(shell) = parts.extensions.get::<Self>() else {
            return Err(Failure::internal("a staff page outside the staff frame").into_response());
        };
        let flash = parts.extensions.get::<Flash>().cloned();
        Ok(Self { flash, ..shell.clone() }.at(parts.uri.path()))
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for StaffShell {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().map(|shell| shell.clone().at(parts.uri.path())))
    }
}

/// The frame of every page for patients and neighbours: no cookie, no script, nothing from anybody else.
#[derive(Debug, Clone, Default)]
pub struct PublicShell {
    /// The practice, in the header and the footer.
    pub practice_name: String,
    /// The line under the name: "Family medicine, Maple Falls".
    pub practice_line: Option<String>,
    /// The practice's own page in this language.
    pub home_path: String,
    /// The language of this page.
    pub lang: Lang,
    /// The same page in each language that it exists in, this one included.
    pub languages: Vec<(Lang, String)>,
    /// Links of the header beside the language: (words, address).
    pub links: Vec<(String, String)>,
    /// Postal address, one line.
    pub address: Option<String>,
    /// Telephone as people write it; the link keeps the digits.
    pub phone: Option<String>,
    /// The page's address for search engines and other servers.
    pub canonical_url: String,
    /// One or two sentences for search engines and link previews.
    pub description: String,
    /// Absolute address of the picture for link previews.
    pub og_image: Option<String>,
    /// Feeds of this page: (title, media type, address).
    pub feeds: Vec<(String, &'static str, String)>,
    /// Links of the footer: comment policy, privacy, accessibility.
    pub policies: Vec<(String, String)>,
}

impl PublicShell {
    /// The other languages of this page.
    pub fn others(&self) -> impl Iterator<Item = &(Lang, String)> {
        self.languages.iter().filter(|(lang, _)| *lang != self.lang)
    }

    /// A `tel:` address. A North American number of ten digits gets its country code (ITU-T E.164).
    pub fn phone_href(&self) -> String {
        tel(self.phone.as_deref().unwrap_or_default())
    }
}

/// `tel:+15415550142` for `(541) 555-0142`.
pub fn tel(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        10 => format!("tel:+1{digits}"),
        11 if digits.starts_with('1') => format!("tel:+{digits}"),
        _ if phone.trim_start().starts_with('+') => format!("tel:+{digits}"),
        _ => format!("tel:{digits}"),
    }
}

/// The frame of set-up, sign-in and error pages: brand and content, no navigation.
#[derive(Debug, Clone, Default)]
pub struct PlainShell {
    /// The practice, when it is known yet.
    pub practice_name: Option<String>,
    /// What the last action did.
    pub flash: Option<Flash>,
}

impl<S: Send + Sync> FromRequestParts<S> for PlainShell {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self { practice_name: None, flash: parts.extensions.get::<Flash>().cloned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_address_is_the_present_one() {
        let nav = vec![
            NavItem::new("/", "Rounds", "check"),
            NavItem::new("/posts", "Posts", "check"),
            NavItem::new("/posts/new", "Write", "check"),
        ];
        let shell = StaffShell { nav, ..StaffShell::default() };
        let current =
            |path: &str| shell.clone().at(path).nav.into_iter().find(|item| item.current).map(|item| item.label);
        assert_eq!(current("/posts/new").as_deref(), Some("Write"));
        assert_eq!(current("/posts/42").as_deref(), Some("Posts"));
        assert_eq!(current("/postscript").as_deref(), Some("Rounds"));
    }

    #[test]
    fn telephone_numbers_become_addresses() {
        assert_eq!(tel("(541) 555-0142"), "tel:+15415550142");
        assert_eq!(tel("+44 20 7946 0018"), "tel:+442079460018");
        assert_eq!(tel("911"), "tel:911");
    }
}
