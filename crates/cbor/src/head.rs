// SPDX-License-Identifier: Apache-2.0
//! The heads of CBOR items in their shortest form (RFC 8949, section 4.2.1), and the sizes of
//! items, which are known before they are written.

/// Major types.
pub mod major {
    /// A number.
    pub const UNSIGNED: u8 = 0;
    /// A number below zero.
    pub const NEGATIVE: u8 = 1;
    /// A byte string.
    pub const BYTES: u8 = 2;
    /// A text.
    pub const TEXT: u8 = 3;
    /// A list.
    pub const ARRAY: u8 = 4;
    /// A map.
    pub const MAP: u8 = 5;
    /// A mark before an item that says more of its meaning.
    pub const TAG: u8 = 6;
    /// Truth values, numbers that are not whole, and the end of an indefinite length.
    pub const SIMPLE: u8 = 7;
}

/// The head of an item with this major type and number: its first byte, and how many bytes of
/// the number, in big endian, follow.
#[must_use]
pub const fn head(major: u8, number: u32) -> (u8, usize) {
    let (low_bits, following_bytes) = match head_bytes(number) {
        1 => (number as u8, 0),
        2 => (24, 1),
        3 => (25, 2),
        _ => (26, 4),
    };
    (major << 5 | low_bits, following_bytes)
}

/// Size of a head with this number.
#[must_use]
pub const fn head_bytes(number: u32) -> usize {
    match number {
        0..24 => 1,
        24..0x100 => 2,
        0x100..0x1_0000 => 3,
        _ => 5,
    }
}

/// Major type and number of an integer.
#[must_use]
pub const fn integer(value: i32) -> (u8, u32) {
    if value < 0 {
        (major::NEGATIVE, !value as u32)
    } else {
        (major::UNSIGNED, value as u32)
    }
}

/// Size of an integer.
#[must_use]
pub const fn integer_bytes(value: i32) -> usize {
    head_bytes(integer(value).1)
}

/// Size of a text or a byte string of this length.
#[must_use]
pub const fn string_bytes(length: usize) -> usize {
    head_bytes(length as u32) + length
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8949, appendix A.
    #[test]
    fn heads_are_those_of_the_specification() {
        for (value, expected) in [
            (0, "00"),
            (23, "17"),
            (24, "1818"),
            (100, "1864"),
            (1000, "1903e8"),
            (1_000_000, "1a000f4240"),
            (-1, "20"),
            (-10, "29"),
            (-100, "3863"),
            (-1000, "3903e7"),
            (i32::MIN, "3a7fffffff"),
        ] {
            let (major, number) = integer(value);
            let (first, following_bytes) = head(major, number);
            let mut bytes = vec![first];
            bytes.extend(&number.to_be_bytes()[4 - following_bytes..]);
            let text: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!(text, expected);
            assert_eq!(integer_bytes(value), bytes.len());
        }
    }
}
