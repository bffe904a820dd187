// SPDX-License-Identifier: Apache-2.0
//! Wiping of what goes out of use.
//!
//! `core::hint::black_box` makes the optimiser believe that the zeros are looked at, so that
//! the stores stay although nobody reads them again; it costs no instruction, no unsafe code
//! and no crate. The standard library promises no more than best effort: the disassembly of
//! the release image is the proof.

use core::hint::black_box;

use primitives::sha256::{Compression, Sha256};

/// Overwrites the bytes with zeros.
pub(crate) fn bytes<const N: usize>(secret: &mut [u8; N]) {
    *secret = [0; N];
    black_box(secret);
}

/// Makes a hash blank.
#[inline(never)]
pub(crate) fn hash<C: Compression>(secret: &mut Sha256<C>) {
    *secret = Sha256::BLANK;
    black_box(secret);
}
