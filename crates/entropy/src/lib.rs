// SPDX-License-Identifier: Apache-2.0
//! Entropy for a device without a source of its own: a secret seed that it is given in its
//! factory, kept in flash, and replaced whenever entropy is taken from it (NIST SP 800-90A,
//! 8.6.5, allows a seed from outside; NIST SP 800-90C calls this a chain of generators).
//!
//! * `record` is how a seed stands in flash and tells that it is whole.
//! * [`SeedStore`] takes entropy: it derives two secrets from the seed, one to give out and one
//!   to be the next seed. The next seed is in flash and the last one is erased *before* anything
//!   is given out, so that no seed serves twice, whenever the power is cut, and who reads the
//!   flash later learns nothing of what was given out.
//!
//! Two slots take turns, each erased as a whole. A board with a generator in hardware does not
//! need this crate.
#![cfg_attr(not(test), no_std)]

mod record;

pub use record::{RECORD_BYTES, SEED_BYTES, first_record};

use core::marker::PhantomData;
use primitives::clear;
use primitives::hash_drbg::{Entropy, EntropyFailure};
use primitives::sha256::{Compression, DIGEST_BYTES, Portable, Sha256};
use record::Record;

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

    /// Uses the seed up and returns the secret to be given out; the next seed is in its place.
    fn take(&mut self) -> Result<[u8; DIGEST_BYTES], FlashFailure> {
        let slot = self.current().ok_or(FlashFailure)?;
        let mut last = Record(self.flash.read(slot));
        let other = SLOTS - 1 - slot;
        let output = derive::<C>(last.secret(), Purpose::Output, 0);
        let mut secret = derive::<C>(last.secret(), Purpose::NextSeed, 0);
        let mut next = Record::new::<C>(last.number().wrapping_add(1), &secret);
        clear::bytes(&mut secret);
        clear::bytes(&mut last.0);
        self.flash.erase(other)?;
        self.flash.program(other, &next.0)?;
        let is_there = self.flash.read(other) == next.0;
        clear::bytes(&mut next.0);
        self.flash.erase(slot)?;
        let is_gone = self.number(slot).is_none();
        if is_there && is_gone {
            Ok(output)
        } else {
            Err(FlashFailure)
        }
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
        let mut secret = self.take().map_err(|FlashFailure| EntropyFailure)?;
        for (part, number) in bytes.chunks_mut(DIGEST_BYTES).zip(0u32..) {
            let mut digest = derive::<C>(&secret, Purpose::Part, number);
            for (to, from) in part.iter_mut().zip(digest) {
                *to = from;
            }
            clear::bytes(&mut digest);
        }
        clear::bytes(&mut secret);
        Ok(())
    }
}

/// A secret of its own for each purpose and number, none of which tells of another.
#[inline(never)]
fn derive<C: Compression>(
    secret: &[u8; SEED_BYTES],
    purpose: Purpose,
    number: u32,
) -> [u8; DIGEST_BYTES] {
    let mut hash = Sha256::<C>::begin();
    hash.update(&[purpose as u8]);
    hash.update(&number.to_be_bytes());
    hash.update(secret);
    hash.finish()
}

#[cfg(test)]
mod tests;
