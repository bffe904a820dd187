// SPDX-License-Identifier: Apache-2.0
//! Numbers as digits of 28 bits.
//!
//! A processor without carry-propagating multiply-accumulate spends most instructions of a
//! multiplication on carries. With 28 bits to a digit, 256 products of two digits fit into a
//! 64-bit sum, so a whole column of the 220 products that [`super::montgomery`] adds up needs
//! no carry. Two digits are seven bytes, so digits come in pairs.
//!
//! The number, the modulus and the sums lie beside each other, one [`Position`] for each pair
//! of digits, least significant first: a loop over them needs one pointer, and everything
//! else stays in registers.

/// Bits of a digit.
pub(super) const DIGIT_BITS: u32 = 28;
/// All bits of a digit.
pub(super) const DIGIT_MASK: u32 = (1 << DIGIT_BITS) - 1;
/// Bits of a pair of digits.
pub(super) const PAIR_BITS: u32 = 2 * DIGIT_BITS;
/// Bytes of a pair of digits.
const PAIR_BYTES: usize = 7;

/// A pair of digits of everything that takes part in a multiplication.
#[derive(Clone, Copy)]
pub(super) struct Position {
    pub number: [u32; 2],
    pub modulus: [u32; 2],
    /// Columns of the product so far.
    pub sums: [u64; 2],
}

impl Position {
    pub const ZERO: Self = Self {
        number: [0; 2],
        modulus: [0; 2],
        sums: [0; 2],
    };
}

/// Positions of a number of this length in bytes.
pub(super) const fn count(bytes: usize) -> usize {
    bytes.div_ceil(PAIR_BYTES)
}

/// A pair of digits of a big endian number; the least significant one has index 0.
#[inline(never)] // for the modulus and for factors
pub(super) fn pair(bytes: &[u8], index: usize) -> [u32; 2] {
    let chunk = bytes.rchunks(PAIR_BYTES).nth(index).unwrap_or_default();
    let pair = chunk
        .iter()
        .fold(0u64, |value, byte| (value << 8) | u64::from(*byte));
    [pair as u32 & DIGIT_MASK, (pair >> DIGIT_BITS) as u32]
}

/// Writes the number big endian.
#[inline(never)]
pub(super) fn write(positions: &[Position], bytes: &mut [u8]) {
    for (position, chunk) in positions.iter().zip(bytes.rchunks_mut(PAIR_BYTES)) {
        let [low, high] = position.number;
        let mut pair = u64::from(low) | (u64::from(high) << DIGIT_BITS);
        for byte in chunk.iter_mut().rev() {
            *byte = pair as u8;
            pair >>= 8;
        }
    }
}

/// Subtracts the modulus from the number if that is not less.
#[inline(never)]
pub(super) fn reduce_once(positions: &mut [Position]) {
    let is_less = positions
        .iter()
        .rev()
        .flat_map(|position| {
            let ([low, high], [low_modulus, high_modulus]) = (position.number, position.modulus);
            [(high, high_modulus), (low, low_modulus)]
        })
        .find(|(digit, modulus)| digit != modulus)
        .is_some_and(|(digit, modulus)| digit < modulus);
    if is_less {
        return;
    }
    let mut borrow = 0i32;
    for position in positions {
        for (digit, modulus) in position.number.iter_mut().zip(position.modulus) {
            let difference = (*digit as i32)
                .wrapping_sub(modulus as i32)
                .wrapping_add(borrow);
            *digit = difference as u32 & DIGIT_MASK;
            borrow = difference >> DIGIT_BITS;
        }
    }
}

/// Doubles the number, which must be less than the modulus, modulo that.
#[inline(never)]
pub(super) fn double(positions: &mut [Position]) {
    let mut carry = 0;
    for position in positions.iter_mut() {
        for digit in &mut position.number {
            let doubled = (*digit << 1) | carry;
            *digit = doubled & DIGIT_MASK;
            carry = doubled >> DIGIT_BITS;
        }
    }
    reduce_once(positions);
}
