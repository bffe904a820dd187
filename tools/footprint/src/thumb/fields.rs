// SPDX-License-Identifier: Apache-2.0
//! Parts of encodings that narrow and wide instructions share.

/// Register numbers.
pub(super) const SP: u16 = 13;
pub(super) const LR: u16 = 14;
pub(super) const PC: u16 = 15;

/// An address relative to PC, which reads as the instruction's address and 4.
pub(super) fn relative(address: u32, offset_bytes: i32) -> u32 {
    address.wrapping_add(4).wrapping_add_signed(offset_bytes)
}

/// The word-aligned PC and an offset.
pub(super) fn literal(address: u32, offset_bytes: i32) -> u32 {
    (address.wrapping_add(4) & !3).wrapping_add_signed(offset_bytes)
}

/// The low `bits` of a value as a signed number.
pub(super) fn signed(value: u32, bits: u32) -> i32 {
    (value << (32 - bits)).cast_signed() >> (32 - bits)
}

/// Bytes of the registers in a list.
pub(super) fn list_bytes(list: u16) -> i64 {
    i64::from(list.count_ones()) * 4
}
