//! The media folder: files named by the SHA-256 of their bytes, one folder a practice. A name can therefore
//! not be guessed from its content's history, never collides, and is written once.

use std::{io, path::PathBuf};

use sha2::{Digest, Sha256};

/// The media folder of this installation.
#[derive(Debug, Clone)]
pub struct Files {
    root: PathBuf,
}

impl Files {
    /// The folder at `root`; it is made when the first file is kept.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// Keeps `bytes` for a practice and returns their SHA-256 in hexadecimal digits.
    ///
    /// The bytes are on disk before the name appears (write, sync, rename), so that a crash leaves no half file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn keep(&self, practice_id: &str, bytes: &[u8]) -> io::Result<String> {
        let hash = hex::encode(Sha256::digest(bytes));
        let path = self.path(practice_id, &hash);
        if tokio::fs::try_exists(&path).await? {
            return Ok(hash);
        }
        if let Some(folder) = path.parent() {
            tokio::fs::create_dir_all(folder).await?;
        }
        let unfinished = path.with_extension("part");
        let mut file = tokio::fs::File::create(&unfinished).await?;
        tokio::io::AsyncWriteExt::write_all(&mut file, bytes).await?;
        file.sync_all().await?;
        tokio::fs::rename(&unfinished, &path).await?;
        Ok(hash)
    }

    /// Reads a file by its hash.
    ///
    /// # Errors
    /// When there is none, or the disk refuses.
    pub async fn read(&self, practice_id: &str, hash: &str) -> io::Result<Vec<u8>> {
        if hash.len() != 64 || !hash.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(io::ErrorKind::NotFound.into());
        }
        tokio::fs::read(self.path(practice_id, hash)).await
    }

    fn path(&self, practice_id: &str, hash: &str) -> PathBuf {
        self.root.join(practice_id).join(&hash[..2]).join(hash)
    }
}
