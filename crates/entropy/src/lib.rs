// SPDX-License-Identifier: Apache-2.0
//! Entropy for a device without a source of its own: a secret seed that it is given in its
//! factory, kept in flash, and replaced whenever entropy is taken from it (NIST SP 800-90A,
//! 8.6.5, allows a seed from outside; NIST SP 800-90C calls this a chain of generators).
//!
//! * `record` is how a seed stands in flash and tells that it is whole.
//! * [`SeedStore`] takes entropy: it derives two secrets from the seed, one to give out and one
//!   to be the next seed. The next seed is in flash, was read back, and only then the last one is
//!   erased; both *before* anything is given out, so that no seed serves twice, whenever the power
//!   is cut.
//!
//! The first seed is all the entropy that there ever is. Who reads the flash once learns nothing of
//! what was given out before, and all that is given out from then on: each seed follows from the
//! last one. No key of the device is mixed in, for it would stand in the same flash. So the slots
//! have to be memory that nobody but the firmware reads.
//!
//! Two slots take turns, each erased as a whole: entropy that is taken costs one erasure, of the
//! slot that was used, and each slot is erased every second time. A board with a generator in hardware does not
//! need this crate.
#![cfg_attr(not(test), no_std)]

mod record;

pub use record::{RECORD_BYTES, SEED_BYTES, first_record};

use core::marker::PhantomData;
use primitives::clear;
use primitives::hash_drbg::{Entropy, EntropyFailure};
use primitives::sha256::{BLOCK_BYTES, Compression, DIGEST_BYTES, Portable, Sha256};
use record::Record;

/// What an erased byte reads.
const ERASED: u8 = 0xFF;

/// Slots for seeds.
pub const SLOTS: usize = 2;

/// The flash did not do what it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlashFailure;

/// Two slots of flash that are erased one by one.
pub trait SeedFlash {
    /// The record at the beginning of a slot.
    fn read(&self, slot: usize) -> [u8; RECORD_BYTES];

    /// Erases a slot.
    ///
    /// # Errors
    /// The flash failed.
    fn erase(&mut self, slot: usize) -> Result<(), FlashFailure>;

    /// Programs the beginning of a slot that is erased.
    ///
    /// # Errors
    /// The flash failed.
    fn program(&mut self, slot: usize, record: &[u8; RECORD_BYTES]) -> Result<(), FlashFailure>;
}

/// What the secrets that are derived from a seed are for.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Purpose {
    NextSeed = 1,
    Output = 2,
    Part = 3,
}

/// A source of entropy over two slots of flash, by a compression function of the board.
#[derive(Debug)]
pub struct SeedStore<F, C = Portable> {
    flash: F,
    compression: PhantomData<C>,
}

impl<F: SeedFlash, C: Compression> SeedStore<F, C> {
    /// The source over `flash`, which nothing else changes.
    pub const fn new(flash: F) -> Self {
        Self {
            flash,
            compression: PhantomData,
        }
    }

    /// Uses the seed up and fills `output` with the secret to be given out; the next seed is in
    /// its place.
    #[inline(never)]
    fn take(&mut self, output: &mut [u8; SEED_BYTES]) -> Result<(), FlashFailure> {
        let slot = self.current().ok_or(FlashFailure)?;
        let other = SLOTS - 1 - slot;
        let mut record = Record(self.flash.read(slot));
        *output = *record.secret_mut();
        derive::<C>(output, Purpose::Output, 0);
        derive::<C>(record.secret_mut(), Purpose::NextSeed, 0);
        record.set_number::<C>(record.number().wrapping_add(1));
        let is_there = self.put(other, &record);
        clear::bytes(&mut record.0);
        is_there?;
        self.flash.erase(slot)?;
        match self.number(slot) {
            None => Ok(()),
            Some(_) => Err(FlashFailure),
        }
    }

    /// Writes a record into a slot and reads it back. A slot that is erased is not worn out.
    #[inline(never)] // beside what else is deep
    fn put(&mut self, slot: usize, record: &Record) -> Result<(), FlashFailure> {
        if self.flash.read(slot).iter().any(|byte| *byte != ERASED) {
            self.flash.erase(slot)?;
        }
        self.flash.program(slot, &record.0)?;
        if self.holds(slot, record) {
            Ok(())
        } else {
            Err(FlashFailure)
        }
    }

    /// Whether this record stands in a slot.
    #[inline(never)] // as `number`
    fn holds(&self, slot: usize, record: &Record) -> bool {
        self.flash.read(slot) == record.0
    }

    /// The slot of the latest whole seed.
    fn current(&self) -> Option<usize> {
        match [self.number(0), self.number(1)] {
            // The count may have gone round.
            [Some(first), Some(second)] if second == first.wrapping_add(1) => Some(1),
            [Some(_), _] => Some(0),
            [None, Some(_)] => Some(1),
            [None, None] => None,
        }
    }

    /// How many seeds came before the one in a slot, if a whole one is there.
    #[inline(never)] // the record and its hash leave the stack before others come
    fn number(&self, slot: usize) -> Option<u32> {
        let record = Record(self.flash.read(slot));
        record.is_whole::<C>().then(|| record.number())
    }
}

impl<F: SeedFlash, C: Compression> Entropy for SeedStore<F, C> {
    #[inline(never)] // below the stack of those who ask, and not in theirs
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyFailure> {
        let mut secret = [0; SEED_BYTES];
        let taken = self.take(&mut secret);
        if taken.is_ok() {
            spread::<C>(&secret, bytes);
        }
        clear::bytes(&mut secret);
        taken.map_err(|FlashFailure| EntropyFailure)
    }
}

/// Fills `bytes` with secrets that are derived from one.
#[inline(never)] // not on the stack while the flash is written
fn spread<C: Compression>(secret: &[u8; SEED_BYTES], bytes: &mut [u8]) {
    for (part, number) in bytes.chunks_mut(SEED_BYTES).zip(0u32..) {
        let mut digest = *secret;
        derive::<C>(&mut digest, Purpose::Part, number);
        for (to, from) in part.iter_mut().zip(digest) {
            *to = from;
        }
        clear::bytes(&mut digest);
    }
}

/// Makes of a secret one of its own for each purpose and number, none of which tells of another:
/// the digest of purpose, number and secret.
#[inline(never)]
fn derive<C: Compression>(secret: &mut [u8; SEED_BYTES], purpose: Purpose, number: u32) {
    const { assert!(SEED_BYTES == DIGEST_BYTES) };
    let mut block = [0; BLOCK_BYTES];
    if let Some((purpose_byte, rest)) = block.split_first_mut()
        && let Some((number_bytes, rest)) = rest.split_first_chunk_mut()
        && let Some(secret_bytes) = rest.first_chunk_mut()
    {
        *purpose_byte = purpose as u8;
        *number_bytes = number.to_be_bytes();
        *secret_bytes = *secret;
    }
    Sha256::<C>::digest_in_place::<{ 1 + 4 + SEED_BYTES }>(&mut block);
    if let Some(digest) = block.first_chunk() {
        *secret = *digest;
    }
    clear::bytes(&mut block);
}

#[cfg(test)]
mod tests;
