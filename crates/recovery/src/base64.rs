// SPDX-License-Identifier: Apache-2.0
//! Base64 (RFC 4648, section 4), four characters at a time and without tables.

/// Fills the last group of a text.
pub const PADDING: u8 = b'=';
/// Bits of a character.
const CHARACTER_BITS: u32 = 6;

/// Characters of which a group is not complete.
#[derive(Clone, Copy, Debug, Default)]
pub struct Group {
    bits: u32,
    count: u8,
    padding: u8,
}

/// What became of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// The group goes on.
    Nothing,
    /// The group is complete: this number of these bytes is its value. The next one begins.
    Bytes([u8; 3], u8),
    /// No such character can stand here.
    Malformed,
}

impl Group {
    /// Whether no character was taken yet.
    pub const fn is_empty(self) -> bool {
        self.count == 0
    }

    /// Takes the next character. Nothing may follow a group with padding, which the caller sees
    /// by its having fewer than three bytes.
    pub fn take(&mut self, character: u8) -> Decoded {
        let value = match character {
            b'A'..=b'Z' => character.wrapping_sub(b'A'),
            b'a'..=b'z' => character.wrapping_sub(b'a' - 26),
            b'0'..=b'9' => character.wrapping_add(52 - b'0'),
            b'+' => 62,
            b'/' => 63,
            PADDING if self.count >= 2 => {
                self.padding = self.padding.wrapping_add(1);
                0
            }
            _ => return Decoded::Malformed,
        };
        if self.padding > 0 && character != PADDING {
            return Decoded::Malformed;
        }
        self.bits = self.bits << CHARACTER_BITS | u32::from(value);
        self.count = self.count.wrapping_add(1);
        if self.count < 4 {
            return Decoded::Nothing;
        }
        let [_, first, second, third] = self.bits.to_be_bytes();
        let count = 3u8.wrapping_sub(self.padding);
        *self = Self::default();
        Decoded::Bytes([first, second, third], count)
    }
}

/// The four characters of one to three bytes, which are the low bits.
pub fn encode(bits: u32, count: u8) -> [u8; 4] {
    let missing_bits = u32::from(3u8.saturating_sub(count)) * 8;
    let mut bits = bits.wrapping_shl(missing_bits + 8);
    let mut group = [PADDING; 4];
    for place in group.iter_mut().take(usize::from(count) + 1) {
        bits = bits.rotate_left(CHARACTER_BITS);
        *place = character(bits as u8 & 0x3F);
    }
    group
}

const fn character(value: u8) -> u8 {
    match value {
        0..26 => b'A'.wrapping_add(value),
        26..52 => (b'a' - 26).wrapping_add(value),
        52..62 => value.wrapping_sub(52 - b'0'),
        62 => b'+',
        _ => b'/',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(bytes: &[u8]) -> Vec<u8> {
        let bits = |group: &[u8]| {
            group
                .iter()
                .fold(0, |bits, byte| bits << 8 | u32::from(*byte))
        };
        let groups = bytes.chunks(3);
        groups
            .flat_map(|group| encode(bits(group), group.len() as u8))
            .collect()
    }

    /// RFC 4648, section 10.
    #[test]
    fn texts_are_those_of_the_specification() {
        for (bytes, text) in [
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encoded(bytes.as_bytes()), text.as_bytes());
        }
    }

    #[test]
    fn all_bytes_come_back() {
        let bytes: Vec<u8> = (0..=u8::MAX)
            .flat_map(|byte| [byte, !byte, byte / 3])
            .collect();
        for length in [1, 2, 3, 256, 766, 767, 768] {
            let mut decoded: Vec<u8> = Vec::new();
            let mut group = Group::default();
            for character in encoded(&bytes[..length]) {
                match group.take(character) {
                    Decoded::Nothing => {}
                    Decoded::Bytes(bytes, count) => decoded.extend(&bytes[..count.into()]),
                    Decoded::Malformed => panic!("{character}"),
                }
            }
            assert!(group.is_empty());
            assert_eq!(decoded, bytes[..length]);
        }
    }

    #[test]
    fn other_characters_and_misplaced_padding_are_malformed() {
        for text in ["=", "A=", "AA=A", "A-", "AA_", "A A", "\n", "\u{80}"] {
            let mut group = Group::default();
            let last = text.bytes().map(|character| group.take(character)).last();
            let malformed = text
                .bytes()
                .any(|character| Group::default().take(character) == Decoded::Malformed);
            assert!(last == Some(Decoded::Malformed) || malformed, "{text}");
        }
    }
}
