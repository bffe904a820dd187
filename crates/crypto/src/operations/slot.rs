// SPDX-License-Identifier: Apache-2.0
//! Room for one multipart operation of any kind.

use psa::{
    ClientId, Message,
    crypto::{Algorithm, Function, KeyId},
};

use super::{aead::Aead, cipher::Cipher, derivation::Derivation, digest::Digest};
use crate::{
    algorithms::cipher::Mode,
    configuration::{
        Configuration,
        contexts::Contexts,
        presence::{Blank, Of, Room},
    },
    error::Error,
    vectors::write_word,
};

/// The handle of a free slot; no operation has it.
pub(super) const NO_HANDLE: u32 = 0;
/// The owner of a free slot; no client has this id.
const NO_CLIENT: ClientId = ClientId::new(0);

/// State of an operation, with the id of its key or the null id. The kind has a byte of its own, so
/// that an unused table is all zero and costs RAM only. The id of the key uses the padding behind
/// that byte.
#[repr(u8)]
pub(crate) enum Context<C: Configuration> {
    /// A hash or a MAC; blank in a free slot. A slot that was never used is of this kind.
    Digest(KeyId, Digest<C>),
    /// An authenticated encryption or decryption; wiped in a free slot.
    Aead(KeyId, Aead<C>),
    /// An encryption or decryption without authentication, likewise.
    Cipher(KeyId, Cipher<C>),
    /// A key derivation; blank in a free slot.
    Derivation(
        KeyId,
        Of<<C::Contexts as Contexts>::KeyDerivation, Derivation<C>>,
    ),
}

/// Room for one operation.
pub(crate) struct Slot<C: Configuration> {
    pub(super) handle: u32,
    pub(super) owner: ClientId,
    pub(super) context: Context<C>,
}

impl<C: Configuration> Blank for Slot<C> {
    /// A slot that is free.
    const BLANK: Self = Self {
        handle: NO_HANDLE,
        owner: NO_CLIENT,
        context: Context::Digest(KeyId::NULL, Digest::BLANK),
    };
}

impl<C: Configuration> Slot<C> {
    /// The result of a setup: the caller gets the handle, or the slot, whose content was wiped, is
    /// free again.
    pub(crate) fn after_setup(
        &mut self,
        message: &mut impl Message,
        result: Result<(), Error>,
    ) -> Result<(), Error> {
        match result {
            Ok(()) => write_word(message, self.handle),
            Err(error) => {
                self.free();
                Err(error)
            }
        }
    }

    /// Frees the slot, whose content was wiped.
    fn free(&mut self) {
        self.handle = NO_HANDLE;
        self.owner = NO_CLIENT;
    }

    /// Makes the context a blank digest with a key or the null id; the caller begins it.
    #[inline(never)]
    pub(crate) fn open_digest(&mut self, key: KeyId) -> Option<&mut Digest<C>> {
        if !matches!(self.context, Context::Digest(..)) {
            self.context = Context::Digest(KeyId::NULL, Digest::BLANK);
        }
        match &mut self.context {
            Context::Digest(own, code) => {
                *own = key;
                Some(code)
            }
            _ => None,
        }
    }

    /// Makes the context an AEAD operation with this key; the caller starts it.
    #[inline(never)]
    pub(crate) fn open_aead(&mut self, algorithm: Algorithm, key: KeyId) -> Option<&mut Aead<C>> {
        if !matches!(&self.context, Context::Aead(_, aead) if aead.is(algorithm)) {
            let wrap = |aead| Context::Aead(KeyId::NULL, aead);
            Aead::put(algorithm, &mut self.context, wrap);
        }
        match &mut self.context {
            Context::Aead(own, aead) => {
                *own = key;
                Some(aead)
            }
            _ => None,
        }
    }

    /// Makes the context a cipher operation with this key; the caller starts it.
    #[inline(never)]
    pub(crate) fn open_cipher(&mut self, mode: Mode, key: KeyId) -> Option<&mut Cipher<C>> {
        if !matches!(&self.context, Context::Cipher(_, cipher) if cipher.is(mode)) {
            let wrap = |cipher| Context::Cipher(KeyId::NULL, cipher);
            Cipher::put(mode, &mut self.context, wrap);
        }
        match &mut self.context {
            Context::Cipher(own, cipher) => {
                *own = key;
                Some(cipher)
            }
            _ => None,
        }
    }

    /// Makes the context a blank key derivation; the caller begins it.
    #[inline(never)]
    pub(crate) fn open_derivation(&mut self) -> Option<&mut Derivation<C>> {
        if !matches!(self.context, Context::Derivation(..)) {
            let wrap = |derivation| Context::Derivation(KeyId::NULL, derivation);
            Room::put(&mut self.context, wrap);
        }
        match &mut self.context {
            Context::Derivation(own, derivation) => {
                *own = KeyId::NULL;
                Some(derivation.get())
            }
            _ => None,
        }
    }

    /// The group whose functions work on it.
    pub(super) fn group(&self) -> u8 {
        match &self.context {
            Context::Digest(_, code) => code.group(),
            Context::Aead(..) => Function::GROUP_AEAD,
            Context::Cipher(..) => Function::GROUP_CIPHER,
            Context::Derivation(..) => Function::GROUP_KEY_DERIVATION,
        }
    }

    /// The key that it uses, one of its owner's, or the null id.
    pub(super) fn key(&mut self) -> &mut KeyId {
        let (Context::Digest(key, _)
        | Context::Aead(key, _)
        | Context::Cipher(key, _)
        | Context::Derivation(key, _)) = &mut self.context;
        key
    }

    /// Ends the operation: wipes its state and frees the slot.
    #[inline(always)] // every operation ends, keys of operations are rarely destroyed
    pub(super) fn end(&mut self) {
        match &mut self.context {
            Context::Digest(_, code) => code.clear(),
            Context::Aead(_, aead) => aead.clear(),
            Context::Cipher(_, cipher) => cipher.clear(),
            Context::Derivation(_, derivation) => derivation.get().clear(),
        }
        self.free();
    }
}
