//! What the operator decided, read once at start by the binary and passed down.

use std::path::PathBuf;

use url::Url;

/// The settings of one installation.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where people reach Bedside, without a trailing slash, for example `https://posts.cedarhollow.example`.
    pub public_url: Url,
    /// The folder of the database, the media and the key.
    pub data: PathBuf,
    /// Hosts (`name` or `name:port`) on private addresses that Bedside may talk to all the same.
    pub allowed_hosts: Vec<String>,
    /// Practice mode: nothing leaves the machine and every screen says so.
    pub practice_mode: bool,
}

impl Settings {
    /// An absolute address on this installation. `path` begins with a slash.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }

    /// Whether browsers reach us over TLS; then cookies are marked `Secure`.
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}
