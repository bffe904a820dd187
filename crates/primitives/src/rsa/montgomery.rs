// SPDX-License-Identifier: Apache-2.0
//! Exponentiation by Montgomery multiplication.
//!
//! With the radix `R` two to the power of all bits of the digits, the Montgomery product of
//! `a` and `b` is `a * b / R` modulo the modulus. A number times `R` is in Montgomery form; the
//! product of two such numbers is in Montgomery form again, and the product of one that is
//! with one that is not is not. Numbers are less than the modulus between all steps.

use core::hint::black_box;

use super::MODULUS_BYTES_MAX;
use super::position::{self, DIGIT_BITS, DIGIT_MASK, PAIR_BITS, Position};

// The loops over these counts hide them from the compiler, which would write the calls out.
/// Squarings that raise to the power of 65536.
const EXPONENT_SQUARINGS: u32 = 16;
/// Squarings that lead to the square of the radix. What is below the first of them is reached
/// by doubling, of which one costs a fortieth of a squaring.
const RADIX_SQUARINGS: usize = 6;

/// Computes `base` to the power of 65537 modulo `modulus`. All are big endian and of the
/// same length; the modulus is odd and its highest bit is set, the base is less.
///
/// Not inlined, so that its large frame is gone when the result is looked at.
#[inline(never)]
pub(super) fn raise_to_public_exponent(modulus: &[u8], base: &[u8], result: &mut [u8]) {
    let mut buffer = [Position::ZERO; position::count(MODULUS_BYTES_MAX)];
    let Some(positions) = buffer.get_mut(..position::count(modulus.len())) else {
        return;
    };
    for (index, position) in positions.iter_mut().enumerate() {
        position.modulus = position::pair(modulus, index);
    }
    let negated_inverse = negated_inverse(positions);
    square_of_radix(positions, modulus.len() * 8, negated_inverse);
    multiply(positions, Factor::Bytes(base), negated_inverse);
    for _ in 0..black_box(EXPONENT_SQUARINGS) {
        multiply(positions, Factor::Itself, negated_inverse);
    }
    multiply(positions, Factor::Bytes(base), negated_inverse);
    position::write(positions, result);
}

/// Minus one divided by the modulus, modulo one digit: what makes the lowest digit of a sum
/// vanish. Each step of Newton's iteration doubles the correct bits; any odd number is its
/// own inverse in three bits.
fn negated_inverse(positions: &[Position]) -> u32 {
    let modulus = positions.first().map_or(1, |position| position.modulus[0]);
    let mut inverse = modulus;
    for _ in 0..4 {
        let error = 2u32.wrapping_sub(modulus.wrapping_mul(inverse));
        inverse = inverse.wrapping_mul(error);
    }
    inverse.wrapping_neg() & DIGIT_MASK
}

/// Sets the number to the square of the radix: the radix in Montgomery form.
///
/// The radix is two to the power of `radix_bits`. Its exponent is built up from the highest
/// bit: squaring doubles it and doubling adds one.
fn square_of_radix(positions: &mut [Position], modulus_bits: usize, negated_inverse: u32) {
    let radix_bits = positions.len() * PAIR_BITS as usize;
    // The power of two above the modulus: the top digit is the only one that it does not fill.
    if let Some(last) = positions.last_mut() {
        last.number = [0, 1 << (modulus_bits % DIGIT_BITS as usize)];
    }
    position::reduce_once(positions);
    let doublings = (radix_bits - modulus_bits) + (radix_bits >> RADIX_SQUARINGS);
    for _ in 0..doublings {
        position::double(positions);
    }
    for bit in (0..black_box(RADIX_SQUARINGS)).rev() {
        multiply(positions, Factor::Itself, negated_inverse);
        if (radix_bits >> bit) & 1 != 0 {
            position::double(positions);
        }
    }
}

/// What a number is multiplied by.
#[derive(Clone, Copy)]
enum Factor<'a> {
    Itself,
    Bytes(&'a [u8]),
}

/// Replaces the number by its Montgomery product with `factor`.
#[inline(never)]
fn multiply(positions: &mut [Position], factor: Factor<'_>, negated_inverse: u32) {
    for index in 0..positions.len() {
        let digits = match factor {
            Factor::Itself => positions.get(index).map_or([0; 2], |place| place.number),
            Factor::Bytes(bytes) => position::pair(bytes, index),
        };
        let top = add_product(positions, digits);
        drop_lowest(positions, top, negated_inverse);
    }
    let mut carry = 0;
    for position in positions.iter_mut() {
        for (digit, sum) in position.number.iter_mut().zip(&mut position.sums) {
            carry += core::mem::take(sum);
            *digit = carry as u32 & DIGIT_MASK;
            carry >>= DIGIT_BITS;
        }
    }
    position::reduce_once(positions);
}

/// Adds the number times two digits to the sums, and returns the column above them.
///
/// Number and modulus have a loop each: one for both needs more registers than there are and
/// costs more. The sums stand first in each line for the compiler to accumulate onto them.
#[inline(always)]
fn add_product(positions: &mut [Position], [b0, b1]: [u32; 2]) -> u64 {
    let mut below = 0;
    for position in positions {
        let [a0, a1] = position.number;
        let [low, high] = position.sums;
        position.sums = [
            low + product(below, b1) + product(a0, b0),
            high + product(a0, b1) + product(a1, b0),
        ];
        below = a1;
    }
    product(below, b1)
}

/// Adds the multiple of the modulus to the sums that makes the two lowest columns vanish, and
/// drops these: the other columns, of which `top` is the highest, move down.
#[inline(always)]
fn drop_lowest(positions: &mut [Position], top: u64, negated_inverse: u32) {
    let Some((first, rest)) = positions.split_first_mut() else {
        return;
    };
    let vanish = |sum: u64| (sum as u32).wrapping_mul(negated_inverse) & DIGIT_MASK;
    let [n0, n1] = first.modulus;
    let [low, high] = first.sums;
    let m0 = vanish(low);
    let high = high + ((low + product(n0, m0)) >> DIGIT_BITS) + product(n1, m0);
    let m1 = vanish(high);
    let carry = (high + product(n0, m1)) >> DIGIT_BITS;

    let mut below = n1;
    let mut target = &mut first.sums;
    for position in rest {
        let [n0, n1] = position.modulus;
        let [low, high] = position.sums;
        *target = [
            low + product(below, m1) + product(n0, m0),
            high + product(n0, m1) + product(n1, m0),
        ];
        below = n1;
        target = &mut position.sums;
    }
    *target = [top + product(below, m1), 0];
    if let Some(first) = positions.first_mut() {
        first.sums[0] += carry;
    }
}

fn product(a: u32, b: u32) -> u64 {
    u64::from(a) * u64::from(b)
}
