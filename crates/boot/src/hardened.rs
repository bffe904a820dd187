// SPDX-License-Identifier: Apache-2.0
//! Decisions that withstand a fault.
//!
//! The fault is one instruction that is skipped, or one value of a decision that is corrupted, at
//! any moment of a boot. The defences:
//!
//! * Several places decide in sequence, each from the data, whether an image may start: the
//!   verifier, `crate::start` with a second reading of OTP and of the image, and the start itself.
//!   One fault affects one place.
//! * The last one uses a `proof`: a sum over the bytes that must be equal. It is [`PROVEN`] if
//!   every byte was compared and none differed. An image that was not verified has no `SEAL`, the
//!   start value of the sum.
//! * The code that starts the image compares the proof, computes it once more and derives the
//!   address of the image from it. So there is no address without a proof, and no skipped
//!   instruction supplies one.
//!
//! `docs/glitches.md` has the figures, and how they are measured.

/// The proof of an image that may start. Half of the bits are set in no regular order, so that
/// neither it nor its complement appears by chance.
pub const PROVEN: u32 = 0x6C4B_B1D2;

/// The increment for each compared byte. A sum with a missing or repeated increment differs by more
/// than all byte differences together.
const STEP: u32 = 0x0517_0000;

/// Left by the verifier in an accepted image: the proof minus its increments.
pub(crate) const SEAL: u32 = PROVEN.wrapping_sub(STEP.wrapping_mul(2 * VALUE_BYTES as u32));

/// Size of each value that is compared, in bytes.
const VALUE_BYTES: usize = 32;

/// Two values that must be equal.
pub(crate) type Pair<'a> = (&'a [u8; VALUE_BYTES], &'a [u8; VALUE_BYTES]);

/// The proof of two pairs: [`PROVEN`] if both are equal and `seal` is [`SEAL`].
///
/// Differences are never negative, so their sum can't cancel out.
#[inline(never)] // so that a second call is a second computation
pub(crate) fn proof(seal: u32, pairs: [Pair<'_>; 2]) -> u32 {
    let bytes = pairs
        .into_iter()
        .flat_map(|(left, right)| left.iter().zip(right));
    bytes.fold(seal, |sum, (left, right)| {
        sum.wrapping_add(STEP).wrapping_add(u32::from(left ^ right))
    })
}

#[cfg(test)]
mod tests {
    use super::{PROVEN, SEAL, STEP, VALUE_BYTES, proof};

    const ONE: [u8; VALUE_BYTES] = [0xA5; VALUE_BYTES];
    const OTHER: [u8; VALUE_BYTES] = [0x3C; VALUE_BYTES];

    #[test]
    fn equal_values_and_the_seal_make_a_proof() {
        assert_eq!(proof(SEAL, [(&ONE, &ONE), (&OTHER, &OTHER)]), PROVEN);
    }

    #[test]
    fn every_bit_of_every_value_counts() {
        for bit in 0..8 * VALUE_BYTES {
            let mut changed = ONE;
            changed[bit / 8] ^= 1 << (bit % 8);
            for pairs in [
                [(&changed, &ONE), (&OTHER, &OTHER)],
                [(&ONE, &changed), (&OTHER, &OTHER)],
                [(&OTHER, &OTHER), (&changed, &ONE)],
                [(&OTHER, &OTHER), (&ONE, &changed)],
            ] {
                assert_ne!(proof(SEAL, pairs), PROVEN, "bit {bit}");
            }
        }
    }

    #[test]
    fn no_seal_no_proof() {
        for seal in [0, 1, u32::MAX, PROVEN, !PROVEN, !SEAL] {
            assert_ne!(proof(seal, [(&ONE, &ONE), (&ONE, &ONE)]), PROVEN);
        }
        for bit in 0..32 {
            assert_ne!(proof(SEAL ^ 1 << bit, [(&ONE, &ONE), (&ONE, &ONE)]), PROVEN);
        }
    }

    #[test]
    fn no_other_number_of_steps_comes_near() {
        let differences = 2 * VALUE_BYTES as u32 * 0xFF;
        for steps in 0..8 * VALUE_BYTES as u32 {
            let missing = PROVEN.wrapping_sub(SEAL.wrapping_add(STEP.wrapping_mul(steps)));
            assert!(missing > differences || steps == 64, "{steps} steps");
        }
    }

    #[test]
    fn the_constants_are_far_from_what_is_there_by_chance() {
        for constant in [PROVEN, SEAL] {
            for common in [0, u32::MAX, 1, 0x1000_0000, 0x3800_0000, 0x8000_0000] {
                assert!((constant ^ common).count_ones() >= 8);
            }
        }
    }
}
