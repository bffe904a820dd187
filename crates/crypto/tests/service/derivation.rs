// SPDX-License-Identifier: Apache-2.0
//! A client of the key derivation service. `derivation_vectors` tests each function with published
//! vectors, `derivation_order` the order of calls; the other files of that name, each status.

use crypto::Configuration;
use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Pack, Step},
};

use crate::{calls::*, client::*};

pub const HKDF: Algorithm = Algorithm::hkdf(Algorithm::SHA_256);
pub const PBKDF2: Algorithm = Algorithm::pbkdf2_hmac(Algorithm::SHA_256);
pub const COUNTER: Algorithm = Algorithm::sp800_108_counter_hmac(Algorithm::SHA_256);

pub type FullDevice = Device<Full>;

pub fn device() -> FullDevice {
    Device::with_backend()
}

/// One input of a derivation.
#[derive(Clone, Debug)]
pub enum Input {
    Bytes(Step, Vec<u8>),
    Key(Step, KeyId),
    Integer(Step, u64),
}

/// Derivations on any device.
impl<C: Configuration<Entropy = Source>> Device<C> {
    /// One input of a derivation.
    pub fn derive_input(&self, handle: u32, input: &Input) -> Result<(), Status> {
        let (function, pack, data) = match input {
            Input::Bytes(step, data) => (
                Function::KEY_DERIVATION_INPUT_BYTES,
                Pack::new(Function::KEY_DERIVATION_INPUT_BYTES).with_step(step.0),
                Some(data),
            ),
            Input::Key(step, key) => {
                let function = Function::KEY_DERIVATION_INPUT_KEY;
                let pack = Pack::new(function).with_step(step.0).with_key_id(*key);
                (function, pack, None)
            }
            Input::Integer(step, value) => {
                let function = Function::KEY_DERIVATION_INPUT_INTEGER;
                let pack = Pack::new(function).with_step(step.0).with_value(*value);
                (function, pack, None)
            }
        };
        assert_eq!(pack.function(), function);
        let pack = pack.with_operation_handle(handle);
        let inputs: Vec<&[u8]> = data.iter().map(|data| data.as_slice()).collect();
        match self.function(pack, &inputs, &[]).status {
            Status::SUCCESS => Ok(()),
            error => Err(error),
        }
    }

    pub fn set_capacity(&self, handle: u32, capacity: u32) -> Result<(), Status> {
        let pack = Pack::new(Function::KEY_DERIVATION_SET_CAPACITY)
            .with_operation_handle(handle)
            .with_capacity(capacity);
        match self.plain(pack) {
            Status::SUCCESS => Ok(()),
            error => Err(error),
        }
    }
}

impl FullDevice {
    pub fn derivation(&self, algorithm: Algorithm) -> u32 {
        let setup = Function::KEY_DERIVATION_SETUP;
        self.setup_with(setup, KeyId::NULL, algorithm).unwrap()
    }

    pub fn input(&self, handle: u32, input: &Input) -> Result<(), Status> {
        self.derive_input(handle, input)
    }

    pub fn output_bytes(&self, handle: u32, bytes: usize) -> Result<Vec<u8>, Status> {
        let pack = Pack::new(Function::KEY_DERIVATION_OUTPUT_BYTES).with_operation_handle(handle);
        output(self.function(pack, &[], &[Output::New(bytes)]), 0)
    }

    pub fn output_key(&self, handle: u32, attributes: &KeyAttributes) -> Result<KeyId, Status> {
        let pack = Pack::new(Function::KEY_DERIVATION_OUTPUT_KEY).with_operation_handle(handle);
        created(&self.function(pack, &[&attributes.encode()], &[Output::New(4)]))
    }

    pub fn capacity(&self, handle: u32) -> Result<u32, Status> {
        let pack = Pack::new(Function::KEY_DERIVATION_GET_CAPACITY).with_operation_handle(handle);
        let capacity = output(self.function(pack, &[], &[Output::New(4)]), 0)?;
        Ok(u32::from_le_bytes(capacity.try_into().unwrap()))
    }

    pub fn end_derivation(&self, handle: u32) {
        let abort = self.end(Function::KEY_DERIVATION_ABORT, handle, &[], 0);
        assert_eq!(abort, Ok(vec![]));
    }

    /// A key that the derivation permits as an input.
    pub fn secret(&self, key_type: KeyType, algorithm: Algorithm, data: &[u8]) -> KeyId {
        let attributes = KeyAttributes::new(key_type, 0, ALL_USES, algorithm);
        self.import(&attributes, data).unwrap()
    }

    /// All that comes out, in one piece; the same must come out in pieces, and as keys when
    /// `secret` went in as one of this type.
    pub fn check(
        &self,
        algorithm: Algorithm,
        inputs: &[Input],
        (step, key_type, secret): (Step, KeyType, &[u8]),
        capacity: Option<u32>,
        expected: &[u8],
    ) {
        let begin = |inputs: &[Input]| {
            let handle = self.derivation(algorithm);
            if let Some(capacity) = capacity {
                self.set_capacity(handle, capacity).unwrap();
            }
            inputs
                .iter()
                .for_each(|input| self.input(handle, input).unwrap());
            handle
        };
        let handle = begin(inputs);
        let whole = self.output_bytes(handle, expected.len());
        if whole == Err(Status::NOT_SUPPORTED) {
            // Too much for one call, which a password hash may be. Blocks are at least so long.
            let handle = begin(inputs);
            for part in expected.chunks(16) {
                assert_eq!(self.output_bytes(handle, part.len()).unwrap(), part);
            }
            return self.end_derivation(handle);
        }
        assert_eq!(whole.unwrap(), expected);
        self.end_derivation(handle);
        if secret.is_empty() || expected.is_empty() {
            return;
        }
        let key = self.secret(key_type, algorithm, secret);
        let with_key: Vec<_> = inputs
            .iter()
            .map(|input| match input {
                Input::Bytes(at, _) if *at == step => Input::Key(step, key),
                other => other.clone(),
            })
            .collect();
        let handle = begin(&with_key);
        let (first, rest) = expected.split_at(expected.len() / 3);
        let (second, third) = rest.split_at(rest.len().min(40));
        assert_eq!(self.output_bytes(handle, first.len()).unwrap(), first);
        let bits = second.len() as u16 * 8;
        let raw = KeyAttributes::new(KeyType::RAW_DATA, bits, ALL_USES, Algorithm::NONE);
        let derived = self.output_key(handle, &raw).unwrap();
        assert_eq!(self.export(derived, second.len()).unwrap(), second);
        self.destroy(derived).unwrap();
        assert_eq!(self.output_bytes(handle, third.len()).unwrap(), third);
        self.end_derivation(handle);
        self.destroy(key).unwrap();
    }
}

pub fn bytes(step: Step, data: &[u8]) -> Input {
    Input::Bytes(step, data.to_vec())
}

/// An operation that has all its inputs.
pub fn complete(device: &FullDevice, algorithm: Algorithm) -> u32 {
    let handle = device.derivation(algorithm);
    for input in inputs(device, algorithm) {
        device.input(handle, &input).unwrap();
    }
    handle
}

/// All inputs of a function, the secret as a key.
pub fn inputs(device: &FullDevice, algorithm: Algorithm) -> Vec<Input> {
    let secret = |key_type| {
        let make = || device.secret(key_type, algorithm, &[9; 32]);
        device.kept_key(algorithm, make)
    };
    let text = |step| bytes(step, b"text");
    let of = |base: fn(Algorithm) -> Algorithm| base(algorithm.hash()) == algorithm;
    if of(Algorithm::hkdf) {
        let secret = Input::Key(Step::SECRET, secret(KeyType::DERIVE));
        vec![text(Step::SALT), secret, text(Step::INFO)]
    } else if of(Algorithm::hkdf_extract) {
        let secret = Input::Key(Step::SECRET, secret(KeyType::DERIVE));
        vec![text(Step::SALT), secret]
    } else if of(Algorithm::hkdf_expand) {
        let secret = Input::Key(Step::SECRET, secret(KeyType::DERIVE));
        vec![secret, text(Step::INFO)]
    } else if of(Algorithm::tls12_prf) || of(Algorithm::tls12_psk_to_ms) {
        let secret = Input::Key(Step::SECRET, secret(KeyType::DERIVE));
        vec![text(Step::SEED), secret, text(Step::LABEL)]
    } else if algorithm == Algorithm::SP800_108_COUNTER_CMAC {
        let secret = Input::Key(Step::SECRET, secret(KeyType::AES));
        vec![secret, text(Step::LABEL), text(Step::CONTEXT)]
    } else if of(Algorithm::sp800_108_counter_hmac) {
        let secret = Input::Key(Step::SECRET, secret(KeyType::DERIVE));
        vec![secret, text(Step::LABEL), text(Step::CONTEXT)]
    } else {
        let password = Input::Key(Step::PASSWORD, secret(KeyType::PASSWORD));
        vec![Input::Integer(Step::COST, 2), text(Step::SALT), password]
    }
}

/// Every function, with one hash or with CMAC.
pub fn functions() -> Vec<Algorithm> {
    let of_hash = [
        Algorithm::hkdf,
        Algorithm::hkdf_extract,
        Algorithm::hkdf_expand,
        Algorithm::tls12_prf,
        Algorithm::tls12_psk_to_ms,
        Algorithm::sp800_108_counter_hmac,
        Algorithm::pbkdf2_hmac,
    ]
    .map(|of| of(Algorithm::SHA_256));
    let of_cmac = [
        Algorithm::SP800_108_COUNTER_CMAC,
        Algorithm::PBKDF2_AES_CMAC_PRF_128,
    ];
    [&of_hash[..], &of_cmac].concat()
}

/// The operation has ended: only an abort accepts it.
pub fn ended(device: &FullDevice, handle: u32) {
    assert_eq!(device.capacity(handle), Err(Status::BAD_STATE));
    assert_eq!(device.set_capacity(handle, 0), Err(Status::BAD_STATE));
    let input = device.input(handle, &bytes(Step::SALT, b""));
    assert_eq!(input, Err(Status::BAD_STATE));
    assert_eq!(device.output_bytes(handle, 1), Err(Status::BAD_STATE));
    device.end_derivation(handle);
}
