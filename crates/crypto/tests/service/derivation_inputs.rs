// SPDX-License-Identifier: Apache-2.0
//! Key derivation: what may go in, as which input, and how much of it.

use psa::{
    Status,
    crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Step, Usage},
};

use crate::derivation::*;

#[test]
fn keys_that_are_no_inputs() {
    let device = device();
    let import = |key_type, usage, algorithm| {
        let attributes = KeyAttributes::new(key_type, 0, usage, algorithm);
        device.import(&attributes, &[5; 32]).unwrap()
    };
    let refused = |algorithm, step, key| {
        let handle = device.derivation(algorithm);
        let status = device.input(handle, &Input::Key(step, key)).unwrap_err();
        ended(&device, handle);
        status
    };
    let derive = Usage::DERIVE;
    let other_use = import(KeyType::DERIVE, Usage::EXPORT, HKDF);
    assert_eq!(
        refused(HKDF, Step::SECRET, other_use),
        Status::NOT_PERMITTED
    );
    let other_algorithm = import(KeyType::DERIVE, derive, COUNTER);
    assert_eq!(
        refused(HKDF, Step::SECRET, other_algorithm),
        Status::NOT_PERMITTED
    );
    for (algorithm, step, key_type) in [
        (HKDF, Step::SECRET, KeyType::RAW_DATA),
        (HKDF, Step::SECRET, KeyType::HMAC),
        (HKDF, Step::SALT, KeyType::DERIVE),
        (HKDF, Step::SALT, KeyType::PEPPER),
        (HKDF, Step::INFO, KeyType::DERIVE),
        (PBKDF2, Step::COST, KeyType::RAW_DATA),
        (COUNTER, Step::SECRET, KeyType::AES),
        (
            Algorithm::SP800_108_COUNTER_CMAC,
            Step::SECRET,
            KeyType::DERIVE,
        ),
    ] {
        let key = import(key_type, derive, algorithm);
        assert_eq!(
            refused(algorithm, step, key),
            Status::INVALID_ARGUMENT,
            "{key_type:?}"
        );
        device.destroy(key).unwrap();
    }
    assert_eq!(
        refused(HKDF, Step::SECRET, KeyId(0x7777)),
        Status::INVALID_HANDLE
    );
    // Texts may be keys too.
    let handle = device.derivation(PBKDF2);
    device
        .input(handle, &Input::Integer(Step::COST, 1))
        .unwrap();
    for key_type in [KeyType::PEPPER, KeyType::RAW_DATA] {
        let salt = Input::Key(Step::SALT, import(key_type, derive, PBKDF2));
        device.input(handle, &salt).unwrap();
    }
    let password = Input::Key(Step::PASSWORD, import(KeyType::DERIVE, derive, PBKDF2));
    device.input(handle, &password).unwrap();
    assert!(device.output_bytes(handle, 32).is_ok());
    // What a password is compared with is no input of any step.
    let order = [Input::Integer(Step::COST, 1), bytes(Step::SALT, b"salt")];
    for (place, step) in [Step::COST, Step::SALT, Step::PASSWORD]
        .into_iter()
        .enumerate()
    {
        let handle = device.derivation(PBKDF2);
        let before = order.iter().take(place);
        before.for_each(|input| device.input(handle, input).unwrap());
        let hash = Input::Key(step, import(KeyType::PASSWORD_HASH, derive, PBKDF2));
        let refused = device.input(handle, &hash);
        assert_eq!(refused, Err(Status::INVALID_ARGUMENT), "{step:?}");
        ended(&device, handle);
    }
}

/// CMAC takes a key of its cipher: neither bytes nor what an agreement gives.
#[test]
fn a_cipher_needs_its_key() {
    let device = device();
    let algorithm = Algorithm::SP800_108_COUNTER_CMAC;
    let handle = device.derivation(algorithm);
    let refused = device.input(handle, &bytes(Step::SECRET, &[1; 16]));
    assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
    ended(&device, handle);
}

#[test]
fn inputs_have_their_sizes() {
    let device = device();
    let refused = |algorithm: Algorithm, before: &[Input], input: Input| {
        let handle = device.derivation(algorithm);
        before
            .iter()
            .for_each(|input| device.input(handle, input).unwrap());
        let status = device.input(handle, &input).unwrap_err();
        ended(&device, handle);
        status
    };
    let expand = Algorithm::hkdf_expand(Algorithm::SHA_256);
    let short = refused(expand, &[], bytes(Step::SECRET, &[1; 31]));
    assert_eq!(short, Status::INVALID_ARGUMENT);
    let psk_to_ms = Algorithm::tls12_psk_to_ms(Algorithm::SHA_256);
    let seed = [bytes(Step::SEED, &[1; 64])];
    let long = refused(psk_to_ms, &seed, bytes(Step::SECRET, &[1; 129]));
    assert_eq!(long, Status::INVALID_ARGUMENT);
    let secret = [bytes(Step::SECRET, &[1; 32])];
    let null = refused(COUNTER, &secret, bytes(Step::LABEL, b"a\0b"));
    assert_eq!(null, Status::INVALID_ARGUMENT);
    let long = refused(HKDF, &[], bytes(Step::INFO, &[1; 321]));
    assert_eq!(long, Status::INSUFFICIENT_MEMORY);
    let info = [bytes(Step::INFO, &[1; 320])];
    assert_eq!(
        refused(HKDF, &info, bytes(Step::SALT, b"x")),
        Status::INSUFFICIENT_MEMORY
    );
}
