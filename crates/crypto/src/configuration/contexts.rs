// SPDX-License-Identifier: Apache-2.0
//! Which kinds of operations have room in a context.
//!
//! # Adding an algorithm
//!
//! 1. Add the algorithm to `primitives`, with its published test vectors.
//! 2. Add its flag: a key `crypto.psa_want_*` of the profile
//!    (`firmware/configure/src/schema/crypto.rs`, and `profiles/base.toml`, where it is false) and
//!    a field of [`Wanted`]. The build generates the rest. Put the code that serves it behind
//!    `C::WANTED.the_flag`, in a condition or in the guard of a match.
//! 3. If a multipart operation has state of its own: add a type to [`Contexts`], its line in
//!    `firmware/configure/src/emit_configuration/algorithms.rs`, and a variant
//!    `Of<<C::Contexts as Contexts>::TheType, State>` where the state belongs: in
//!    `operations::slot` for a new kind of operation, in `operations::digest` for a hash or a MAC,
//!    in `operations::aead` or `operations::cipher` for encryption. The state implements `Blank`.
//!    `Room::put` creates it in place and `Room::get` returns it; for an algorithm that is left
//!    out the first does nothing and the second can't be reached. Code that clears a context
//!    must clear the state in its variant first, because assigning a smaller variant would leave
//!    the rest of a larger one.
//! 4. `key_material_bytes` uses the size of the contexts. If they grow, profiles need a larger
//!    `crypto.engine_buffer_bytes`, or the build fails.
//!
//! Slots are all zero at the start, so that they take no flash. For this the first variants of
//! `slot::Context` and `digest::State` must stay the first, and a larger variant of
//! `digest::State` must have no field with unused values (`bool`, an enumeration), in which the
//! compiler could store the variant.

use super::{
    presence::{Included, Presence},
    wanted::Wanted,
};

/// For each kind of operation with state of its own, whether it has room in a context.
pub trait Contexts {
    /// AES with keys of 192 and 256 bits, and AES decryption.
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

/// All contexts.
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

/// Checks at compile time that each algorithm has room.
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
