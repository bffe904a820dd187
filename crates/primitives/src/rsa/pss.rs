// SPDX-License-Identifier: Apache-2.0
//! The encoding EMSA-PSS with SHA-256, MGF1 and a salt as long as the hash (RFC 8017, 9.1.2),
//! for moduli whose length is a multiple of eight bits: the encoded message is one bit
//! shorter than its bytes.

use crate::comparison::Comparison;
use crate::sha256::{Compression, DIGEST_BYTES, Sha256};

const SALT_BYTES: usize = DIGEST_BYTES;
const TRAILER: u8 = 0xBC;

/// What the message with this digest hashes to with the salt in `encoded`, and the hash that
/// stands there; `None` if `encoded` is no encoding of any message. `encoded` is unmasked in
/// place.
#[inline(never)]
pub(super) fn open<C: Compression>(
    encoded: &mut [u8],
    digest: &[u8; DIGEST_BYTES],
) -> Option<Comparison> {
    let (&mut TRAILER, rest) = encoded.split_last_mut()? else {
        return None;
    };
    let (data, hash) = rest.split_last_chunk_mut::<DIGEST_BYTES>()?;
    if *data.first()? & 0x80 != 0 {
        return None;
    }
    let mut hasher = Sha256::<C>::BLANK;
    hasher.restart();
    unmask(data, hash, &mut hasher);
    // The bit that the encoded message does not have is no part of the mask either.
    *data.first_mut()? &= 0x7F;
    let (padding, salt) = data.split_last_chunk::<SALT_BYTES>()?;
    let (&0x01, zeros) = padding.split_last()? else {
        return None;
    };
    if zeros.iter().any(|byte| *byte != 0) {
        return None;
    }
    hasher.update(&[0; 8]);
    hasher.update(digest);
    hasher.update(salt);
    Some(Comparison {
        computed: hasher.finish(),
        claimed: *hash,
    })
}

/// Takes the mask MGF1 of `seed` off `data` (RFC 8017, B.2.1).
fn unmask<C: Compression>(data: &mut [u8], seed: &[u8; DIGEST_BYTES], hasher: &mut Sha256<C>) {
    let mut counter = 0u32;
    for chunk in data.chunks_mut(DIGEST_BYTES) {
        hasher.update(seed);
        hasher.update(&counter.to_be_bytes());
        counter = counter.wrapping_add(1);
        chunk
            .iter_mut()
            .zip(hasher.finish())
            .for_each(|(byte, mask)| *byte ^= mask);
    }
}
