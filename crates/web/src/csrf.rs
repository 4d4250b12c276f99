//! The hidden field that proves that a form came from a page of ours.
//!
//! Its value is HMAC-SHA-256 (RFC 2104) of a constant, with the session's token as the key: nothing is stored,
//! it ends with the session, and it cannot be made without the cookie. It is the first line; [`crate::origin`]
//! is the second.

use sha2::{Digest, Sha256};

/// Name of the hidden field.
pub const FIELD: &str = "csrf";
const LABEL: &[u8] = b"bedside form v1";
/// Block size of SHA-256 in bytes.
const BLOCK: usize = 64;

/// The value for forms of the session with this token.
pub fn of_session(token: &str) -> String {
    // A token is 64 hexadecimal digits: exactly one block, so the key needs no hashing first.
    let mut key = [0_u8; BLOCK];
    for (place, byte) in key.iter_mut().zip(token.as_bytes()) {
        *place = *byte;
    }
    let inner = Sha256::new().chain_update(key.map(|byte| byte ^ 0x36)).chain_update(LABEL).finalize();
    hex::encode(Sha256::new().chain_update(key.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize())
}

/// Compares in constant time, so that a guess learns nothing from how long the answer takes.
pub fn matches(expected: &str, given: &str) -> bool {
    expected.len() == given.len()
        && expected.bytes().zip(given.bytes()).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_depends_on_the_token_and_only_the_whole_matches() {
        let one = of_session(&"a".repeat(64));
        assert_eq!(one, of_session(&"a".repeat(64)));
        assert_ne!(one, of_session(&"b".repeat(64)));
        assert!(matches(&one, &one) && !matches(&one, &one[..63]) && !matches(&one, ""));
    }

    #[test]
    fn it_is_the_hmac_of_the_standard() {
        // Computed with another implementation: python3 -c "import hmac; hmac.new(b'a'*64, b'bedside form v1', 'sha256')".
        assert_eq!(of_session(&"a".repeat(64)), "3699cd4d37b74452982be8a6c5ccb1f7254d9e45319a477f9f8ba735853b5d9e");
    }
}
