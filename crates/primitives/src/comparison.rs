// SPDX-License-Identifier: Apache-2.0
//! The result of verifying a signature: two values that must be equal.
//!
//! A yes or no is one bit, and depends on one instruction that a fault can skip. A caller that has
//! both values can compare them several times, at several places.

/// Size of each value in bytes.
pub const COMPARISON_BYTES: usize = 32;

/// Two values that are equal when the signature is right, and only then.
#[derive(Clone, Copy, Debug)]
pub struct Comparison {
    /// Computed from message, key and signature.
    pub computed: [u8; COMPARISON_BYTES],
    /// Claimed by the signature.
    pub claimed: [u8; COMPARISON_BYTES],
}

impl Comparison {
    /// Whether the signature is right. It is one decision, which a fault can skip.
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
