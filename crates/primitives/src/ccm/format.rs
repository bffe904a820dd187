// SPDX-License-Identifier: Apache-2.0
//! The formatting of SP 800-38C, appendix A: first block, length of additional data, counters.
//!
//! A nonce of 15 - q bytes leaves q bytes of the block to the length of the message and to the
//! counter. Lengths here are of 32 bits, so that both stand in the last four bytes at most; and
//! where q is 2 or 3, the length fits and the counter, which counts 16 bytes, never carries into
//! the nonce.

use crate::aes::{BLOCK_BYTES, Block};

/// Bytes of flags and nonce together with the q bytes after them.
const NONCE_AND_LENGTH_BYTES: u8 = 15;

/// Whether a message of `data_bytes` can be formatted with a nonce of `nonce_bytes`.
#[inline]
pub(super) fn fits(data_bytes: u32, nonce_bytes: u8) -> bool {
    let bits = 8 * u32::from(NONCE_AND_LENGTH_BYTES.saturating_sub(nonce_bytes));
    data_bytes.checked_shr(bits).unwrap_or(0) == 0
}

/// The longest nonce for a message of `data_bytes`, whose length takes two bytes at least.
#[inline]
pub(super) fn longest_nonce_bytes(data_bytes: u32) -> usize {
    let unused_bytes = data_bytes.leading_zeros() / 8;
    11 + unused_bytes.min(2) as usize
}

/// The counter block of number 0: flags, nonce, zeros.
#[inline]
pub(super) fn counter_block(nonce: &[u8], nonce_bytes: u8) -> Block {
    let mut block = [0; BLOCK_BYTES];
    let [flags, places @ ..] = &mut block;
    *flags = NONCE_AND_LENGTH_BYTES
        .wrapping_sub(nonce_bytes)
        .wrapping_sub(1);
    for (place, byte) in places.iter_mut().zip(nonce) {
        *place = *byte;
    }
    block
}

/// The first block of the MAC, made from the counter block of number 0.
#[inline]
pub(super) fn first_block(
    counter: &Block,
    has_additional: bool,
    data_bytes: u32,
    tag_bytes: u8,
) -> Block {
    let mut block = *counter;
    let [flags, ..] = &mut block;
    *flags |= u8::from(has_additional) << 6 | (tag_bytes.wrapping_sub(2) / 2) << 3;
    add_to_end(&mut block, data_bytes);
    block
}

/// What stands before the additional data: their length in two bytes, or in six.
#[inline]
pub(super) fn additional_prefix(additional_bytes: u32) -> ([u8; 6], usize) {
    let [a, b, c, d] = additional_bytes.to_be_bytes();
    if additional_bytes < 0xff00 {
        ([c, d, 0, 0, 0, 0], 2)
    } else {
        ([0xff, 0xfe, a, b, c, d], 6)
    }
}

/// Goes on to the next counter block.
#[inline]
pub(super) fn count(counter: &mut Block) {
    add_to_end(counter, 1);
}

/// Goes back to the counter block of number 0.
#[inline]
pub(super) fn reset_counter(counter: &mut Block, nonce_bytes: u8) {
    for byte in counter.iter_mut().skip(1 + usize::from(nonce_bytes)) {
        *byte = 0;
    }
}

fn add_to_end(block: &mut Block, number: u32) {
    if let Some(end) = block.last_chunk_mut() {
        *end = u32::from_be_bytes(*end).wrapping_add(number).to_be_bytes();
    }
}
