// SPDX-License-Identifier: Apache-2.0
//! A flash that is mapped into the address space.

use crate::Flash;

/// A flash whose content can be read in place.
pub trait Mapped: Flash {
    /// The whole content, [`crate::Geometry::size_bytes`] long. During the borrow nothing can be
    /// erased or programmed.
    fn bytes(&self) -> &[u8];
}

impl<F: Mapped> Mapped for &mut F {
    fn bytes(&self) -> &[u8] {
        F::bytes(self)
    }
}
