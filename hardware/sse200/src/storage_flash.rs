// SPDX-License-Identifier: Apache-2.0
//! An area of the flash as Internal Trusted Storage takes it.

use its::{Flash, FlashError, Geometry};

/// The area of a store.
#[derive(Debug)]
pub struct StorageFlash<F>(F);

impl<F> StorageFlash<F> {
    /// The store's area.
    pub const fn new(area: F) -> Self {
        Self(area)
    }
}

impl<F: flash::Flash> Flash for StorageFlash<F> {
    #[inline(always)]
    fn geometry(&self) -> Geometry {
        let geometry = self.0.geometry();
        Geometry {
            sector_count: geometry.sector_count as u32,
            sector_bytes: geometry.sector_bytes as u32,
            program_unit_bytes: geometry.program_unit_bytes as u32,
        }
    }

    #[inline(always)]
    fn read(&self, offset_bytes: u32, destination: &mut [u8]) -> Result<(), FlashError> {
        let read = self.0.read(offset_bytes as usize, destination);
        read.map_err(|_| FlashError)
    }

    #[inline(always)]
    fn program(&mut self, offset_bytes: u32, source: &[u8]) -> Result<(), FlashError> {
        let programmed = self.0.program(offset_bytes as usize, source);
        programmed.map_err(|_| FlashError)
    }

    #[inline(always)]
    fn erase(&mut self, offset_bytes: u32) -> Result<(), FlashError> {
        let erased = self.0.erase(offset_bytes as usize);
        erased.map_err(|_| FlashError)
    }
}
