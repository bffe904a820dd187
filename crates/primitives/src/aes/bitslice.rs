// SPDX-License-Identifier: Apache-2.0
//! The bitsliced state of two blocks and the linear steps of a round on it.
//!
//! Word `k` of the state holds bit `k` of all 32 bytes. Within a word the byte in row `r` and
//! column `c` of block `b` stands at bit `8 r + 2 c + b`: a row is a byte of the word, so that
//! going down a row is a rotation of the word by 8, and going along a row is a rotation within
//! the byte by 2. The layout follows from the bytes in memory by transposing 8 x 8 bits, since
//! AES numbers bytes down the columns.

use super::{BLOCK_BYTES, BlockPair};

/// Eight slices: bit 0 of all bytes first.
pub(super) type State = [u32; 8];

/// Brings two blocks into slices.
pub(super) fn pack(blocks: &BlockPair) -> State {
    let mut state = [0; 8];
    for (block, parity) in blocks.0.iter().zip(0..2) {
        let columns = block.as_chunks().0;
        for (slice, column) in state.iter_mut().skip(parity).step_by(2).zip(columns) {
            *slice = u32::from_le_bytes(*column);
        }
    }
    transpose(&mut state);
    state
}

/// Brings slices back into two blocks; the state is scratch afterwards.
pub(super) fn unpack(state: &mut State, blocks: &mut BlockPair) {
    transpose(state);
    for (block, parity) in blocks.0.iter_mut().zip(0..2) {
        let columns = block.as_chunks_mut::<4>().0;
        for (slice, column) in state.iter().skip(parity).step_by(2).zip(columns) {
            *column = slice.to_le_bytes();
        }
    }
}

const _: () = assert!(BLOCK_BYTES == 16);

/// Exchanges the index of the word and the index of the bit within each byte.
pub(super) fn transpose(state: &mut State) {
    let [a, b, c, d, e, f, g, h] = state;
    swap_move(a, b, 0x5555_5555, 1);
    swap_move(c, d, 0x5555_5555, 1);
    swap_move(e, f, 0x5555_5555, 1);
    swap_move(g, h, 0x5555_5555, 1);
    swap_move(a, c, 0x3333_3333, 2);
    swap_move(b, d, 0x3333_3333, 2);
    swap_move(e, g, 0x3333_3333, 2);
    swap_move(f, h, 0x3333_3333, 2);
    swap_move(a, e, 0x0f0f_0f0f, 4);
    swap_move(b, f, 0x0f0f_0f0f, 4);
    swap_move(c, g, 0x0f0f_0f0f, 4);
    swap_move(d, h, 0x0f0f_0f0f, 4);
}

/// Exchanges the bits of `low` above the mask with those of `high` under it.
fn swap_move(low: &mut u32, high: &mut u32, mask: u32, distance: u32) {
    let difference = ((*low >> distance) ^ *high) & mask;
    *high ^= difference;
    *low ^= difference << distance;
}

/// AddRoundKey.
pub(super) fn add_round_key(state: &mut State, round_key: &State) {
    for (slice, key) in state.iter_mut().zip(round_key) {
        *slice ^= key;
    }
}

/// ShiftRows: row `r` goes left by `r` columns.
pub(super) fn shift_rows(state: &mut State) {
    for slice in state {
        let x = *slice;
        *slice = (x & 0x0000_00ff)
            | ((x >> 2) & 0x0000_3f00)
            | ((x << 6) & 0x0000_c000)
            | ((x >> 4) & 0x000f_0000)
            | ((x << 4) & 0x00f0_0000)
            | ((x >> 6) & 0x0300_0000)
            | ((x << 2) & 0xfc00_0000);
    }
}

/// MixColumns: each byte becomes `2 x0 + 3 x1 + x2 + x3` of itself and the three below it.
pub(super) fn mix_columns(state: &mut State) {
    let below = state.map(|slice| slice.rotate_right(8));
    // x0 + x1: doubled once, and two rows further down the part x2 + x3.
    let mut sums = below;
    add_round_key(&mut sums, state);
    let doubled = double(sums);
    let terms = doubled.iter().zip(&below).zip(&sums);
    for (slice, ((doubled, below), sum)) in state.iter_mut().zip(terms) {
        *slice = doubled ^ below ^ sum.rotate_right(16);
    }
}

/// Doubles all bytes in the field: a shift by one slice, and the polynomial 0x1b where bit 7
/// falls out.
pub(super) fn double([s0, s1, s2, s3, s4, s5, s6, s7]: State) -> State {
    [s7, s0 ^ s7, s1, s2 ^ s7, s3 ^ s7, s4, s5, s6]
}
