// SPDX-License-Identifier: Apache-2.0
//! Arithmetic modulo a number of 256 bits, by Montgomery's multiplication (radix 2^256).
//!
//! The same code serves the fields and the scalars of all curves. A routine for one special prime
//! would be faster, and more code.
//!
//! All numbers are below the modulus between steps. No instruction and no address depends on
//! their value.

use core::hint::black_box;

/// Size of a number in bytes.
pub(crate) const NUMBER_BYTES: usize = 32;

/// A number of 256 bits, the lowest word first.
pub(crate) type Words = [u32; 8];

pub(crate) const ZERO: Words = [0; 8];

/// A modulus: odd, below 2^256.
pub(crate) struct Modulus {
    pub(crate) value: Words,
    /// -1 / modulus, modulo 2^32: the factor that makes the lowest word of a sum zero.
    pub(crate) negated_inverse: u32,
    /// The square of the radix, which brings a number into Montgomery form.
    pub(crate) radix_squared: Words,
}

impl Modulus {
    /// `a * b / 2^256`.
    #[inline(never)]
    pub(crate) fn product(&self, a: &Words, b: &Words) -> Words {
        let mut sum = ZERO;
        let mut top = 0;
        let [n0, n @ ..] = &self.value;
        let [b0, b @ ..] = b;
        for digit in a {
            let [low, ..] = sum;
            let first = multiply(*digit, *b0) + u64::from(low);
            let factor = (first as u32).wrapping_mul(self.negated_inverse);
            let second = multiply(factor, *n0) + u64::from(first as u32);
            let (mut carry, mut other) = (first >> 32, second >> 32);
            for place in 1..8 {
                let first = multiply(*digit, b[place - 1]) + u64::from(sum[place]) + carry;
                let second = multiply(factor, n[place - 1]) + u64::from(first as u32) + other;
                sum[place - 1] = second as u32;
                (carry, other) = (first >> 32, second >> 32);
            }
            let last = top + carry + other;
            sum[7] = last as u32;
            top = last >> 32;
        }
        self.subtract_if_above(&sum, top as u32)
    }

    /// `a + b`.
    #[inline(never)]
    pub(crate) fn sum(&self, a: &Words, b: &Words) -> Words {
        let (sum, carry) = add(a, b);
        self.subtract_if_above(&sum, carry)
    }

    /// `a - b`.
    #[inline(never)]
    pub(crate) fn difference(&self, a: &Words, b: &Words) -> Words {
        let (difference, borrow) = subtract(a, b);
        let mask = black_box(borrow.wrapping_neg());
        add(&difference, &self.value.map(|word| word & mask)).0
    }

    /// A number below twice the modulus, modulo it.
    #[inline]
    pub(crate) fn reduce_once(&self, a: &Words) -> Words {
        self.subtract_if_above(a, 0)
    }

    /// Whether the number is below the modulus.
    #[inline]
    pub(crate) fn is_reduced(&self, a: &Words) -> bool {
        subtract(a, &self.value).1 != 0
    }

    /// Brings a number below 2^256 into Montgomery form.
    #[inline]
    pub(crate) fn enter(&self, a: &Words) -> Words {
        self.product(&self.radix_squared, a)
    }

    /// Brings a number back out of Montgomery form.
    #[inline]
    pub(crate) fn leave(&self, a: &Words) -> Words {
        self.product(a, &[1, 0, 0, 0, 0, 0, 0, 0])
    }

    /// `1 / a` in Montgomery form, or zero for zero: `a` to the power of the modulus, which is a
    /// prime, less two.
    #[inline]
    pub(crate) fn inverse(&self, a: &Words) -> Words {
        let (exponent, _) = subtract(&self.value, &[2, 0, 0, 0, 0, 0, 0, 0]);
        self.power(a, &exponent)
    }

    /// `a` to the power of a number that is no secret, in Montgomery form.
    #[inline]
    pub(crate) fn power(&self, a: &Words, exponent: &Words) -> Words {
        let mut power = self.leave(&self.radix_squared); // one
        for word in exponent.iter().rev() {
            for bit in (0..32).rev() {
                power = self.product(&power, &power);
                if (word >> bit) & 1 != 0 {
                    power = self.product(&power, a);
                }
            }
        }
        power
    }

    /// The number, whose bit 256 is `top`, less the modulus if it is not below it.
    fn subtract_if_above(&self, a: &Words, top: u32) -> Words {
        let (difference, borrow) = subtract(a, &self.value);
        let keep = black_box((borrow & !top).wrapping_neg());
        select(keep, a, &difference)
    }
}

/// `a` where the mask is all ones, `b` where it is zero.
#[inline]
pub(crate) fn select(mask: u32, a: &Words, b: &Words) -> Words {
    let mut chosen = *b;
    for (chosen, a) in chosen.iter_mut().zip(a) {
        *chosen ^= (*chosen ^ a) & mask;
    }
    chosen
}

/// Whether the number is zero.
#[inline]
pub(crate) fn is_zero(a: &Words) -> bool {
    a.iter().fold(0, |all, word| black_box(all | word)) == 0
}

/// Adds one; whether that was too much for 256 bits.
#[inline]
pub(crate) fn increment(a: &mut Words) -> bool {
    let (next, carry) = add(a, &[1, 0, 0, 0, 0, 0, 0, 0]);
    *a = next;
    carry != 0
}

/// A number from its bytes, the highest first.
#[inline]
pub(crate) fn from_bytes(bytes: &[u8; NUMBER_BYTES]) -> Words {
    let mut words = ZERO;
    for (word, bytes) in words.iter_mut().rev().zip(bytes.as_chunks().0) {
        *word = u32::from_be_bytes(*bytes);
    }
    words
}

/// The bytes of a number, the highest first.
#[inline]
pub(crate) fn to_bytes(words: &Words) -> [u8; NUMBER_BYTES] {
    let mut bytes = [0; NUMBER_BYTES];
    for (bytes, word) in bytes.as_chunks_mut().0.iter_mut().zip(words.iter().rev()) {
        *bytes = word.to_be_bytes();
    }
    bytes
}

/// A number from its bytes, the lowest first.
#[inline]
pub(crate) fn from_little_endian(bytes: &[u8; NUMBER_BYTES]) -> Words {
    let mut words = ZERO;
    for (word, bytes) in words.iter_mut().zip(bytes.as_chunks().0) {
        *word = u32::from_le_bytes(*bytes);
    }
    words
}

/// The bytes of a number, the lowest first.
#[inline]
pub(crate) fn to_little_endian(words: &Words) -> [u8; NUMBER_BYTES] {
    let mut bytes = [0; NUMBER_BYTES];
    for (bytes, word) in bytes.as_chunks_mut().0.iter_mut().zip(words) {
        *bytes = word.to_le_bytes();
    }
    bytes
}

/// Sum and carry.
fn add(a: &Words, b: &Words) -> (Words, u32) {
    let mut sum = ZERO;
    let mut carry = 0;
    for ((sum, a), b) in sum.iter_mut().zip(a).zip(b) {
        carry += u64::from(*a) + u64::from(*b);
        *sum = carry as u32;
        carry >>= 32;
    }
    (sum, carry as u32)
}

/// Difference and borrow.
fn subtract(a: &Words, b: &Words) -> (Words, u32) {
    let mut difference = ZERO;
    let mut borrow = 0;
    for ((difference, a), b) in difference.iter_mut().zip(a).zip(b) {
        let word = u64::from(*a)
            .wrapping_sub(u64::from(*b))
            .wrapping_sub(borrow);
        *difference = word as u32;
        borrow = word >> 63;
    }
    (difference, borrow as u32)
}

fn multiply(a: u32, b: u32) -> u64 {
    u64::from(a) * u64::from(b)
}
