// SPDX-License-Identifier: Apache-2.0
//! The trailer of a slot: the request to install what stands before it.
//!
//! Only its magic matters where images are overwritten. It stands at the very end of the slot,
//! where `imgtool sign --pad` and an updating application write it after everything else.

/// The last bytes of a slot whose image is to be installed (program units up to 8 bytes).
pub const MAGIC: [u8; 16] = [
    0x77, 0xc2, 0x95, 0xf3, 0x60, 0xd2, 0xef, 0x7f, 0x35, 0x52, 0x50, 0x0f, 0x2c, 0xb6, 0x79, 0x80,
];

/// What stands before the magic of a slot; nothing if the magic is not there.
#[must_use]
pub fn requested(slot: &[u8]) -> Option<&[u8]> {
    slot.strip_suffix(&MAGIC)
}
