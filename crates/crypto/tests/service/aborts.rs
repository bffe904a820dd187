// SPDX-License-Identifier: Apache-2.0
//! No context stays taken: an abort ends its operation always, and a setup that fails holds none.

use psa::{
    Status,
    crypto::{Algorithm, Fields, Function, KeyAttributes, KeyId, KeyType, Lifetime, Pack},
};

use crate::{calls::*, client::*};

const STORED: KeyId = KeyId(0x0000_0777);
const CTR: Algorithm = Algorithm::CTR;
const HKDF: Algorithm = Algorithm::hkdf(Algorithm::SHA_256);
const WORD: &[Output] = &[Output::New(4)];

/// The ways in which an operation of each kind begins, with its abort.
const KINDS: [(Function, Function, Algorithm); 6] = [
    (
        Function::HASH_SETUP,
        Function::HASH_ABORT,
        Algorithm::SHA_256,
    ),
    (
        Function::MAC_SIGN_SETUP,
        Function::MAC_ABORT,
        Algorithm::CMAC,
    ),
    (Function::CIPHER_ENCRYPT_SETUP, Function::CIPHER_ABORT, CTR),
    (Function::AEAD_DECRYPT_SETUP, Function::AEAD_ABORT, CCM),
    (
        Function::KEY_DERIVATION_SETUP,
        Function::KEY_DERIVATION_ABORT,
        HKDF,
    ),
    (
        Function::MAC_VERIFY_SETUP,
        Function::MAC_ABORT,
        Algorithm::CMAC,
    ),
];

/// A device with a persistent key for the algorithm, or for another if it takes no such key.
fn with_stored_key(algorithm: Algorithm) -> Device<Persistent> {
    let device = Device::<Persistent>::with_backend();
    let algorithm = match algorithm {
        Algorithm::SHA_256 | HKDF => Algorithm::CMAC,
        algorithm => algorithm,
    };
    let attributes = KeyAttributes {
        lifetime: Lifetime::PERSISTENT,
        id: STORED,
        ..KeyAttributes::new(KeyType::AES, 128, ALL_USES, algorithm)
    };
    device.import(&attributes, &[1; 16]).unwrap();
    device
}

/// All contexts can be had: none is still taken.
fn all_free(device: &Device<Persistent>) {
    for _ in 0..OPERATIONS {
        device.started();
    }
    let one_more = device.setup();
    assert_eq!(one_more.status, Status::INSUFFICIENT_MEMORY);
}

#[test]
fn an_abort_ends_its_operation_whatever_else_the_message_has() {
    for (setup, abort, algorithm) in KINDS {
        for outputs in [
            WORD,
            &[],
            &[Output::New(0)],
            &[Output::New(3)],
            &[Output::New(8), Output::New(8)],
        ] {
            let device = with_stored_key(algorithm);
            for litter in LITTER.into_iter().take(OPERATIONS) {
                let handle = device.setup_with(setup, STORED, algorithm).unwrap();
                let pack = Pack::new(abort).with_operation_handle(handle);
                let answer = device.exactly(&pack.with_litter(litter), &[], outputs);
                let expected = match outputs {
                    [Output::New(4)] => Status::SUCCESS,
                    _ => Status::PROGRAMMER_ERROR,
                };
                assert_eq!(answer.status, expected, "{abort:?}");
            }
            all_free(&device);
        }
    }
}

/// A key that can't be had ends the operation that was to get it, as every other error does.
#[test]
fn a_setup_without_its_key_ends_an_active_operation() {
    for (setup, _, algorithm) in KINDS {
        if !setup.fields().include(Fields::KEY) {
            continue;
        }
        let device = with_stored_key(algorithm);
        for _ in 0..OPERATIONS {
            let handle = device.setup_with(setup, STORED, algorithm).unwrap();
            let pack = Pack::new(setup)
                .with_key_id(KeyId(0x0000_0778))
                .with_algorithm(algorithm)
                .with_operation_handle(handle);
            let answer = device.function(pack, &[], WORD);
            assert_eq!(answer.status, Status::INVALID_HANDLE);
        }
        all_free(&device);
    }
}

/// A field of an operation in a function that has none names nothing to be ended.
#[test]
fn a_call_without_an_operation_ends_none() {
    let device = with_stored_key(Algorithm::CMAC);
    let setup = Function::MAC_SIGN_SETUP;
    let handle = device.setup_with(setup, STORED, Algorithm::CMAC).unwrap();
    let compute = Pack::new(Function::MAC_COMPUTE)
        .with_key_id(KeyId(0x0000_0778))
        .with_algorithm(Algorithm::CMAC);
    let answer = device.exactly(&compute.with_litter(handle), &[b"m"], &[Output::New(16)]);
    assert_eq!(answer.status, Status::INVALID_HANDLE);
    assert_eq!(device.feed(Function::MAC_UPDATE, handle, b"m"), Ok(()));
}
