// SPDX-License-Identifier: Apache-2.0
//! Key expansion on slices: the round keys of AES-128 come out in the form in which the rounds
//! add them, without a table and without leaving the bitsliced form between them.

use super::bitslice::{State, pack};
use super::{BlockPair, KEY_BYTES, ROUNDS, sbox};
use crate::clear;

/// Row 0 of both blocks in all columns: where a round constant takes effect.
const ROW_0: u32 = 0x0000_00ff;

/// Fills `round_keys` from `key`, the same for both blocks.
pub(super) fn expand(key: &[u8; KEY_BYTES], round_keys: &mut [State; ROUNDS + 1]) {
    let mut pair = BlockPair([*key; 2]);
    let mut current = pack(&pair);
    clear::replace(&mut pair, BlockPair::ZERO);
    let mut round_constant = 1u32;
    let [first, others @ ..] = round_keys;
    *first = current;
    for round_key in others {
        let mut substituted = current;
        sbox::substitute(&mut substituted);
        for ((slice, substituted), bit) in current.iter_mut().zip(substituted).zip(0..8) {
            // The last column, one row up, added to the first one.
            let column = *slice ^ ((substituted & 0xc0c0_c0c0).rotate_right(14));
            // Each column is added to all columns after it.
            let pairs = column ^ ((column & 0x3f3f_3f3f) << 2);
            let sums = pairs ^ ((pairs & 0x0f0f_0f0f) << 4);
            *slice = sums ^ (((round_constant >> bit) & 1) * ROW_0);
        }
        *round_key = current;
        round_constant <<= 1;
        if round_constant > 0xff {
            round_constant ^= 0x11b;
        }
    }
    clear::replace(&mut current, [0; 8]);
}
