// SPDX-License-Identifier: Apache-2.0
//! Memory of the non-secure world as a type.
//!
//! The hardware port implements [`Memory`] (TT instruction, volatile copies); the host tests
//! implement it with a table of regions. A [`ClientRange`] proves that the memory permitted
//! the access: it is made only here, after the check.

use crate::{address::AddressRange, error::Error};

/// A kind of access to the memory of a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Read it.
    Read,
    /// Read and write it.
    Write,
}

/// Memory of the non-secure world.
///
/// The manager calls `read` and `write` only for parts that lie within the range; an
/// implementation limits them to the range all the same, so that it is sound by itself.
pub trait Memory {
    /// Whether both the non-secure caller itself and the firmware may make this access to every
    /// byte of the range. A range with any secure part is not permitted.
    fn permits(&self, range: AddressRange, access: Access) -> bool;

    /// Copies from the caller's memory, in order, each byte read exactly once.
    fn read(&self, source: &ClientRange, offset_bytes: u32, destination: &mut [u8]);

    /// Copies to the caller's memory.
    fn write(&self, destination: &ClientRange, offset_bytes: u32, source: &[u8]);
}

/// Memory of a caller that the firmware may access; possibly empty.
#[derive(Clone, Copy, Debug)]
pub struct ClientRange {
    base: u32,
    length_bytes: u32,
}

impl ClientRange {
    /// No memory at all. The base has no meaning; it is not zero, because the compiler would
    /// call `memset` for a few words of zeros, at the expense of every call.
    pub(crate) const EMPTY: Self = Self {
        base: u32::MAX,
        length_bytes: 0,
    };

    /// A length without a place, for a vector that a secure caller passes as a slice: nothing
    /// is ever read or written by such a range, and no board permits the address in it.
    pub(crate) const fn nowhere(length_bytes: u32) -> Self {
        Self {
            base: u32::MAX,
            length_bytes,
        }
    }

    /// Checks a base and length from a caller. An empty range is never accessed, so its base may
    /// have any value (FF-M: a vector of length zero has no memory reference).
    #[inline(always)] // a call would cost as much as the check around `permits`
    pub(crate) fn check<M: Memory>(
        memory: &M,
        base: u32,
        length_bytes: u32,
        access: Access,
    ) -> Result<Self, Error> {
        let permitted = match AddressRange::new(base, length_bytes) {
            Some(range) => memory.permits(range, access),
            None => length_bytes == 0,
        };
        if permitted {
            Ok(Self { base, length_bytes })
        } else {
            Err(Error::Programmer)
        }
    }

    /// Address of the first byte; of no meaning for an empty range.
    #[must_use]
    pub const fn base(&self) -> u32 {
        self.base
    }

    /// Size in bytes; base and length together end within the address space.
    #[must_use]
    pub const fn length(&self) -> u32 {
        self.length_bytes
    }

    /// The first bytes of the range, if it has as many.
    pub(crate) const fn first(&self, length_bytes: u32) -> Option<Self> {
        if length_bytes <= self.length_bytes {
            Some(Self {
                base: self.base,
                length_bytes,
            })
        } else {
            None
        }
    }

    /// Whether a byte belongs to both; nothing belongs to an empty range.
    pub(crate) const fn overlaps(&self, other: &Self) -> bool {
        // Both ranges end within the address space, so a distance that is less than a length
        // can't come from wrapping around.
        self.length_bytes != 0
            && other.length_bytes != 0
            && (other.base.wrapping_sub(self.base) < self.length_bytes
                || self.base.wrapping_sub(other.base) < other.length_bytes)
    }
}

#[cfg(test)]
mod tests;
