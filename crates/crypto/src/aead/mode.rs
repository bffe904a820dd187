// SPDX-License-Identifier: Apache-2.0
//! The modes of authenticated encryption, as far as the profile has them.

use primitives::{
    aead::{Direction, Error as ModeError, Tag},
    ccm::Ccm,
    chacha20,
    chacha20_poly1305::ChaCha20Poly1305,
    gcm::{self, Gcm},
};
use psa::crypto::{Algorithm, KeyType};

use crate::{
    Backend,
    block_cipher::Aes,
    choice::{Blank, Of, Room},
    error::Error,
};

/// An operation of one of them.
pub(crate) enum Mode<B: Backend> {
    Ccm(Of<B::Ccm, Ccm<Aes<B>>>),
    Gcm(Of<B::Gcm, Gcm<Aes<B>>>),
    ChaCha20Poly1305(Of<B::ChaCha20Poly1305, ChaCha20Poly1305>),
}

impl<B: Backend> Blank for Ccm<Aes<B>> {
    const BLANK: Self = Self::new();
}

impl<B: Backend> Blank for Gcm<Aes<B>> {
    const BLANK: Self = Self::new();
}

impl Blank for ChaCha20Poly1305 {
    const BLANK: Self = Self::new();
}

/// Does the same with each mode.
macro_rules! with {
    ($mode:expr, $inner:ident => $call:expr) => {
        match $mode {
            Mode::Ccm(room) => {
                let $inner = room.get();
                $call
            }
            Mode::Gcm(room) => {
                let $inner = room.get();
                $call
            }
            Mode::ChaCha20Poly1305(room) => {
                let $inner = room.get();
                $call
            }
        }
    };
}

impl<B: Backend> Mode<B> {
    /// Replaces `place` by an operation of the algorithm, regardless of the length of its tag.
    #[inline(always)] // the operation is to be made where it belongs
    pub(crate) fn put<C>(algorithm: Algorithm, place: &mut C, wrap: impl FnOnce(Self) -> C) {
        match choose::<B>(algorithm) {
            Some(Algorithm::GCM) => Room::put(place, |room| wrap(Self::Gcm(room))),
            Some(Algorithm::CHACHA20_POLY1305) => {
                Room::put(place, |room| wrap(Self::ChaCha20Poly1305(room)));
            }
            _ => Room::put(place, |room| wrap(Self::Ccm(room))),
        }
    }

    /// Whether it is an operation of the algorithm.
    pub(crate) fn is(&self, algorithm: Algorithm) -> bool {
        let own = match self {
            Self::Ccm(_) => None,
            Self::Gcm(_) => Some(Algorithm::GCM),
            Self::ChaCha20Poly1305(_) => Some(Algorithm::CHACHA20_POLY1305),
        };
        choose::<B>(algorithm) == own
    }

    /// How long a nonce is that the service chooses.
    pub(crate) fn nonce_bytes(&self) -> usize {
        match self {
            Self::Ccm(room) => room.peek().suitable_nonce_bytes(),
            Self::Gcm(_) => gcm::USUAL_NONCE_BYTES,
            Self::ChaCha20Poly1305(_) => chacha20::NONCE_BYTES,
        }
    }

    #[inline(never)]
    pub(crate) fn start(
        &mut self,
        direction: Direction,
        key: &[u8],
        tag_bytes: usize,
    ) -> Result<(), Error> {
        Ok(match self {
            Self::Ccm(room) => room.get().start(direction, key, tag_bytes),
            Self::Gcm(room) => room.get().start(direction, key, tag_bytes),
            Self::ChaCha20Poly1305(room) => {
                // Keys of this type have no other length.
                let key = key.try_into().map_err(|_| Error::InvalidArgument)?;
                room.get().start(direction, key, tag_bytes)
            }
        }?)
    }

    pub(crate) fn set_nonce(&mut self, nonce: &[u8]) -> Result<(), ModeError> {
        with!(self, mode => mode.set_nonce(nonce))
    }

    pub(crate) fn set_lengths(
        &mut self,
        additional_bytes: u32,
        data_bytes: u32,
    ) -> Result<(), ModeError> {
        with!(self, mode => mode.set_lengths(additional_bytes, data_bytes))
    }

    pub(crate) fn update_additional(&mut self, additional: &[u8]) -> Result<(), ModeError> {
        with!(self, mode => mode.update_additional(additional))
    }

    pub(crate) fn update(&mut self, data: &mut [u8]) -> Result<(), ModeError> {
        with!(self, mode => mode.update(data))
    }

    pub(crate) fn finish(&mut self) -> Result<Tag, ModeError> {
        with!(self, mode => mode.finish())
    }

    pub(crate) fn clear(&mut self) {
        with!(self, mode => mode.clear());
    }
}

/// Which mode serves the algorithm, when there is another than CCM.
fn choose<B: Backend>(algorithm: Algorithm) -> Option<Algorithm> {
    match algorithm.aead_with_default_length_tag() {
        mode @ Algorithm::GCM if B::WANTED.gcm => Some(mode),
        mode @ Algorithm::CHACHA20_POLY1305 if B::WANTED.chacha20_poly1305 => Some(mode),
        _ => None,
    }
}

/// Whether the service has the algorithm, and what keys it takes.
pub(crate) const fn key_type<B: Backend>(algorithm: Algorithm) -> Option<KeyType> {
    match algorithm.aead_with_default_length_tag() {
        Algorithm::CCM if B::WANTED.ccm => Some(KeyType::AES),
        Algorithm::GCM if B::WANTED.gcm => Some(KeyType::AES),
        Algorithm::CHACHA20_POLY1305 if B::WANTED.chacha20_poly1305 => Some(KeyType::CHACHA20),
        _ => None,
    }
}
