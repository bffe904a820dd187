// SPDX-License-Identifier: Apache-2.0
//! The key management service (PSA Crypto API 1.2, "Key management"): creation, export and
//! destruction of keys.
//!
//! A call that fails to create a key returns the null id.

use psa::{
    Framework, Message,
    crypto::{Function, KEY_ATTRIBUTES_BYTES, KEY_ID_BYTES, KeyAttributes, KeyId, Pack, Usage},
};

use super::key_attributes::attributes_of;
use crate::{
    configuration::Configuration,
    error::Error,
    keys::{attributes, curve},
    partition::Crypto,
    vectors::{read, require_word_output, write, write_word},
};

impl<C: Configuration> Crypto<C> {
    /// Serves one function of the key group.
    #[inline(never)] // storage is called from here: a small frame, not that of all services
    pub(crate) fn keys_call(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        framework: &impl Framework,
    ) -> Result<(), Error> {
        match pack.function() {
            Function::IMPORT_KEY | Function::COPY_KEY | Function::GENERATE_KEY => {
                require_word_output(message)?;
                let created = self.create(pack, message, framework);
                write_word(message, created.unwrap_or(KeyId::NULL).0)?;
                created.map(|_| ())
            }
            Function::DESTROY_KEY if pack.key_id() == KeyId::NULL => Ok(()),
            Function::DESTROY_KEY => {
                self.keys
                    .destroy(message.client_id(), framework, pack.key_id())?;
                self.operations.end_users_of(pack.key_id(), message);
                Ok(())
            }
            Function::GET_KEY_ATTRIBUTES
            | Function::EXPORT_KEY
            | Function::EXPORT_PUBLIC_KEY
            | Function::PURGE_KEY => {
                let fetched = self
                    .keys
                    .fetch(message.client_id(), framework, pack.key_id());
                self.show_key(fetched, pack, message)
            }
            _ => Err(Error::NotSupported),
        }
    }

    /// Returns attributes or material of a key; `fetched` is the result of loading it from storage.
    #[inline(never)] // not in the frame that has storage below it
    fn show_key(
        &self,
        fetched: Result<(), Error>,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        let function = pack.function();
        let wants_attributes = function == Function::GET_KEY_ATTRIBUTES;
        if wants_attributes && message.out_size(0) != KEY_ATTRIBUTES_BYTES {
            return Err(Error::Programmer);
        }
        let found = fetched.and_then(|()| self.keys.held(message.client_id(), pack.key_id()));
        if wants_attributes {
            let attributes = found.map_or(&KeyAttributes::NONE, |(attributes, _)| attributes);
            write(message, 0, attributes.encode_words().as_flattened())?;
        }
        let (attributes, material) = found?;
        match function {
            Function::EXPORT_KEY if attributes.usage.includes(Usage::EXPORT) => {
                write(message, 0, material)
            }
            Function::EXPORT_KEY => Err(Error::NotPermitted),
            Function::EXPORT_PUBLIC_KEY if C::WANTED.elliptic_curves() => {
                let public = curve::public_key(attributes.key_type, material)?;
                write(message, 0, &public)
            }
            // No key of this image has a public part.
            Function::EXPORT_PUBLIC_KEY => Err(Error::InvalidArgument),
            // Attributes were written above. Purging has no effect: no copy outlives a call.
            _ => Ok(()),
        }
    }

    /// Creates a key with the attributes in input vector 1. They are not in this frame: storage
    /// and the source of entropy are below it.
    #[inline(always)] // in one place
    fn create(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        framework: &impl Framework,
    ) -> Result<KeyId, Error> {
        const { assert!(KEY_ID_BYTES == size_of::<KeyId>()) };
        if pack.function() == Function::COPY_KEY {
            self.keys
                .fetch(message.client_id(), framework, pack.key_id())?;
        }
        self.begin_key(pack, message)?;
        let (key_type, material) = self.keys.last_material();
        let filled = match pack.function() {
            Function::IMPORT_KEY => {
                read(message, 2, material);
                if C::WANTED.elliptic_curves() {
                    curve::check_material(key_type, material)
                } else {
                    Ok(())
                }
            }
            Function::GENERATE_KEY if C::WANTED.elliptic_curves() => loop {
                match self.random.fill(material) {
                    Ok(()) if !curve::finish_candidate(key_type, material) => {}
                    filled => break filled,
                }
            },
            Function::GENERATE_KEY => self.random.fill(material),
            _ => self.keys.copy_to_last(message.client_id(), pack.key_id()),
        };
        self.keys.settle(framework, filled)
    }

    /// Begins to create a key: it becomes the last one, without material.
    #[inline(never)]
    fn begin_key(&mut self, pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
        let mut attributes = KeyAttributes::decode(&attributes_of(message)?);
        match pack.function() {
            Function::IMPORT_KEY => attributes::import::<C>(&mut attributes, message.in_size(2))?,
            Function::GENERATE_KEY => attributes::generate::<C>(&mut attributes)?,
            _ => {
                let (source, _) = self.keys.held(message.client_id(), pack.key_id())?;
                attributes::copy::<C>(&mut attributes, source)?;
            }
        }
        self.keys
            .create(message.client_id(), &attributes)
            .map(|_| ())
    }
}
