// SPDX-License-Identifier: Apache-2.0
//! Which kinds of operations there is room for in a context.
//!
//! # Adding an algorithm
//!
//! 1. The algorithm itself goes to `primitives`, with its published vectors.
//! 2. Its flag: a key `crypto.psa_want_*` of the profile (`firmware/configure/src/schema.rs`,
//!    `profiles/base.toml`, where it is 0), a field of [`Wanted`], and the line in the board's
//!    `crypto_backend.rs` that joins the two. Whatever serves it stands behind
//!    `B::WANTED.the_flag`, in a condition or in the guard of a match.
//! 3. If an operation of several calls keeps state of its own: a type in [`Selection`], its line
//!    in [`select!`](crate::select), and a variant `Of<B::TheType, State>` where the state
//!    belongs: in `alloc::Context` for a new kind of operation, in `code::State` for a hash or a
//!    message authentication code, in `aead::mode` or `cipher::mode` for encryption. The state
//!    implements [`Blank`]. [`Room::put`] begins it in its place, [`Room::get`] reaches it; for
//!    an algorithm that is left out the one does nothing and the other can't be reached. What
//!    clears a context clears the state in its variant first: assigning a smaller variant would
//!    leave the rest of a larger one.
//! 4. `key_material_bytes` reckons with the contexts as they are; profiles that want larger ones
//!    need a larger `crypto.engine_buffer_bytes`, or the build fails.
//!
//! Slots are all zero at the start, which costs no flash: the first variants of `alloc::Context`
//! and `code::State` have to stay the first ones, and a variant of `code::State` larger than it
//! must have no field with values to spare (`bool`, an enumeration), by which the compiler could
//! tell the variants apart.

use super::{
    presence::{Included, Presence},
    wanted::Wanted,
};

/// For each kind of operation that keeps state of its own, whether there is room for it.
pub trait Contexts {
    /// AES under other keys than those of 128 bits, and backwards.
    type OtherAes: Presence;
    /// CMAC.
    type Cmac: Presence;
    /// CCM.
    type Ccm: Presence;
    /// GCM.
    type Gcm: Presence;
    /// ChaCha20-Poly1305.
    type ChaCha20Poly1305: Presence;
    /// Modes of a block cipher without authentication.
    type BlockCipher: Presence;
    /// ChaCha20.
    type StreamCipher: Presence;
    /// Operations that derive keys.
    type KeyDerivation: Presence;
}

/// The contexts of Profile Small.
#[derive(Clone, Copy, Debug)]
pub enum SmallContexts {}

impl Contexts for SmallContexts {
    type OtherAes = Included<false>;
    type Cmac = Included<false>;
    type Ccm = Included<true>;
    type Gcm = Included<false>;
    type ChaCha20Poly1305 = Included<false>;
    type BlockCipher = Included<false>;
    type StreamCipher = Included<false>;
    type KeyDerivation = Included<false>;
}

/// Every context that there is.
#[derive(Clone, Copy, Debug)]
pub enum AllContexts {}

impl Contexts for AllContexts {
    type OtherAes = Included<true>;
    type Cmac = Included<true>;
    type Ccm = Included<true>;
    type Gcm = Included<true>;
    type ChaCha20Poly1305 = Included<true>;
    type BlockCipher = Included<true>;
    type StreamCipher = Included<true>;
    type KeyDerivation = Included<true>;
}

/// Checks at compile time that each algorithm has its room.
pub(crate) const fn check<C: Contexts>(wanted: &Wanted) {
    const fn has<P: Presence>(is_wanted: bool) {
        assert!(
            P::IS_INCLUDED || !is_wanted,
            "an algorithm is wanted that has no room in a context"
        );
    }
    has::<C::OtherAes>(wanted.other_aes());
    has::<C::Cmac>(wanted.cmac);
    has::<C::Ccm>(wanted.ccm);
    has::<C::Gcm>(wanted.gcm);
    has::<C::ChaCha20Poly1305>(wanted.chacha20_poly1305);
    has::<C::BlockCipher>(wanted.block_cipher());
    has::<C::StreamCipher>(wanted.stream_cipher);
    has::<C::KeyDerivation>(wanted.key_derivation());
}
