// SPDX-License-Identifier: Apache-2.0
//! Memory in which the boot ROM leaves boot data for the secure firmware.

/// RAM that no image clears, of `BYTES` bytes at `ADDRESS`.
#[derive(Debug)]
pub struct BootDataArea<const ADDRESS: usize, const BYTES: usize>(());

impl<const ADDRESS: usize, const BYTES: usize> BootDataArea<ADDRESS, BYTES> {
    const MEMORY: *mut [u8; BYTES] = ADDRESS as *mut [u8; BYTES];

    /// The memory at `ADDRESS`.
    ///
    /// # Safety
    /// It is secure RAM that nothing but this value uses. Several values may be there if none of
    /// them is written to.
    #[must_use]
    pub const unsafe fn new() -> Self {
        Self(())
    }

    /// What is there, whether or not the boot ROM has written it.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; BYTES] {
        // SAFETY: `new` promised the memory, any content of which is an array of bytes.
        unsafe { &*Self::MEMORY }
    }
}

impl<const ADDRESS: usize, const BYTES: usize> AsMut<[u8]> for BootDataArea<ADDRESS, BYTES> {
    fn as_mut(&mut self) -> &mut [u8] {
        // SAFETY: as for `bytes`; the borrow of the one value makes this the only reference.
        unsafe { &mut *Self::MEMORY }
    }
}
