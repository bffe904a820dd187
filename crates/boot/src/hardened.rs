// SPDX-License-Identifier: Apache-2.0
//! Decisions that a fault does not turn around.
//!
//! The fault is one instruction that is skipped, or one value of a decision that is corrupted, at
//! any moment of a boot. What withstands it, all of it small:
//!
//! * Whether an image may be started is decided in several places, one behind the other and each
//!   from the data: where the image is verified, where it was looked for (`crate::start`, by a
//!   second reading of OTP and of the image), and where it is started. One fault is one place.
//! * The last of them goes by a `proof`: not a yes or no, but a sum over the bytes of what has to
//!   be equal. It is [`PROVEN`] when every byte was looked at and none differed. What was never
//!   verified lacks `SEAL`, from which the sum starts.
//! * Who starts the image compares the proof, and then computes it once more and takes the address
//!   of the image out of it: there is no address to jump to without a proof, and no instruction
//!   whose absence supplies one.
//!
//! `docs/glitches.md` has the figures, and how they are measured.

/// The proof of an image that may be started. Neither this nor its complement is what is left in
/// a register or in memory by chance: half of the bits are set, in no regular order.
pub const PROVEN: u32 = 0x6C4B_B1D2;

/// What each byte adds that is compared. A sum that lacks some of them, or has some twice, is off
/// by more than all differences of bytes together.
const STEP: u32 = 0x0517_0000;

/// What the verifier leaves in an image that it accepts: the proof, less the steps to it.
pub(crate) const SEAL: u32 = PROVEN.wrapping_sub(STEP.wrapping_mul(2 * VALUE_BYTES as u32));

/// Size of each value that is compared, in bytes.
const VALUE_BYTES: usize = 32;

/// Two values that have to be equal.
pub(crate) type Pair<'a> = (&'a [u8; VALUE_BYTES], &'a [u8; VALUE_BYTES]);

/// Two pairs, both of which have to be equal: [`PROVEN`] if they are and `seal` is [`SEAL`].
///
/// Differences are added, and are never negative: they don't make up for one another.
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
