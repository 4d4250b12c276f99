//! Record keys: timestamp identifiers, <https://atproto.com/specs/tid>.
//!
//! 64 bits: a zero, 53 bits of microseconds since 1970, 10 bits that tell clocks apart; written as 13 characters
//! of a base 32 that sorts like the number.

use jiff::Timestamp;

const ALPHABET: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";
const LENGTH: u32 = 13;
const CLOCK_BITS: u32 = 10;
/// How far the time in a key may lie before its planning: 2^32 microseconds, about 72 minutes.
///
/// A whole month is planned at one moment, and 10 bits would give two of 28 posts the same key in every third
/// month. With the time moved back by chance a key has 42 random bits. Nothing reads the time out of a key: the
/// apps sort by the record's own `createdAt`. It is moved back, never forward, because servers may distrust a key
/// from the future.
const JITTER_MASK: u64 = 0xffff_ffff;

/// A key for a delivery planned `now`.
pub(super) fn tid(now: Timestamp, random: [u8; 8]) -> String {
    let random = u64::from_be_bytes(random);
    let micros = u64::try_from(now.as_microsecond()).unwrap_or(0).saturating_sub(random & JITTER_MASK);
    let clock = (random >> 32) & ((1 << CLOCK_BITS) - 1);
    let number = ((micros << CLOCK_BITS) | clock) & (u64::MAX >> 1);
    (0..LENGTH).rev().map(|place| char::from(ALPHABET[((number >> (5 * place)) & 31) as usize])).collect()
}

/// Whether `key` has the form of a TID.
pub(super) fn is_tid(key: &str) -> bool {
    key.len() == LENGTH as usize
        && key.bytes().all(|letter| ALPHABET.contains(&letter))
        && key.as_bytes().first().is_some_and(|first| ALPHABET[..16].contains(first))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// From the protocol's interoperability tests, `syntax/tid_syntax_valid.txt` and `tid_syntax_invalid.txt`
    /// (bluesky-social/atproto-interop-tests, CC0).
    #[test]
    fn the_protocols_own_examples() {
        for valid in ["3jzfcijpj2z2a", "7777777777777", "3zzzzzzzzzzzz", "2222222222222"] {
            assert!(is_tid(valid), "{valid}");
        }
        for invalid in [
            "3jzfcijpj2z21",
            "0000000000000",
            "3JZFCIJPJ2Z2A",
            "3jzfcijpj2z2aa",
            "3jzfcijpj2z2",
            "",
            "zzzzzzzzzzzzz",
            "kjzfcijpj2z2a",
            "3jzf-cij-pj2z-2a",
        ] {
            assert!(!is_tid(invalid), "{invalid}");
        }
    }

    #[test]
    fn a_key_is_valid_and_carries_time_and_clock() {
        let now: Timestamp = "2026-11-25T09:00:00Z".parse().unwrap();
        let number = |key: &str| {
            key.bytes().fold(0_u64, |number, letter| {
                (number << 5) | ALPHABET.iter().position(|&known| known == letter).unwrap() as u64
            })
        };
        let key = tid(now, [0, 0, 0x03, 0xff, 0, 0, 0, 0]);
        assert!(is_tid(&key));
        assert_eq!(number(&key) >> CLOCK_BITS, now.as_microsecond() as u64);
        assert_eq!(number(&key) & 1023, 1023);
        let earlier = tid(now, [0xff; 8]);
        assert!(is_tid(&earlier));
        assert_eq!(now.as_microsecond() as u64 - (number(&earlier) >> CLOCK_BITS), JITTER_MASK);
        assert!(is_tid(&tid(Timestamp::UNIX_EPOCH, [0xff; 8])));
        assert!(is_tid(&tid(Timestamp::MAX, [0; 8])));
    }
}
