// SPDX-License-Identifier: Apache-2.0
//! Where random numbers start from: a seed in flash, for the emulator has nothing better.

use armv8m::sha256_kernel::Assembly;
use entropy::{FlashFailure, RECORD_BYTES, SeedFlash, SeedStore};

use flash::Mapped;

use crate::config::flash::ENTROPY_SEED;

/// The source of entropy over the area of the seed.
pub type SeededEntropy<F> = SeedStore<Slots<F>, Assembly>;

/// The emulator has no source of entropy: a seed in flash stands for one.
pub const fn entropy<F: Mapped>(area: F) -> SeededEntropy<F> {
    SeedStore::new(Slots(area))
}

const SLOT_BYTES: usize = ENTROPY_SEED.size_bytes as usize / 2;

/// The slots of the seed.
pub struct Slots<F>(F);

impl<F: Mapped> SeedFlash for Slots<F> {
    #[inline(never)] // each is called several times: once in the image is enough
    fn read(&self, slot: usize) -> [u8; RECORD_BYTES] {
        let record = self.0.bytes().get(offset_bytes(slot)..);
        let record = record.and_then(|record| record.first_chunk());
        record.copied().unwrap_or([0; RECORD_BYTES])
    }

    fn erase(&mut self, slot: usize) -> Result<(), FlashFailure> {
        let erased = self.0.erase(offset_bytes(slot));
        erased.map_err(|_| FlashFailure)
    }

    fn program(&mut self, slot: usize, record: &[u8; RECORD_BYTES]) -> Result<(), FlashFailure> {
        let programmed = self.0.program(offset_bytes(slot), record);
        programmed.map_err(|_| FlashFailure)
    }
}

const fn offset_bytes(slot: usize) -> usize {
    if slot == 0 { 0 } else { SLOT_BYTES }
}
