// SPDX-License-Identifier: Apache-2.0
//! The source of entropy: the next seed is in flash before anything is given out.

use core::marker::PhantomData;

use flash::{ERASED, Error, Flash};
use primitives::clear;
use primitives::hash_drbg::{Entropy, EntropyFailure};
use primitives::sha256::{Compression, Portable};

use crate::{
    derive::{Purpose, derive, spread},
    record::{RECORD_BYTES, Record, SEED_BYTES},
};

/// Slots for seeds.
const SLOTS: usize = 2;

/// A source of entropy over two slots of flash, by a compression function of the board.
#[derive(Debug)]
pub struct SeedStore<F, C = Portable> {
    flash: F,
    compression: PhantomData<C>,
}

impl<F, C> SeedStore<F, C> {
    /// The source over an area of two slots, which nothing else changes.
    pub const fn new(flash: F) -> Self {
        Self {
            flash,
            compression: PhantomData,
        }
    }
}

impl<F: Flash, C: Compression> SeedStore<F, C> {
    /// Uses the seed up and fills `output` with the secret to be given out; the next seed is in
    /// its place.
    #[inline(never)]
    fn take(&mut self, output: &mut [u8; SEED_BYTES]) -> Result<(), Error> {
        let slot = self.current().ok_or(Error::Failed)?;
        let other = SLOTS - 1 - slot;
        let mut record = self.read(slot);
        *output = *record.secret_mut();
        derive::<C>(output, Purpose::Output, 0);
        derive::<C>(record.secret_mut(), Purpose::NextSeed, 0);
        record.set_number::<C>(record.number().wrapping_add(1));
        let is_there = self.put(other, &record);
        clear::bytes(&mut record.0);
        is_there?;
        self.flash.erase(self.offset_bytes(slot))?;
        match self.number(slot) {
            None => Ok(()),
            Some(_) => Err(Error::Failed),
        }
    }

    /// Writes a record into a slot and reads it back. A slot that is erased is not worn out.
    #[inline(never)] // beside what else is deep
    fn put(&mut self, slot: usize, record: &Record) -> Result<(), Error> {
        let offset_bytes = self.offset_bytes(slot);
        let mut programmed = Err(Error::NotErased);
        if self.read(slot).0.iter().all(|byte| *byte == ERASED) {
            programmed = self.flash.program(offset_bytes, &record.0);
        }
        // A slot may only look erased, where the power was cut while it was being erased.
        if programmed == Err(Error::NotErased) {
            self.flash.erase(offset_bytes)?;
            programmed = self.flash.program(offset_bytes, &record.0);
        }
        programmed?;
        if self.holds(slot, record) {
            Ok(())
        } else {
            Err(Error::Failed)
        }
    }

    /// Whether this record stands in a slot.
    #[inline(never)] // as `number`
    fn holds(&self, slot: usize, record: &Record) -> bool {
        self.read(slot) == *record
    }

    /// What stands in a slot; zeros, which are no record, if it can't be read.
    #[inline(never)] // called several times: once in the image is enough
    fn read(&self, slot: usize) -> Record {
        let mut record = [0; RECORD_BYTES];
        match self.flash.read(self.offset_bytes(slot), &mut record) {
            Ok(()) => Record(record),
            Err(_) => Record([0; RECORD_BYTES]),
        }
    }

    /// Where a slot begins: each is half of the area.
    #[inline(always)]
    fn offset_bytes(&self, slot: usize) -> usize {
        match slot {
            0 => 0,
            _ => self.flash.geometry().size_bytes() / SLOTS,
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
        let record = self.read(slot);
        record.is_whole::<C>().then(|| record.number())
    }
}

impl<F: Flash, C: Compression> Entropy for SeedStore<F, C> {
    #[inline(never)] // below the stack of those who ask, and not in theirs
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyFailure> {
        let mut secret = [0; SEED_BYTES];
        let taken = self.take(&mut secret);
        if taken.is_ok() {
            spread::<C>(&secret, bytes);
        }
        clear::bytes(&mut secret);
        taken.map_err(|_| EntropyFailure)
    }
}

#[cfg(test)]
mod tests;
