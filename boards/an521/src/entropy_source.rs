// SPDX-License-Identifier: Apache-2.0
//! Where random numbers start from: a seed in flash, for the emulator has nothing better.

use armv8m::sha256_kernel::Assembly;
use entropy::{FlashFailure, RECORD_BYTES, SeedFlash, SeedStore};

use crate::memory_map::entropy_seed_slot;

/// The emulator has no source of entropy: a seed in flash stands for one.
pub const ENTROPY: SeedStore<Slots, Assembly> = SeedStore::new(Slots);

/// The slots of the seed.
pub struct Slots;

impl SeedFlash for Slots {
    #[inline(never)] // each is called several times: once in the image is enough
    fn read(&self, slot: usize) -> [u8; RECORD_BYTES] {
        let area = entropy_seed_slot(slot);
        let record = area.bytes().first_chunk();
        record.copied().unwrap_or([0; RECORD_BYTES])
    }

    #[inline(never)]
    fn erase(&mut self, slot: usize) -> Result<(), FlashFailure> {
        let erased = entropy_seed_slot(slot).erase(0);
        erased.map_err(|_| FlashFailure)
    }

    #[inline(never)]
    fn program(&mut self, slot: usize, record: &[u8; RECORD_BYTES]) -> Result<(), FlashFailure> {
        let programmed = entropy_seed_slot(slot).program(0, record);
        programmed.map_err(|_| FlashFailure)
    }
}
