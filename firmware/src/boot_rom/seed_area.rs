// SPDX-License-Identifier: Apache-2.0
//! The area of the seed of random numbers, while the boot ROM takes its boot seed.

use flash::{Chip, Error, Flash, Geometry, Mapped};

use super::flash_guard::GuardedFlash;
use crate::{Board, Configuration};

/// The area, at a place that the compiler knows.
pub struct SeedArea<'a, B: Board, C>(pub &'a mut Chip<GuardedFlash<B, C>>);

impl<B: Board, C: Configuration> Flash for SeedArea<'_, B, C> {
    #[inline(always)]
    fn geometry(&self) -> Geometry {
        let whole = self.0.geometry();
        Geometry {
            sector_count: C::ENTROPY_SEED.size_bytes / whole.sector_bytes,
            ..whole
        }
    }

    #[inline(always)]
    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), Error> {
        let source = self.bytes().get(offset_bytes..);
        let source = source.and_then(|source| source.get(..destination.len()));
        destination.copy_from_slice(source.ok_or(Error::OutOfBounds)?);
        Ok(())
    }

    #[inline(always)]
    fn erase(&mut self, offset_bytes: usize) -> Result<(), Error> {
        self.0.erase(C::ENTROPY_SEED, offset_bytes)
    }

    #[inline(always)]
    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), Error> {
        self.0.program(C::ENTROPY_SEED, offset_bytes, data)
    }
}

impl<B: Board, C: Configuration> Mapped for SeedArea<'_, B, C> {
    #[inline(always)]
    fn bytes(&self) -> &[u8] {
        self.0.bytes(C::ENTROPY_SEED)
    }
}
