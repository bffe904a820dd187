// SPDX-License-Identifier: Apache-2.0
//! What a profile leaves out takes no room: neither in a context, nor in the image.
//!
//! A flag decides about calls: code behind a constant that is false is never in the image. It
//! can't decide about the size of a type. For that a [`Choice`] picks between a type and one that
//! has no value, so that the variant of an enumeration which holds it takes no room, and a match
//! on it no instruction.
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

use primitives::hash::Hash;

use crate::Wanted;

/// What has a value to begin with.
pub trait Blank {
    /// That value; best all zero.
    const BLANK: Self;
}

/// Room for a `T`, if there can be one.
pub trait Room<T>: Sized {
    /// Replaces `place` by a blank `T`, if there can be one.
    fn put<C>(place: &mut C, wrap: impl FnOnce(Self) -> C);

    /// What is in the room.
    fn get(&mut self) -> &mut T;

    /// What is in the room, to look at.
    fn peek(&self) -> &T;
}

/// Whether there can be values of a type.
pub trait Choice {
    /// `T`, or a type without values.
    type Of<T: Blank>: Room<T>;
    /// `T`, or else `F`.
    type Either<T, F>;
}

/// There can, if `WANTED`.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<const WANTED: bool>;

impl Choice for Chosen<true> {
    type Of<T: Blank> = Present<T>;
    type Either<T, F> = T;
}

impl Choice for Chosen<false> {
    type Of<T: Blank> = Absent;
    type Either<T, F> = F;
}

/// Shorthand for what a choice makes of a type.
pub(crate) type Of<C, T> = <C as Choice>::Of<T>;

/// A value that there can be.
#[derive(Debug)]
#[repr(transparent)]
pub struct Present<T>(T);

impl<T: Blank> Room<T> for Present<T> {
    #[inline(always)] // the value is to be made where it belongs
    fn put<C>(place: &mut C, wrap: impl FnOnce(Self) -> C) {
        *place = wrap(Self(T::BLANK));
    }

    #[inline(always)]
    fn get(&mut self) -> &mut T {
        &mut self.0
    }

    #[inline(always)]
    fn peek(&self) -> &T {
        &self.0
    }
}

/// A value that there can't be.
#[derive(Clone, Copy, Debug)]
pub enum Absent {}

impl<T> Room<T> for Absent {
    fn put<C>(_: &mut C, _: impl FnOnce(Self) -> C) {}

    fn get(&mut self) -> &mut T {
        match *self {}
    }

    fn peek(&self) -> &T {
        match *self {}
    }
}

/// Which algorithms the image has, and which contexts there can be for them.
/// [`select!`](crate::select) implements it.
pub trait Selection {
    /// The algorithms.
    const WANTED: Wanted;
    /// SHA-256 alone, or the family.
    type Hash: Hash;
    /// AES under other keys than those of 128 bits, and backwards.
    type OtherAes: Choice;
    /// CMAC.
    type Cmac: Choice;
    /// CCM.
    type Ccm: Choice;
    /// GCM.
    type Gcm: Choice;
    /// ChaCha20-Poly1305.
    type ChaCha20Poly1305: Choice;
    /// Modes of a block cipher without authentication.
    type BlockCipher: Choice;
    /// ChaCha20.
    type StreamCipher: Choice;
    /// Operations that derive keys.
    type KeyDerivation: Choice;
}

/// Selects algorithms for a [`Backend`](crate::Backend): the type, and a constant [`Wanted`].
#[macro_export]
macro_rules! select {
    ($backend:ty, $wanted:expr) => {
        impl $crate::Selection for $backend {
            const WANTED: $crate::Wanted = $wanted;
            type Hash =
                <$crate::Chosen<{ $wanted.hashes_beside_sha_256() }> as $crate::Choice>::Either<
                    $crate::hashes::Sha2<
                        <$backend as $crate::Backend>::Compression,
                        <$crate::Chosen<{ $wanted.wide_hashes() }> as $crate::Choice>::Either<
                            $crate::hashes::Sha512,
                            $crate::hashes::NoWide,
                        >,
                    >,
                    $crate::hashes::Sha256<<$backend as $crate::Backend>::Compression>,
                >;
            type OtherAes = $crate::Chosen<{ $wanted.other_aes() }>;
            type Cmac = $crate::Chosen<{ $wanted.cmac }>;
            type Ccm = $crate::Chosen<{ $wanted.ccm }>;
            type Gcm = $crate::Chosen<{ $wanted.gcm }>;
            type ChaCha20Poly1305 = $crate::Chosen<{ $wanted.chacha20_poly1305 }>;
            type BlockCipher = $crate::Chosen<{ $wanted.block_cipher() }>;
            type StreamCipher = $crate::Chosen<{ $wanted.stream_cipher }>;
            type KeyDerivation = $crate::Chosen<{ $wanted.key_derivation() }>;
        }
    };
}
