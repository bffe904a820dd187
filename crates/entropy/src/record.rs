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

use primitives::sha256::{BLOCK_BYTES, Compression, Portable, Sha256};

/// Size of a record; a whole number of the largest program unit that is supported.
pub const RECORD_BYTES: usize = 48;
/// Size of a seed in bytes: all the entropy that a device has.
pub const SEED_BYTES: usize = 32;

/// "CmSd".
const MAGIC: [u8; 4] = *b"CmSd";
const CHECKED_BYTES: usize = 40;
const CHECK_BYTES: usize = RECORD_BYTES - CHECKED_BYTES;

/// A slot's content, which holds a seed if it is whole.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Record(pub [u8; RECORD_BYTES]);

impl Record {
    /// The record of a seed and of how many came before it.
    pub fn new<C: Compression>(number: u32, secret: &[u8; SEED_BYTES]) -> Self {
        let mut record = Self([0; RECORD_BYTES]);
        if let Some(magic) = record.0.first_chunk_mut() {
            *magic = MAGIC;
        }
        *record.secret_mut() = *secret;
        record.set_number::<C>(number);
        record
    }

    /// Sets how many seeds came before this one, and seals the record.
    pub fn set_number<C: Compression>(&mut self, number: u32) {
        let room = self.0.get_mut(MAGIC.len()..);
        if let Some(room) = room.and_then(|rest| rest.first_chunk_mut()) {
            *room = number.to_le_bytes();
        }
        let check = self.check::<C>();
        if let Some(room) = self.0.last_chunk_mut() {
            *room = check;
        }
    }

    /// Whether a seed stands here that is neither torn nor erased.
    pub fn is_whole<C: Compression>(&self) -> bool {
        self.0.starts_with(&MAGIC) && self.0.ends_with(&self.check::<C>())
    }

    /// What the record has to end with.
    #[inline(never)] // the block leaves the stack before the flash is written
    fn check<C: Compression>(&self) -> [u8; CHECK_BYTES] {
        let mut block = [0; BLOCK_BYTES];
        if let Some(record) = block.first_chunk_mut() {
            *record = self.0;
        }
        Sha256::<C>::digest_in_place::<CHECKED_BYTES>(&mut block);
        let check = block.first_chunk();
        check.copied().unwrap_or_default()
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
    pub fn secret_mut(&mut self) -> &mut [u8; SEED_BYTES] {
        let [_, _, _, _, _, _, _, _, secret @ .., _, _, _, _, _, _, _, _] = &mut self.0;
        secret
    }
}

/// What the factory programs at the beginning of slot 0: the first seed of the device, which must
/// stay secret.
#[must_use]
pub fn first_record(secret: [u8; SEED_BYTES]) -> [u8; RECORD_BYTES] {
    Record::new::<Portable>(0, &secret).0
}
