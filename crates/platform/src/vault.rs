//! Secrets are sealed with XChaCha20-Poly1305. The key lies beside the database, never in it: a copied
//! database alone opens nothing. What a secret belongs to is bound in as associated data, so a sealed token
//! moved to another row does not open there.

use std::{
    io::{self, Write},
    path::Path,
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};

use crate::chance::Chance;

/// Length of the nonce in front of each sealed secret, in bytes (XChaCha20: draft-irtf-cfrg-xchacha).
const NONCE_BYTES: usize = 24;
/// Length of the key, in bytes.
const KEY_BYTES: usize = 32;

/// Seals and opens secrets.
pub struct Vault {
    cipher: XChaCha20Poly1305,
}

/// A sealed secret that does not open: wrong key, wrong owner, or damaged.
#[derive(Debug, thiserror::Error)]
#[error("a sealed secret does not open with this key")]
pub struct Unopened;

impl Vault {
    /// A vault with the given key.
    pub fn new(key: &[u8; KEY_BYTES]) -> Self {
        Self { cipher: XChaCha20Poly1305::new(key.into()) }
    }

    /// Reads the key file, or makes one that only this user can read.
    ///
    /// # Errors
    /// When the file cannot be read or written, or does not hold a key.
    pub fn at(path: &Path, chance: &dyn Chance) -> io::Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::from_text(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut key = [0; KEY_BYTES];
                chance.fill(&mut key);
                write_private(path, &hex::encode(key))?;
                Ok(Self::new(&key))
            }
            Err(error) => Err(error),
        }
    }

    fn from_text(text: &str) -> io::Result<Self> {
        let mut key = [0; KEY_BYTES];
        hex::decode_to_slice(text.trim(), &mut key).map_err(|_| {
            io::Error::new(io::ErrorKind::InvalidData, "the key file does not hold 64 hexadecimal digits")
        })?;
        Ok(Self::new(&key))
    }

    /// Seals `secret` for `owner` (for example `account/<id>`).
    pub fn seal(&self, owner: &str, secret: &[u8], chance: &dyn Chance) -> Vec<u8> {
        let mut sealed = vec![0; NONCE_BYTES];
        chance.fill(&mut sealed);
        let nonce = XNonce::try_from(sealed.as_slice()).unwrap_or_default();
        let payload = Payload { msg: secret, aad: owner.as_bytes() };
        // The cipher only fails above 256 GB.
        sealed.extend(self.cipher.encrypt(&nonce, payload).unwrap_or_default());
        sealed
    }

    /// Opens what [`seal`](Self::seal) made for the same `owner`.
    ///
    /// # Errors
    /// [`Unopened`] when key, owner or bytes are not the ones it was sealed with.
    pub fn open(&self, owner: &str, sealed: &[u8]) -> Result<Vec<u8>, Unopened> {
        let (nonce, body) = sealed.split_at_checked(NONCE_BYTES).ok_or(Unopened)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| Unopened)?;
        self.cipher.decrypt(&nonce, Payload { msg: body, aad: owner.as_bytes() }).map_err(|_| Unopened)
    }
}

#[cfg(unix)]
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(not(unix))]
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::SeededChance;

    #[test]
    fn a_secret_opens_only_for_its_owner_and_unharmed() {
        let vault = Vault::new(&[7; KEY_BYTES]);
        let mut sealed = vault.seal("account/a", b"token", &SeededChance::new(1));
        assert_eq!(vault.open("account/a", &sealed).ok().as_deref(), Some(b"token".as_slice()));
        assert!(vault.open("account/b", &sealed).is_err());
        assert!(Vault::new(&[8; KEY_BYTES]).open("account/a", &sealed).is_err());
        sealed[30] ^= 1;
        assert!(vault.open("account/a", &sealed).is_err());
        assert!(vault.open("account/a", b"short").is_err());
    }
}
