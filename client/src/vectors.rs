// SPDX-License-Identifier: Apache-2.0
//! The buffers of a call as the veneers take them: `psa_invec` and `psa_outvec` (FF-M 1.1, client
//! API). On the host `host::vectors` has the same types for gateways without addresses.

use core::marker::PhantomData;

/// `psa_invec`: a buffer that the service reads.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct InVector<'a> {
    base: *const u8,
    length_bytes: usize,
    lifetime: PhantomData<&'a [u8]>,
}

impl<'a> InVector<'a> {
    /// The vector of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self {
            base: bytes.as_ptr(),
            length_bytes: bytes.len(),
            lifetime: PhantomData,
        }
    }
}

/// `psa_outvec`: a buffer that the service writes. After the call its length is the number of
/// bytes that the service has written.
#[repr(C)]
#[derive(Debug)]
pub struct OutVector<'a> {
    base: *mut u8,
    length_bytes: usize,
    lifetime: PhantomData<&'a mut [u8]>,
}

impl<'a> OutVector<'a> {
    /// The vector of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a mut [u8]) -> Self {
        Self {
            base: bytes.as_mut_ptr(),
            length_bytes: bytes.len(),
            lifetime: PhantomData,
        }
    }

    /// Length in bytes: before the call the size of the buffer, after it what the service wrote.
    #[must_use]
    pub const fn length_bytes(&self) -> usize {
        self.length_bytes
    }
}
