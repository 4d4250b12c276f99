//! Passwords: argon2id (RFC 9106) with the parameters of OWASP's password storage cheat sheet
//! (19 MiB, 2 passes, 1 lane). Two hashes at a time at most, so that a crowd at the door cannot take the memory.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use bedside_platform::chance::Chance;
use tokio::sync::Semaphore;

/// Shortest password, in characters (NIST SP 800-63B asks for 8, OWASP ASVS 5.0 recommends 15; a sentence is fine).
pub const SHORTEST: usize = 12;
/// Longest password, in bytes; argon2 takes more, a form field need not.
pub const LONGEST: usize = 256;
/// Memory in KiB.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A hash in PHC form of nothing anybody types: checking against it takes as long as against a real one, so
/// that the time does not tell whether an address is known.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why a password cannot be used; a sentence for the form.
pub fn problem(password: &str) -> Option<&'static str> {
    let characters = password.chars().count();
    if characters < SHORTEST {
        return Some("Use twelve characters or more; a sentence is fine.");
    }
    if password.len() > LONGEST {
        return Some("Use at most 256 characters.");
    }
    let first = password.chars().next();
    if password.chars().all(|letter| Some(letter) == first)
        || COMMON.iter().any(|common| password.eq_ignore_ascii_case(common))
    {
        return Some("Many people use this one, so it is tried first. Choose another.");
    }
    None
}

/// Long ones from public lists of common passwords.
const COMMON: [&str; 8] = [
    "passwordpassword",
    "password1234",
    "123456789012",
    "qwertyuiop12",
    "1234567890123",
    "qwerty123456",
    "iloveyouiloveyou",
    "administrator",
];

fn argon() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password that was just chosen, with a salt of its own.
pub async fn hash_chosen(chance: &dyn Chance, password: String) -> String {
    let mut salt = [0; 16];
    chance.fill(&mut salt);
    hash(password, salt).await
}

/// Hashes a password with the given salt (16 random bytes).
pub async fn hash(password: String, salt: [u8; 16]) -> String {
    let _turn = AT_ONCE.acquire().await;
    let work = move || argon().hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string());
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(hash)) => hash,
        // Neither happens with our parameters; a hash that nothing matches is the safe answer.
        _ => NOBODY.to_owned(),
    }
}

/// Whether `password` is the one behind `stored`. `None` stands for a member who does not exist and takes as long.
pub async fn matches(password: String, stored: Option<String>) -> bool {
    let _turn = AT_ONCE.acquire().await;
    let known = stored.is_some();
    let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
    let work = move || {
        PasswordHash::new(&stored).is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok())
    };
    known & tokio::task::spawn_blocking(work).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_somebody_matches() {
        let stored = hash("a quiet waiting room".to_owned(), [9; 16]).await;
        assert!(stored.starts_with("$argon2id$"));
        assert!(matches("a quiet waiting room".to_owned(), Some(stored.clone())).await);
        assert!(!matches("a quiet waiting-room".to_owned(), Some(stored)).await);
        assert!(!matches("a quiet waiting room".to_owned(), None).await);
    }

    #[test]
    fn short_and_common_ones_are_refused() {
        assert!(
            problem("short").is_some() && problem("aaaaaaaaaaaaaaaa").is_some() && problem("Password1234").is_some()
        );
        assert!(problem("a quiet waiting room").is_none());
    }
}
