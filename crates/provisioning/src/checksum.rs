// SPDX-License-Identifier: Apache-2.0
//! CRC-32 (ISO 3309, reflected polynomial): finds damage, not attacks. OTP is written by
//! the factory and the boot ROM only.

const POLYNOMIAL: u32 = 0xEDB8_8320;

/// The checksum of the concatenated parts.
pub fn crc32(parts: [&[u8]; 2]) -> u32 {
    !parts.into_iter().fold(u32::MAX, remainder)
}

#[inline(never)] // for each part
fn remainder(mut remainder: u32, part: &[u8]) -> u32 {
    for byte in part {
        remainder ^= u32::from(*byte);
        for _ in 0..8 {
            let reduce = (remainder & 1).wrapping_neg() & POLYNOMIAL;
            remainder = (remainder >> 1) ^ reduce;
        }
    }
    remainder
}

#[cfg(test)]
mod tests {
    #[test]
    fn check_value_of_the_catalogue() {
        assert_eq!(super::crc32([b"12345", b"6789"]), 0xCBF4_3926);
    }
}
