// SPDX-License-Identifier: Apache-2.0
//! A flash that is mapped into the address space.

use crate::Flash;

/// A flash whose content can be looked at where it is.
pub trait Mapped: Flash {
    /// All that it holds, [`crate::Geometry::size_bytes`] of it. While it is borrowed nothing can be
    /// erased or programmed.
    fn bytes(&self) -> &[u8];
}

impl<F: Mapped> Mapped for &mut F {
    fn bytes(&self) -> &[u8] {
        F::bytes(self)
    }
}
