//! Sources: the pages that stand behind what a post says, and who looked at them when.
//!
//! A fact from a template is unchecked until a person has opened its source and ticked it. Both are recorded: a tick
//! without an opened page is not taken, and a post with an unchecked source cannot be signed.

pub mod pages;
pub mod store;

/// A source of the practice. Times are microseconds UTC.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Source {
    /// The practice.
    pub practice_id: String,
    /// Its id.
    pub id: String,
    /// Address of the page.
    pub url: String,
    /// Title of the page; may be empty.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The sentence it stands behind; may be empty.
    pub claim: String,
    /// When a member last opened it from here.
    pub opened_at: Option<i64>,
    /// When a member ticked it.
    pub checked_at: Option<i64>,
    /// Who ticked it.
    pub checked_by: Option<String>,
}

impl Source {
    /// How readers see it: who publishes it, then the title of the page.
    pub fn name(&self) -> String {
        [self.publisher.as_str(), &self.title]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// Cleans up a typed address; a sentence for the form when it is none.
///
/// # Errors
/// When it is not a web address with a host.
pub fn address(typed: &str) -> Result<String, &'static str> {
    let typed = typed.trim();
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    match url::Url::parse(&whole) {
        Ok(url)
            if matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| host.contains('.')) =>
        {
            if url.username().is_empty() && url.password().is_none() {
                Ok(url.into())
            } else {
                Err("Leave name and password out of the address.")
            }
        }
        _ => Err("Write the whole address of the page, for example https://www.cdc.gov/salt/about/index.html."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_completed_or_refused() {
        assert_eq!(address("www.cdc.gov/salt").as_deref(), Ok("https://www.cdc.gov/salt"));
        for wrong in ["", "salt", "javascript:alert(1)", "https://me:secret@cdc.gov/", "ftp://cdc.gov/"] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
    }
}
