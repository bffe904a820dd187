// SPDX-License-Identifier: Apache-2.0
//! A seed in flash.
//!
//! | offset | bytes | field |
//! |---|---|---|
//! | 0 | 4 | magic |
//! | 4 | 4 | number of the seed, counted from its factory; little endian |
//! | 8 | 32 | the seed |
//! | 40 | 8 | the first bytes of SHA-256 over bytes 0 to 39 |
//!
//! A record that was torn by a power cut, or an erased slot, fails the check.

use primitives::sha256::{Compression, Portable, Sha256};

/// Size of a record; a whole number of the largest program unit that is supported.
pub const RECORD_BYTES: usize = 48;
/// Size of a seed in bytes: all the entropy that a device has.
pub const SEED_BYTES: usize = 32;

/// "CmSd".
const MAGIC: [u8; 4] = *b"CmSd";
const SECRET_OFFSET_BYTES: usize = 8;
const CHECKED_BYTES: usize = 40;

/// A slot's content, which holds a seed if it is whole.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Record(pub [u8; RECORD_BYTES]);

impl Record {
    /// The record of a seed and of how many came before it.
    #[inline(never)] // the hash in the making leaves the stack before the flash is written
    pub fn new<C: Compression>(number: u32, secret: &[u8; SEED_BYTES]) -> Self {
        let mut record = [0; RECORD_BYTES];
        let (checked, check) = record.split_at_mut(CHECKED_BYTES);
        if let Some((magic, rest)) = checked.split_first_chunk_mut()
            && let Some((number_bytes, rest)) = rest.split_first_chunk_mut()
            && let Some(secret_bytes) = rest.first_chunk_mut()
        {
            *magic = MAGIC;
            *number_bytes = number.to_le_bytes();
            *secret_bytes = *secret;
        }
        let digest = Sha256::<C>::digest_of(checked);
        check
            .iter_mut()
            .zip(digest)
            .for_each(|(to, from)| *to = from);
        Self(record)
    }

    /// Whether a seed stands here that is neither torn nor erased.
    pub fn is_whole<C: Compression>(&self) -> bool {
        let (checked, check) = self.0.split_at(CHECKED_BYTES);
        checked.starts_with(&MAGIC) && Sha256::<C>::digest_of(checked).starts_with(check)
    }

    /// How many seeds came before this one.
    pub fn number(&self) -> u32 {
        let bytes = self
            .0
            .get(MAGIC.len()..)
            .and_then(|rest| rest.first_chunk());
        u32::from_le_bytes(bytes.copied().unwrap_or_default())
    }

    /// The seed.
    pub fn secret(&self) -> &[u8; SEED_BYTES] {
        let from = self.0.get(SECRET_OFFSET_BYTES..);
        let secret = from.and_then(|from| from.first_chunk());
        secret.unwrap_or(&[0; SEED_BYTES]) // the slice is always long enough
    }
}

/// What the factory programs at the beginning of slot 0: the device's first seed, which nobody
/// else may know.
#[must_use]
pub fn first_record(secret: [u8; SEED_BYTES]) -> [u8; RECORD_BYTES] {
    Record::new::<Portable>(0, &secret).0
}
