// SPDX-License-Identifier: Apache-2.0
//! The buffers of a secure caller, which are slices.

use psa::client::MAX_VECTORS;

/// The buffers of a secure caller.
pub(crate) struct Slices<'a> {
    pub(crate) inputs: &'a [&'a [u8]],
    pub(crate) outputs: [&'a mut [u8]; MAX_VECTORS],
}

/// Copies as much as both have.
pub(crate) fn copy(destination: &mut [u8], source: &[u8]) {
    for (to, from) in destination.iter_mut().zip(source) {
        *to = *from;
    }
}
