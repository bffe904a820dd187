// SPDX-License-Identifier: Apache-2.0
//! AES-128 encryption with a table: twice as fast as the circuit, and **not constant time** if
//! memory has a cache or shares its bus with somebody who can measure. The addresses that it
//! reads depend on key and data. Without cache and beside no such neighbour each look-up takes
//! the same time.
//!
//! The table has S-box and MixColumns of a byte in row 0 in one word; those of the other rows
//! are rotations of it, which cost nothing on Armv8-M.

use super::{BLOCK_BYTES, Block, BlockPair, BlockPairCipher, KEY_BYTES, KeyLengthError, ROUNDS};
use crate::clear;

/// The columns of a block or a round key: row 0 in the lowest byte.
type Columns = [u32; BLOCK_BYTES / 4];

/// AES-128 in portable Rust with a table of 1 KiB: 176 bytes of expanded key.
#[derive(Clone)]
pub struct Aes128 {
    round_keys: [Columns; ROUNDS + 1],
}

impl BlockPairCipher for Aes128 {
    type Key = [u8; KEY_BYTES];

    const WITHOUT_KEY: Self = Self {
        round_keys: [[0; 4]; ROUNDS + 1],
    };

    fn set_key(&mut self, key: &Self::Key) -> Result<(), KeyLengthError> {
        let mut current = columns(key);
        let mut round_constant = 1u32;
        for round_key in &mut self.round_keys {
            *round_key = current;
            let [a, b, c, d] = &mut current;
            let rotated = d.rotate_right(8);
            *a ^= last_column(rotated, rotated, rotated, rotated) ^ round_constant;
            *b ^= *a;
            *c ^= *b;
            *d ^= *c;
            round_constant = double(round_constant as u8).into();
        }
        clear::replace(&mut current, [0; 4]);
        Ok(())
    }

    fn encrypt(&self, blocks: &mut BlockPair) {
        for block in &mut blocks.0 {
            encrypt(&self.round_keys, block);
        }
    }
}

fn encrypt([first, middle @ .., last]: &[Columns; ROUNDS + 1], block: &mut Block) {
    let [a, b, c, d] = columns(block);
    let [k0, k1, k2, k3] = *first;
    let (mut a, mut b, mut c, mut d) = (a ^ k0, b ^ k1, c ^ k2, d ^ k3);
    for [k0, k1, k2, k3] in middle {
        // Row `r` of a column comes from the column that stands `r` further.
        let next = (
            column(a, b, c, d) ^ k0,
            column(b, c, d, a) ^ k1,
            column(c, d, a, b) ^ k2,
            column(d, a, b, c) ^ k3,
        );
        (a, b, c, d) = next;
    }
    let [k0, k1, k2, k3] = last;
    let columns = [
        last_column(a, b, c, d) ^ k0,
        last_column(b, c, d, a) ^ k1,
        last_column(c, d, a, b) ^ k2,
        last_column(d, a, b, c) ^ k3,
    ];
    for (bytes, column) in block.as_chunks_mut().0.iter_mut().zip(columns) {
        *bytes = column.to_le_bytes();
    }
}

/// SubBytes, ShiftRows and MixColumns for one column.
#[inline(always)]
fn column(row_0: u32, row_1: u32, row_2: u32, row_3: u32) -> u32 {
    look_up(row_0 as u8)
        ^ look_up((row_1 >> 8) as u8).rotate_left(8)
        ^ look_up((row_2 >> 16) as u8).rotate_left(16)
        ^ look_up((row_3 >> 24) as u8).rotate_left(24)
}

/// SubBytes and ShiftRows for one column.
#[inline(always)]
fn last_column(row_0: u32, row_1: u32, row_2: u32, row_3: u32) -> u32 {
    u32::from_le_bytes([
        substitute(row_0 as u8),
        substitute((row_1 >> 8) as u8),
        substitute((row_2 >> 16) as u8),
        substitute((row_3 >> 24) as u8),
    ])
}

fn columns(block: &Block) -> Columns {
    let mut columns = [0; 4];
    for (column, bytes) in columns.iter_mut().zip(block.as_chunks().0) {
        *column = u32::from_le_bytes(*bytes);
    }
    columns
}

#[inline(always)]
fn look_up(byte: u8) -> u32 {
    TABLE[byte as usize]
}

/// The S-box stands in the second byte of each word.
#[inline(always)]
fn substitute(byte: u8) -> u8 {
    (look_up(byte) >> 8) as u8
}

static TABLE: [u32; 256] = table();

/// For each byte the column that it makes of row 0: `2 s`, `s`, `s`, `3 s` of its S-box `s`.
const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    // `power` runs through all elements but zero as powers of 3, `inverse` through those of 1/3.
    let (mut power, mut inverse) = (1u8, 1u8);
    let mut count = 0;
    while count < 255 {
        table[power as usize] = entry(affine(inverse));
        power ^= double(power);
        inverse ^= inverse << 1;
        inverse ^= inverse << 2;
        inverse ^= inverse << 4;
        if inverse & 0x80 != 0 {
            inverse ^= 0x09;
        }
        count += 1;
    }
    table[0] = entry(affine(0));
    table
}

const fn entry(substituted: u8) -> u32 {
    let twice = double(substituted);
    u32::from_le_bytes([twice, substituted, substituted, twice ^ substituted])
}

/// Doubles in the field.
const fn double(byte: u8) -> u8 {
    (byte << 1) ^ ((byte >> 7) * 0x1b)
}

const fn affine(byte: u8) -> u8 {
    byte ^ byte.rotate_left(1)
        ^ byte.rotate_left(2)
        ^ byte.rotate_left(3)
        ^ byte.rotate_left(4)
        ^ 0x63
}
