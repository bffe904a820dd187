// SPDX-License-Identifier: Apache-2.0
//! The transient buffer, through which all data of objects passes.

/// A buffer of a fixed size: [`Buffer`] is the one kind.
pub trait TransientBuffer: Clone {
    /// Its size in bytes.
    const BYTES: usize;
    /// A buffer of zeros.
    const CLEAR: Self;

    #[doc(hidden)]
    fn bytes_mut(&mut self) -> &mut [u8];
}

/// A transient buffer of `BYTES` bytes: 16 to 512, whole words and whole program units.
#[derive(Clone, Debug)]
#[repr(align(4))]
pub struct Buffer<const BYTES: usize>([u8; BYTES]);

impl<const BYTES: usize> TransientBuffer for Buffer<BYTES> {
    const BYTES: usize = BYTES;
    const CLEAR: Self = Self([0; BYTES]);

    #[inline(always)]
    fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}
