// SPDX-License-Identifier: Apache-2.0
//! Comparison in constant time: its duration does not depend on where the values differ.
//!
//! The differences of all bytes are combined before the decision. The lengths are public. `core::hint::black_box` keeps the optimiser from turning the collection back into
//! an early exit.

use core::hint::black_box;

/// Whether both slices hold the same bytes; slices of unequal length never do.
#[must_use]
pub fn equal(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut difference = 0u8;
    for (a, b) in left.iter().zip(right) {
        difference = black_box(difference | (a ^ b));
    }
    difference == 0
}

#[cfg(test)]
mod tests {
    use super::equal;

    #[test]
    fn unequal_lengths_are_unequal() {
        assert!(!equal(b"", b"a"));
        assert!(!equal(b"abc", b"ab"));
        assert!(!equal(b"ab", b"abc"));
    }

    #[test]
    fn every_single_bit_counts() {
        let reference = [0x5Au8; 32];
        assert!(equal(&reference, &[0x5A; 32]));
        for bit in 0..256 {
            let mut other = reference;
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(!equal(&reference, &other), "bit {bit}");
        }
    }

    #[test]
    fn nothing_equals_nothing() {
        assert!(equal(b"", b""));
    }
}
