// SPDX-License-Identifier: Apache-2.0
//! Key derivation: `psa_key_derivation_*` (PSA Crypto API 1.2, chapter 10.6).

use psa::Status;
use psa::crypto::{Algorithm, Function, KEY_ID_BYTES, KeyAttributes, KeyId, Pack, Step};

use crate::gateway::Gateway;
use crate::operation::Operation;

/// A key derivation: inputs in the order that the algorithm defines, then outputs. Dropping it
/// aborts the operation.
///
/// # Examples
/// A key for one purpose, derived from a secret for many:
/// ```
/// use client::derivation::Derivation;
/// use client::{Algorithm, KeyAttributes, KeyType, Status, Step, Usage, key};
/// # let secure = fake_device::FakeDevice::new();
/// const HKDF: Algorithm = Algorithm::hkdf(Algorithm::SHA_256);
/// let secret = KeyAttributes::new(KeyType::DERIVE, 256, Usage::DERIVE, HKDF);
/// let secret = key::generate(&secure, &secret)?;
///
/// let mut derivation = Derivation::setup(&secure, HKDF)?;
/// derivation.input_key(Step::SECRET, secret)?;
/// derivation.input_bytes(Step::INFO, b"logs")?;
/// let usage = Usage::ENCRYPT.with(Usage::DECRYPT);
/// let attributes = KeyAttributes::new(KeyType::AES, 128, usage, Algorithm::CCM);
/// let logs = derivation.output_key(&attributes)?;
/// assert_eq!(key::attributes(&secure, logs)?.bits, 128);
/// # Ok::<(), Status>(())
/// ```
pub struct Derivation<'a, G: Gateway>(Operation<'a, G>);

impl<'a, G: Gateway> Derivation<'a, G> {
    /// Sets up a derivation (`psa_key_derivation_setup`).
    ///
    /// # Errors
    /// * `INVALID_ARGUMENT`: the algorithm does not derive keys.
    /// * `NOT_SUPPORTED`: the firmware does not have the algorithm.
    /// * `INSUFFICIENT_MEMORY`: all operations of the profile are in use.
    pub fn setup(gateway: &'a G, algorithm: Algorithm) -> Result<Self, Status> {
        let pack = Pack::new(Function::KEY_DERIVATION_SETUP).with_algorithm(algorithm);
        Operation::setup(gateway, &pack, Function::KEY_DERIVATION_ABORT).map(Self)
    }

    /// The number of bytes that the operation can still give (`psa_key_derivation_get_capacity`).
    ///
    /// # Errors
    /// `BAD_STATE`: the operation has ended.
    pub fn capacity(&self) -> Result<u32, Status> {
        let mut capacity = [0; 4];
        let function = Function::KEY_DERIVATION_GET_CAPACITY;
        self.0.fill(function, &[], &mut capacity)?;
        Ok(u32::from_le_bytes(capacity))
    }

    /// Lowers the capacity (`psa_key_derivation_set_capacity`).
    ///
    /// # Errors
    /// * `INVALID_ARGUMENT`: the capacity is lower already. The operation goes on.
    /// * `BAD_STATE`: the operation has ended.
    pub fn set_capacity(&mut self, bytes: u32) -> Result<(), Status> {
        let pack = self.0.pack(Function::KEY_DERIVATION_SET_CAPACITY);
        self.0.call(&pack.with_capacity(bytes), &[])
    }

    /// Gives bytes as an input (`psa_key_derivation_input_bytes`).
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, `INSUFFICIENT_MEMORY` or `BAD_STATE`: the algorithm does not take this
    /// input, or not now. The operation has ended.
    pub fn input_bytes(&mut self, step: Step, data: &[u8]) -> Result<(), Status> {
        let pack = self.0.pack(Function::KEY_DERIVATION_INPUT_BYTES);
        self.0.call(&pack.with_step(step.0), &[data])
    }

    /// Gives a number as an input (`psa_key_derivation_input_integer`), such as the cost of PBKDF2.
    ///
    /// # Errors
    /// * `NOT_SUPPORTED`: the cost is above the limit of the firmware.
    /// * `INVALID_ARGUMENT` or `BAD_STATE`: as for [`Derivation::input_bytes`].
    pub fn input_integer(&mut self, step: Step, value: u64) -> Result<(), Status> {
        let pack = self.0.pack(Function::KEY_DERIVATION_INPUT_INTEGER);
        self.0.call(&pack.with_step(step.0).with_value(value), &[])
    }

    /// Gives a key as an input (`psa_key_derivation_input_key`).
    ///
    /// # Errors
    /// * `INVALID_HANDLE`: there is no such key for this client.
    /// * `NOT_PERMITTED`: the policy of the key does not allow this use.
    /// * `INVALID_ARGUMENT` or `BAD_STATE`: as for [`Derivation::input_bytes`].
    pub fn input_key(&mut self, step: Step, key: KeyId) -> Result<(), Status> {
        let pack = self.0.pack(Function::KEY_DERIVATION_INPUT_KEY);
        self.0.call(&pack.with_step(step.0).with_key_id(key), &[])
    }

    /// Gives the secret that a key pair shares with the public key of a peer as an input
    /// (`psa_key_derivation_key_agreement`). The secret does not leave the secure world.
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
        self.0.call(&pack, &[peer_key])
    }

    /// Fills `output` with the next bytes (`psa_key_derivation_output_bytes`).
    ///
    /// # Errors
    /// * `INSUFFICIENT_DATA`: the capacity is lower than that.
    /// * `NOT_PERMITTED`: the policy of an input key allows keys as output only.
    /// * `BAD_STATE`: an input is missing.
    pub fn output_bytes(&mut self, output: &mut [u8]) -> Result<(), Status> {
        let function = Function::KEY_DERIVATION_OUTPUT_BYTES;
        self.0.fill(function, &[], output).map(|_| ())
    }

    /// Creates a key from the next bytes (`psa_key_derivation_output_key`).
    ///
    /// # Errors
    /// * `NOT_PERMITTED`: no input was a key.
    /// * `INSUFFICIENT_DATA`: the capacity is lower than that.
    /// * Those of [`crate::key::import`].
    pub fn output_key(&mut self, attributes: &KeyAttributes) -> Result<KeyId, Status> {
        let mut id = [0; KEY_ID_BYTES];
        let function = Function::KEY_DERIVATION_OUTPUT_KEY;
        self.0.fill(function, &[&attributes.encode()], &mut id)?;
        Ok(KeyId(u32::from_le_bytes(id)))
    }
}
