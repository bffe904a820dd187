// SPDX-License-Identifier: Apache-2.0
//! Key derivation through the safe client: a published example for each. The
//! host tests run all vectors.

use client::derivation::Derivation;
use client::veneers::Veneers;
use client::{Status, key, mac};
use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Step, Usage};

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

/// RFC 4231, case 2.
pub fn hmac_with_sha_384() {
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
pub fn hkdf_matches_published_vectors() {
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

/// An input of a derivation.
enum Input {
    /// Bytes.
    Bytes(Step, &'static [u8]),
    /// The secret, as a key.
    Secret(&'static [u8]),
}

use Input::{Bytes, Secret};

/// A derivation from these inputs, in their order, has this output.
fn check<const BYTES: usize>(algorithm: Algorithm, inputs: &[Input], expected: [u8; BYTES]) {
    let mut derivation = Derivation::setup(&Veneers, algorithm).unwrap();
    let mut secret = KeyId::NULL;
    // What a derivation in counter mode puts out depends on the length.
    derivation.set_capacity(BYTES as u32).unwrap();
    for input in inputs {
        match input {
            Bytes(step, bytes) => derivation.input_bytes(*step, bytes).unwrap(),
            Secret(data) => {
                secret = import(KeyType::DERIVE, algorithm, data);
                derivation.input_key(Step::SECRET, secret).unwrap();
            }
        }
    }
    let mut output = [0; BYTES];
    derivation.output_bytes(&mut output).unwrap();
    assert_eq!(output, expected);
    key::destroy(&Veneers, secret).unwrap();
}

/// What RFC 5869, A.1, extracts.
const PSEUDORANDOM_KEY: [u8; 32] =
    hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");

/// RFC 5869, A.1: the first half.
pub fn hkdf_extracts() {
    const SALT: [u8; 13] = hex("000102030405060708090a0b0c");
    let inputs = [Bytes(Step::SALT, &SALT), Secret(&[0x0B; 22])];
    check(Algorithm::hkdf_extract(SHA_256), &inputs, PSEUDORANDOM_KEY);
}

/// RFC 5869, A.1: the second half.
pub fn hkdf_expands() {
    const INFO: [u8; 10] = hex("f0f1f2f3f4f5f6f7f8f9");
    let inputs = [Secret(&PSEUDORANDOM_KEY), Bytes(Step::INFO, &INFO)];
    let expected = hex::<32>("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
    check(Algorithm::hkdf_expand(SHA_256), &inputs, expected);
}

/// The vectors of the TLS working group.
pub fn the_pseudorandom_function_of_tls() {
    const SECRET: [u8; 16] = hex("9bbe436ba940f017b17652849a71db35");
    const SEED: [u8; 16] = hex("a0ba9f936cda311827a6f796ffd5198c");
    let inputs = [
        Bytes(Step::SEED, &SEED),
        Secret(&SECRET),
        Bytes(Step::LABEL, b"test label"),
    ];
    let expected = hex::<32>("e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a");
    check(Algorithm::tls12_prf(SHA_256), &inputs, expected);
}

/// RFC 4279, 2, computed with the HMAC of another library.
pub fn a_master_secret_of_tls() {
    let inputs = [
        Bytes(Step::SEED, &[0x5E; 32]),
        Secret(&[0x50; 16]),
        Bytes(Step::LABEL, b"master secret"),
    ];
    let expected = hex::<48>(
        "bd9dbd2c689fe7c9260b336cccd4181ff12a43e37f3c5ea5176b5a1443ce77e0\
         0ed22b96e38ddfe86175c7b9beb7a155",
    );
    check(Algorithm::tls12_psk_to_ms(SHA_256), &inputs, expected);
}

/// SP 800-108, 4.1, in the form that PSA gives it, computed with the HMAC of another library.
pub fn counter_mode_with_hmac() {
    let inputs = [
        Secret(&[0xC5; 32]),
        Bytes(Step::LABEL, b"label"),
        Bytes(Step::CONTEXT, b"con\0text"),
    ];
    let expected = hex::<40>(
        "0ea16832a0718d66621ff0435154d9028b898f8678d2379b0062b82e57a451fa\
         d2bb86b894490da2",
    );
    check(
        Algorithm::sp800_108_counter_hmac(SHA_256),
        &inputs,
        expected,
    );
}

/// RFC 7914, 11.
pub fn pbkdf2_matches_published_vectors() {
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

/// Computed with OpenSSL's CMAC, in the PSA form of SP 800-108.
pub fn counter_mode_with_cmac() {
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
}

/// Computed with OpenSSL's CMAC; the password is as long as a key.
pub fn pbkdf2_with_cmac() {
    let pbkdf2 = Algorithm::PBKDF2_AES_CMAC_PRF_128;
    let mut derivation = Derivation::setup(&Veneers, pbkdf2).unwrap();
    derivation.input_integer(Step::COST, 3).unwrap();
    derivation.input_bytes(Step::SALT, b"salt").unwrap();
    derivation
        .input_bytes(Step::PASSWORD, b"sixteen byte key")
        .unwrap();
    let mut output = [0; 40];
    derivation.output_bytes(&mut output).unwrap();
    let expected = hex(
        "feec7a6e405791df6fcd6c098bda944ca0ea205ac8fb8f309a9758c57fa0651d\
         a2ee48754ca73e00",
    );
    assert_eq!(output, expected);
}
