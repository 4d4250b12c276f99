//! Randomness is passed in. This is the only module that asks the operating system for it.

use std::sync::Mutex;

use sha2::{Digest, Sha256};

/// A source of random bytes.
pub trait Chance: Send + Sync {
    /// Fills `bytes`. Tokens and keys come from here, so an implementation that serves people must be
    /// cryptographically strong.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's own generator.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemChance;

impl Chance for SystemChance {
    #[allow(clippy::disallowed_methods, reason = "the one place that draws randomness")]
    #[allow(clippy::expect_used, reason = "without randomness no token is safe: stopping is right")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives no randomness");
    }
}

/// A generator that always deals the same hand, for tests and the simulator.
#[derive(Debug)]
pub struct SeededChance(Mutex<(u64, u64)>);

impl SeededChance {
    /// The hand number `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new((seed, 0)))
    }
}

impl Chance for SeededChance {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for part in bytes.chunks_mut(32) {
            let mut hasher = Sha256::new();
            hasher.update(state.0.to_be_bytes());
            hasher.update(state.1.to_be_bytes());
            state.1 += 1;
            part.copy_from_slice(&hasher.finalize()[..part.len()]);
        }
    }
}

/// A secret that goes to a person or a browser: 256 bits as 64 hexadecimal digits.
pub fn token(chance: &dyn Chance) -> String {
    let mut bytes = [0; 32];
    chance.fill(&mut bytes);
    hex::encode(bytes)
}
