// SPDX-License-Identifier: Apache-2.0
//! Hashes: `psa_hash_*` (PSA Crypto API 1.2, chapter 10.2).

use psa::Status;
use psa::crypto::{Algorithm, Function, MESSAGE_TYPE, OPERATION_HANDLE_BYTES, Pack};
use psa::service::CRYPTO;

use crate::gateway::{Gateway, InVector, OutVector, call};

/// One call of the Crypto service: the pack, one more input, and the outputs.
fn crypto_call(
    gateway: &impl Gateway,
    pack: &Pack,
    input: Option<&[u8]>,
    outputs: &mut [OutVector<'_>],
) -> Result<(), Status> {
    let pack = InVector::new(pack.bytes());
    match input {
        Some(input) => {
            let inputs = [pack, InVector::new(input)];
            call(gateway, CRYPTO.handle(), MESSAGE_TYPE, &inputs, outputs)
        }
        None => call(gateway, CRYPTO.handle(), MESSAGE_TYPE, &[pack], outputs),
    }
}

/// `psa_hash_compute`: the hash of `input` into `hash`; returns its length in bytes.
///
/// # Errors
/// `BUFFER_TOO_SMALL`, `NOT_SUPPORTED`, or what else the service answers.
pub fn compute(
    gateway: &impl Gateway,
    algorithm: Algorithm,
    input: &[u8],
    hash: &mut [u8],
) -> Result<usize, Status> {
    let pack = Pack::new(Function::HASH_COMPUTE).with_algorithm(algorithm);
    let mut outputs = [OutVector::new(hash)];
    crypto_call(gateway, &pack, Some(input), &mut outputs)?;
    Ok(outputs[0].length_bytes())
}

/// `psa_hash_compare`: whether `hash` is the hash of `input`.
///
/// # Errors
/// `INVALID_SIGNATURE` when it is not, or what else the service answers.
pub fn compare(
    gateway: &impl Gateway,
    algorithm: Algorithm,
    input: &[u8],
    hash: &[u8],
) -> Result<(), Status> {
    let pack = Pack::new(Function::HASH_COMPARE).with_algorithm(algorithm);
    let inputs = [
        InVector::new(pack.bytes()),
        InVector::new(input),
        InVector::new(hash),
    ];
    call(gateway, CRYPTO.handle(), MESSAGE_TYPE, &inputs, &mut [])
}

/// A hash over data that comes in parts. Dropping it aborts it.
pub struct Hash<'a, G: Gateway> {
    gateway: &'a G,
    handle: u32,
}

impl<'a, G: Gateway> Hash<'a, G> {
    /// `psa_hash_setup`.
    ///
    /// # Errors
    /// `INSUFFICIENT_MEMORY` when all contexts are in use, `NOT_SUPPORTED`, or what else the
    /// service answers.
    pub fn setup(gateway: &'a G, algorithm: Algorithm) -> Result<Self, Status> {
        let pack = Pack::new(Function::HASH_SETUP).with_algorithm(algorithm);
        let mut handle = [0; OPERATION_HANDLE_BYTES];
        crypto_call(gateway, &pack, None, &mut [OutVector::new(&mut handle)])?;
        Ok(Self {
            gateway,
            handle: u32::from_le_bytes(handle),
        })
    }

    fn pack(&self, function: Function) -> Pack {
        Pack::new(function).with_operation_handle(self.handle)
    }

    /// `psa_hash_update`.
    ///
    /// # Errors
    /// What the service answers; the operation has then ended.
    pub fn update(&mut self, input: &[u8]) -> Result<(), Status> {
        crypto_call(
            self.gateway,
            &self.pack(Function::HASH_UPDATE),
            Some(input),
            &mut [],
        )
    }

    /// `psa_hash_clone`: a second operation that goes on from here.
    ///
    /// # Errors
    /// `INSUFFICIENT_MEMORY`, or what else the service answers.
    pub fn duplicate(&self) -> Result<Self, Status> {
        let mut handle = [0; OPERATION_HANDLE_BYTES];
        crypto_call(
            self.gateway,
            &self.pack(Function::HASH_CLONE),
            Some(&[0; OPERATION_HANDLE_BYTES]),
            &mut [OutVector::new(&mut handle)],
        )?;
        Ok(Self {
            gateway: self.gateway,
            handle: u32::from_le_bytes(handle),
        })
    }

    /// `psa_hash_finish`: the hash into `hash`; returns its length in bytes.
    ///
    /// # Errors
    /// `BUFFER_TOO_SMALL`, or what else the service answers.
    pub fn finish(mut self, hash: &mut [u8]) -> Result<usize, Status> {
        let mut handle = self.handle.to_le_bytes();
        let pack = self.pack(Function::HASH_FINISH);
        let mut outputs = [OutVector::new(&mut handle), OutVector::new(hash)];
        crypto_call(self.gateway, &pack, None, &mut outputs)?;
        let length_bytes = outputs[1].length_bytes();
        self.handle = 0;
        Ok(length_bytes)
    }

    /// `psa_hash_verify`: whether the hash is `hash`.
    ///
    /// # Errors
    /// `INVALID_SIGNATURE` when it is not, or what else the service answers.
    pub fn verify(mut self, hash: &[u8]) -> Result<(), Status> {
        let mut handle = self.handle.to_le_bytes();
        let pack = self.pack(Function::HASH_VERIFY);
        crypto_call(
            self.gateway,
            &pack,
            Some(hash),
            &mut [OutVector::new(&mut handle)],
        )?;
        self.handle = 0;
        Ok(())
    }
}

impl<G: Gateway> Drop for Hash<'_, G> {
    fn drop(&mut self) {
        if self.handle != 0 {
            let mut handle = self.handle.to_le_bytes();
            let pack = self.pack(Function::HASH_ABORT);
            // An abort that fails leaves nothing to be done: the handle is given up either way.
            let _ = crypto_call(
                self.gateway,
                &pack,
                None,
                &mut [OutVector::new(&mut handle)],
            );
        }
    }
}
