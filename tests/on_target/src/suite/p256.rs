// SPDX-License-Identifier: Apache-2.0
//! Signatures and key agreement on P-256 through the safe client: published examples. The host
//! tests run all vectors.

use client::derivation::Derivation;
use client::veneers::Veneers;
use client::{Status, agreement, key, signature};
use psa::crypto::{Algorithm, KeyAttributes, KeyType, Step};

use super::derivations::{USES, hex, import};
const SHA_256: Algorithm = Algorithm::SHA_256;
const PAIR: KeyType = KeyType::ECC_KEY_PAIR_SECP_R1;

/// RFC 6979, A.2.5.
const KEY: [u8; 32] = hex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
/// Its public key.
pub const POINT: [u8; 65] = hex(
    "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6\
     7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
);

pub fn signatures_match_rfc_6979() {
    let algorithm = Algorithm::deterministic_ecdsa(SHA_256);
    let key = import(PAIR, algorithm, &KEY);
    let mut bytes = [0; 65];
    assert_eq!(key::export_public(&Veneers, key, &mut bytes), Ok(65));
    assert_eq!(bytes, POINT);
    let expected: [u8; 64] = hex(
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716\
         f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    );
    let signed = signature::sign_message(&Veneers, key, algorithm, b"sample", &mut bytes);
    assert_eq!(signed, Ok(64));
    assert_eq!(bytes[..64], expected);
    let public = import(KeyType::ECC_PUBLIC_KEY_SECP_R1, algorithm, &POINT);
    let verify =
        |message: &[u8]| signature::verify_message(&Veneers, public, algorithm, message, &expected);
    assert_eq!(verify(b"sample"), Ok(()));
    assert_eq!(verify(b"simple"), Err(Status::INVALID_SIGNATURE));
    key::destroy(&Veneers, public).unwrap();
    key::destroy(&Veneers, key).unwrap();
}

/// What was signed is verified; no two signatures are equal.
pub fn a_randomised_signature_is_verified() {
    let algorithm = Algorithm::ecdsa(SHA_256);
    let key = import(PAIR, algorithm, &KEY);
    let mut signatures = [[0; 64]; 2];
    for bytes in &mut signatures {
        let signed = signature::sign_message(&Veneers, key, algorithm, b"sample", bytes);
        assert_eq!(signed, Ok(64));
        let verified = signature::verify_message(&Veneers, key, algorithm, b"sample", bytes);
        assert_eq!(verified, Ok(()));
    }
    assert_ne!(signatures[0], signatures[1]);
    key::destroy(&Veneers, key).unwrap();
}

pub fn both_sides_agree() {
    let ecdh = Algorithm::ECDH;
    let own = import(PAIR, ecdh, &KEY);
    let attributes = KeyAttributes::new(PAIR, 256, USES, ecdh);
    let other = key::generate(&Veneers, &attributes).unwrap();
    let mut point = [0; 65];
    key::export_public(&Veneers, other, &mut point).unwrap();
    let (mut one, mut two) = ([0; 32], [0; 32]);
    let agree = agreement::raw_key_agreement;
    assert_eq!(agree(&Veneers, ecdh, own, &point, &mut one), Ok(32));
    assert_eq!(agree(&Veneers, ecdh, other, &POINT, &mut two), Ok(32));
    assert_eq!(one, two);
    point[64] ^= 1;
    let refused = agree(&Veneers, ecdh, own, &point, &mut one);
    assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
    key::destroy(&Veneers, own).unwrap();
    key::destroy(&Veneers, other).unwrap();
}

/// The secret goes into a derivation without coming out.
pub fn an_agreement_is_derived_from() {
    let own = import(
        PAIR,
        Algorithm::ECDH.with_derivation(Algorithm::hkdf(SHA_256)),
        &KEY,
    );
    let combined = Algorithm::ECDH.with_derivation(Algorithm::hkdf(SHA_256));
    let mut derivation = Derivation::setup(&Veneers, combined).unwrap();
    derivation.key_agreement(Step::SECRET, own, &POINT).unwrap();
    derivation.input_bytes(Step::INFO, b"").unwrap();
    let mut output = [0; 32];
    derivation.output_bytes(&mut output).unwrap();
    assert_ne!(output, [0; 32]);
    key::destroy(&Veneers, own).unwrap();
}
