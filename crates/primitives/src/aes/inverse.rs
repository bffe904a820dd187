// SPDX-License-Identifier: Apache-2.0
//! Decryption, from the steps of encryption as far as they serve: few bytes matter more here than
//! speed, since only CBC and ECB decrypt blocks.
//!
//! The inverse of the S-box needs no circuit of its own. The S-box is an inversion in the field
//! followed by an affine map; its inverse undoes the map and then inverts, which is to undo the
//! map, apply the S-box, and undo the map once more.

use super::bitslice::{State, add_round_key, double, mix_columns, pack, unpack};
use super::{BlockPair, sbox};
use crate::clear;

/// As many rounds as there are keys for, which stand in the order of encryption.
pub(super) fn decrypt(round_keys: &[State], blocks: &mut BlockPair) {
    let [first, middle @ .., last] = round_keys else {
        return;
    };
    let mut state = pack(blocks);
    add_round_key(&mut state, last);
    for round_key in middle.iter().rev() {
        unshift_rows(&mut state);
        unsubstitute(&mut state);
        add_round_key(&mut state, round_key);
        unmix_columns(&mut state);
    }
    unshift_rows(&mut state);
    unsubstitute(&mut state);
    add_round_key(&mut state, first);
    unpack(&mut state, blocks);
    clear::replace(&mut state, [0; 8]);
}

/// InvSubBytes.
fn unsubstitute(state: &mut State) {
    undo_affine_map(state);
    sbox::substitute(state);
    undo_affine_map(state);
}

fn undo_affine_map(state: &mut State) {
    let [s0, s1, s2, s3, s4, s5, s6, s7] = *state;
    *state = [
        !(s2 ^ s5 ^ s7),
        s3 ^ s6 ^ s0,
        !(s4 ^ s7 ^ s1),
        s5 ^ s0 ^ s2,
        s6 ^ s1 ^ s3,
        s7 ^ s2 ^ s4,
        s0 ^ s3 ^ s5,
        s1 ^ s4 ^ s6,
    ];
}

/// InvShiftRows: row `r` goes right by `r` columns.
fn unshift_rows(state: &mut State) {
    for slice in state {
        let x = *slice;
        *slice = (x & 0x0000_00ff)
            | ((x << 2) & 0x0000_fc00)
            | ((x >> 6) & 0x0000_0300)
            | ((x >> 4) & 0x000f_0000)
            | ((x << 4) & 0x00f0_0000)
            | ((x >> 2) & 0x3f00_0000)
            | ((x << 6) & 0xc000_0000);
    }
}

/// InvMixColumns: MixColumns after each byte has got four times the sum of itself and the byte
/// two rows away.
fn unmix_columns(state: &mut State) {
    let sums = state.map(|slice| slice ^ slice.rotate_right(16));
    add_round_key(state, &double(double(sums)));
    mix_columns(state);
}
