// SPDX-License-Identifier: Apache-2.0
//! What each function of the Crypto service sends in its pack: its own fields, and nothing else.

use std::cell::RefCell;

use psa::crypto::{FUNCTIONS, Fields, KeyAttributes, KeyType, Step, Usage};
use psa::{ControlParameter, Handle};

use super::*;
use crate::aead::{self, Aead, Parameters};
use crate::cipher::{self, Cipher};
use crate::derivation::Derivation;
use crate::hash::{self, Hash};
use crate::mac::{self, Mac};
use crate::{agreement, key, random, signature};

std::thread_local! {
    static SENT: RefCell<Vec<Pack>> = const { RefCell::new(Vec::new()) };
}

/// Takes a copy of a pack that is sent.
pub(super) fn record(pack: &Pack) {
    SENT.with_borrow_mut(|sent| sent.push(pack.clone()));
}

/// A secure world that agrees to everything.
struct Agreeing;

impl Gateway for Agreeing {
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
        _: &[InVector<'_>],
        _: &mut [OutVector<'_>],
    ) -> Status {
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

fn keys() -> Result<(), Status> {
    let attributes = KeyAttributes::new(KeyType::AES, 128, Usage::ENCRYPT, ALGORITHM);
    random::generate(&Agreeing, &mut [0; 4])?;
    key::import(&Agreeing, &attributes, DATA)?;
    key::generate(&Agreeing, &attributes)?;
    key::copy(&Agreeing, KEY, &attributes)?;
    key::export(&Agreeing, KEY, &mut [0; 4])?;
    key::export_public(&Agreeing, KEY, &mut [0; 4])?;
    key::attributes(&Agreeing, KEY)?;
    key::purge(&Agreeing, KEY)?;
    key::destroy(&Agreeing, KEY)
}

fn hashes_and_codes() -> Result<(), Status> {
    hash::compute(&Agreeing, ALGORITHM, DATA, &mut [0; 4])?;
    hash::compare(&Agreeing, ALGORITHM, DATA, DATA)?;
    let mut hash = Hash::setup(&Agreeing, ALGORITHM)?;
    hash.update(DATA)?;
    hash.duplicate()?.verify(DATA)?;
    hash.finish(&mut [0; 4])?;
    mac::compute(&Agreeing, KEY, ALGORITHM, DATA, &mut [0; 4])?;
    mac::verify(&Agreeing, KEY, ALGORITHM, DATA, DATA)?;
    let mut mac = Mac::sign_setup(&Agreeing, KEY, ALGORITHM)?;
    mac.update(DATA)?;
    mac.sign_finish(&mut [0; 4])?;
    Mac::verify_setup(&Agreeing, KEY, ALGORITHM)?.verify_finish(DATA)
}

fn ciphers() -> Result<(), Status> {
    cipher::encrypt(&Agreeing, KEY, ALGORITHM, DATA, &mut [0; 4])?;
    cipher::decrypt(&Agreeing, KEY, ALGORITHM, DATA, &mut [0; 4])?;
    cipher::can_do(&Agreeing, KeyType::AES, ALGORITHM)?;
    let mut cipher = Cipher::encrypt_setup(&Agreeing, KEY, ALGORITHM)?;
    cipher.generate_iv(&mut [0; 16])?;
    cipher.update(DATA, &mut [0; 4])?;
    cipher.finish(&mut [0; 4])?;
    Cipher::decrypt_setup(&Agreeing, KEY, ALGORITHM)?.set_iv(DATA)
}

fn sealed_messages() -> Result<(), Status> {
    let parameters = Parameters {
        key: KEY,
        algorithm: ALGORITHM,
        nonce: NONCE,
    };
    aead::encrypt(&Agreeing, &parameters, DATA, DATA, &mut [0; 4])?;
    aead::decrypt(&Agreeing, &parameters, DATA, DATA, &mut [0; 4])?;
    let mut aead = Aead::encrypt_setup(&Agreeing, KEY, ALGORITHM)?;
    aead.generate_nonce(&mut [0; 12])?;
    aead.set_lengths(0x1112_1314, 0x1516_1718)?;
    aead.update_ad(DATA)?;
    aead.update(DATA, &mut [0; 4])?;
    aead.finish(&mut [0; 4])?;
    let mut aead = Aead::decrypt_setup(&Agreeing, KEY, ALGORITHM)?;
    aead.set_nonce(NONCE)?;
    aead.verify(DATA)
}

fn public_keys_and_derivations() -> Result<(), Status> {
    let attributes = KeyAttributes::new(KeyType::AES, 128, Usage::ENCRYPT, ALGORITHM);
    signature::sign_message(&Agreeing, KEY, ALGORITHM, DATA, &mut [0; 4])?;
    signature::sign_hash(&Agreeing, KEY, ALGORITHM, DATA, &mut [0; 4])?;
    signature::verify_message(&Agreeing, KEY, ALGORITHM, DATA, DATA)?;
    signature::verify_hash(&Agreeing, KEY, ALGORITHM, DATA, DATA)?;
    agreement::raw_key_agreement(&Agreeing, ALGORITHM, KEY, DATA, &mut [0; 4])?;
    let mut derivation = Derivation::setup(&Agreeing, ALGORITHM)?;
    derivation.capacity()?;
    derivation.set_capacity(0x2122_2324)?;
    derivation.input_bytes(Step(0x3132), DATA)?;
    derivation.input_integer(Step(0x3132), 0x4142_4344_4546_4748)?;
    derivation.input_key(Step(0x3132), KEY)?;
    derivation.key_agreement(Step(0x3132), KEY, DATA)?;
    derivation.output_bytes(&mut [0; 4])?;
    derivation.output_key(&attributes).map(drop)
}

/// An operation of each kind that is dropped.
fn aborts() {
    for abort in [
        Function::HASH_ABORT,
        Function::MAC_ABORT,
        Function::CIPHER_ABORT,
        Function::AEAD_ABORT,
        Function::KEY_DERIVATION_ABORT,
    ] {
        drop(Operation {
            gateway: &Agreeing,
            handle: 0x5152_5354,
            abort,
        });
    }
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
    keys().unwrap();
    hashes_and_codes().unwrap();
    ciphers().unwrap();
    sealed_messages().unwrap();
    public_keys_and_derivations().unwrap();
    aborts();
    let sent = SENT.take();
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
    assert_eq!(aborted.operation_handle(), 0x5152_5354);
}
