// SPDX-License-Identifier: Apache-2.0
//! CRC-16 with the polynomial of the ITU-T and no initial value ("XMODEM"): finds what a line
//! did to a packet, not what an attacker did.

const POLYNOMIAL: u16 = 0x1021;

/// The checksum. That of bytes with their checksum behind them is 0.
#[inline(never)]
pub fn crc16(bytes: &[u8]) -> u16 {
    let mut remainder: u16 = 0;
    for byte in bytes {
        remainder ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            let reduce = (remainder >> 15).wrapping_neg() & POLYNOMIAL;
            remainder = remainder << 1 ^ reduce;
        }
    }
    remainder
}

#[cfg(test)]
mod tests {
    use super::crc16;

    #[test]
    fn check_value_of_the_catalogue() {
        assert_eq!(crc16(b"123456789"), 0x31C3);
        assert_eq!(crc16(b"123456789\x31\xC3"), 0);
    }
}
