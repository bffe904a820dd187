// SPDX-License-Identifier: Apache-2.0
//! Each function of the Crypto service sets its own fields of the pack, and no others.

use std::cell::RefCell;

use client::aead::{self, Aead, Parameters};
use client::cipher::{self, Cipher};
use client::derivation::Derivation;
use client::hash::{self, Hash};
use client::mac::{self, Mac};
use client::{
    Algorithm, Gateway, InVector, KeyAttributes, KeyId, KeyType, OutVector, Status, Step, Usage,
};
use client::{agreement, key, random, signature};
use psa::crypto::{FUNCTIONS, Fields, Function, Pack};
use psa::{ControlParameter, Handle};

/// The handle of every operation.
const OPERATION: u32 = 0x5152_5354;

/// A secure world that answers each call with success and keeps its pack.
#[derive(Default)]
struct Recorder(RefCell<Vec<Pack>>);

impl Gateway for Recorder {
    fn framework_version(&self) -> u32 {
        psa::client::FRAMEWORK_VERSION
    }

    fn version(&self, _: u32) -> u32 {
        1
    }

    fn call(
        &self,
        _: Handle,
        _: ControlParameter,
        inputs: &[InVector<'_>],
        outputs: &mut [OutVector<'_>],
    ) -> Status {
        let mut pack = Pack::BLANK;
        pack.bytes_mut().copy_from_slice(inputs[0].bytes());
        let opens = !pack.function().fields().include(Fields::OPERATION)
            || pack.function() == Function::HASH_CLONE
            || pack.operation_handle() == 0;
        self.0.borrow_mut().push(pack);
        if let Some(handle) = outputs.first_mut()
            && handle.length_bytes() == 4
            && opens
        {
            handle.room().copy_from_slice(&OPERATION.to_le_bytes());
        }
        Status::SUCCESS
    }

    fn connect(&self, _: u32, _: u32) -> Result<Handle, Status> {
        Err(Status::CONNECTION_REFUSED)
    }

    fn close(&self, _: Handle) {}
}

const KEY: KeyId = KeyId(0x0403_0201);
const ALGORITHM: Algorithm = Algorithm(0x0807_0605);
const NONCE: &[u8] = &[9; 12];
const DATA: &[u8] = &[0; 4];

fn keys(secure: &Recorder) -> Result<(), Status> {
    let attributes = KeyAttributes::new(KeyType::AES, 128, Usage::ENCRYPT, ALGORITHM);
    random::generate(secure, &mut [0; 4])?;
    key::import(secure, &attributes, DATA)?;
    key::generate(secure, &attributes)?;
    key::copy(secure, KEY, &attributes)?;
    key::export(secure, KEY, &mut [0; 4])?;
    key::export_public(secure, KEY, &mut [0; 4])?;
    key::attributes(secure, KEY)?;
    key::purge(secure, KEY)?;
    key::destroy(secure, KEY)
}

fn hashes_and_macs(secure: &Recorder) -> Result<(), Status> {
    hash::compute(secure, ALGORITHM, DATA, &mut [0; 4])?;
    hash::compare(secure, ALGORITHM, DATA, DATA)?;
    let mut hash = Hash::setup(secure, ALGORITHM)?;
    hash.update(DATA)?;
    hash.duplicate()?.verify(DATA)?;
    hash.finish(&mut [0; 4])?;
    mac::compute(secure, KEY, ALGORITHM, DATA, &mut [0; 4])?;
    mac::verify(secure, KEY, ALGORITHM, DATA, DATA)?;
    let mut mac = Mac::sign_setup(secure, KEY, ALGORITHM)?;
    mac.update(DATA)?;
    mac.sign_finish(&mut [0; 4])?;
    Mac::verify_setup(secure, KEY, ALGORITHM)?.verify_finish(DATA)
}

fn ciphers(secure: &Recorder) -> Result<(), Status> {
    cipher::encrypt(secure, KEY, ALGORITHM, DATA, &mut [0; 4])?;
    cipher::decrypt(secure, KEY, ALGORITHM, DATA, &mut [0; 4])?;
    cipher::can_do(secure, KeyType::AES, ALGORITHM)?;
    let mut cipher = Cipher::encrypt_setup(secure, KEY, ALGORITHM)?;
    cipher.generate_iv(&mut [0; 16])?;
    cipher.update(DATA, &mut [0; 4])?;
    cipher.finish(&mut [0; 4])?;
    Cipher::decrypt_setup(secure, KEY, ALGORITHM)?.set_iv(DATA)
}

fn authenticated_encryption(secure: &Recorder) -> Result<(), Status> {
    let parameters = Parameters {
        key: KEY,
        algorithm: ALGORITHM,
        nonce: NONCE,
    };
    aead::encrypt(secure, &parameters, DATA, DATA, &mut [0; 4])?;
    aead::decrypt(secure, &parameters, DATA, DATA, &mut [0; 4])?;
    let mut aead = Aead::encrypt_setup(secure, KEY, ALGORITHM)?;
    aead.generate_nonce(&mut [0; 12])?;
    aead.set_lengths(0x1112_1314, 0x1516_1718)?;
    aead.update_ad(DATA)?;
    aead.update(DATA, &mut [0; 4])?;
    aead.finish(&mut [0; 4])?;
    let mut aead = Aead::decrypt_setup(secure, KEY, ALGORITHM)?;
    aead.set_nonce(NONCE)?;
    aead.verify(DATA)
}

fn public_keys_and_derivations(secure: &Recorder) -> Result<(), Status> {
    let attributes = KeyAttributes::new(KeyType::AES, 128, Usage::ENCRYPT, ALGORITHM);
    signature::sign_message(secure, KEY, ALGORITHM, DATA, &mut [0; 4])?;
    signature::sign_hash(secure, KEY, ALGORITHM, DATA, &mut [0; 4])?;
    signature::verify_message(secure, KEY, ALGORITHM, DATA, DATA)?;
    signature::verify_hash(secure, KEY, ALGORITHM, DATA, DATA)?;
    agreement::raw_key_agreement(secure, ALGORITHM, KEY, DATA, &mut [0; 4])?;
    let mut derivation = Derivation::setup(secure, ALGORITHM)?;
    derivation.capacity()?;
    derivation.set_capacity(0x2122_2324)?;
    derivation.input_bytes(Step(0x3132), DATA)?;
    derivation.input_integer(Step(0x3132), 0x4142_4344_4546_4748)?;
    derivation.input_key(Step(0x3132), KEY)?;
    derivation.key_agreement(Step(0x3132), KEY, DATA)?;
    derivation.output_bytes(&mut [0; 4])?;
    derivation.output_key(&attributes).map(drop)
}

/// Drops an operation of each kind.
fn aborts(secure: &Recorder) -> Result<(), Status> {
    drop(Hash::setup(secure, ALGORITHM)?);
    drop(Mac::sign_setup(secure, KEY, ALGORITHM)?);
    drop(Cipher::encrypt_setup(secure, KEY, ALGORITHM)?);
    drop(Aead::encrypt_setup(secure, KEY, ALGORITHM)?);
    drop(Derivation::setup(secure, ALGORITHM)?);
    Ok(())
}

fn check(pack: &Pack) {
    let fields = pack.function().fields();
    let has = |field| fields.include(field);
    assert_eq!(*pack, pack.with_litter(0), "a field of another function");
    assert!(!has(Fields::KEY) || pack.key_id() == KEY);
    assert!(!has(Fields::ALGORITHM) || pack.algorithm() == ALGORITHM);
    assert!(!has(Fields::NONCE) || pack.nonce() == Some(NONCE));
    assert!(!has(Fields::STEP) || pack.step() == 0x3132);
    assert!(!has(Fields::CAPACITY) || pack.capacity() == 0x2122_2324);
    assert!(!has(Fields::VALUE) || pack.value() == 0x4142_4344_4546_4748);
    if has(Fields::LENGTHS) {
        assert_eq!(pack.additional_bytes(), 0x1112_1314);
        assert_eq!(pack.plaintext_bytes(), 0x1516_1718);
    }
}

#[test]
fn every_function_sends_its_own_fields() {
    let secure = Recorder::default();
    keys(&secure).unwrap();
    hashes_and_macs(&secure).unwrap();
    ciphers(&secure).unwrap();
    authenticated_encryption(&secure).unwrap();
    public_keys_and_derivations(&secure).unwrap();
    aborts(&secure).unwrap();
    let sent = secure.0.take();
    sent.iter().for_each(check);
    for (function, _) in FUNCTIONS {
        let is_offered = !matches!(
            *function,
            Function::ASYMMETRIC_ENCRYPT | Function::ASYMMETRIC_DECRYPT | Function::CAN_DO_HASH
        );
        let is_sent = sent.iter().any(|pack| pack.function() == *function);
        assert_eq!(is_sent, is_offered, "{function:?}");
    }
    let aborted = sent.last().unwrap();
    assert_eq!(aborted.operation_handle(), OPERATION);
}
