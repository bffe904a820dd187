// SPDX-License-Identifier: Apache-2.0
//! The functions on keys, codes and authenticated encryption, as a client library makes them.

use crypto::Configuration;
use psa::{
    Status,
    crypto::{Algorithm, Fields, Function, KeyAttributes, KeyId, KeyType, Pack, Usage},
};

use crate::client::*;

pub const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
pub const CCM: Algorithm = Algorithm::CCM;
/// All that a key can be used for.
pub const ALL_USES: Usage = Usage(0xFF07);

pub fn hmac_key() -> KeyAttributes {
    KeyAttributes::new(KeyType::HMAC, 0, ALL_USES, HMAC.at_least_this_length_mac(4))
}

pub fn aes_key() -> KeyAttributes {
    let any = CCM.aead_with_at_least_this_length_tag(4);
    KeyAttributes::new(KeyType::AES, 0, ALL_USES, any)
}

/// The answer to a call that creates a key.
pub fn created(answer: &Answer) -> Result<KeyId, Status> {
    let id = KeyId(answer.handle());
    match answer.status {
        Status::SUCCESS => {
            assert_ne!(id, KeyId::NULL);
            Ok(id)
        }
        error => {
            assert_eq!(id, KeyId::NULL);
            Err(error)
        }
    }
}

/// The first output, if the call succeeded; a call that fails writes nothing.
pub fn output(answer: Answer, index: usize) -> Result<Vec<u8>, Status> {
    match answer.status {
        Status::SUCCESS => Ok(answer.outputs[index].clone()),
        error => {
            assert!(answer.outputs[index].is_empty(), "{error:?}");
            Err(error)
        }
    }
}

fn result(status: Status) -> Result<(), Status> {
    match status {
        Status::SUCCESS => Ok(()),
        error => Err(error),
    }
}

/// Keys.
impl<C: Configuration<Entropy = Source>> Device<C> {
    pub fn import(&self, attributes: &KeyAttributes, data: &[u8]) -> Result<KeyId, Status> {
        let pack = Pack::new(Function::IMPORT_KEY);
        created(&self.function(pack, &[&attributes.encode(), data], &[Output::New(4)]))
    }

    pub fn generate(&self, attributes: &KeyAttributes) -> Result<KeyId, Status> {
        let pack = Pack::new(Function::GENERATE_KEY);
        created(&self.function(pack, &[&attributes.encode()], &[Output::New(4)]))
    }

    pub fn copy(&self, source: KeyId, attributes: &KeyAttributes) -> Result<KeyId, Status> {
        let pack = Pack::new(Function::COPY_KEY).with_key_id(source);
        created(&self.function(pack, &[&attributes.encode()], &[Output::New(4)]))
    }

    pub fn export(&self, key: KeyId, room: usize) -> Result<Vec<u8>, Status> {
        let pack = Pack::new(Function::EXPORT_KEY).with_key_id(key);
        output(self.function(pack, &[], &[Output::New(room)]), 0)
    }

    pub fn attributes(&self, key: KeyId) -> Result<KeyAttributes, Status> {
        let pack = Pack::new(Function::GET_KEY_ATTRIBUTES).with_key_id(key);
        let answer = self.function(pack, &[], &[Output::New(24)]);
        let bytes = answer.outputs[0].as_slice();
        let attributes = KeyAttributes::decode(bytes.try_into().unwrap());
        if answer.status != Status::SUCCESS {
            assert_eq!(attributes, KeyAttributes::NONE);
            return Err(answer.status);
        }
        Ok(attributes)
    }

    pub fn key_function(&self, function: Function, key: KeyId) -> Result<(), Status> {
        result(self.plain(Pack::new(function).with_key_id(key)))
    }

    pub fn destroy(&self, key: KeyId) -> Result<(), Status> {
        self.key_function(Function::DESTROY_KEY, key)
    }
}

/// Multipart operations of any kind.
impl<C: Configuration<Entropy = Source>> Device<C> {
    pub fn setup_with(
        &self,
        function: Function,
        key: KeyId,
        algorithm: Algorithm,
    ) -> Result<u32, Status> {
        let mut pack = Pack::new(function).with_algorithm(algorithm);
        if function.fields().include(Fields::KEY) {
            pack = pack.with_key_id(key);
        }
        let answer = self.function(pack, &[], &[Output::New(4)]);
        Ok(u32::from_le_bytes(
            output(answer, 0)?.try_into().expect("a handle"),
        ))
    }

    /// A function on an operation with at most one input and no output.
    pub fn feed(&self, function: Function, handle: u32, input: &[u8]) -> Result<(), Status> {
        let pack = Pack::new(function).with_operation_handle(handle);
        result(self.function(pack, &[input], &[]).status)
    }

    /// A function that ends an operation; the handle comes back as zero.
    pub fn end(
        &self,
        function: Function,
        handle: u32,
        inputs: &[&[u8]],
        room: usize,
    ) -> Result<Vec<u8>, Status> {
        let pack = Pack::new(function).with_operation_handle(handle);
        let answer = self.function(pack, inputs, &[Output::New(4), Output::New(room)]);
        assert_eq!(answer.handle(), 0);
        output(answer, 1)
    }
}

/// Codes.
impl<C: Configuration<Entropy = Source>> Device<C> {
    pub fn mac_compute(
        &self,
        key: KeyId,
        algorithm: Algorithm,
        input: &[u8],
        room: usize,
    ) -> Result<Vec<u8>, Status> {
        let pack = Pack::new(Function::MAC_COMPUTE)
            .with_key_id(key)
            .with_algorithm(algorithm);
        output(self.function(pack, &[input], &[Output::New(room)]), 0)
    }

    pub fn mac_verify(
        &self,
        key: KeyId,
        algorithm: Algorithm,
        input: &[u8],
        mac: &[u8],
    ) -> Result<(), Status> {
        let pack = Pack::new(Function::MAC_VERIFY)
            .with_key_id(key)
            .with_algorithm(algorithm);
        result(self.function(pack, &[input, mac], &[]).status)
    }
}

/// Authenticated encryption.
impl<C: Configuration<Entropy = Source>> Device<C> {
    /// `psa_aead_encrypt` or `psa_aead_decrypt`.
    pub fn aead(
        &self,
        function: Function,
        (key, algorithm): (KeyId, Algorithm),
        nonce: &[u8],
        inputs: &[&[u8]],
        room: Output,
    ) -> Result<Vec<u8>, Status> {
        let pack = Pack::new(function)
            .with_key_id(key)
            .with_algorithm(algorithm)
            .with_nonce(nonce)
            .expect("a nonce that fits the pack");
        output(self.function(pack, inputs, &[room]), 0)
    }

    pub fn aead_lengths(&self, handle: u32, additional: u32, data: u32) -> Result<(), Status> {
        let pack = Pack::new(Function::AEAD_SET_LENGTHS)
            .with_operation_handle(handle)
            .with_lengths(additional, data);
        result(self.plain(pack))
    }

    pub fn aead_update(&self, handle: u32, input: &[u8], room: usize) -> Result<Vec<u8>, Status> {
        let pack = Pack::new(Function::AEAD_UPDATE).with_operation_handle(handle);
        output(self.function(pack, &[input], &[Output::New(room)]), 0)
    }

    pub fn aead_nonce(&self, handle: u32, room: usize) -> Result<Vec<u8>, Status> {
        let pack = Pack::new(Function::AEAD_GENERATE_NONCE).with_operation_handle(handle);
        output(self.function(pack, &[], &[Output::New(room)]), 0)
    }
}

/// Encryption without authentication.
impl<C: Configuration<Entropy = Source>> Device<C> {
    /// `psa_cipher_encrypt` or `psa_cipher_decrypt`.
    pub fn cipher(
        &self,
        function: Function,
        (key, algorithm): (KeyId, Algorithm),
        input: &[u8],
        room: Output,
    ) -> Result<Vec<u8>, Status> {
        let pack = Pack::new(function)
            .with_key_id(key)
            .with_algorithm(algorithm);
        output(self.function(pack, &[input], &[room]), 0)
    }

    /// A function on an operation that has an output and at most one input.
    pub fn convert(
        &self,
        function: Function,
        handle: u32,
        inputs: &[&[u8]],
        room: Output,
    ) -> Result<Vec<u8>, Status> {
        let pack = Pack::new(function).with_operation_handle(handle);
        output(self.function(pack, inputs, &[room]), 0)
    }
}
