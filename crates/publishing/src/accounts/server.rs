//! A server's address as a person types it, brought into the one form that is stored: the origin.

use bedside_platform::door::Door;
use url::Url;

use super::Mistake;

/// Longest address that is taken, in characters (a DNS name has at most 253).
const LONGEST: usize = 280;

/// The origin of a server (`https://cedar.example`, no slash at the end) from what was typed: with or without
/// scheme, path or slash. Plain HTTP only for hosts that the operator allowed by name.
///
/// # Errors
/// When it is not an address that Bedside would call.
pub fn origin(door: &Door, typed: &str) -> Result<String, Mistake> {
    let typed = typed.trim();
    let nonsense = || {
        Mistake::new(
            "server",
            "This is not a server's address. It looks like “mastodon.example” or “https://mastodon.example”.",
            "server address not readable",
        )
    };
    if typed.is_empty() || typed.len() > LONGEST {
        return Err(nonsense());
    }
    let url = if typed.contains("://") {
        Url::parse(typed).map_err(|_| nonsense())?
    } else {
        let plain = Url::parse(&format!("http://{typed}")).map_err(|_| nonsense())?;
        // A person types `localhost:2583`; allowed hosts are the ones that may speak plain HTTP.
        if door.allows(&plain) { plain } else { Url::parse(&format!("https://{typed}")).map_err(|_| nonsense())? }
    };
    let named = url.host_str().is_some_and(|host| host.contains('.') || door.allows(&url));
    if !matches!(url.scheme(), "http" | "https") || !named || !url.username().is_empty() || url.password().is_some() {
        return Err(nonsense());
    }
    if url.scheme() == "http" && !door.allows(&url) {
        return Err(Mistake::new(
            "server",
            "Bedside talks to servers over https only. Type the address with https, or ask whoever runs Bedside \
             to allow this host by name.",
            "server address with http",
        ));
    }
    Ok(url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn an_address_is_read_as_people_type_it() {
        let door = Door::new(vec!["localhost:2583".into()]);
        for (typed, stored) in [
            ("bsky.social", "https://bsky.social"),
            (" https://Bsky.social/ ", "https://bsky.social"),
            ("https://bsky.social/profile/cedar?x=1", "https://bsky.social"),
            ("mastodon.example:8443/@cedar", "https://mastodon.example:8443"),
            ("localhost:2583", "http://localhost:2583"),
            ("http://localhost:2583/", "http://localhost:2583"),
            ("bücher.example", "https://xn--bcher-kva.example"),
        ] {
            assert_eq!(origin(&door, typed).as_deref(), Ok(stored), "{typed}");
        }
        for typed in ["", "   ", "cedar", "ftp://a.example", "https://u:p@a.example", "http://", "a b.example"] {
            assert_eq!(origin(&door, typed).unwrap_err().field, "server", "{typed}");
        }
        assert!(origin(&door, "http://bsky.social").unwrap_err().person.contains("https only"));
        assert!(origin(&door, "localhost:9999").is_err());
        assert!(origin(&door, &"a.".repeat(200)).is_err());
    }
}
