// SPDX-License-Identifier: Apache-2.0
//! From a message to the function that it asks for ("Init" in the design of the service).
//!
//! The choice is a `match` on group and function, not a table of function pointers: calls
//! stay known at compile time, which the static bound of the stack needs, and a group that a
//! profile leaves out costs nothing. The compiler makes a table of it where that is smaller.

use psa::{
    Message,
    crypto::{Function, MESSAGE_TYPE, Pack},
};

use crate::{Backend, Crypto, alloc::Kind, error::Error, vectors::read};

/// Index of the input vector that holds the pack.
const PACK_INPUT: usize = 0;

impl<B: Backend, const OPERATIONS: usize, const KEYS: usize, const KEY_MATERIAL_BYTES: usize>
    Crypto<B, OPERATIONS, KEYS, KEY_MATERIAL_BYTES>
{
    /// Serves one message.
    pub(crate) fn dispatch(&mut self, message: &mut impl Message) -> Result<(), Error> {
        if message.message_type() != i32::from(MESSAGE_TYPE) {
            return Err(Error::NotSupported);
        }
        let mut pack = Pack::BLANK;
        let pack_bytes = read(message, PACK_INPUT, pack.bytes_mut());
        if pack_bytes != pack.bytes().len() || message.in_size(PACK_INPUT) != pack_bytes {
            return Err(Error::Programmer);
        }
        let outcome = self
            .fetch_key(&pack, message)
            .and_then(|()| self.serve(&pack, message));
        self.keys.dismiss_copies();
        outcome
    }

    /// Brings the key of an operation out of storage. It is done here and not where the key is
    /// used, so that the storage service does not need stack below an operation's frames.
    fn fetch_key(&mut self, pack: &Pack, message: &impl Message) -> Result<(), Error> {
        match pack.function().group() {
            Function::GROUP_MAC | Function::GROUP_CIPHER | Function::GROUP_AEAD
                if B::WANTED.mac() || B::WANTED.cipher() || B::WANTED.aead() =>
            {
                self.keys.fetch(message, pack.key_id())
            }
            Function::GROUP_SIGNATURE if B::WANTED.signatures() => {
                self.keys.fetch(message, pack.key_id())
            }
            Function::GROUP_KEY_DERIVATION if B::WANTED.key_derivation() || B::WANTED.ecdh => {
                self.fetch_derivation_key(pack, message)
            }
            _ => Ok(()),
        }
    }

    /// The same for a key derivation, which has ended when its key can't be had.
    fn fetch_derivation_key(&mut self, pack: &Pack, message: &impl Message) -> Result<(), Error> {
        let takes_key = matches!(
            pack.function(),
            Function::RAW_KEY_AGREEMENT
                | Function::KEY_DERIVATION_INPUT_KEY
                | Function::KEY_DERIVATION_KEY_AGREEMENT
        );
        if !takes_key {
            return Ok(());
        }
        let fetched = self.keys.fetch(message, pack.key_id());
        if fetched.is_err() {
            let (handle, client) = (pack.operation_handle(), message.client_id());
            self.operations.release(Kind::Derivation, handle, client);
        }
        fetched
    }

    /// Calls the service.
    #[inline(always)] // in one place
    fn serve(&mut self, pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
        match pack.function().group() {
            Function::GROUP_RANDOM if B::WANTED.random => self.random_call(pack, message),
            Function::GROUP_KEYS if B::WANTED.keys() => self.keys_call(pack, message),
            Function::GROUP_HASH if B::WANTED.hashes() => self.hash_call(pack, message),
            Function::GROUP_MAC if B::WANTED.mac() => self.mac_call(pack, message),
            Function::GROUP_CIPHER if B::WANTED.cipher() => self.cipher_call(pack, message),
            Function::GROUP_AEAD if B::WANTED.aead() => self.aead_call(pack, message),
            Function::GROUP_SIGNATURE if B::WANTED.signatures() => {
                self.signature_call(pack, message)
            }
            Function::GROUP_KEY_DERIVATION if B::WANTED.key_derivation() || B::WANTED.ecdh => {
                self.derivation_call(pack, message)
            }
            _ => Err(Error::NotSupported),
        }
    }
}
