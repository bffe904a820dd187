// SPDX-License-Identifier: Apache-2.0
//! From messages to digests: taking input in, and comparing with what a client expects.
//!
//! The caller's data passes through one block on the stack, so that the stack stays small and
//! each byte is read once. Whatever held data or a digest to compare is wiped.

use primitives::{
    constant_time,
    sha256::{BLOCK_BYTES, DIGEST_BYTES, Sha256},
};
use psa::Message;

use crate::{clear, error::Error};

/// The digest of input vector 1.
pub(super) fn digest_of_input(message: &mut impl Message) -> [u8; DIGEST_BYTES] {
    let mut hash = Sha256::new();
    absorb(&mut hash, message);
    let digest = hash.finish();
    clear::hash(&mut hash);
    digest
}

/// Takes all of input vector 1 into the hash, by way of one block on the stack.
#[inline(never)]
pub(super) fn absorb(hash: &mut Sha256, message: &mut impl Message) {
    let mut block = [0; BLOCK_BYTES];
    loop {
        let bytes = message.read(1, &mut block);
        match block.get(..bytes) {
            None | Some([]) => break,
            Some(data) => hash.update(data),
        }
    }
    clear::bytes(&mut block);
}

/// Compares the digest with the hash in an input vector, and wipes it.
pub(super) fn expect(
    digest: &mut [u8; DIGEST_BYTES],
    message: &mut impl Message,
    index: usize,
) -> Result<(), Error> {
    let mut expected = [0; DIGEST_BYTES];
    let same_size = message.in_size(index) == DIGEST_BYTES;
    message.read(index, &mut expected);
    let same = constant_time::equal(digest, &expected);
    clear::bytes(digest);
    if same_size && same {
        Ok(())
    } else {
        Err(Error::InvalidSignature)
    }
}
