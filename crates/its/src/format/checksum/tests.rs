// SPDX-License-Identifier: Apache-2.0
use super::*;
use std::{vec, vec::Vec};

/// The polynomial without its highest term, the lowest power in bit 31.
const POLYNOMIAL: u32 = 1 << 31 | 1 << (31 - 11) | 1 << (31 - 16) | 1 << (31 - 21);

/// What one more bit does to a remainder: the definition.
fn shift_bit(value: u32) -> u32 {
    (value >> 1) ^ ((value & 1) * POLYNOMIAL)
}

fn of(bytes: &[u8]) -> u32 {
    checksum(0, bytes.as_chunks().0)
}

#[test]
fn a_word_is_shifted_as_its_bits_are() {
    let mut value = 1u32;
    for _ in 0..10_000 {
        value = value.wrapping_mul(0x9E37_79B1).wrapping_add(0x7F4A_7C15);
        let by_bits = (0..32).fold(value, |value, _| shift_bit(value));
        assert_eq!(shift_word(value), by_bits);
    }
}

#[test]
fn parts_of_whole_words_give_the_same() {
    let bytes: [u8; 36] = core::array::from_fn(|index| (index * 59) as u8);
    let (words, _) = bytes.as_chunks();
    for split in 0..=words.len() {
        let (first, second) = words.split_at(split);
        assert_eq!(checksum(checksum(0, first), second), checksum(0, words));
    }
}

#[test]
fn erased_and_cleared_flash_is_nothing_sealed() {
    assert_eq!(of(&[]), 0);
    for length in (8..600).step_by(4) {
        assert_ne!(of(&vec![0; length]), 0);
        assert_ne!(of(&vec![0xFF; length]), u32::MAX);
    }
}

/// What flipping each single bit does to the checksum, for `bits` of data and the checksum itself.
fn syndromes(bits: usize) -> Vec<u32> {
    let mut value = 1 << 31;
    (0..bits + 32)
        .map(|_| {
            let here = value;
            value = shift_bit(value);
            here
        })
        .collect()
}

/// No error of up to four bits goes unnoticed in a header or in an object of 512 bytes: neither
/// are two bits the same as one or two others.
#[test]
fn up_to_four_flipped_bits_are_always_noticed() {
    for bits in [128, 160, 512 * 8] {
        let single = syndromes(bits);
        let mut sums = single.clone();
        for (index, first) in single.iter().enumerate() {
            sums.extend(single[..index].iter().map(|second| first ^ second));
        }
        sums.sort_unstable();
        assert_ne!(sums[0], 0);
        assert!(sums.windows(2).all(|pair| pair[0] != pair[1]));
    }
}

/// What the test above takes for granted.
#[test]
fn the_table_of_single_bits_is_that_of_the_code() {
    let bytes = [0x5A; 64];
    let single = syndromes(512);
    for bit in 0..512 {
        let mut flipped = bytes;
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(of(&flipped) ^ of(&bytes), single[32 + 511 - bit]);
    }
}
