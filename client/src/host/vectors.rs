// SPDX-License-Identifier: Apache-2.0
//! The buffers of a call on the host: slices, which a fake [`Gateway`](crate::Gateway) can read and
//! fill without an address.

/// `psa_invec`: a buffer that the service reads.
#[derive(Clone, Copy, Debug)]
pub struct InVector<'a>(&'a [u8]);

impl<'a> InVector<'a> {
    /// The vector of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Host only: what the service reads.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.0
    }
}

/// `psa_outvec`: a buffer that the service writes. After the call its length is the number of
/// bytes that the service has written.
#[derive(Debug)]
pub struct OutVector<'a> {
    bytes: &'a mut [u8],
    length_bytes: usize,
}

impl<'a> OutVector<'a> {
    /// The vector of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a mut [u8]) -> Self {
        let length_bytes = bytes.len();
        Self {
            bytes,
            length_bytes,
        }
    }

    /// Length in bytes: before the call the size of the buffer, after it what the service wrote.
    #[must_use]
    pub const fn length_bytes(&self) -> usize {
        self.length_bytes
    }

    /// Host only: the whole buffer, for a gateway to write to.
    pub const fn room(&mut self) -> &mut [u8] {
        self.bytes
    }

    /// Host only: sets the length to what was written.
    pub const fn set_length_bytes(&mut self, length_bytes: usize) {
        self.length_bytes = length_bytes;
    }
}
