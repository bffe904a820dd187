// SPDX-License-Identifier: Apache-2.0
//! An authenticated encryption or decryption in progress, in one of the modes that the profile has.

use primitives::{
    aead::{Direction, Error as ModeError, Tag},
    ccm::Ccm,
    chacha20,
    chacha20_poly1305::ChaCha20Poly1305,
    gcm::{self, Gcm},
};
use psa::crypto::Algorithm;

use super::aes::Aes;
use crate::{
    algorithms::aead::choose,
    configuration::{
        Configuration,
        contexts::Contexts,
        presence::{Blank, Of, Room},
    },
    error::Error,
};

/// An authenticated encryption or decryption.
pub(crate) struct Aead<C: Configuration> {
    pub(crate) mode: Mode<C>,
    pub(crate) direction: Direction,
    /// Data were processed: no additional data may follow.
    pub(crate) has_data: bool,
}

impl<C: Configuration> Aead<C> {
    /// Replaces `place` by an operation, which must be started.
    #[inline(always)] // creates the operation in place
    pub(crate) fn put<P>(algorithm: Algorithm, place: &mut P, wrap: impl FnOnce(Self) -> P) {
        Mode::put(algorithm, place, |mode| {
            wrap(Self {
                mode,
                direction: Direction::Encrypt,
                has_data: false,
            })
        });
    }

    /// Whether it is an operation of the algorithm.
    pub(crate) fn is(&self, algorithm: Algorithm) -> bool {
        self.mode.is(algorithm)
    }

    /// Wipes the operation.
    pub(crate) fn clear(&mut self) {
        self.mode.clear();
    }
}

/// An operation of one of them.
pub(crate) enum Mode<C: Configuration> {
    Ccm(Of<<C::Contexts as Contexts>::Ccm, Ccm<Aes<C>>>),
    Gcm(Of<<C::Contexts as Contexts>::Gcm, Gcm<Aes<C>>>),
    ChaCha20Poly1305(Of<<C::Contexts as Contexts>::ChaCha20Poly1305, ChaCha20Poly1305>),
}

impl<C: Configuration> Blank for Ccm<Aes<C>> {
    const BLANK: Self = Self::new();
}

impl<C: Configuration> Blank for Gcm<Aes<C>> {
    const BLANK: Self = Self::new();
}

impl Blank for ChaCha20Poly1305 {
    const BLANK: Self = Self::new();
}

/// Applies the same call to each mode.
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

impl<C: Configuration> Mode<C> {
    /// Replaces `place` by an operation of the algorithm, regardless of the length of its tag.
    #[inline(always)] // creates the operation in place
    pub(crate) fn put<P>(algorithm: Algorithm, place: &mut P, wrap: impl FnOnce(Self) -> P) {
        match choose::<C>(algorithm) {
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
        choose::<C>(algorithm) == own
    }

    /// Length of a nonce that the service generates, in bytes.
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
