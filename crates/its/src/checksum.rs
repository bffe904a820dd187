// SPDX-License-Identifier: Apache-2.0
//! CRC-32 (ISO 3309, reflected) of whole words, four bits at a time: a table of 64 bytes.
//!
//! It finds every error of up to three bits in what it covers here, and of others all but one in
//! 2^32. It finds damage, not attacks: nobody but the store can write its flash.

const POLYNOMIAL: u32 = 0xEDB8_8320;

/// Data is padded with erased bytes to a multiple of this.
pub(crate) const WORD_BYTES: usize = 4;

static TABLE: [u32; 16] = {
    let mut table = [0; 16];
    let mut index = 0;
    while index < 16 {
        let mut remainder = index as u32;
        let mut bit = 0;
        while bit < 4 {
            remainder = (remainder >> 1) ^ ((remainder & 1).wrapping_neg() & POLYNOMIAL);
            bit += 1;
        }
        table[index] = remainder;
        index += 1;
    }
    table
};

/// A checksum in the making.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Checksum(u32);

impl Checksum {
    pub(crate) const fn new() -> Self {
        Self(u32::MAX)
    }

    /// Takes more words in; bytes behind the last whole word are left out.
    #[inline(never)]
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        for word in bytes.as_chunks::<WORD_BYTES>().0 {
            self.0 = take_word(self.0, u32::from_le_bytes(*word));
        }
    }

    pub(crate) const fn value(self) -> u32 {
        !self.0
    }
}

/// The checksum of little endian words.
#[inline(never)]
pub(crate) fn checksum(words: &[u32]) -> u32 {
    let mut remainder = u32::MAX;
    for word in words {
        remainder = take_word(remainder, *word);
    }
    !remainder
}

/// Takes four bytes in.
#[inline(never)]
fn take_word(remainder: u32, word: u32) -> u32 {
    let half = |remainder| nibble(nibble(nibble(nibble(remainder))));
    half(half(remainder ^ word))
}

#[inline(always)]
fn nibble(remainder: u32) -> u32 {
    (remainder >> 4) ^ TABLE[(remainder & 15) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: &[&[u8]]) -> u32 {
        let mut checksum = Checksum::new();
        parts.iter().for_each(|part| checksum.update(part));
        checksum.value()
    }

    #[test]
    fn values_are_those_of_the_algorithm() {
        assert_eq!(of(&[b"12345678"]), 0x9AE0_DAAF);
        assert_eq!(
            of(&[b"The quick brown fox jumps over the lazy dog "]),
            0xB628_08EE
        );
        assert_eq!(of(&[]), 0);
        let words = [*b"1234", *b"5678"].map(u32::from_le_bytes);
        assert_eq!(checksum(&words), of(&[b"12345678"]));
    }

    #[test]
    fn parts_of_whole_words_give_the_same() {
        let bytes: [u8; 36] = core::array::from_fn(|index| (index * 59) as u8);
        for split in (0..bytes.len()).step_by(4) {
            let (first, second) = bytes.split_at(split);
            assert_eq!(of(&[first, second]), of(&[&bytes]));
        }
    }
}
