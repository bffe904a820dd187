// SPDX-License-Identifier: Apache-2.0
//! What the verification of a signature comes down to: two values that have to be equal.
//!
//! A verification that ends in a yes or no ends in one bit, and in one instruction that a fault may
//! skip. Who is given the two values can compare them as often, and as late, as he likes.

/// Size of each value in bytes.
pub const COMPARISON_BYTES: usize = 32;

/// Two values that are equal when the signature is right, and only then.
#[derive(Clone, Copy, Debug)]
pub struct Comparison {
    /// What follows from message, key and signature.
    pub computed: [u8; COMPARISON_BYTES],
    /// What the signature claims it to be.
    pub claimed: [u8; COMPARISON_BYTES],
}

impl Comparison {
    /// Tells whether the signature is right, for those who fear no faults.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.computed == self.claimed
    }
}

#[cfg(test)]
mod tests {
    use super::Comparison;

    #[test]
    fn every_bit_counts() {
        let right = Comparison {
            computed: [0x5A; 32],
            claimed: [0x5A; 32],
        };
        assert!(right.holds());
        for bit in 0..256 {
            let mut wrong = right;
            wrong.claimed[bit / 8] ^= 1 << (bit % 8);
            assert!(!wrong.holds(), "bit {bit}");
        }
    }
}
