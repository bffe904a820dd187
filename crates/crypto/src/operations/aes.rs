// SPDX-License-Identifier: Apache-2.0
//! AES with any key of the profile: the board's where it can, which is encryption under 128 bits,
//! and the portable one for the rest.

use primitives::{
    aes::{self, BlockPair, BlockPairCipher, KeyLengthError},
    chacha20::ChaCha20,
};

use crate::configuration::{
    Configuration,
    contexts::Contexts,
    presence::{Blank, Of, Room},
};

/// AES under one key. Blank is the first one.
pub(crate) enum Aes<C: Configuration> {
    /// Under 128 bits.
    Board(C::Cipher),
    /// Under any key, and backwards.
    Any(Of<<C::Contexts as Contexts>::OtherAes, aes::Aes>),
}

impl Blank for aes::Aes {
    const BLANK: Self = Self::WITHOUT_KEY;
}

impl Blank for ChaCha20 {
    const BLANK: Self = Self::BLANK;
}

impl<C: Configuration> Aes<C> {
    /// Takes a key to decrypt with. An image without [`Self::Any`] has none.
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
