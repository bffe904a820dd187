// SPDX-License-Identifier: Apache-2.0
//! From a message to the service for its function.
//!
//! Dispatch is a `match` on the group of the function, not a table of function pointers: all calls
//! are known at compile time, as the static bound of the stack needs, and a group that a profile
//! leaves out costs nothing. The compiler makes a table where that is smaller.

use psa::{
    Framework, Message, Partition, Status,
    crypto::{Fields, Function, MESSAGE_TYPE, Pack},
};

use crate::{configuration::Configuration, error::Error, partition::Crypto, vectors::read};

/// Index of the input vector that holds the pack.
const PACK_INPUT: usize = 0;

/// Functions of a group that have a key, and those that have an operation: a bit for each, by the
/// table of fields.
struct Keyed {
    with_key: u32,
    with_operation: u32,
}

impl Keyed {
    const fn of(group: u8) -> Self {
        Self {
            with_key: Function::with_fields(group, Fields::KEY),
            with_operation: Function::with_fields(group, Fields::OPERATION),
        }
    }
}

/// Whether the bit of the function is set.
fn has(functions: u32, function: Function) -> bool {
    functions.checked_shr(function.number().into()).unwrap_or(0) & 1 != 0
}

impl<C: Configuration> Partition for Crypto<C> {
    fn call(&mut self, message: &mut impl Message, framework: &impl Framework) -> Status {
        match self.dispatch(message, framework) {
            Ok(()) => Status::SUCCESS,
            Err(error) => error.into(),
        }
    }
}

impl<C: Configuration> Crypto<C> {
    /// Serves one message.
    fn dispatch(
        &mut self,
        message: &mut impl Message,
        framework: &impl Framework,
    ) -> Result<(), Error> {
        if message.message_type() != i32::from(MESSAGE_TYPE) {
            return Err(Error::NotSupported);
        }
        let mut pack = Pack::BLANK;
        let pack_bytes = read(message, PACK_INPUT, pack.bytes_mut());
        if pack_bytes != pack.bytes().len() || message.in_size(PACK_INPUT) != pack_bytes {
            return Err(Error::Programmer);
        }
        let outcome = self
            .fetch_key(&pack, message, framework)
            .and_then(|()| self.serve(&pack, message, framework));
        self.keys.dismiss_copies();
        outcome
    }

    /// Loads the key of a function from storage. It is done here and not where the key is used,
    /// so that the stack of the storage service is not below the frames of an operation. (Key
    /// management loads its keys itself.) An operation whose key can't be loaded ends.
    fn fetch_key(
        &mut self,
        pack: &Pack,
        message: &impl Message,
        framework: &impl Framework,
    ) -> Result<(), Error> {
        let (function, wanted) = (pack.function(), &C::WANTED);
        let functions = match function.group() {
            Function::GROUP_MAC if wanted.mac() => const { Keyed::of(Function::GROUP_MAC) },
            Function::GROUP_CIPHER if wanted.cipher() => {
                const { Keyed::of(Function::GROUP_CIPHER) }
            }
            Function::GROUP_AEAD if wanted.aead() => const { Keyed::of(Function::GROUP_AEAD) },
            Function::GROUP_SIGNATURE if wanted.signatures() => {
                const { Keyed::of(Function::GROUP_SIGNATURE) }
            }
            Function::GROUP_KEY_DERIVATION if wanted.key_derivation() || wanted.ecdh => {
                const { Keyed::of(Function::GROUP_KEY_DERIVATION) }
            }
            _ => return Ok(()),
        };
        if !has(functions.with_key, function) {
            return Ok(());
        }
        let fetched = self
            .keys
            .fetch(message.client_id(), framework, pack.key_id());
        if fetched.is_err() && has(functions.with_operation, function) {
            self.operations.release(pack, message);
        }
        fetched
    }

    /// Calls the service.
    #[inline(always)] // in one place
    fn serve(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        framework: &impl Framework,
    ) -> Result<(), Error> {
        match pack.function().group() {
            Function::GROUP_RANDOM if C::WANTED.random => self.random_call(pack, message),
            Function::GROUP_KEYS if C::WANTED.keys() && C::WANTED.key_service => {
                self.keys_call(pack, message, framework)
            }
            Function::GROUP_HASH if C::WANTED.hashes() && C::WANTED.hash_service => {
                self.hash_call(pack, message)
            }
            Function::GROUP_MAC if C::WANTED.mac() => self.mac_call(pack, message),
            Function::GROUP_CIPHER if C::WANTED.cipher() => self.cipher_call(pack, message),
            Function::GROUP_AEAD if C::WANTED.aead() => self.aead_call(pack, message),
            Function::GROUP_SIGNATURE if C::WANTED.signatures() => {
                self.signature_call(pack, message)
            }
            Function::GROUP_KEY_DERIVATION if C::WANTED.key_derivation() || C::WANTED.ecdh => {
                self.derivation_call(pack, message, framework)
            }
            _ => Err(Error::NotSupported),
        }
    }
}
