// SPDX-License-Identifier: Apache-2.0
//! The compression function of SHA-256 (FIPS 180-4, 6.2.2).

use super::{BLOCK_BYTES, Compression};

/// First 32 bits of the fractional parts of the cube roots of the first 64 primes
/// (FIPS 180-4, 4.2.2), one row for each pass of the loop.
#[rustfmt::skip]
pub static ROUND_CONSTANTS: [[u32; 8]; 8] = [
    [0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5],
    [0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174],
    [0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da],
    [0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967],
    [0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85],
    [0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070],
    [0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3],
    [0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2],
];

/// The compression in portable Rust.
#[derive(Clone, Copy)]
pub struct Portable;

impl Compression for Portable {
    fn compress(state: &mut [u32; 8], block: &[u8; BLOCK_BYTES]) {
        compress(state, block);
    }
}

#[inline(never)]
fn compress(state: &mut [u32; 8], block: &[u8; BLOCK_BYTES]) {
    let mut now = [0u32; 8];
    let mut next = [0u32; 8];
    let (words, _) = block.as_chunks();
    for (word, bytes) in now.iter_mut().chain(&mut next).zip(words) {
        *word = u32::from_be_bytes(*bytes);
    }
    let (mut now, mut next) = (&mut now, &mut next);
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for constants in &ROUND_CONSTANTS {
        macro_rules! round {
            ($i:literal, $a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident,
             $one:expr, $nine:expr, $fourteen:expr) => {
                let word = now[$i];
                $h = $h
                    .wrapping_add(big_sigma_1($e))
                    .wrapping_add(choose($e, $f, $g))
                    .wrapping_add(constants[$i])
                    .wrapping_add(word);
                $d = $d.wrapping_add($h);
                $h = $h
                    .wrapping_add(big_sigma_0($a))
                    .wrapping_add(majority($a, $b, $c));
                now[$i] = word
                    .wrapping_add(small_sigma_0($one))
                    .wrapping_add($nine)
                    .wrapping_add(small_sigma_1($fourteen));
            };
        }
        round!(0, a b c d e f g h, now[1], next[1], next[6]);
        round!(1, h a b c d e f g, now[2], next[2], next[7]);
        round!(2, g h a b c d e f, now[3], next[3], now[0]);
        round!(3, f g h a b c d e, now[4], next[4], now[1]);
        round!(4, e f g h a b c d, now[5], next[5], now[2]);
        round!(5, d e f g h a b c, now[6], next[6], now[3]);
        round!(6, c d e f g h a b, now[7], next[7], now[4]);
        round!(7, b c d e f g h a, next[0], now[0], now[5]);
        core::mem::swap(&mut now, &mut next);
    }
    for (word, mixed) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(mixed);
    }
}

const fn choose(x: u32, y: u32, z: u32) -> u32 {
    z ^ (x & (y ^ z))
}

/// Two of the three exclusive disjunctions come again in the next round.
const fn majority(x: u32, y: u32, z: u32) -> u32 {
    y ^ ((x ^ y) & (y ^ z))
}

const fn big_sigma_0(x: u32) -> u32 {
    x.rotate_right(2) ^ x.rotate_right(13) ^ x.rotate_right(22)
}

const fn big_sigma_1(x: u32) -> u32 {
    x.rotate_right(6) ^ x.rotate_right(11) ^ x.rotate_right(25)
}

const fn small_sigma_0(x: u32) -> u32 {
    x.rotate_right(7) ^ x.rotate_right(18) ^ (x >> 3)
}

const fn small_sigma_1(x: u32) -> u32 {
    x.rotate_right(17) ^ x.rotate_right(19) ^ (x >> 10)
}
