// SPDX-License-Identifier: Apache-2.0
//! The place of the images of a device.
//!
//! Images run in place, so each is linked for one address: behind a header of a fixed size, at the
//! beginning of a fixed slot. An image for another place is authentic too, but would end in a fault
//! at every start, after the image before it is gone. So every verification checks the place,
//! before anything is erased.

use crate::{Error, ParsedImage};

/// The procedure call standard keeps the stack pointer at a multiple of this.
const STACK_ALIGNMENT_BYTES: u32 = 8;
/// A handler has this bit set: it is Thumb code.
const THUMB: u32 = 1;

/// The place of the images of a device and of their stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Size of the header, behind which the vector table stands.
    pub header_bytes: u16,
    /// Address of the slot from which images are started.
    pub slot_address: u32,
    /// First address of the RAM of the secure world, aligned as stacks are.
    pub ram_address: u32,
    /// Size of that RAM.
    pub ram_bytes: u32,
}

impl Placement {
    /// Address of the vector table.
    #[must_use]
    pub const fn image_address(&self) -> u32 {
        self.slot_address.wrapping_add(self.header_bytes as u32)
    }

    /// Checks the place of an image: the size of its header, and the first two words of its
    /// vector table (Armv8-M Architecture Reference Manual, "Vector tables"): the initial stack
    /// pointer lies in the RAM, the reset handler in the image.
    ///
    /// # Errors
    ///
    /// [`Error::WrongHeaderSize`] and [`Error::WrongPlace`].
    pub fn check(&self, image: &ParsedImage<'_>) -> Result<(), Error> {
        if image.header.header_bytes != self.header_bytes {
            return Err(Error::WrongHeaderSize);
        }
        if !self.takes(image.payload) {
            return Err(Error::WrongPlace);
        }
        Ok(())
    }

    /// Whether a payload begins with a vector table for this place.
    #[must_use]
    pub fn takes(&self, payload: &[u8]) -> bool {
        let (words, _) = payload.as_chunks();
        let [stack, reset, ..] = words else {
            return false;
        };
        let stack_bytes = u32::from_le_bytes(*stack).wrapping_sub(self.ram_address);
        let reset_bytes = u32::from_le_bytes(*reset).wrapping_sub(self.image_address());
        let has_stack = stack_bytes.is_multiple_of(STACK_ALIGNMENT_BYTES)
            && stack_bytes.wrapping_sub(1) < self.ram_bytes;
        let has_handler = reset_bytes & THUMB != 0 && (reset_bytes as usize) < payload.len();
        has_stack && has_handler
    }
}
