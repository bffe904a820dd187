// SPDX-License-Identifier: Apache-2.0
//! AES with any key of the profile. Encryption with 128-bit keys uses the board's implementation;
//! everything else is portable.

use primitives::{
    aes::{self, BlockPair, BlockPairCipher, KeyLengthError},
    chacha20::ChaCha20,
};

use crate::configuration::{
    Configuration,
    contexts::Contexts,
    presence::{Blank, Of, Room},
};

/// AES with one key; blank is the first variant.
pub(crate) enum Aes<C: Configuration> {
    /// Encryption with a key of 128 bits.
    Board(C::Cipher),
    /// Any key, and decryption.
    Any(Of<<C::Contexts as Contexts>::OtherAes, aes::Aes>),
}

impl Blank for aes::Aes {
    const BLANK: Self = Self::WITHOUT_KEY;
}

impl Blank for ChaCha20 {
    const BLANK: Self = Self::BLANK;
}

impl<C: Configuration> Aes<C> {
    /// Sets a key for decryption. It fails in an image without [`Self::Any`].
    pub(crate) fn set_decryption_key(&mut self, key: &[u8]) -> Result<(), KeyLengthError> {
        if let Self::Board(_) = self {
            Room::put(self, Self::Any);
        }
        match self {
            Self::Board(_) => Err(KeyLengthError),
            Self::Any(any) => any.get().set_key(key),
        }
    }

    /// The cipher that decrypts, after [`Self::set_decryption_key`].
    pub(crate) fn decryption(&mut self) -> Option<&aes::Aes> {
        match self {
            Self::Board(_) => None,
            Self::Any(any) => Some(any.get()),
        }
    }
}

impl<C: Configuration> BlockPairCipher for Aes<C> {
    type Key = [u8];

    const WITHOUT_KEY: Self = Self::Board(C::Cipher::WITHOUT_KEY);

    fn set_key(&mut self, key: &[u8]) -> Result<(), KeyLengthError> {
        let Ok(key) = key.try_into() else {
            return self.set_decryption_key(key);
        };
        self.clear();
        if let Self::Any(_) = self {
            *self = Self::WITHOUT_KEY;
        }
        match self {
            Self::Board(cipher) => cipher.set_key(key),
            Self::Any(_) => Err(KeyLengthError), // never: it has been replaced
        }
    }

    fn encrypt(&self, blocks: &mut BlockPair) {
        match self {
            Self::Board(cipher) => cipher.encrypt(blocks),
            Self::Any(any) => any.peek().encrypt(blocks),
        }
    }

    /// The key of the larger form would outlive an assignment of the smaller one.
    fn clear(&mut self) {
        if let Self::Any(any) = self {
            primitives::clear::replace(any.get(), aes::Aes::WITHOUT_KEY);
        }
    }
}
