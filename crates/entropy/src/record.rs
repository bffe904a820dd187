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
const CHECKED_BYTES: usize = 40;

/// A seed and how many came before it.
pub(crate) struct Seed {
    pub number: u32,
    pub secret: [u8; SEED_BYTES],
}

impl Seed {
    /// The seed in a record that is whole.
    pub fn decode<C: Compression>(record: &[u8; RECORD_BYTES]) -> Option<Self> {
        let (checked, check) = record.split_first_chunk::<CHECKED_BYTES>()?;
        let (magic, rest) = checked.split_first_chunk::<4>()?;
        let (number, secret) = rest.split_first_chunk::<4>()?;
        if *magic != MAGIC || !Sha256::<C>::digest_of(checked).starts_with(check) {
            return None;
        }
        Some(Self {
            number: u32::from_le_bytes(*number),
            secret: *secret.first_chunk()?,
        })
    }

    /// The record to program.
    pub fn encode<C: Compression>(&self) -> [u8; RECORD_BYTES] {
        let mut record = [0; RECORD_BYTES];
        let fields = MAGIC
            .into_iter()
            .chain(self.number.to_le_bytes())
            .chain(self.secret);
        record
            .iter_mut()
            .zip(fields)
            .for_each(|(to, from)| *to = from);
        if let Some((checked, check)) = record.split_first_chunk_mut::<CHECKED_BYTES>() {
            let digest = Sha256::<C>::digest_of(checked);
            check
                .iter_mut()
                .zip(digest)
                .for_each(|(to, from)| *to = from);
        }
        record
    }

    /// Whether this seed came after the other; the count may have gone round.
    pub const fn follows(&self, other: &Self) -> bool {
        self.number == other.number.wrapping_add(1)
    }
}

/// What the factory programs at the beginning of slot 0: the device's first seed, which nobody
/// else may know.
#[must_use]
pub fn first_record(secret: [u8; SEED_BYTES]) -> [u8; RECORD_BYTES] {
    Seed { number: 0, secret }.encode::<Portable>()
}
