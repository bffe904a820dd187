// SPDX-License-Identifier: Apache-2.0
//! Secrets that are derived from a seed: each is the digest of a purpose, a number and the seed.

use primitives::clear;
use primitives::sha256::{BLOCK_BYTES, Compression, DIGEST_BYTES, Sha256};

use crate::record::SEED_BYTES;

/// What the secrets that are derived from a seed are for.
#[derive(Clone, Copy)]
#[repr(u8)]
pub(crate) enum Purpose {
    NextSeed = 1,
    Output = 2,
    Part = 3,
}

/// Fills `bytes` with secrets that are derived from one.
#[inline(never)] // not on the stack while the flash is written
pub(crate) fn spread<C: Compression>(secret: &[u8; SEED_BYTES], bytes: &mut [u8]) {
    for (part, number) in bytes.chunks_mut(SEED_BYTES).zip(0u32..) {
        let mut digest = *secret;
        derive::<C>(&mut digest, Purpose::Part, number);
        for (to, from) in part.iter_mut().zip(digest) {
            *to = from;
        }
        clear::bytes(&mut digest);
    }
}

/// Makes of a secret one of its own for each purpose and number, none of which tells of another:
/// the digest of purpose, number and secret.
#[inline(never)]
pub(crate) fn derive<C: Compression>(secret: &mut [u8; SEED_BYTES], purpose: Purpose, number: u32) {
    const { assert!(SEED_BYTES == DIGEST_BYTES) };
    let mut block = [0; BLOCK_BYTES];
    if let Some((purpose_byte, rest)) = block.split_first_mut()
        && let Some((number_bytes, rest)) = rest.split_first_chunk_mut()
        && let Some(secret_bytes) = rest.first_chunk_mut()
    {
        *purpose_byte = purpose as u8;
        *number_bytes = number.to_be_bytes();
        *secret_bytes = *secret;
    }
    Sha256::<C>::digest_in_place::<{ 1 + 4 + SEED_BYTES }>(&mut block);
    if let Some(digest) = block.first_chunk() {
        *secret = *digest;
    }
    clear::bytes(&mut block);
}
