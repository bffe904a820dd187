// SPDX-License-Identifier: Apache-2.0
//! Key derivation: `psa_key_derivation_*` (PSA Crypto API 1.2, chapter 10.6).
//!
//! ```
//! use client::derivation::Derivation;
//! use client::{Algorithm, Gateway, KeyAttributes, KeyId, Status, Step};
//!
//! const HKDF: Algorithm = Algorithm::hkdf(Algorithm::SHA_256);
//!
//! /// A key for one purpose, from a secret for many.
//! fn key_for(
//!     secure: &impl Gateway,
//!     secret: KeyId,
//!     purpose: &[u8],
//!     attributes: &KeyAttributes,
//! ) -> Result<KeyId, Status> {
//!     let mut derivation = Derivation::setup(secure, HKDF)?;
//!     derivation.input_key(Step::SECRET, secret)?;
//!     derivation.input_bytes(Step::INFO, purpose)?;
//!     derivation.output_key(attributes)
//! }
//! ```

use psa::Status;
use psa::crypto::{Algorithm, Function, KEY_ID_BYTES, KeyAttributes, KeyId, Pack, Step};

use crate::crypto::{Operation, crypto_call, fill};
use crate::gateway::Gateway;

/// A key derivation: inputs in the order that the algorithm asks for, then bytes and keys.
/// Dropping it aborts it.
pub struct Derivation<'a, G: Gateway>(Operation<'a, G>);

impl<'a, G: Gateway> Derivation<'a, G> {
    /// `psa_key_derivation_setup`.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, `NOT_SUPPORTED`, `INSUFFICIENT_MEMORY`, or what else the service
    /// answers.
    pub fn setup(gateway: &'a G, algorithm: Algorithm) -> Result<Self, Status> {
        let pack = Pack::new(Function::KEY_DERIVATION_SETUP).with_algorithm(algorithm);
        Operation::begin(gateway, &pack, &[], Function::KEY_DERIVATION_ABORT).map(Self)
    }

    /// `psa_key_derivation_get_capacity`: how many bytes may still come out.
    ///
    /// # Errors
    /// `BAD_STATE` when the operation has ended.
    pub fn capacity(&self) -> Result<u32, Status> {
        let pack = self.0.pack(Function::KEY_DERIVATION_GET_CAPACITY);
        let mut capacity = [0; 4];
        fill(self.0.gateway(), &pack, &[], &mut capacity)?;
        Ok(u32::from_le_bytes(capacity))
    }

    /// `psa_key_derivation_set_capacity`.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` when that is more than there is; the operation goes on. `BAD_STATE`.
    pub fn set_capacity(&mut self, bytes: u32) -> Result<(), Status> {
        let pack = self.0.pack(Function::KEY_DERIVATION_SET_CAPACITY);
        self.call(&pack.with_capacity(bytes), &[])
    }

    /// `psa_key_derivation_input_bytes`.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, `INSUFFICIENT_MEMORY`, `BAD_STATE`; the operation has then ended.
    pub fn input_bytes(&mut self, step: Step, data: &[u8]) -> Result<(), Status> {
        let pack = self.0.pack(Function::KEY_DERIVATION_INPUT_BYTES);
        self.call(&pack.with_step(step.0), &[data])
    }

    /// `psa_key_derivation_input_integer`.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, `NOT_SUPPORTED`, `BAD_STATE`; the operation has then ended.
    pub fn input_integer(&mut self, step: Step, value: u64) -> Result<(), Status> {
        let pack = self.0.pack(Function::KEY_DERIVATION_INPUT_INTEGER);
        self.call(&pack.with_step(step.0).with_value(value), &[])
    }

    /// `psa_key_derivation_input_key`.
    ///
    /// # Errors
    /// `INVALID_HANDLE`, `NOT_PERMITTED`, `INVALID_ARGUMENT`, `BAD_STATE`; the operation has then
    /// ended.
    pub fn input_key(&mut self, step: Step, key: KeyId) -> Result<(), Status> {
        let pack = self.0.pack(Function::KEY_DERIVATION_INPUT_KEY);
        self.call(&pack.with_step(step.0).with_key_id(key), &[])
    }

    /// `psa_key_derivation_key_agreement`: the secret that the own key pair and the peer's public
    /// key have in common.
    ///
    /// # Errors
    /// Those of [`Derivation::input_key`].
    pub fn key_agreement(
        &mut self,
        step: Step,
        private_key: KeyId,
        peer_key: &[u8],
    ) -> Result<(), Status> {
        let pack = self.0.pack(Function::KEY_DERIVATION_KEY_AGREEMENT);
        let pack = pack.with_step(step.0).with_key_id(private_key);
        self.call(&pack, &[peer_key])
    }

    /// `psa_key_derivation_output_bytes`: fills `output` with the next bytes.
    ///
    /// # Errors
    /// `INSUFFICIENT_DATA`, `NOT_PERMITTED`, `BAD_STATE` when an input is missing.
    pub fn output_bytes(&mut self, output: &mut [u8]) -> Result<(), Status> {
        let pack = self.0.pack(Function::KEY_DERIVATION_OUTPUT_BYTES);
        fill(self.0.gateway(), &pack, &[], output).map(|_| ())
    }

    /// `psa_key_derivation_output_key`: a key from the next bytes.
    ///
    /// # Errors
    /// `NOT_PERMITTED` when no input was a key, `INSUFFICIENT_DATA`, and those of
    /// [`crate::key::import`].
    pub fn output_key(&mut self, attributes: &KeyAttributes) -> Result<KeyId, Status> {
        let pack = self.0.pack(Function::KEY_DERIVATION_OUTPUT_KEY);
        let mut id = [0; KEY_ID_BYTES];
        fill(self.0.gateway(), &pack, &[&attributes.encode()], &mut id)?;
        Ok(KeyId(u32::from_le_bytes(id)))
    }

    fn call(&mut self, pack: &Pack, inputs: &[&[u8]]) -> Result<(), Status> {
        crypto_call(self.0.gateway(), pack, inputs, &mut [])
    }
}
