// SPDX-License-Identifier: Apache-2.0
//! Poly1305 (RFC 8439, 2.5): a polynomial over the numbers modulo 2^130 - 5, evaluated at a
//! secret place, for one message under a key.
//!
//! Numbers are five digits of 26 bits: products of digits and their sums fit 64 bits, and what
//! goes beyond 130 bits comes back five times. Multiplication takes the same time for all numbers
//! on the cores in question (`ghash` says more).

use crate::clear;

/// Size of a one-time key in bytes.
pub const KEY_BYTES: usize = 32;
/// Size of a code in bytes.
pub const MAC_BYTES: usize = 16;
const BLOCK_BYTES: usize = 16;
const DIGIT_BITS: u32 = 26;
const DIGIT_MASK: u32 = (1 << DIGIT_BITS) - 1;

type Number = [u32; 5];

/// A MAC computation in progress.
pub struct Poly1305 {
    place: Number,
    sum: Number,
    /// Added at the end.
    mask: [u8; MAC_BYTES],
    block: [u8; BLOCK_BYTES],
    filled_bytes: u8,
}

impl Poly1305 {
    /// Without a key.
    pub const BLANK: Self = Self {
        place: [0; 5],
        sum: [0; 5],
        mask: [0; MAC_BYTES],
        block: [0; BLOCK_BYTES],
        filled_bytes: 0,
    };

    /// Begins a code under a key, which must serve no other message.
    pub fn start(&mut self, key: &[u8; KEY_BYTES]) {
        let [place, mask] = key.as_chunks().0 else {
            return;
        };
        let place = u128::from_le_bytes(*place) & 0x0ffffffc_0ffffffc_0ffffffc_0fffffff;
        self.place = digits(&place.to_le_bytes(), 0);
        self.mask = *mask;
        self.sum = [0; 5];
        self.filled_bytes = 0;
    }

    /// Processes data.
    pub fn update(&mut self, data: &[u8]) {
        for byte in data {
            if let Some(place) = self.block.get_mut(usize::from(self.filled_bytes)) {
                *place = *byte;
            }
            self.filled_bytes = self.filled_bytes.wrapping_add(1);
            if usize::from(self.filled_bytes) >= BLOCK_BYTES {
                self.absorb(1);
            }
        }
    }

    /// Fills an incomplete block with zeros.
    pub fn end_block(&mut self) {
        if self.filled_bytes != 0 {
            self.fill_with_zeros();
            self.absorb(1);
        }
    }

    /// Ends the message and returns its code; the state is wiped.
    #[must_use]
    pub fn finish(&mut self) -> [u8; MAC_BYTES] {
        if self.filled_bytes != 0 {
            if let Some(place) = self.block.get_mut(usize::from(self.filled_bytes)) {
                *place = 1;
            }
            self.filled_bytes = self.filled_bytes.wrapping_add(1);
            self.fill_with_zeros();
            self.absorb(0);
        }
        let code = value(&self.sum).wrapping_add(u128::from_le_bytes(self.mask));
        self.clear();
        code.to_le_bytes()
    }

    /// Wipes the state.
    pub fn clear(&mut self) {
        clear::replace(self, Self::BLANK);
    }

    fn fill_with_zeros(&mut self) {
        let rest = self.block.iter_mut().skip(usize::from(self.filled_bytes));
        rest.for_each(|byte| *byte = 0);
    }

    /// Takes the full block in, above which `high` stands.
    fn absorb(&mut self, high: u32) {
        self.filled_bytes = 0;
        for (sum, digit) in self.sum.iter_mut().zip(digits(&self.block, high)) {
            *sum = sum.wrapping_add(digit);
        }
        multiply(&mut self.sum, &self.place);
    }
}

/// The digits of sixteen bytes and what stands above them.
fn digits(bytes: &[u8; BLOCK_BYTES], high: u32) -> Number {
    let number = u128::from_le_bytes(*bytes);
    let digit = |index: u32| (number >> (index * DIGIT_BITS)) as u32 & DIGIT_MASK;
    [
        digit(0),
        digit(1),
        digit(2),
        digit(3),
        digit(4) | high << 24,
    ]
}

/// `left` becomes the product of both; its digits may have a bit more than others.
fn multiply(left: &mut Number, right: &Number) {
    let [l0, l1, l2, l3, l4] = left.map(u64::from);
    let [r0, r1, r2, r3, r4] = right.map(u64::from);
    // Five times what would stand above 130 bits.
    let [w1, w2, w3, w4] = [r1, r2, r3, r4].map(|digit| 5 * digit);
    let sums = [
        l0 * r0 + l1 * w4 + l2 * w3 + l3 * w2 + l4 * w1,
        l0 * r1 + l1 * r0 + l2 * w4 + l3 * w3 + l4 * w2,
        l0 * r2 + l1 * r1 + l2 * r0 + l3 * w4 + l4 * w3,
        l0 * r3 + l1 * r2 + l2 * r1 + l3 * r0 + l4 * w4,
        l0 * r4 + l1 * r3 + l2 * r2 + l3 * r1 + l4 * r0,
    ];
    let mut carry = 0;
    for (digit, sum) in left.iter_mut().zip(sums) {
        let sum = sum + carry;
        *digit = sum as u32 & DIGIT_MASK;
        carry = sum >> DIGIT_BITS;
    }
    let [d0, d1, ..] = left;
    let sum = u64::from(*d0) + 5 * carry;
    *d0 = sum as u32 & DIGIT_MASK;
    *d1 += (sum >> DIGIT_BITS) as u32;
}

/// The number of least value modulo 2^130 - 5, without what stands above 128 bits.
fn value(sum: &Number) -> u128 {
    let mut digits = *sum;
    // Twice, so that the carry which comes back from the top is carried on as well.
    for _ in 0..2 {
        let carry = carry(&mut digits);
        let [d0, ..] = &mut digits;
        *d0 += 5 * carry;
    }
    carry(&mut digits);
    // With five more: if that goes beyond 130 bits, the number is not the least one.
    let mut reduced = digits;
    let [d0, ..] = &mut reduced;
    *d0 += 5;
    let mask = carry(&mut reduced).wrapping_neg();
    let mut value = 0;
    let pairs = digits.iter().zip(&reduced);
    for ((digit, reduced), index) in pairs.zip(0..) {
        let digit = digit & !mask | reduced & mask;
        value |= u128::from(digit) << (index * DIGIT_BITS);
    }
    clear::replace(&mut digits, [0; 5]);
    clear::replace(&mut reduced, [0; 5]);
    value
}

/// Brings each digit to 26 bits; returns the carry of the last one.
fn carry(digits: &mut Number) -> u32 {
    let mut carry = 0;
    for digit in digits {
        *digit += carry;
        carry = *digit >> DIGIT_BITS;
        *digit &= DIGIT_MASK;
    }
    carry
}

#[cfg(test)]
mod tests;
