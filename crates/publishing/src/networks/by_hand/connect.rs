//! Adding a place, and the link that is left when a message was posted there.

use url::Url;

use super::{ID, platforms::PLATFORMS};
use crate::accounts::{Mistake, NewAccount};

/// Longest name of a profile, in characters.
const NAME: usize = 100;
/// Longest link, in bytes.
const LINK: usize = 2_000;

/// A profile at one of [`PLATFORMS`], under the name by which the practice knows it.
///
/// # Errors
/// For the field `platform` or `handle`, when it is not one.
pub fn account(platform: &str, name: &str) -> Result<NewAccount, Mistake> {
    let Some(platform) = PLATFORMS.iter().find(|known| known.id == platform) else {
        return Err(Mistake::new("platform", "Choose where you post by hand.", "not a place for posting by hand"));
    };
    let name = name.trim().trim_start_matches('@');
    if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
        let person = format!(
            "Name the profile as you know it, in at most {NAME} characters, for example “Cedar Hollow on Nextdoor”."
        );
        return Err(Mistake::new("handle", person, "no usable name for a profile by hand"));
    }
    Ok(NewAccount {
        network: ID,
        server: platform.id.to_owned(),
        handle: name.to_owned(),
        display_name: platform.name.to_owned(),
        remote_id: String::new(),
        secret: None,
        token_ends_at: None,
        limits: None,
    })
}

/// The link to a message that a person posted, as they pasted it.
///
/// # Errors
/// For the field `link`, when it is not the address of a web page.
pub fn link(typed: &str) -> Result<String, Mistake> {
    let url = Url::parse(typed.trim()).ok().filter(|url| {
        url.scheme() == "https" && url.host_str().is_some_and(|host| host.contains('.')) && url.username().is_empty()
    });
    let link = url.map(String::from).filter(|link| link.len() <= LINK);
    link.ok_or_else(|| {
        let person = "Paste the link to the message as the network gives it (“Copy link”). It begins with https://.";
        Mistake::new("link", person, "not a link to a message")
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_place_and_a_name_are_asked_for() {
        let nextdoor = account("nextdoor", " @Cedar Hollow ").unwrap();
        assert_eq!((nextdoor.server.as_str(), nextdoor.handle.as_str()), ("nextdoor", "Cedar Hollow"));
        assert_eq!(account("myspace", "x").unwrap_err().field, "platform");
        for name in ["", " @ ", "a\nb", &"x".repeat(101)] {
            assert_eq!(account("x", name).unwrap_err().field, "handle", "{name:?}");
        }
    }

    #[test]
    fn only_a_web_address_is_a_link() {
        assert_eq!(link(" https://x.com/cedar/status/1 ").unwrap(), "https://x.com/cedar/status/1");
        for typed in ["", "x.com/1", "http://x.com/1", "javascript:alert(1)", "https://a:b@x.com/", "https://x"] {
            assert_eq!(link(typed).unwrap_err().field, "link", "{typed}");
        }
    }
}
