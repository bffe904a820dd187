// SPDX-License-Identifier: Apache-2.0
//! Memory in which the boot ROM leaves word for the secure firmware.

/// RAM that no image clears, of `BYTES` bytes at `ADDRESS`.
#[derive(Clone, Copy, Debug)]
pub struct BootDataArea<const ADDRESS: usize, const BYTES: usize>(());

impl<const ADDRESS: usize, const BYTES: usize> BootDataArea<ADDRESS, BYTES> {
    const MEMORY: *mut [u8; BYTES] = ADDRESS as *mut [u8; BYTES];

    /// The memory at `ADDRESS`.
    ///
    /// # Safety
    /// It is secure RAM that nothing else uses.
    #[must_use]
    pub const unsafe fn new() -> Self {
        Self(())
    }

    /// What is there: whatever the boot ROM, or nobody, has written.
    #[must_use]
    pub fn bytes(self) -> &'static [u8; BYTES] {
        // SAFETY: `new` promised the memory, any content of which is an array of bytes. An image
        // that reads it never writes it.
        unsafe { &*Self::MEMORY }
    }

    /// The area, to be written.
    ///
    /// # Safety
    /// The image calls this once, and [`Self::bytes`] never.
    #[must_use]
    pub unsafe fn bytes_mut(self) -> &'static mut [u8; BYTES] {
        // SAFETY: `new` promised the memory, and the caller that there is no other reference.
        unsafe { &mut *Self::MEMORY }
    }
}
