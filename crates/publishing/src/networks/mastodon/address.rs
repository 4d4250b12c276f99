//! Names on this network: a server as people type it (`mastodon.social`, `@me@mastodon.social`, the address of
//! their profile page), and handles as they are stored (`name@server`).

use bedside_platform::door::Door;

use crate::accounts::{Mistake, server};

/// The origin of the server that a person typed, without a slash at the end (`https://mastodon.social`).
///
/// # Errors
/// When there is no server in it that Bedside would call.
pub(super) fn origin(door: &Door, typed: &str) -> Result<String, Mistake> {
    let typed = typed.trim();
    let (scheme, rest) = typed.split_once("://").map_or(("", typed), |(scheme, rest)| (scheme, rest));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let named = host.rsplit('@').next().unwrap_or_default();
    let server = if scheme.is_empty() { named.to_owned() } else { format!("{scheme}://{named}") };
    server::origin(door, &server)
}

/// A handle as people write it, without `@` in front: servers leave themselves out of the names of their own.
pub(super) fn handle(acct: &str, server: &str) -> String {
    let host = server.split_once("://").map_or(server, |(_, host)| host);
    if acct.contains('@') { acct.to_owned() } else { format!("{acct}@{host}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(server: &str) -> Option<String> {
        origin(&Door::new(vec!["localhost:8001".into()]), server).ok()
    }

    #[test]
    fn every_way_of_typing_a_server_leads_to_its_origin() {
        for server in [
            "mastodon.social",
            " https://mastodon.social/ ",
            "@me@mastodon.social",
            "me@mastodon.social",
            "https://mastodon.social/@me",
            "HTTPS://Mastodon.Social",
            "https://someone:secret@mastodon.social/",
        ] {
            assert_eq!(typed(server).as_deref(), Some("https://mastodon.social"), "{server}");
        }
        for server in ["localhost:8001", "http://localhost:8001/", "@alice@localhost:8001"] {
            assert_eq!(typed(server).as_deref(), Some("http://localhost:8001"), "{server}");
        }
    }

    #[test]
    fn what_is_no_server_is_said_so() {
        for server in ["", "@me", "me@", "ftp://x.example", "two words", "javascript:alert(1)", "intranet"] {
            assert_eq!(typed(server), None, "{server}");
        }
    }

    #[test]
    fn a_handle_names_its_server() {
        assert_eq!(handle("alice", "https://snac.example"), "alice@snac.example");
        assert_eq!(handle("alice@localhost:8001", "http://localhost:8001"), "alice@localhost:8001");
    }
}
