// SPDX-License-Identifier: Apache-2.0
//! From messages to digests.

use primitives::sha256::{Compression, DIGEST_BYTES, Sha256};
use psa::Message;

use crate::{clear, vectors::for_each_block};

/// The digest of input vector 1.
pub(super) fn digest_of_input<C: Compression>(message: &mut impl Message) -> [u8; DIGEST_BYTES] {
    let mut hash = Sha256::<C>::begin();
    absorb(&mut hash, message);
    let digest = hash.finish();
    clear::hash(&mut hash);
    digest
}

/// Takes all of input vector 1 into the hash, by way of one block on the stack.
#[inline(never)]
pub(super) fn absorb<C: Compression>(hash: &mut Sha256<C>, message: &mut impl Message) {
    for_each_block(message, 1, |data| hash.update(data));
}
