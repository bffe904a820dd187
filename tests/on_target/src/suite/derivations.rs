// SPDX-License-Identifier: Apache-2.0
//! Further hashes and key derivation through the safe client: a published example for each. The
//! host tests run all vectors.

use client::derivation::Derivation;
use client::veneers::Veneers;
use client::{Status, hash, key, mac};
use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Step, Usage};

use super::support::test::Test;

/// The tests of this module.
pub const TESTS: &[Test] = &[
    (
        "derivations::sha_512_and_its_hmac_match_published_vectors",
        wide_hashes_and_codes,
    ),
    ("derivations::keys_are_derived", keys_are_derived),
    (
        "derivations::pbkdf2_matches_published_vectors",
        pbkdf2_matches_published_vectors,
    ),
    (
        "derivations::cmac_derivations_match_published_vectors",
        cmac_derivations_match_published_vectors,
    ),
];

const SHA_256: Algorithm = Algorithm::SHA_256;
/// Every use that a key can have.
pub const USES: Usage = Usage(0xFF07);

/// Bytes from hexadecimal digits.
pub const fn hex<const BYTES: usize>(digits: &str) -> [u8; BYTES] {
    let digits = digits.as_bytes();
    assert!(digits.len() == 2 * BYTES);
    let mut bytes = [0; BYTES];
    let mut index = 0;
    while index < digits.len() {
        let digit = (digits[index] as char).to_digit(16).unwrap();
        bytes[index / 2] = bytes[index / 2] << 4 | digit as u8;
        index += 1;
    }
    bytes
}

/// A key for every use.
pub fn import(key_type: KeyType, algorithm: Algorithm, data: &[u8]) -> KeyId {
    let attributes = KeyAttributes::new(key_type, 0, USES, algorithm);
    key::import(&Veneers, &attributes, data).unwrap()
}

fn wide_hashes_and_codes() {
    let mut digest = [0; 64];
    let computed = hash::compute(&Veneers, Algorithm::SHA_512, b"abc", &mut digest);
    assert_eq!(computed, Ok(64));
    let expected = hex(
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
         2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    );
    assert_eq!(digest, expected);
    // RFC 4231, case 2.
    let hmac = Algorithm::hmac(Algorithm::SHA_384);
    let key = import(KeyType::HMAC, hmac, b"Jefe");
    let mut code = [0; 48];
    let message = b"what do ya want for nothing?";
    assert_eq!(
        mac::compute(&Veneers, key, hmac, message, &mut code),
        Ok(48)
    );
    let expected = hex(
        "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e\
         8e2240ca5e69e2c78b3239ecfab21649",
    );
    assert_eq!(code, expected);
    key::destroy(&Veneers, key).unwrap();
}

/// RFC 5869, A.1.
fn keys_are_derived() {
    let hkdf = Algorithm::hkdf(SHA_256);
    let secret = import(KeyType::DERIVE, hkdf, &[0x0B; 22]);
    let mut derivation = Derivation::setup(&Veneers, hkdf).unwrap();
    let salt: [u8; 13] = hex("000102030405060708090a0b0c");
    let info: [u8; 10] = hex("f0f1f2f3f4f5f6f7f8f9");
    derivation.input_bytes(Step::SALT, &salt).unwrap();
    derivation.input_key(Step::SECRET, secret).unwrap();
    derivation.input_bytes(Step::INFO, &info).unwrap();
    assert_eq!(derivation.capacity(), Ok(255 * 32));
    derivation.set_capacity(42).unwrap();
    let raw = KeyAttributes::new(KeyType::RAW_DATA, 80, USES, Algorithm::NONE);
    let first = derivation.output_key(&raw).unwrap();
    let mut output = [0; 42];
    key::export(&Veneers, first, &mut output).unwrap();
    derivation.output_bytes(&mut output[10..]).unwrap();
    let expected = hex(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf\
         34007208d5b887185865",
    );
    assert_eq!(output, expected);
    let more = derivation.output_bytes(&mut [0]);
    assert_eq!(more, Err(Status::INSUFFICIENT_DATA));
    key::destroy(&Veneers, first).unwrap();
    key::destroy(&Veneers, secret).unwrap();
}

/// RFC 7914, 11.
fn pbkdf2_matches_published_vectors() {
    let pbkdf2 = Algorithm::pbkdf2_hmac(SHA_256);
    let mut derivation = Derivation::setup(&Veneers, pbkdf2).unwrap();
    derivation.input_integer(Step::COST, 1).unwrap();
    derivation.input_bytes(Step::SALT, b"salt").unwrap();
    derivation.input_bytes(Step::PASSWORD, b"passwd").unwrap();
    let mut output = [0; 64];
    derivation.output_bytes(&mut output).unwrap();
    let expected = hex(
        "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc\
         49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
    );
    assert_eq!(output, expected);
}

/// Computed with OpenSSL's CMAC, in the PSA form of SP 800-108; and a password as long as a key.
fn cmac_derivations_match_published_vectors() {
    let counter = Algorithm::SP800_108_COUNTER_CMAC;
    let key = import(
        KeyType::AES,
        counter,
        &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    );
    let mut derivation = Derivation::setup(&Veneers, counter).unwrap();
    derivation.set_capacity(40).unwrap();
    derivation.input_key(Step::SECRET, key).unwrap();
    derivation.input_bytes(Step::LABEL, b"label").unwrap();
    derivation.input_bytes(Step::CONTEXT, b"con\0text").unwrap();
    let mut output = [0; 40];
    derivation.output_bytes(&mut output).unwrap();
    let expected = hex(
        "bcb5199064cec105b2460f21e14d8c171e962612cebe01a8d539447917ca116e\
         ec0fcb379bab71b9",
    );
    assert_eq!(output, expected);
    key::destroy(&Veneers, key).unwrap();

    let pbkdf2 = Algorithm::PBKDF2_AES_CMAC_PRF_128;
    let mut derivation = Derivation::setup(&Veneers, pbkdf2).unwrap();
    derivation.input_integer(Step::COST, 3).unwrap();
    derivation.input_bytes(Step::SALT, b"salt").unwrap();
    derivation
        .input_bytes(Step::PASSWORD, b"sixteen byte key")
        .unwrap();
    derivation.output_bytes(&mut output).unwrap();
    let expected = hex(
        "feec7a6e405791df6fcd6c098bda944ca0ea205ac8fb8f309a9758c57fa0651d\
         a2ee48754ca73e00",
    );
    assert_eq!(output, expected);
}
