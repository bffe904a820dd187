// SPDX-License-Identifier: Apache-2.0
//! GHASH (NIST SP 800-38D, 6.4) in constant time: the sum of blocks, multiplied by a secret
//! element of the field of 2^128 elements after each.
//!
//! There is no table, because a table of multiples of a secret leaks it through a cache. Polynomials
//! over GF(2) are multiplied with the integer multiplier: every fourth bit of each factor at a time,
//! so that sums of eight ones do not carry into the next used bit. The multiplier of a Cortex-M33
//! takes constant time (one cycle); that of a Cortex-M3 does not.

use crate::aes::{BLOCK_BYTES, Block};
use crate::clear;

/// Words of a block, the one with the last bytes first.
type Element = [u32; 4];

/// A GHASH computation in progress under its key.
pub struct Ghash {
    key: Element,
    sum: Element,
}

impl Ghash {
    /// Under the key zero, which gives zero.
    pub const BLANK: Self = Self {
        key: [0; 4],
        sum: [0; 4],
    };

    /// Begins a hash under `key`.
    pub fn start(&mut self, key: &Block) {
        self.key = element(key);
        self.restart();
    }

    /// Begins another hash under the same key.
    pub fn restart(&mut self) {
        self.sum = [0; 4];
    }

    /// Processes one block.
    pub fn update(&mut self, block: &Block) {
        for (sum, word) in self.sum.iter_mut().zip(element(block)) {
            *sum ^= word;
        }
        multiply(&mut self.sum, &self.key);
    }

    /// The hash of the blocks so far.
    #[must_use]
    pub fn value(&self) -> Block {
        let mut block = [0; BLOCK_BYTES];
        for (bytes, word) in block.as_chunks_mut().0.iter_mut().rev().zip(self.sum) {
            *bytes = word.to_be_bytes();
        }
        block
    }
}

fn element(block: &Block) -> Element {
    let mut element = [0; 4];
    for (word, bytes) in element.iter_mut().zip(block.as_chunks().0.iter().rev()) {
        *word = u32::from_be_bytes(*bytes);
    }
    element
}

/// `left` becomes the product of both in the field.
fn multiply(left: &mut Element, right: &Element) {
    let mut product = multiply_128(left, right);
    // Bits stand in the order of GHASH, highest power last: the product of two such numbers of
    // 128 bits is one bit short of 256.
    let mut carry = 0;
    for word in &mut product {
        let next = *word >> 31;
        *word = *word << 1 | carry;
        carry = next;
    }
    // The field's polynomial brings powers from 128 up, which are the low words, to 7, 2, 1, 0.
    let [p0, p1, p2, mut p3, mut p4, mut p5, mut p6, mut p7] = product;
    reduce(p0, &mut p3, &mut p4);
    reduce(p1, &mut p4, &mut p5);
    reduce(p2, &mut p5, &mut p6);
    reduce(p3, &mut p6, &mut p7);
    *left = [p4, p5, p6, p7];
    clear::replace(&mut product, [0; 8]);
}

/// Adds a low word of the product to the word four places above and to the one below that.
fn reduce(low: u32, below: &mut u32, above: &mut u32) {
    *above ^= low ^ low >> 1 ^ low >> 2 ^ low >> 7;
    *below ^= low << 31 ^ low << 30 ^ low << 25;
}

/// The product of polynomials of 128 bits from three of 64 (Karatsuba).
fn multiply_128(left: &Element, right: &Element) -> [u32; 8] {
    let [l0, l1, l2, l3] = *left;
    let [r0, r1, r2, r3] = *right;
    let [a0, a1, a2, a3] = multiply_64([l0, l1], [r0, r1]);
    let [b0, b1, b2, b3] = multiply_64([l2, l3], [r2, r3]);
    let [c0, c1, c2, c3] = multiply_64([l0 ^ l2, l1 ^ l3], [r0 ^ r2, r1 ^ r3]);
    [
        a0,
        a1,
        a2 ^ a0 ^ b0 ^ c0,
        a3 ^ a1 ^ b1 ^ c1,
        b0 ^ a2 ^ b2 ^ c2,
        b1 ^ a3 ^ b3 ^ c3,
        b2,
        b3,
    ]
}

/// The product of polynomials of 64 bits from three of 32.
#[inline(never)] // three times in a product
fn multiply_64([l0, l1]: [u32; 2], [r0, r1]: [u32; 2]) -> [u32; 4] {
    let low = multiply_32(l0, r0);
    let high = multiply_32(l1, r1);
    let middle = multiply_32(l0 ^ l1, r0 ^ r1) ^ low ^ high;
    [
        low as u32,
        (low >> 32) as u32 ^ middle as u32,
        high as u32 ^ (middle >> 32) as u32,
        (high >> 32) as u32,
    ]
}

/// The product of polynomials of 32 bits.
#[inline(never)]
fn multiply_32(left: u32, right: u32) -> u64 {
    const EVERY_FOURTH: u32 = 0x1111_1111;
    const EVERY_FOURTH_OF_64: u64 = 0x1111_1111_1111_1111;
    let l = [0, 1, 2, 3].map(|shift| u64::from(left & EVERY_FOURTH << shift));
    let r = [0, 1, 2, 3].map(|shift| u64::from(right & EVERY_FOURTH << shift));
    let [l0, l1, l2, l3] = l;
    let [r0, r1, r2, r3] = r;
    let p0 = (l0 * r0) ^ (l1 * r3) ^ (l2 * r2) ^ (l3 * r1);
    let p1 = (l0 * r1) ^ (l1 * r0) ^ (l2 * r3) ^ (l3 * r2);
    let p2 = (l0 * r2) ^ (l1 * r1) ^ (l2 * r0) ^ (l3 * r3);
    let p3 = (l0 * r3) ^ (l1 * r2) ^ (l2 * r1) ^ (l3 * r0);
    p0 & EVERY_FOURTH_OF_64
        | p1 & EVERY_FOURTH_OF_64 << 1
        | p2 & EVERY_FOURTH_OF_64 << 2
        | p3 & EVERY_FOURTH_OF_64 << 3
}

#[cfg(test)]
mod tests;
