// SPDX-License-Identifier: Apache-2.0
//! The mapped flash as the boot ROM takes it: all of it, with the slots and OTP.

use crate::mapped_flash::MappedFlash;
use boot::{Flash, FlashFailure};

impl Flash for MappedFlash {
    fn sector_bytes(&self) -> usize {
        MappedFlash::sector_bytes(self)
    }

    fn program_unit_bytes(&self) -> usize {
        MappedFlash::program_unit_bytes(self)
    }

    fn bytes(&self) -> &[u8] {
        MappedFlash::bytes(self)
    }

    fn erase(&mut self, offset_bytes: usize) -> Result<(), FlashFailure> {
        MappedFlash::erase(self, offset_bytes).map_err(|_| FlashFailure)
    }

    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), FlashFailure> {
        MappedFlash::program(self, offset_bytes, data).map_err(|_| FlashFailure)
    }
}
